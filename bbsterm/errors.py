"""Everything bbsterm raises on purpose.

What the peer does wrong is an event (`bbsterm.protocol.events.ProtocolViolation`);
what we, the user or the operating system do wrong is one of these::

    BbstermError                 every one of ours; has a `hint`
    ├── UsageError               the command line or an argument makes no sense
    ├── ConfigError              a file of the user's cannot be understood: file, line, what
    ├── BookError                the address book could not do what was asked; nothing was changed
    │   ├── BookConflictError    the same entry was changed here and in the file: both are kept
    │   └── ImportRefusedError   a list that is not read: encrypted, too big, no list at all
    ├── LocalProtocolError       our own code asked the engine for something the RFC forbids
    ├── SecretError              a password is not to be had, or must not be sent
    ├── NoCarrierError           a call was cut off in the middle: NO CARRIER
    ├── StorageError             a file of ours could not be read or written
    ├── ListenError              a server could not take its port
    └── DialError                a call could not be started
        ├── UnknownHostError     no such name
        ├── BusyError            the port refused: BUSY
        ├── NoAnswerError        nobody answered in time: NO ANSWER
        └── InsecureError        TLS could not prove who answered
            ├── UnknownCertificateError  nobody vouches for the certificate: to be trusted by a person, once
            └── ChangedCertificateError  it is another one than was trusted
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path  # every command imports this module, few need paths

__all__ = [
    "BbstermError",
    "BookConflictError",
    "BookError",
    "BusyError",
    "ChangedCertificateError",
    "ConfigError",
    "DialError",
    "ImportRefusedError",
    "InsecureError",
    "ListenError",
    "LocalProtocolError",
    "NoAnswerError",
    "NoCarrierError",
    "SecretError",
    "StorageError",
    "UnknownCertificateError",
    "UnknownHostError",
    "UsageError",
]


class BbstermError(Exception):
    """The root of the tree. `str()` says what happened; `hint` says what to try."""

    hint: str = ""


class UsageError(BbstermError):
    """A command line or an argument that cannot be meant."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        if hint:
            self.hint = hint


class ConfigError(BbstermError):
    """A file of the user's that cannot be understood. It is never changed by us.

    Attributes:
        path: Which file.
        line: Which line, from 1; None where the format does not tell.
    """

    def __init__(self, path: Path, line: int | None, reason: str, *, hint: str = "") -> None:
        where = f"{path}:{line}" if line else str(path)
        super().__init__(f"{where}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason
        if hint:
            self.hint = hint


class BookError(BbstermError):
    """The address book could not do what was asked of it. Nothing was changed."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        if hint:
            self.hint = hint


class BookConflictError(BookError):
    """An entry was changed here and, meanwhile, by hand in the file. Neither version is lost.

    Attributes:
        fields: The fields that both changed; empty if one side deleted the entry.
        kept: The file that holds what was not saved; None if it could not be written.
    """

    def __init__(self, name: str, fields: tuple[str, ...], kept: Path | None) -> None:
        what = f"changed in the file too: {', '.join(fields)}" if fields else "deleted on one side"
        super().__init__(f"{name!r} was not saved, it was {what}")
        self.fields = fields
        self.kept = kept
        if kept:
            self.hint = f"The file keeps its version; yours is in {kept}."


class ImportRefusedError(BookError):
    """A list that is not read. The message says why, in words for a person."""


class LocalProtocolError(BbstermError):
    """Our own side asked the engine for something the protocol does not allow."""


class SecretError(BbstermError):
    """A password is not to be had, or must not be sent. No message of it ever holds one."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        if hint:
            self.hint = hint


class NoCarrierError(BbstermError):
    """The line was lost, or had to be dropped, in the middle of a call."""

    hint = "What arrived before is complete. Calling again may help."

    def __init__(self, reason: str, *, hint: str = "") -> None:
        super().__init__(f"the call was cut off: {reason}")
        self.reason = reason
        if hint:
            self.hint = hint


class DialError(BbstermError):
    """A call could not be started."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        super().__init__(f"could not reach {where}: {reason}")
        self.host = host
        self.port = port
        self.reason = reason


class UnknownHostError(DialError):
    """The name does not resolve."""

    hint = "Check the spelling; if it is right, the board may have moved."

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port, "no such host")


class BusyError(DialError):
    """The port refused the connection."""

    hint = "Nothing listens there right now. Check the port, or try again later."

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port, "connection refused")


class NoAnswerError(DialError):
    """Nobody answered in time."""

    hint = "The board may be down. Try again later, or give it longer with --connect-timeout."

    def __init__(self, host: str, port: int, *, seconds: float) -> None:
        super().__init__(host, port, f"no answer in {seconds:g} s")
        self.seconds = seconds


class InsecureError(DialError):
    """TLS failed: the certificate does not prove that this is the board we wanted."""

    hint = "If you trust this board, name its CA with --tls-ca, or use --tls-no-verify and know the risk."


class UnknownCertificateError(InsecureError):
    """Nobody whom we trust vouches for the board's certificate. A person may, once: it is pinned then.

    Attributes:
        key: SHA-256 of its public key, in hexadecimal: what would be pinned.
        lines: What the certificate says of itself, for people.
    """

    def __init__(self, host: str, port: int, reason: str, *, key: str, lines: tuple[str, ...]) -> None:
        super().__init__(host, port, reason)
        self.key = key
        self.lines = lines
        self.hint = "\n".join(
            (*lines, f"If that is what the sysop told you, trust it from now on: --tls-trust {key}")
        )


class ChangedCertificateError(InsecureError):
    """The board shows another certificate than the one that was trusted: somebody may be in between.

    Attributes:
        key: SHA-256 of the public key that it shows now.
        pinned: SHA-256 of the one that was trusted.
        lines: What the new certificate says of itself, for people.
    """

    def __init__(self, host: str, port: int, *, key: str, pinned: str, lines: tuple[str, ...]) -> None:
        super().__init__(host, port, "ITS CERTIFICATE HAS CHANGED: somebody may be in between")
        self.key = key
        self.pinned = pinned
        self.lines = lines
        self.hint = "\n".join(
            (
                f"Trusted until now: {pinned}",
                "What it shows now:",
                *lines,
                "Ask the sysop, in another way than this line. If it is right, trust it:",
                f"--tls-trust {key}",
            )
        )


class StorageError(BbstermError):
    """A file that we keep could not be read or written.

    Attributes:
        path: Which file; None for a store in memory.
        reason: What the system or the database said.
    """

    def __init__(self, path: Path | None, reason: str) -> None:
        super().__init__(f"{path or 'in memory'}: {reason}")
        self.path = path
        self.reason = reason


class ListenError(BbstermError):
    """A server could not take its address and port."""

    hint = "Another program may have it: try another port, or 0 for any that is free."

    def __init__(self, host: str, port: int, reason: str, *, hint: str = "") -> None:
        where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        super().__init__(f"cannot listen on {where}: {reason}")
        self.host = host
        self.port = port
        self.reason = reason
        if hint:
            self.hint = hint
