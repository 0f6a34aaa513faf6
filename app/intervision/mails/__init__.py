"""The mails of intervision: in Dutch, neutral, without anything confidential."""
