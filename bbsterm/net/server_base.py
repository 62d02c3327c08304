"""A server's end of a connection: when the shell begins, what becomes of it, and when the line is closed."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Final

from bbsterm.limits import SHELL_GRACE_SECONDS
from bbsterm.net.stream_protocol import TelnetProtocol
from bbsterm.protocol.options import STANDARD, Option
from bbsterm.protocol.policy import Policy
from bbsterm.protocol.strategy import Strategy
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

if TYPE_CHECKING:
    from bbsterm.net.server import Server

__all__ = ["BaseServer", "Shell"]

Shell = Callable[[Any, Any], Awaitable[None] | None]
"""``async def shell(reader, writer)``; a plain function is called as it is."""

RAW_SILENCE: Final = 0.3
"""Seconds after which a peer that has not said anything in telnet counts as one that never will."""

CONNECT_MAXWAIT: Final = 3.0
"""Seconds that negotiation may take before the shell begins without its end."""

_log: Final = logging.getLogger(__name__)


class BaseServer(TelnetProtocol):
    """Agrees to what the peer asks, asks for nothing, and runs the shell. `TelnetServer` asks.

    The shell begins as soon as nothing is pending; for a peer that does not speak telnet, after
    `raw_silence`; for one that leaves questions unanswered, after `connect_maxwait`. When it returns or
    raises, the line is closed; a traceback goes to the log, never to the peer.

    Args:
        shell: Called with reader and writer when the connection is ready. None: `Server.wait_for_client`
            hands the connection out instead.
        encoding: As for `TelnetProtocol`.
        encoding_errors: As for `TelnetProtocol`.
        force_binary: As for `TelnetProtocol`.
        never_send_ga: Do not send GA, although the peer refused SGA.
        line_mode: Leave line editing to the client: SGA and ECHO are not offered.
        connect_maxwait: Seconds; see above.
        raw_silence: Seconds; see above.
        limit: As for `TelnetProtocol`.
        policy: As for `TelnetProtocol`.
    """

    role: ClassVar[Role] = Role.SERVER
    server: Server | None = None

    def __init__(
        self,
        shell: Shell | None = None,
        *,
        encoding: str | bool = "utf8",
        encoding_errors: str = "replace",
        force_binary: bool = False,
        never_send_ga: bool = False,
        line_mode: bool = False,
        connect_maxwait: float = CONNECT_MAXWAIT,
        raw_silence: float = RAW_SILENCE,
        limit: int | None = None,
        policy: Policy | None = None,
    ) -> None:
        super().__init__(
            encoding=encoding,
            encoding_errors=encoding_errors,
            force_binary=force_binary,
            limit=limit,
            policy=policy,
        )
        self.shell = shell
        self.never_send_ga = never_send_ga
        self.line_mode = line_mode
        self.connect_maxwait = connect_maxwait
        self.raw_silence = raw_silence
        self._ready = False
        self._advanced = False
        self._shell_task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    # --- what subclasses decide --------------------------------------------------------------

    def make_options(self) -> Iterable[Option]:
        """All standard options, to agree to."""
        return [option() for option in STANDARD]

    def make_strategy(self) -> Strategy | None:
        """Ask for nothing."""
        return Strategy()

    def begin_negotiation(self) -> None:
        """Send what we start on our own. Override it to add: ``self.writer.iac(DO, LINEMODE)``."""
        self.connection.begin()
        self.flush()

    def begin_advanced_negotiation(self) -> None:
        """The peer has shown that it speaks telnet. The engine has already asked what was due then."""

    def check_negotiation(self, final: bool = False) -> bool:
        """Whether the shell may begin. `final`: time is up, this is the last time we ask."""
        return final or (self.connection.negotiated and self.connection.settled)

    def begin_shell(self) -> None:
        """Start the shell, if there is one, and hand the connection to who waits for it."""
        if self.server is not None:
            self.server._client_ready(self)
        if self.shell is None:
            return
        if self.default_encoding and not self.never_send_ga:
            self.reader._before_wait = self._mark_prompt
        try:
            result = self.shell(self.reader, self.writer)
        except Exception:
            _log.exception("%s: the shell failed", self)
            self.writer.close()
            return
        if inspect.isawaitable(result):
            self._shell_task = self._loop.create_task(self._run(result))
            if self.server is not None:
                self.server._shell_started(self._shell_task)

    # --- the line ------------------------------------------------------------------------------

    def begin(self) -> None:
        """The line is up: greet, and see who it is."""
        if self.server is not None and not self.server._client_connected(self):
            return
        patience = min(self.raw_silence, self.connect_maxwait)
        self._timer = self._loop.call_later(patience, self._silence_is_over)
        self.begin_negotiation()

    def turn_away(self, message: bytes) -> None:
        """Say why there is no room, and hang up."""
        self._ready = True
        self.connection.send_bytes(message)
        self.flush()
        self.writer.close()

    def data_received(self, data: bytes) -> None:
        """Take bytes; a TLS hello is not for a plain server."""
        if not self.rx_bytes and data[:2] == b"\x16\x03" and self.get_extra_info("ssl_object") is None:
            _log.warning("%s began with a TLS ClientHello, but this port is plain: closed", self)
            self.abort()
            return
        super().data_received(data)

    def changed(self) -> None:
        """Something was negotiated: the shell may begin, perhaps."""
        if not self._advanced and self.connection.negotiated:
            self._advanced = True
            self.begin_advanced_negotiation()
            self.flush()
        if not self._ready and self.check_negotiation():
            self._begin_shell()

    def eof_received(self) -> bool:
        """The peer has said all: whatever is left of negotiation will not come, so answer what it asked."""
        stay = super().eof_received()
        if not self._ready:
            self._begin_shell()
        return stay and self._shell_task is not None

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is gone: the shell reads the end, or is cancelled if it does not notice."""
        if self._lost:
            return
        self._stop_timer()
        super().connection_lost(exc)
        if self._shell_task is not None and not self._shell_task.done():
            self._loop.call_later(SHELL_GRACE_SECONDS, self._shell_task.cancel)
        if self.server is not None:
            self.server._client_lost(self)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _silence_is_over(self) -> None:
        """`raw_silence` has passed: no telnet yet means none ever; otherwise wait for the rest."""
        self._timer = None
        rest = self.connect_maxwait - self.duration
        if not self.connection.negotiated or rest <= 0:
            self._time_is_up()
        else:
            self._timer = self._loop.call_later(rest, self._time_is_up)

    def _time_is_up(self) -> None:
        self._timer = None
        if not self._ready and not self._lost:
            self.check_negotiation(final=True)
            self._begin_shell()

    def _begin_shell(self) -> None:
        self._ready = True
        self._stop_timer()
        self.begin_shell()

    # --- the shell --------------------------------------------------------------------------------

    async def _run(self, shell: Awaitable[None]) -> None:
        """Run the shell; whatever becomes of it, the line is closed."""
        try:
            await shell
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            _log.info("%s hung up on the shell: %s", self, error)
        except Exception:
            _log.exception("%s: the shell failed", self)
        finally:
            self.writer.close()

    def _mark_prompt(self) -> None:
        """The shell waits for input: a peer that insists on taking turns is told that it has it (RFC 858)."""
        if self.writer._wrote:
            self.writer._wrote = False
            if self.line_mode or self._sga_refused:
                self.writer.send_ga()

    @property
    def _sga_refused(self) -> bool:
        code = OptionCode.SGA
        return (
            self.connection.negotiated
            and not self.connection.enabled(code, Side.LOCAL)
            and (code, Side.LOCAL) not in self.connection.pending
            and self._offered_sga
        )

    @property
    def _offered_sga(self) -> bool:
        return any(offer.option == OptionCode.SGA for offer in self.connection.strategy.offers)
