"""What every room stands on: who acts, what is permitted, what can go wrong, the time, the audit trail, mail."""
