"""A code from the phone besides the password (TOTP): whoever set it up is asked for it at every login."""
