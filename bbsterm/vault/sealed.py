"""Bytes under a passphrase: scrypt makes the key, AES-256-GCM seals. Both are `cryptography`'s.

The sealed form is JSON that says how it was made, so that a later version can make it differently::

    {"format": "bbsterm vault", "version": 1, "kdf": "scrypt", "n": 65536, "r": 8, "p": 1,
     "salt": "...", "cipher": "AES-256-GCM", "nonce": "...", "data": "..."}

All of it but nonce and data is authenticated with the data.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from dataclasses import dataclass
from typing import Any, Final

from bbsterm.errors import SecretError
from bbsterm.secret import Secret

__all__ = ["Key", "Sealed", "WrongPassphraseError", "crypto_problem", "derive", "new_key", "seal", "unseal"]

_FORMAT: Final = "bbsterm vault"
_VERSION: Final = 1
_COST: Final = (
    1 << 16
)  # scrypt's n: 64 MiB and about 0.2 s; OWASP asks for 2**17 with r = 8, or 2**16 with p = 2
_PASSES: Final = 2
_BLOCK: Final = 8
_MOST_MEMORY: Final = 1 << 28  # bytes: what a file may make us spend
_SALT: Final = 16
_NONCE: Final = 12
_INSTALL: Final = 'Install it: pip install "bbsterm[vault]".'


class WrongPassphraseError(SecretError):
    """The passphrase does not open it, or somebody has changed the file."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key, and how it was made from the passphrase.

    Attributes:
        key: 32 bytes, hidden.
        salt: What was mixed in.
        n: scrypt's cost.
        r: Its block size.
        p: Its passes.
    """

    key: Secret
    salt: bytes
    n: int
    r: int
    p: int

    def opens(self, sealed: Sealed) -> bool:
        """Whether it was made in the way that `sealed` says."""
        return (self.salt, self.n, self.r, self.p) == (sealed.salt, sealed.n, sealed.r, sealed.p)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed file, read but not opened."""

    salt: bytes
    n: int
    r: int
    p: int
    nonce: bytes
    data: bytes

    @classmethod
    def read(cls, text: bytes, where: str) -> Sealed:
        """Read the outside.

        Raises:
            SecretError: It is no vault, a newer one, or one that would take too much memory to open.
        """
        try:
            head: dict[str, Any] = json.loads(text)
            if head["format"] != _FORMAT:
                raise ValueError
            if head["version"] != _VERSION:
                raise SecretError(f"{where} was written by a newer bbsterm", hint="It was not touched.")
            numbers = head["n"], head["r"], head["p"]
            if head["kdf"] != "scrypt" or head["cipher"] != "AES-256-GCM" or not _sane(*numbers):
                raise ValueError
            salt, nonce, data = (
                base64.b64decode(head[key], validate=True) for key in ("salt", "nonce", "data")
            )
            if len(nonce) != _NONCE or not 8 <= len(salt) <= 64:
                raise ValueError
        except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
            raise SecretError(
                f"{where} is no vault, or is damaged", hint="The backups folder has earlier versions."
            ) from None
        return cls(salt, *numbers, nonce, data)


def crypto_problem() -> str:
    """Why nothing can be sealed here; empty if it can."""
    try:
        import cryptography.hazmat.primitives.ciphers.aead  # noqa: F401  # whether it is there
    except ImportError:
        return f"the cryptography library is not installed. {_INSTALL}"
    return ""


def new_key(passphrase: Secret, *, n: int | None = None) -> Key:
    """A key with a new salt."""
    return _derived(passphrase, os.urandom(_SALT), n or _COST, _BLOCK, _PASSES)


def derive(passphrase: Secret, sealed: Sealed) -> Key:
    """The key that would open `sealed`. It takes its time on purpose."""
    return _derived(passphrase, sealed.salt, sealed.n, sealed.r, sealed.p)


def seal(plain: bytes, key: Key) -> bytes:
    """Seal. The same key may be used again: each time has a nonce of its own."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    data = AESGCM(_raw(key)).encrypt(nonce, plain, _authenticated(key.salt, key.n, key.r, key.p))
    head = _head(key.salt, key.n, key.r, key.p)
    return json.dumps({**head, "nonce": _text(nonce), "data": _text(data)}, indent=1).encode() + b"\n"


def unseal(sealed: Sealed, key: Key) -> bytes:
    """Open.

    Raises:
        WrongPassphraseError: It is the wrong key, or the file was changed.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(_raw(key)).decrypt(
            sealed.nonce, sealed.data, _authenticated(sealed.salt, sealed.n, sealed.r, sealed.p)
        )
    except InvalidTag:
        raise WrongPassphraseError("wrong passphrase (or the vault was damaged)") from None


def _derived(passphrase: Secret, salt: bytes, n: int, r: int, p: int) -> Key:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    key = Scrypt(salt=salt, length=32, n=n, r=r, p=p).derive(passphrase.reveal().encode("utf-8"))
    return Key(Secret(key.hex()), salt, n, r, p)


def _raw(key: Key) -> bytes:
    return bytes.fromhex(key.key.reveal())


def _sane(n: object, r: object, p: object) -> bool:
    """Whether a file's numbers are scrypt's, and cost no more than we are ready to pay."""
    if not (isinstance(n, int) and isinstance(r, int) and isinstance(p, int)):
        return False
    return (
        1 < n <= 1 << 20
        and n & (n - 1) == 0
        and 1 <= r <= 32
        and 1 <= p <= 16
        and 128 * n * r <= _MOST_MEMORY
    )


def _head(salt: bytes, n: int, r: int, p: int) -> dict[str, object]:
    return {
        "format": _FORMAT,
        "version": _VERSION,
        "kdf": "scrypt",
        "n": n,
        "r": r,
        "p": p,
        "salt": _text(salt),
        "cipher": "AES-256-GCM",
    }


def _authenticated(salt: bytes, n: int, r: int, p: int) -> bytes:
    return json.dumps(_head(salt, n, r, p), sort_keys=True).encode()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
