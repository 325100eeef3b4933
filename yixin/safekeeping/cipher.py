"""A file enciphered by a passphrase: scrypt for the key, AES-256-GCM over pieces in order, as age and Tink stream it.

Layout: 8 bytes MAGIC · 16 bytes salt · 7 bytes nonce · pieces of at most PIECE bytes, each with a tag of 16 bytes. The
nonce of a piece is the 7 bytes, its number in 4 bytes, and 1 for the last piece: none can be left out or put elsewhere.
"""

import hashlib
import os
import tempfile
from io import RawIOBase
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

MAGIC = b"YIXIN\x00\x00\x01"
PIECE, TAG, SALT, NONCE = 1024**2, 16, 16, 7
COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024**2}


class Damaged(Exception):
    """What cannot be read back, with a sentence that says so."""


def is_enciphered(file: BinaryIO) -> bool:
    found = file.read(len(MAGIC)) == MAGIC
    file.seek(0)
    return found


def aead(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(hashlib.scrypt(passphrase.encode(), salt=salt, dklen=32, **COST))


def nonce_of(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])


class Enciphered(RawIOBase):
    """Enciphers what is written. A zip is written to it as to a pipe: it cannot go back."""

    def __init__(self, file: BinaryIO, passphrase: str):
        salt, self.prefix = os.urandom(SALT), os.urandom(NONCE)
        file.write(MAGIC + salt + self.prefix)
        self.file, self.cipher, self.number, self.waiting = file, aead(passphrase, salt), 0, bytearray()

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def write(self, data) -> int:
        self.waiting += data
        while len(self.waiting) > PIECE:  # one piece always waits, for the last is marked
            self._send(bytes(self.waiting[:PIECE]), is_last=False)
            del self.waiting[:PIECE]
        return len(data)

    def _send(self, piece: bytes, *, is_last: bool) -> None:
        self.file.write(self.cipher.encrypt(nonce_of(self.prefix, self.number, is_last=is_last), piece, None))
        self.number += 1

    def close(self) -> None:
        if not self.closed:
            self._send(bytes(self.waiting), is_last=True)
        super().close()


class Deciphered:
    """The file in clear, in a temporary file that its owner alone can read and that is gone afterwards."""

    def __init__(self, file: BinaryIO, passphrase: str):
        self.file, self.passphrase = file, passphrase

    def __enter__(self) -> BinaryIO:
        self.plain = tempfile.TemporaryFile()
        try:
            self._decipher()
        except BaseException:
            self.plain.close()
            raise
        self.plain.seek(0)
        return self.plain

    def __exit__(self, *error) -> None:
        self.plain.close()

    def _decipher(self) -> None:
        self.file.seek(len(MAGIC))
        salt, prefix = self.file.read(SALT), self.file.read(NONCE)
        cipher, number, piece = aead(self.passphrase, salt), 0, self.file.read(PIECE + TAG)
        while piece:
            following = self.file.read(PIECE + TAG)
            try:
                self.plain.write(cipher.decrypt(nonce_of(prefix, number, is_last=not following), piece, None))
            except InvalidTag as error:
                raise Damaged(_("The passphrase is another one, or the file is damaged.")) from error
            piece, number = following, number + 1
        if not number:
            raise Damaged(_("The passphrase is another one, or the file is damaged."))
