"""Settings from the environment, read strictly: a value that is not understood stops the start."""

import os
import re
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

MACHINE_CACHE = "yixin.machinecache.MachineCache"
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def load(path: Path) -> None:
    """Read ``KEY=value`` lines of a .env file, where there is one; the real environment wins."""
    if path.is_file():
        environ.Env.read_env(str(path), overwrite=False)


def required(name: str, hint: str) -> str:
    """The variable's text. Raises ImproperlyConfigured, with the hint, if it is missing or blank."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} 没有设置：{hint}。 {name} is not set.")
    return value


def key(name: str, hint: str) -> str:
    """As required. Raises ImproperlyConfigured for a key that was copied from an example, or has a comment behind it:
    what stands in the documentation is known to everybody."""
    value = required(name, hint)
    if "…" in value or re.search(r"\s#", value):
        raise ImproperlyConfigured(
            f"{name} 里有“…”或者注释，请只写密钥本身，注释另起一行。"
            f" {name} holds “…” or a comment: write the key alone, and the comment on a line of its own."
        )
    return value


def text(name: str, default: str = "") -> str:
    """The variable's text without blanks around it, or the default where that leaves nothing."""
    return os.environ.get(name, "").strip() or default


def listing(name: str, default: str = "") -> list[str]:
    """The comma-separated parts, without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def flag(name: str, *, default: bool) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name)
    if value is None or not value.strip():
        return default
    word = value.strip().lower()
    if word not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name}={value!r} 看不懂，请写 on 或 off。 {name} must be on or off.")
    return word in TRUE


def count(name: str) -> int:
    """One digit; 1 for on, 0 for off or nothing. Raises ImproperlyConfigured for anything else."""
    word = text(name)
    return int(word) if word in set("0123456789") else int(flag(name, default=False))


def database(name: str, default: str) -> dict:
    """Django's settings of one database, from ``sqlite:////path`` or ``postgres://user@host:port/name``."""
    url = text(name) or default
    if not url.startswith(("sqlite:", "postgres:", "postgresql:")):
        raise ImproperlyConfigured(
            f"{name} 要以 sqlite: 或 postgres: 开头。 {name} must start with sqlite: or postgres:."
        )
    return environ.Env.db_url_config(url)


def number(name: str, default: int) -> int:
    """A whole number from 0 on. Raises ImproperlyConfigured for anything else."""
    value = text(name) or str(default)
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name}={value!r} 看不懂，请写一个整数。 {name} must be a whole number.")
    return int(value)


def cache(name: str, file: Path) -> dict:
    """Django's settings of one cache: the file that all processes of this machine share, or ``redis://host:port/0``."""
    url = text(name)
    return environ.Env.cache_url_config(url) if url else {"BACKEND": MACHINE_CACHE, "LOCATION": str(file)}
