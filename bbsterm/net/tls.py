"""TLS for calls: what we insist on, and what went wrong in words a caller understands."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bbsterm.errors import InsecureError, UsageError

__all__ = [
    "UNKNOWN_CA",
    "UNVERIFIED_WARNING",
    "TlsSettings",
    "client_context",
    "handshake_error",
    "is_tls_alert",
    "said_goodbye",
]

UNVERIFIED_WARNING: Final = (
    "WARNING: the certificate is NOT verified; anybody on the way can read and change this call"
)

_REASONS: Final[Mapping[int, str]] = {  # X509_V_ERR_*, openssl's x509_vfy.h
    9: "the certificate is not valid yet",
    10: "the certificate has expired",
    18: "the certificate is self-signed: nobody vouches for it",
    19: "the certificate is vouched for by a CA that is not trusted here",
    20: "the certificate is vouched for by a CA that is not known here",
    21: "the certificate is vouched for by a CA that is not known here",
}
UNKNOWN_CA: Final = frozenset({18, 19, 20, 21})
"""Nobody vouches for it: what a person may decide to trust."""

_MISMATCHES: Final = frozenset({62, 64})  # HOSTNAME_MISMATCH, IP_ADDRESS_MISMATCH
_NOT_TLS: Final = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"})
_NO_CERTIFICATE: Final = frozenset({"NO_CERTIFICATE_OR_CRL_FOUND", "NO_START_LINE"})
_ALERT: Final = re.compile(rb"\x15\x03[\x00-\x04]\x00\x02[\x01\x02].", re.DOTALL)  # RFC 8446, section 6


@dataclass(frozen=True, slots=True)
class TlsSettings:
    """How the board proves who it is.

    Attributes:
        ca: A PEM file with the only CAs to trust; None trusts the system's.
        verify: False takes any certificate. Say `UNVERIFIED_WARNING` wherever you do.
        pin: SHA-256 of the certificate or its key, in lower case hexadecimal: only that one is taken, and no
            CA is asked. Empty for none.
    """

    ca: Path | None = None
    verify: bool = True
    pin: str = ""


def client_context(settings: TlsSettings) -> ssl.SSLContext:
    """What a call is encrypted with: TLS 1.2 or newer, the host's name checked.

    Raises:
        UsageError: The CA file cannot be read, or holds no certificate.
    """
    try:
        context = ssl.create_default_context(cafile=settings.ca)
    except (OSError, ssl.SSLError) as error:
        raise UsageError(f"{settings.ca} is no usable CA file: {_file_reason(error)}") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if not settings.verify or settings.pin:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def handshake_error(error: Exception, host: str, port: int) -> InsecureError:
    """Turn what the TLS library says of a failed handshake into what it means for the call."""
    if isinstance(error, ssl.SSLCertVerificationError):
        insecure = InsecureError(host, port, _certificate_reason(error, host))
        if error.verify_code in _MISMATCHES:
            insecure.hint = "Call it by the name in its certificate. --tls-no-verify asks for no name at all."
        return insecure
    if isinstance(error, ssl.SSLError) and error.reason in _NOT_TLS:
        insecure = InsecureError(host, port, "it does not speak TLS on this port")
        insecure.hint = "Boards mostly have a port of their own for TLS; without TLS, call telnet://."
        return insecure
    if isinstance(error, ssl.SSLError):
        reason = (error.reason or str(error)).lower().replace("_", " ")
        insecure = InsecureError(host, port, f"the TLS handshake failed ({reason})")
    elif isinstance(error, ConnectionAbortedError):  # how asyncio says that its patience ran out
        insecure = InsecureError(host, port, "it does not finish the TLS handshake")
    else:
        insecure = InsecureError(host, port, "it hung up during the TLS handshake")
    insecure.hint = "It may not speak TLS on this port, or only versions older than 1.2."
    return insecure


def said_goodbye(ssl_object: ssl.SSLObject) -> bool:
    """Whether the end of an encrypted line was announced, rather than made by whoever is on the way.

    Ask once it has ended and everything has been read: close_notify (RFC 8446, section 6.1) reads as an
    end, a line that was cut as one that should go on.
    """
    try:
        return not ssl_object.read(1)
    except ssl.SSLError:
        return False


def is_tls_alert(data: bytes) -> bool:
    """Whether this is what a board says that expected TLS and got something else."""
    return _ALERT.fullmatch(data) is not None


def _file_reason(error: OSError) -> str:
    """What is wrong with a file of certificates; `ssl.SSLError` is an `OSError` too."""
    if isinstance(error, ssl.SSLError):
        return "it holds no certificate" if error.reason in _NO_CERTIFICATE else str(error)
    return (error.strerror or str(error)).lower()


def _certificate_reason(error: ssl.SSLCertVerificationError, host: str) -> str:
    if error.verify_code in _MISMATCHES:
        return f"name mismatch: its certificate is not for {host!r}"
    return _REASONS.get(error.verify_code, f"the certificate is not acceptable ({error.verify_message})")
