"""Mails: composed from parts, kept until the mail server takes them, handed over in rounds."""
