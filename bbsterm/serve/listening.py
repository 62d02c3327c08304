"""Where and for whom a server listens: its sockets, TLS, admission, and the errors of taking a port."""

from __future__ import annotations

import errno
import os
import ssl as ssl_module
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, Final

from bbsterm import limits
from bbsterm.errors import ListenError, UsageError
from bbsterm.net import Admission, Server, TelnetServer, create_server
from bbsterm.protocol.policy import Policy
from bbsterm.protocol.vocabulary import OptionCode
from bbsterm.session.trace import WireTrace

if TYPE_CHECKING:
    from bbsterm.net.shell_protocol import Shell
    from bbsterm.serve.option_kinds import Network

__all__ = ["Listening", "admit", "listen", "refused", "tls_context"]

_NOT_OURS: Final = (
    "It must be an address of this machine; 0.0.0.0 and :: are all of them. Ports below 1024 may be reserved."
)
_BUSY: Final = b"\r\nAll nodes are busy. Please call again later.\r\n"
_NO_MCCP3: Final = Policy(
    always_dont=frozenset({OptionCode.MCCP3}), always_wont=frozenset({OptionCode.MCCP3})
)


def admit(callers: int = limits.MAX_CALLERS, per_address: int = limits.MAX_CALLERS_PER_ADDRESS) -> Admission:
    """Who may come in: so many at once and from one address, and new ones as fast as befits that."""
    share = per_address / limits.MAX_CALLERS_PER_ADDRESS
    return Admission(
        total=callers,
        per_address=per_address,
        per_second=max(1.0, limits.MAX_CALLS_PER_SECOND * share),
        burst=max(per_address, round(limits.CALLS_BURST * share)),
        busy=_BUSY,
    )


@dataclass(frozen=True, slots=True)
class Listening:
    """Where and for whom a server listens.

    Attributes:
        host: Address or name to listen on.
        port: TCP port; 0 takes a free one.
        sockets: Sockets that listen already, in place of host and port (systemd's, a parent's).
        tls: Encrypt with this context; None for a plain port.
        tls_auto: With `tls`: plain callers as well; seconds to wait for the byte that tells. 0: TLS only.
        proxies: Networks of the proxies that all callers come through.
        admission: How many callers, and how fast.
        force_binary: Use 8 bits although a caller did not agree.
        line_mode: Leave echo and line editing to the caller's side.
        never_send_ga: No GA after prompts.
        connect_maxwait: Seconds for negotiation.
        compression: Offer MCCP2 (True), refuse it (False), agree when asked (None).
        mccp3: Offer MCCP3 as well.
        trace: Log every byte of every call (level TRACE).
    """

    host: str = "127.0.0.1"
    port: int = 6023
    sockets: Sequence[socket] = ()
    tls: ssl_module.SSLContext | None = None
    tls_auto: float = 0.0
    proxies: Sequence[Network] = ()
    admission: Admission = field(default_factory=admit)
    force_binary: bool = False
    line_mode: bool = False
    never_send_ga: bool = False
    connect_maxwait: float = 3.0
    compression: bool | None = None
    mccp3: bool = False
    trace: bool = False


async def listen(
    listening: Listening,
    shell: Shell,
    factory: type[TelnetServer] = TelnetServer,
    *,
    encoding: str | bool = "utf8",
    force_binary: bool = True,
    line_mode: bool = False,
    timeout: float = 0.0,  # noqa: ASYNC109  # of the callers
) -> Server:
    """Listen, and give every caller to `shell`.

    Args:
        listening: Where, and how.
        shell: ``async def shell(reader, writer)``.
        factory: The kind of connection that it wants.
        encoding: Of text; False for bytes.
        force_binary: The shell's own wish, beside `listening`'s.
        line_mode: The same.
        timeout: Seconds without a byte from a caller; 0 waits for ever.

    Raises:
        ListenError: The port cannot be taken.
    """
    try:
        return await create_server(
            listening.host,
            listening.port,
            factory,
            shell,
            encoding=encoding,
            force_binary=force_binary or listening.force_binary,
            line_mode=line_mode or listening.line_mode,
            never_send_ga=listening.never_send_ga,
            connect_maxwait=listening.connect_maxwait,
            compression=True if listening.mccp3 else listening.compression,
            policy=None if listening.mccp3 else _NO_MCCP3,
            timeout=timeout,
            ssl=listening.tls,
            tls_auto=listening.tls_auto,
            proxies=listening.proxies,
            admission=listening.admission,
            tap=(lambda _: _Tap()) if listening.trace else None,
            sock=tuple(listening.sockets) or None,
        )
    except (OSError, OverflowError) as error:
        raise refused(listening.host, listening.port, error) from error


def refused(host: str, port: int, error: Exception) -> ListenError:
    """What the system's refusal of a port means."""
    number = getattr(error, "errno", None)
    reason = os.strerror(number) if number and number > 0 else getattr(error, "strerror", None) or str(error)
    hint = "" if number == errno.EADDRINUSE else _NOT_OURS
    return ListenError(host, port, reason.lower(), hint=hint)


def tls_context(certificate: Path, key: Path | None) -> ssl_module.SSLContext:
    """What a server encrypts with: TLS 1.2 or newer.

    Args:
        certificate: PEM, the chain from our certificate on.
        key: PEM; None where it is in the same file.

    Raises:
        UsageError: They cannot be read, or do not belong together.
    """
    context = ssl_module.SSLContext(ssl_module.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl_module.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key, password=_no_password)
    except (OSError, ssl_module.SSLError, ValueError) as error:
        raise UsageError(f"{certificate} is no usable certificate: {_reason(error, key)}") from error
    return context


def _reason(error: Exception, key: Path | None) -> str:
    if isinstance(error, ssl_module.SSLError):
        words = (error.reason or str(error)).lower().replace("_", " ")
        return f"{words} (with the key {key})" if key else words
    return getattr(error, "strerror", None) or str(error)


def _no_password() -> str:
    """OpenSSL would ask on the terminal, and a server that nobody watches would wait for ever."""
    raise ValueError("its key has a password; a server needs one without")


class _Tap:
    """A wiretap that writes to the log."""

    def __init__(self) -> None:
        self._trace = WireTrace()
        self._began = time.monotonic()

    def __call__(self, direction: str, data: bytes) -> None:
        seconds = time.monotonic() - self._began
        if direction == ">>":
            self._trace.sent(data, seconds)
        else:
            self._trace.received(data, seconds)
