"""Sessions in the database, as Django keeps them; a key that Django never made is asked for nowhere."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: str | None) -> bool:
        """A cookie can say NUL, which PostgreSQL refuses with an error."""
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()
