"""A certificate of our own making: nobody vouches for it, but callers can compare its fingerprint."""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bbsterm.errors import StorageError, UsageError

__all__ = ["Certificate", "certificate"]

_DAYS: Final = 3650
_FILES: Final = ("tls.pem", "tls.key")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate in files.

    Attributes:
        file: The certificate (PEM).
        key: Its key (PEM, 0600).
        fingerprint: SHA-256 of the certificate, as programs show it: ``AB:CD:...``.
    """

    file: Path
    key: Path
    fingerprint: str


def certificate(folder: Path, host: str) -> Certificate:
    """The certificate that is kept in `folder`, made there the first time.

    Args:
        folder: Where it is kept; made with mode 0700.
        host: An address or name that it is for, beside this machine's own.

    Raises:
        UsageError: The `[tls]` extra is not installed.
        StorageError: It cannot be read or written.
    """
    file, key = (folder / name for name in _FILES)
    try:
        if not (file.exists() and key.exists()):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            made = _make(host)
            _write(key, made[1])
            _write(file, made[0])
        der = ssl.PEM_cert_to_DER_cert(file.read_text("ascii"))
    except OSError as error:
        where = Path(str(error.filename)) if error.filename else folder
        raise StorageError(where, (error.strerror or str(error)).lower()) from error
    except ValueError as error:
        raise StorageError(file, "it is no certificate; delete it, and a new one is made") from error
    digest = hashlib.sha256(der).hexdigest().upper()
    return Certificate(file, key, ":".join(digest[at : at + 2] for at in range(0, len(digest), 2)))


def _write(path: Path, data: bytes) -> None:
    """Write a file for us alone, whole or not at all."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            new.unlink()


def _make(host: str) -> tuple[bytes, bytes]:
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.x509.oid import NameOID
    except ImportError:
        raise UsageError(
            "--tls-selfsigned needs the tls extra, which is not installed",
            hint="pip install 'bbsterm[tls]', or make a certificate yourself and name it with --tls-cert.",
        ) from None

    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _own_name())])
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # callers' clocks are not ours
        .not_valid_after(now + timedelta(days=_DAYS))
        .add_extension(x509.SubjectAlternativeName(_names(host, x509)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return signed.public_bytes(serialization.Encoding.PEM), key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _own_name() -> str:
    name = socket.gethostname()
    return name if name.isascii() and 0 < len(name) <= 64 else "localhost"


def _names(host: str, x509: Any) -> list[Any]:
    import ipaddress

    found: list[Any] = []
    for each in dict.fromkeys((_own_name(), "localhost", "127.0.0.1", "::1", host)):
        try:
            found.append(x509.IPAddress(ipaddress.ip_address(each)))
        except ValueError:
            if each and each.isascii():
                found.append(x509.DNSName(each))
    return found
