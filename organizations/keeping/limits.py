"""How many reports of errors one visitor may send: counted in the cache, by a digest of the visitor's address."""

import hashlib
import logging
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.core.cache import cache

HOUR, DAY = 60 * 60, 24 * 60 * 60
ERROR_REPORTS = {HOUR: 5, DAY: 50}
log = logging.getLogger(__name__)


def seconds_to_wait(name: str, visitor: str, limits: Mapping[int, int], now: datetime) -> int:
    """0 if one more is within every limit, and then it is counted; else the seconds until there is room again.

    ``limits``: how many in so many seconds, counted from full hours or days on. 0, too, where nobody knows the visitor,
    or the cache cannot count: what people tell us is not lost for that.
    """
    moment, waits = int(now.timestamp()), [0]
    digest = hashlib.blake2b(visitor.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12).hexdigest()
    for seconds, most in limits.items() if visitor else ():
        window, passed = divmod(moment, seconds)
        try:
            number = count(f"{name}:{seconds}:{window}:{digest}", seconds)
        except Exception:  # whatever the cache in use raises: a server that is down, a disk that is full
            log.exception("%s is not counted", name)
            return 0
        if number > most:
            waits.append(seconds - passed)
    return max(waits)


def count(key: str, seconds: int) -> int:
    """The number of times that this was asked for within so many seconds, this one among them."""
    cache.add(key, 0, timeout=seconds)
    return cache.incr(key)
