"""A disk without room, by whatever error it shows itself, and the one sentence that people read about it."""

import errno

from django.utils.translation import gettext_lazy as _

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # of the disk, of this account, of one file
SQLITE, POSTGRES = "SQLITE_FULL", "53100"

SENTENCE = _(
    "There is no room left on the disk of this server; nothing was saved. Make room, then try again. What was saved"
    " before is still there."
)


def is_full(error: BaseException | None) -> bool:
    """Whether that was the reason, or the reason of what led to the error."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return True
        if getattr(error, "sqlite_errorname", "") == SQLITE or getattr(error, "sqlstate", "") == POSTGRES:
            return True
        error = error.__cause__ or error.__context__
    return False


def explained(error: Exception) -> str:
    """The error in words: that sentence, or its own."""
    return str(SENTENCE if is_full(error) else error)
