"""The mails of intervision, by what they are about. Never what was said."""
