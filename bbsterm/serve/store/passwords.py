"""Passwords, kept as what scrypt makes of them (RFC 7914): salted each, with the parameters beside it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import unicodedata
from typing import Final

from bbsterm import limits

__all__ = ["hash_password", "is_stale", "verify"]

_LOG_N: Final = 14
_R: Final = 8
_P: Final = 1
"""16 MiB and some 50 ms a try."""

_SALT: Final = 16
_KEY: Final = 32
_MEMORY: Final = 64 * 1024 * 1024
_LARGEST_LOG_N: Final = 18


def hash_password(password: str, *, salt: bytes | None = None) -> str:
    """What is kept of a password: ``scrypt$14$8$1$SALT$KEY``. Takes its time: never on the event loop."""
    salt = os.urandom(_SALT) if salt is None else salt
    key = _derive(password, salt, _LOG_N, _R, _P)
    return "$".join(("scrypt", str(_LOG_N), str(_R), str(_P), _encode(salt), _encode(key)))


def verify(password: str, kept: str) -> bool:
    """Whether this is the password. A kept text that cannot be understood fits none."""
    parameters = _parse(kept)
    if parameters is None:
        return False
    log_n, r, p, salt, key = parameters
    try:
        return hmac.compare_digest(_derive(password, salt, log_n, r, p), key)
    except (ValueError, MemoryError):
        return False


def is_stale(kept: str) -> bool:
    """Whether it was made with other parameters than those of today, and should be made anew."""
    return not kept.startswith(f"scrypt${_LOG_N}${_R}${_P}$")


def _derive(password: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    text = unicodedata.normalize("NFKC", password[: limits.MAX_PASSWORD]).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(text, salt=salt, n=1 << log_n, r=r, p=p, maxmem=_MEMORY, dklen=_KEY)


def _parse(kept: str) -> tuple[int, int, int, bytes, bytes] | None:
    try:
        kind, log_n, r, p, salt, key = kept.split("$")
        numbers = int(log_n), int(r), int(p)
        if kind != "scrypt" or not 1 <= numbers[0] <= _LARGEST_LOG_N:
            return None
        return (*numbers, base64.b64decode(salt, validate=True), base64.b64decode(key, validate=True))
    except ValueError:
        return None


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
