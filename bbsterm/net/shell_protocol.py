"""A connection with a shell: when it begins, and that the line is closed when it ends."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from bbsterm.limits import SHELL_GRACE_SECONDS
from bbsterm.net.deadlines import Waiting
from bbsterm.net.stream_protocol import TelnetProtocol

__all__ = ["Shell", "ShellProtocol"]

Shell = Callable[[Any, Any], Awaitable[None] | None]
"""``async def shell(reader, writer)``; a plain function is called as it is."""

_log: Final = logging.getLogger(__name__)


class ShellProtocol(TelnetProtocol):
    """Runs `shell` once negotiation is over. What the end of it is, servers and clients see differently.

    When the shell returns or raises, the line is closed; a traceback goes to the log, never to the peer. A
    plain function may leave the line open: it may have started a task of its own.

    Args:
        shell: Called with reader and writer when the connection is ready, if given.
        connect_maxwait: Seconds that negotiation may take before the shell begins without its end.
        **options: As for `TelnetProtocol`.
    """

    __slots__ = ("_advanced", "_ready", "_served", "_shell_task", "_timer", "connect_maxwait", "shell")

    def __init__(self, shell: Shell | None = None, *, connect_maxwait: float, **options: Any) -> None:
        super().__init__(**options)
        self.shell = shell
        self.connect_maxwait = connect_maxwait
        self._ready = False
        self._served = False  # whether there was a shell, and it has ended
        self._advanced = False
        self._shell_task: asyncio.Future[None] | None = None
        self._timer: Waiting | None = None

    # --- what subclasses decide --------------------------------------------------------------

    def begin_negotiation(self) -> None:
        """Send what we start on our own. Override it to add: ``self.writer.iac(DO, LINEMODE)``."""
        self.connection.begin()
        self.flush()

    def begin_advanced_negotiation(self) -> None:
        """The peer has agreed to something: it speaks telnet, and may be asked more."""

    def check_negotiation(self, final: bool = False) -> bool:
        """Whether the shell may begin. `final`: time is up, this is the last time we ask."""
        return final or self.connection.settled

    def negotiation_should_advance(self) -> bool:
        """Whether the peer has agreed to something."""
        return self._agreed

    def begin_shell(self, future: asyncio.Future[None]) -> None:
        """Start the shell, if there is one. `future` is done: it is the end of negotiation."""
        if self.shell is None:
            return
        try:
            result = self.shell(self.reader, self.writer)
        except Exception:
            _log.exception("%s: the shell failed", self)
            self.writer.close()
            return
        if asyncio.iscoroutine(result):
            self._shell_task = self._loop.create_task(result)
        elif inspect.isawaitable(result):
            self._shell_task = asyncio.ensure_future(result)
        if self._shell_task is not None:
            self._shell_task.add_done_callback(self._shell_ended)

    # --- the line ------------------------------------------------------------------------------

    def changed(self) -> None:
        """Something was negotiated: the shell may begin, perhaps."""
        if not self._advanced and self.negotiation_should_advance():
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
        if self._closing:
            return
        self._stop_timer()
        super().connection_lost(exc)
        if self._served:
            self.let_go()
        elif self._shell_task is not None and not self._shell_task.done():
            self._start_timer(SHELL_GRACE_SECONDS, self._cancel_shell)

    def _cancel_shell(self) -> None:
        self._timer = None
        if self._shell_task is not None:
            self._shell_task.cancel()

    def _start_timer(self, seconds: float, callback: Callable[[], None]) -> None:
        self._stop_timer()
        self._timer = self._loop.call_later(seconds, callback)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _time_is_up(self) -> None:
        self._timer = None
        if not self._ready and not self._closing:
            self.check_negotiation(final=True)
            self._begin_shell()

    def _begin_shell(self) -> None:
        self._ready, self._unsettled = True, False
        self._stop_timer()
        self.begin_shell(self._end_of_negotiation())

    def _end_of_negotiation(self) -> asyncio.Future[None]:
        future: asyncio.Future[None] = self._loop.create_future()
        future.set_result(None)
        return future

    def _shell_ended(self, shell: asyncio.Future[None]) -> None:
        """Whatever has become of the shell, the line is closed."""
        error = None if shell.cancelled() else shell.exception()
        if isinstance(error, (ConnectionError, asyncio.IncompleteReadError)):
            _log.info("%s hung up on the shell: %s", self, error)
        elif error is not None:
            _log.error("%s: the shell failed", self, exc_info=error)
        self._shell_task = None
        self._stop_timer()
        self.writer.close()
        self._served = True
        if self._closing:
            self.let_go()

    def let_go(self) -> None:
        """The line is gone and its shell has ended: take apart what would wait for the garbage collector."""
