"""A backup enciphered by a passphrase: nothing in clear, and no other passphrase, order or length opens it."""

import io
import os

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from yixin.safekeeping import cipher
from yixin.safekeeping.rows import fingerprint
from yixin.safekeeping.tests.everything import fill
from yixin.tests.registry import make

PASSPHRASE = "知行合一"
LENGTHS = [0, 1, cipher.PIECE - 1, cipher.PIECE, cipher.PIECE + 1, 3 * cipher.PIECE]


def enciphered(text: bytes) -> bytes:
    file = io.BytesIO()
    with cipher.Enciphered(file, PASSPHRASE) as target:
        for start in range(0, len(text), 700_001):
            target.write(text[start : start + 700_001])
    return file.getvalue()


def deciphered(kept: bytes, passphrase: str = PASSPHRASE) -> bytes:
    with cipher.Deciphered(io.BytesIO(kept), passphrase) as plain:
        return plain.read()


@pytest.mark.parametrize("length", LENGTHS)
def test_comes_back_whatever_its_length(length):
    text = os.urandom(length)

    assert deciphered(enciphered(text)) == text


def test_is_never_the_same_twice():
    assert enciphered(b"a") != enciphered(b"a")


def pieces(kept: bytes) -> list[bytes]:
    head, size = len(cipher.MAGIC) + cipher.SALT + cipher.NONCE, cipher.PIECE + cipher.TAG
    return [kept[:head], *(kept[start : start + size] for start in range(head, len(kept), size))]


@pytest.mark.parametrize(
    "harm",
    [
        lambda head, one, two, three: [head, two, one, three],
        lambda head, one, two, three: [head, one, two],
        lambda head, one, two, three: [head, one, three],
        lambda head, one, two, three: [head, one, two, three, three],
        lambda head, one, two, three: [head, one, two, three[:-1]],
        lambda head, one, two, three: [head[:-1] + b"x", one, two, three],
        lambda head, one, two, three: [head],
    ],
    ids=["other order", "without the end", "without the middle", "longer", "cut", "other nonce", "nothing"],
)
def test_what_was_changed_is_refused(harm):
    kept = pieces(enciphered(os.urandom(2 * cipher.PIECE + 5)))

    with pytest.raises(cipher.Damaged):
        deciphered(b"".join(harm(*kept)))


def test_another_passphrase_is_refused():
    with pytest.raises(cipher.Damaged):
        deciphered(enciphered(b"text"), "知行")


def test_backup_is_enciphered_by_the_environment(db, tmp_path, monkeypatch):
    path = tmp_path / "backup.zip"
    fill()
    make(apps.get_model("organizations.person"), name="甲某金丝雀")
    monkeypatch.setenv("BACKUP_PASSPHRASE", PASSPHRASE)
    call_command("backup", path)
    before = fingerprint()

    call_command("restore", path, "--yes")
    kept = path.read_bytes()
    monkeypatch.delenv("BACKUP_PASSPHRASE")

    assert fingerprint() == before
    assert kept.startswith(cipher.MAGIC)
    assert "甲某金丝雀".encode() not in kept
    with pytest.raises(CommandError, match="BACKUP_PASSPHRASE"):
        call_command("restore", path, "--yes")
