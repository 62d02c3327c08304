"""A server's end of a connection: agrees to what the client asks, and knows when to greet it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from bbsterm.limits import MAX_LINGERED
from bbsterm.net.deadlines import Waiting
from bbsterm.net.gone import Gone
from bbsterm.net.shell_protocol import Shell, ShellProtocol
from bbsterm.protocol.events import Event, OptionRefused
from bbsterm.protocol.options import MUD, STANDARD, ComPortControl, Linemode, Mccp2, Mccp3, Option
from bbsterm.protocol.options.base import Later
from bbsterm.protocol.shelf import Given, Pack
from bbsterm.protocol.slc import EditMode
from bbsterm.protocol.strategy import Strategy
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

if TYPE_CHECKING:
    from bbsterm.net.server import Server

__all__ = ["CONNECT_MAXWAIT", "RAW_SILENCE", "BaseServer", "server_options", "unusual_options"]

RAW_SILENCE: Final = 0.3
"""Seconds after which a peer that has not said anything in telnet counts as one that never will."""

CONNECT_MAXWAIT: Final = 3.0
"""Seconds that negotiation may take before the shell begins without its end."""

_LATE: Final = 0.1
"""Seconds after its time that a timer may run, before it measures our haste, not a peer's silence."""

_NOTHING: Final = Strategy()
_SGA: Final = OptionCode.SGA.value  # reading it off its class goes through Python in 3.11

_log: Final = logging.getLogger(__name__)


class BaseServer(ShellProtocol):
    """Agrees to what the peer asks, asks for nothing, and runs the shell. `TelnetServer` asks.

    The shell begins as soon as nothing is pending; for a peer that does not speak telnet, after
    `raw_silence`; for one that leaves questions unanswered, after `connect_maxwait`.

    Args:
        shell: As for `ShellProtocol`. None: `Server.wait_for_client` hands the connection out instead.
        never_send_ga: Do not send GA, although the peer refused SGA.
        line_mode: Leave line editing to the client: SGA and ECHO are not offered, LINEMODE is asked for.
        connect_maxwait: Seconds; see above.
        raw_silence: Seconds; see above.
        compression: Agree to MCCP2 when the client asks; True offers it, and MCCP3; False refuses both.
        **options: As for `TelnetProtocol`.
    """

    __slots__ = (
        "_refused_sga",
        "_silent_until",
        "compression",
        "line_mode",
        "never_send_ga",
        "raw_silence",
        "server",
    )

    role: ClassVar[Role] = Role.SERVER
    server: Server | None

    def __init__(
        self,
        shell: Shell | None = None,
        *,
        never_send_ga: bool = False,
        line_mode: bool = False,
        connect_maxwait: float = CONNECT_MAXWAIT,
        raw_silence: float = RAW_SILENCE,
        compression: bool | None = None,
        **options: Any,
    ) -> None:
        super().__init__(shell, connect_maxwait=connect_maxwait, **options)
        self.compression = compression
        self.server = None
        self.never_send_ga = never_send_ga
        self.line_mode = line_mode
        self.raw_silence = raw_silence
        self._refused_sga = False
        self._silent_until = 0.0

    # --- what subclasses decide --------------------------------------------------------------

    def make_options(self) -> Iterable[Given]:
        """All options that a server without a serial port understands, to agree to.

        MCCP2 compresses what we send. MCCP3, what clients send, only if asked for: it costs us memory.
        """
        return (server_options(self.compression, self.encrypted, self.line_mode),)

    def make_strategy(self) -> Strategy | None:
        """Ask for nothing."""
        return _NOTHING

    def check_negotiation(self, final: bool = False) -> bool:
        """Whether the shell may begin: the client speaks telnet, and owes us no answer."""
        return final or (self.connection.negotiated and self.connection.settled)

    def begin_shell(self, future: asyncio.Future[None]) -> None:
        """Hand the connection to who waits for it, and start the shell, if there is one."""
        if self.server is not None:
            self.server._client_ready(self)
        if self.default_encoding and not self.never_send_ga:
            self.reader._before_wait = self._mark_prompt
        super().begin_shell(future)
        if self.server is not None and self._shell_task is not None:
            self.server._shells.add(self._shell_task)

    def _end_of_negotiation(self) -> asyncio.Future[None]:
        """One for all connections of a server: it is over, and nothing is in it."""
        if self.server is None:
            return super()._end_of_negotiation()
        if self.server._negotiated is None:
            self.server._negotiated = super()._end_of_negotiation()
        return self.server._negotiated

    # --- the line ------------------------------------------------------------------------------

    def begin(self) -> None:
        """The line is up: greet, and see who it is."""
        if self.server is not None and not self.server._client_connected(self):
            return
        self._wait_for_words()
        self.begin_negotiation()

    def _wait_for_words(self) -> None:
        seconds = min(self.raw_silence, self.connect_maxwait)
        self._silent_until = self._loop.time() + seconds
        self._stop_timer()
        self._timer = self._call_later(seconds, self._silence_is_over)

    def _call_later(self, seconds: float, callback: Callable[[], None]) -> Waiting:
        """For the waits that all connections of a server have in common."""
        if self.server is None:
            return self._loop.call_later(seconds, callback)
        return self.server._deadlines.call_later(seconds, callback)

    def turn_away(self, message: bytes) -> None:
        """Say why there is no room, and hang up."""
        self._ready, self._unsettled = True, False
        self.connection.send_bytes(message)
        self.flush()
        self.writer.close()

    def data_received(self, data: bytes) -> None:
        """Take bytes; a TLS hello is not for a plain server."""
        if not self.rx_bytes and data[:2] == b"\x16\x03" and not self.encrypted:
            _log.warning("%s began with a TLS ClientHello, but this port is plain: closed", self)
            self.abort()
            return
        super().data_received(data)

    def on_logout(self, cmd: bytes) -> None:
        """The client asked to be logged out (RFC 727): hang up."""
        self.writer.close()

    def hang_up(self) -> None:
        """Close once everything has been sent, and has arrived: see `Lingering`."""
        if self.is_closing() or self._transport is None:
            return
        if self.encrypted or self._peer_ended or self.server is None or not self._transport.can_write_eof():
            self.close()
            return
        self._transport.resume_reading()
        try:
            self._transport.write_eof()
        except (OSError, RuntimeError):  # it is gone already, and the loop has not told yet
            self.close()
            return
        self._lingering = MAX_LINGERED
        self.reader.feed_eof()
        self.server._lingering.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is gone."""
        if self._closing:
            return
        if self.server is not None:
            self.server._client_lost(self)
        super().connection_lost(exc)

    def _shell_ended(self, shell: asyncio.Future[None]) -> None:
        if self.server is not None:
            self.server._shells.discard(shell)
        super()._shell_ended(shell)

    def let_go(self) -> None:
        """The line is gone and its shell has ended: nobody needs this any more."""
        self.connection.release()
        gone = Gone(self)
        self.reader.let_go(gone)
        self.writer.let_go(gone)

    def _silence_is_over(self) -> None:
        """`raw_silence` has passed: no telnet yet means none ever; otherwise wait for the rest."""
        rest = self.connect_maxwait - self.duration
        if self._loop.time() - self._silent_until > _LATE and rest > 0 and not self.connection.negotiated:
            self._wait_for_words()  # it is we who were busy: what it said may still be on its way
            return
        if not self.connection.negotiated or rest <= 0 or self.check_negotiation():
            self._time_is_up()
        else:
            self._start_timer(rest, self._time_is_up)

    # --- taking turns --------------------------------------------------------------------------

    def _mark_prompt(self) -> None:
        """The shell waits for input: a peer that insists on taking turns is told that it has it (RFC 858)."""
        if self.writer._wrote:
            self.writer._wrote = False
            if self.connection.negotiated and (self.line_mode or self._sga_refused):
                self.writer.send_ga()

    @property
    def _sga_refused(self) -> bool:
        """Whether we asked to leave out GA, and the peer did not want that."""
        return self._refused_sga and not self.connection.enabled(OptionCode.SGA, Side.LOCAL)

    def _tell(self, event: Event) -> None:
        if type(event) is OptionRefused and event.option == _SGA and event.side is Side.LOCAL:
            self._refused_sga = True
        super()._tell(event)


@cache
def server_options(
    compression: bool | None, encrypted: bool, line_mode: bool, without: tuple[type[Option], ...] = ()
) -> Pack:
    """One pack for all connections of a server, `without` those that it makes in a way of its own."""
    left_out: set[type[Option]] = {ComPortControl, Linemode, *without}
    if compression is not True:
        left_out.add(Mccp3)
    if compression is False or encrypted:
        left_out |= {Mccp2, Mccp3}  # what is compressed together with a secret tells its length (CRIME)
    wanted = EditMode.EDIT | EditMode.TRAPSIG if line_mode else EditMode.LIT_ECHO
    kinds = tuple(option for option in STANDARD + MUD if option not in left_out)
    return Pack((*kinds, Later(Linemode, partial(Linemode, wanted))))


def unusual_options(kind: type[BaseServer], options: dict[str, Any]) -> dict[str, Any]:
    """Leave out what `kind` takes by itself: the fewer arguments, the faster every connection is made.

    Only where it has our own way of being made: a program's class may have other ideas of what is usual.
    """
    usual: dict[str, Any] = {}
    for base in reversed(kind.__mro__[:-1]):
        make = vars(base).get("__init__")
        if make is not None and not base.__module__.startswith("bbsterm.net."):
            return options
        usual |= getattr(make, "__kwdefaults__", None) or {}
    return {name: value for name, value in options.items() if name not in usual or value != usual[name]}
