"""A macro on a call: what arrives goes to its player, what the player wants typed goes to the board."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bbsterm.errors import BbstermError
from bbsterm.macros import (
    Action,
    Failed,
    Finished,
    HungUp,
    PlainText,
    Player,
    Program,
    Typed,
    View,
    Watch,
)
from bbsterm.macros.templates import Key, Raw, Variable, Words
from bbsterm.session.events import CallEnded, CallEvent, ScreenChanged, TerminalReplaced
from bbsterm.session.identity import RETRO

if TYPE_CHECKING:
    from bbsterm.screen.terminal import Terminal
    from bbsterm.secret import Secret

__all__ = ["MacroRun", "Stopped", "Tapped", "plain_text_of", "view_of"]


@dataclass(frozen=True, slots=True)
class Stopped(Action):
    """The user has taken over.

    Attributes:
        reason: What they did.
    """

    reason: str


class Tapped(Protocol):
    """What is needed of a call to read along; `session.Call` has it."""

    @property
    def terminal(self) -> Terminal:
        """What the board paints on."""
        ...

    @property
    def kind(self) -> str:
        """The emulation."""
        ...

    def tap(self, callback: Callable[[bytes], None]) -> Callable[[], None]:
        """Give `callback` the board's text; returns what stops that."""
        ...


class Caller(Tapped, Protocol):
    """What a macro needs of a call; `session.Call` has it."""

    def listen(self, callback: Callable[[CallEvent], None]) -> Callable[[], None]: ...
    def press(self, key: str, character: str | None) -> None: ...
    def type(self, text: str) -> None: ...
    def send_bytes(self, data: bytes) -> None: ...
    def send_secret(self, secret: Secret) -> None: ...
    def hang_up(self) -> None: ...


def view_of(terminal: Terminal) -> View:
    """What a terminal shows, as macros see it."""
    cursor = terminal.cursor
    scrolled = getattr(terminal, "scrolled", None)
    first = scrolled if isinstance(scrolled, int) else len(terminal.history)
    return View(tuple(terminal.display()), first, cursor.row, cursor.column)


class MacroRun:
    """One macro at work on one call. Begin it in the call's event loop, before or after it is connected.

    Args:
        call: The call.
        program: What to do.
        variables: What the entry says: user, host, name ...
        secret: Fetches the secret when a step needs it; raises BbstermError where there is none.
        report: Told of everything that happens, in order: `Progress`, `Notified`, and at the end one of
            `Finished`, `HungUp`, `Failed` and `Stopped`.
        watch: What has been seen of the call so far.
        clock: Seconds, monotonic.
        later: Runs a function in so many seconds; returns what has `cancel`. The event loop's if None.
    """

    def __init__(
        self,
        call: Caller,
        program: Program,
        *,
        variables: Mapping[str, str] | None = None,
        secret: Callable[[], Awaitable[Secret]] | None = None,
        report: Callable[[Action], None] = lambda action: None,
        watch: Watch | None = None,
        clock: Callable[[], float] = time.monotonic,
        later: Callable[[float, Callable[[], None]], asyncio.TimerHandle] | None = None,
    ) -> None:
        self.program = program
        self._call = call
        self._fetch = secret
        self._report = report
        self._clock = clock
        self._later = later or asyncio.get_running_loop().call_later
        self._fresh = Watch() if watch is None else None
        self._player = Player(program, variables, watch=watch or self._fresh, now=clock())
        self._plain = plain_text_of(call)
        self._timer: asyncio.TimerHandle | None = None
        self._fetching: asyncio.Task[None] | None = None
        self._secret: Secret | None = None
        self._done: asyncio.Future[Action] = asyncio.get_running_loop().create_future()
        self._unhook: list[Callable[[], None]] = []

    @property
    def over(self) -> bool:
        """Whether it has come to its end."""
        return self._done.done()

    @property
    def progress(self) -> str:
        """Where it stands, for a status row: "2/5 waiting for 'Password:'"."""
        return str(self._player.progress)

    async def wait(self) -> Action:
        """Wait for the end: `Finished`, `HungUp`, `Failed` or `Stopped`."""
        return await asyncio.shield(self._done)

    def begin(self) -> None:
        """Start. What was asked before, and answered, is not asked now."""
        if self._fresh is not None:
            self._fresh.start(view_of(self._call.terminal))
        self._unhook = [self._call.tap(self._take), self._call.listen(self._hear)]
        self._do(self._player.begin(now=self._clock()))
        self._look()

    def stop(self, reason: str = "stopped by a key") -> None:
        """Type nothing more: the user has taken over."""
        if not self.over:
            self._player.stop()
            self._end(Stopped(reason))

    # --- from the call ------------------------------------------------------------------

    def _take(self, data: bytes) -> None:
        if self._plain.encoding != self._call.terminal.encoding:
            self._plain = plain_text_of(self._call)
        self._player.feed(self._plain.feed(data), now=self._clock())

    def _hear(self, event: CallEvent) -> None:
        match event:
            case ScreenChanged() | TerminalReplaced():
                self._look()
            case CallEnded(reason):
                self._look()
                if not self.over:
                    self._end(self._player.fail(f"the call is over: {reason}"))

    def _look(self) -> None:
        if not self.over:
            self._do(self._player.look(view_of(self._call.terminal), now=self._clock()))

    def _tick(self) -> None:
        self._timer = None
        if not self.over:
            self._do(self._player.tick(now=self._clock()))

    # --- to the call --------------------------------------------------------------------

    def _do(self, actions: list[Action]) -> None:
        for action in actions:
            if self.over:
                return
            match action:
                case Typed(parts, secret=False):
                    self._type(parts)
                case Typed(parts):
                    self._fetching = asyncio.ensure_future(self._type_with_secret(parts))
                case HungUp():
                    self._end(action)
                    self._call.hang_up()
                case Finished() | Failed():
                    self._end(action)
                case _:
                    self._report(action)
        self._set_timer()

    def _type(self, parts: tuple[object, ...]) -> None:
        for part in parts:
            match part:
                case Words(text):
                    self._call.type(text)
                case Key(name):
                    self._call.press(name, None)
                case Raw(byte):
                    self._call.send_bytes(bytes([byte]))
                case Variable() if self._secret is not None:
                    self._call.send_secret(self._secret)

    async def _type_with_secret(self, parts: tuple[object, ...]) -> None:
        try:
            if self._fetch is None:
                self._end(self._player.fail("there is no secret to type: the entry names none"))
                return
            self._secret = await self._fetch()
        except BbstermError as error:
            if not self.over:
                self._end(self._player.fail(str(error)))
            return
        if self.over:
            return
        self._type(parts)
        self._secret = None
        self._do(self._player.resume(now=self._clock()))

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        deadline = self._player.deadline
        if deadline is not None and not self.over:
            self._timer = self._later(max(deadline - self._clock(), 0.0), self._tick)

    def _end(self, action: Action) -> None:
        if self.over:
            return
        if self._timer is not None:
            self._timer.cancel()
        if self._fetching is not None and self._fetching is not asyncio.current_task():
            self._fetching.cancel()
        for unhook in self._unhook:
            unhook()
        self._done.set_result(action)
        self._report(action)


def plain_text_of(call: Tapped) -> PlainText:
    """What makes text of a call's bytes, as they are read now."""
    return PlainText(call.terminal.encoding, controls="machine" if call.kind in RETRO else "ansi")
