"""What is written to people about their expertise. No record, and no question, stands in a mail."""
