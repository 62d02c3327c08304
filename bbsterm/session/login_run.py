"""A login at work on a call: the plan's macro, IEMSI before it where the entry says so."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from bbsterm import __version__
from bbsterm.errors import BbstermError
from bbsterm.macros import Action, Finished, Notified
from bbsterm.macros.iemsi import (
    Act,
    GaveUp,
    Iemsi,
    Profile,
    SendIdentity,
    SendReply,
    Welcomed,
    escaped,
    identity,
)
from bbsterm.session.login import Fetch, Plan, variables_of
from bbsterm.session.macros import Caller as MacroCaller
from bbsterm.session.macros import MacroRun, Stopped

if TYPE_CHECKING:
    from bbsterm.net.address import Address
    from bbsterm.session.settings import CallSettings

__all__ = ["LoginRun"]


class Caller(MacroCaller, Protocol):
    """What a login needs of a call; `session.Call` has it."""

    @property
    def address(self) -> Address: ...
    @property
    def settings(self) -> CallSettings: ...
    def expect_echo(self, *secrets: bytes) -> None: ...


class LoginRun:
    """One login. Begin it when the call is connected; it has a `MacroRun`'s methods.

    Args:
        call: The call.
        plan: What to do (`plan_login`).
        fetch: Gives the password (`secret_for`).
        settings: What the entry says now; as the call was made if None.
        report: Told of everything that happens, at the end of `Finished`, `HungUp`, `Failed` or `Stopped`.
        clock: Seconds, monotonic.
        later: Runs a function in so many seconds; returns what has `cancel`. The event loop's if None.
    """

    def __init__(
        self,
        call: Caller,
        plan: Plan,
        fetch: Fetch,
        *,
        settings: CallSettings | None = None,
        report: Callable[[Action], None] = lambda action: None,
        clock: Callable[[], float] = time.monotonic,
        later: Callable[[float, Callable[[], None]], asyncio.TimerHandle] | None = None,
    ) -> None:
        self._call = call
        self._settings = settings or call.settings
        self._plan = plan
        self._fetch = fetch
        self._report = report
        self._clock = clock
        self._later = later or asyncio.get_running_loop().call_later
        self._iemsi = Iemsi(now=clock()) if plan.iemsi and self._settings.user else None
        self._timer: asyncio.TimerHandle | None = None
        self._sending: asyncio.Task[None] | None = None
        self._untap: Callable[[], None] = lambda: None
        self._done: asyncio.Future[Action] = asyncio.get_running_loop().create_future()
        self._macro = self._new_macro()

    @property
    def over(self) -> bool:
        """Whether it has come to its end."""
        return self._done.done()

    @property
    def progress(self) -> str:
        """Where it stands, for a status row: "2/5 waiting for 'Password:'"."""
        return self._macro.progress if self._macro is not None else "IEMSI"

    async def wait(self) -> Action:
        """Wait for the end."""
        return await asyncio.shield(self._done)

    def begin(self) -> None:
        """Start."""
        if self._iemsi is not None:
            self._untap = self._call.tap(self._take)
            self._set_timer()
        if self._macro is not None:
            self._macro.begin()

    def stop(self, reason: str = "stopped by a key") -> None:
        """Type nothing more: the user has taken over."""
        if self.over:
            return
        macro, self._macro = self._macro, None
        if macro is not None:
            macro.stop(reason)
        self._end(Stopped(reason))

    # --- the macro ----------------------------------------------------------------------

    def _new_macro(self) -> MacroRun | None:
        if self._plan.program is None:
            return None
        run: MacroRun

        def report(action: Action) -> None:
            if self._macro is not run:
                return  # IEMSI has taken its place
            if run.over:
                self._macro = None
                self._end(action)
            else:
                self._report(action)

        run = MacroRun(
            self._call,
            self._plan.program,
            variables=variables_of(self._call.address, self._settings),
            secret=self._fetch,
            report=report,
            clock=self._clock,
            later=self._later,
        )
        return run

    def _set_aside(self) -> None:
        """The board speaks IEMSI: nothing is typed at its prompts meanwhile."""
        macro, self._macro = self._macro, None
        if macro is not None:
            macro.stop("IEMSI")

    # --- IEMSI --------------------------------------------------------------------------

    def _take(self, data: bytes) -> None:
        if self._iemsi is not None and not self.over:
            self._do(self._iemsi.feed(data, now=self._clock()))

    def _tick(self) -> None:
        self._timer = None
        if self._iemsi is not None and not self.over:
            self._do(self._iemsi.tick(now=self._clock()))

    def _do(self, acts: Sequence[Act]) -> None:
        for act in acts:
            match act:
                case SendIdentity(inverted):
                    self._set_aside()
                    self._sending = asyncio.ensure_future(self._identify(inverted))
                case SendReply(data):
                    self._call.send_bytes(data)
                case Welcomed(board):
                    name = "".join(filter(str.isprintable, board.get("name", ""))).strip()
                    self._report(Notified(f"Logged in by IEMSI{f' to {name}' if name else ''}."))
                    self._end(Finished(dict(board)))
                case GaveUp(reason):
                    self._go_on_without(reason)
        self._set_timer()

    async def _identify(self, inverted: bool) -> None:
        settings, terminal = self._settings, self._call.terminal
        profile = Profile(
            settings.user, rows=terminal.rows, columns=terminal.columns, software=f"bbsterm,{__version__}"
        )
        try:
            secret = await self._fetch()
            packet = identity(profile, secret.reveal(), inverted=inverted)
        except (BbstermError, ValueError) as error:
            self._go_on_without(str(error))
            return
        if not self.over:
            self._call.expect_echo(
                escaped(secret.reveal()).encode("ascii"), self._call.terminal.encode(secret.reveal())
            )
            self._call.send_bytes(packet)

    def _go_on_without(self, reason: str) -> None:
        """No IEMSI: the prompts, then."""
        self._iemsi = None
        self._untap()
        if self._macro is None and not self.over:
            self._report(Notified(f"No IEMSI: {reason}."))
            self._macro = self._new_macro()
            if self._macro is None:
                self._end(Stopped(reason))
            else:
                self._macro.begin()

    # --- small things -------------------------------------------------------------------

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        deadline = None if self._iemsi is None else self._iemsi.deadline
        if deadline is not None and not self.over:
            self._timer = self._later(max(deadline - self._clock(), 0.0), self._tick)

    def _end(self, action: Action) -> None:
        if self.over:
            return
        self._untap()
        if self._timer is not None:
            self._timer.cancel()
        if self._sending is not None and self._sending is not asyncio.current_task():
            self._sending.cancel()
        self._done.set_result(action)
        self._report(action)
