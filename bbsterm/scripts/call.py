"""A call in the hands of a script: `expect`, `send`, `press`, `screen`, `screenshot`, `hang_up`."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from bbsterm.errors import BbstermError, NoCarrierError, UsageError
from bbsterm.macros import (
    Action,
    Finished,
    HungUp,
    Macro,
    Program,
    Watch,
    compile_macro,
    parse_template,
)
from bbsterm.macros.patterns import WINDOW, OnScreen, Pattern, PatternError, Region, literal
from bbsterm.macros.templates import Key, Raw, TemplateError, Variable, Words
from bbsterm.net.address import Address
from bbsterm.scripts.errors import ExpectError
from bbsterm.scripts.pictures import save_picture
from bbsterm.scripts.view import Match, ScreenView
from bbsterm.secret import Secret
from bbsterm.session.call import Call
from bbsterm.session.events import (
    CallEnded,
    CallEvent,
    CallState,
    ScreenChanged,
    StateChanged,
    TerminalReplaced,
)
from bbsterm.session.macros import MacroRun, plain_text_of, view_of

__all__ = ["ScriptCall"]

TIMEOUT: Final = 20.0
"""Seconds that `expect` waits unless it is told otherwise."""


class ScriptCall:
    """A call that is connected, for a script.

    Made by `call_board`, or by whoever runs a script on a call that somebody watches.

    Args:
        call: The call.
        secret: Fetches the entry's secret; None where there is none.
        variables: What the entry says: user, host, name.

    Attributes:
        screen: What the screen shows now.
        variables: What the entry says, for the script to use.
        timeout: Seconds that `expect` waits unless it is told otherwise.
    """

    def __init__(
        self,
        call: Call,
        *,
        secret: Callable[[], Awaitable[Secret]] | None = None,
        variables: dict[str, str] | None = None,
    ) -> None:
        self.variables = dict(variables or {})
        self.timeout = TIMEOUT
        self._call = call
        self._fetch = secret
        self._watch = Watch()
        self._playing = False  # then the macro tells the watch what comes: nothing is heard twice
        self._plain = plain_text_of(call)
        self._news = asyncio.Event()
        self._followers: list[Callable[[str], None]] = []
        self._unhook = [call.tap(self._take), call.listen(self._hear)]

    @property
    def screen(self) -> ScreenView:
        """What the screen shows now."""
        return ScreenView(self._call.terminal)

    @property
    def address(self) -> Address:
        """Whom this calls."""
        return self._call.address

    @property
    def connected(self) -> bool:
        """Whether the line is open."""
        return self._call.state is CallState.CONNECTED

    # --- waiting ------------------------------------------------------------------------

    async def expect(self, *wanted: str | re.Pattern[str], timeout: float | None = None) -> Match:
        """Wait until one of these has come, as text or on the screen; what came before it is old then.

        Args:
            wanted: Words, whose case does not count, or expressions.
            timeout: Seconds; `self.timeout` if None.

        Raises:
            ExpectError: None came in time. It is a `TimeoutError`, too.
            NoCarrierError: The call ended first.
        """
        patterns = tuple(map(_pattern, wanted))
        if not patterns:
            raise UsageError("expect needs something to wait for")
        return await self._until(lambda: self._find(patterns), tuple(map(str, map(_shown, wanted))), timeout)

    async def expect_screen(
        self,
        wanted: str | re.Pattern[str],
        *,
        row: int | None = None,
        column: int | None = None,
        timeout: float | None = None,
    ) -> Match:
        """Wait until something stands on the screen, whenever it was drawn.

        Args:
            wanted: Words, whose case does not count, or an expression.
            row: The only row it may stand in, from 0.
            column: The first column it may begin in, from 0.
            timeout: Seconds; `self.timeout` if None.

        Raises:
            ExpectError: It did not come in time. It is a `TimeoutError`, too.
            NoCarrierError: The call ended first.
        """
        bottom = None if row is None else row + 1
        place = OnScreen(_pattern(wanted), Region(row or 0, column or 0, bottom))

        def look() -> Match | None:
            found = place.holds(self._watch.view.lines)
            return None if found is None else Match(0, found)

        return await self._until(look, (str(_shown(wanted)),), timeout)

    async def quiet(self, seconds: float = 0.5, *, timeout: float | None = None) -> None:
        """Wait until the board has said nothing for so long.

        Raises:
            ExpectError: It talks on and on.
        """
        limit = self.timeout if timeout is None else timeout
        try:
            async with asyncio.timeout(limit):
                while self.connected:
                    self._news.clear()
                    try:
                        await asyncio.wait_for(self._news.wait(), seconds)
                    except TimeoutError:
                        return
        except TimeoutError:
            raise self._late(limit, ("silence",)) from None

    async def answered(self) -> None:
        """Wait until the board has answered, or the call is over without that."""
        while self._call.state is CallState.DIALING:
            self._news.clear()
            await self._news.wait()

    async def closed(self) -> None:
        """Wait until the call is over."""
        while self._call.state is not CallState.ENDED:
            self._news.clear()
            await self._news.wait()

    # --- doing --------------------------------------------------------------------------

    async def send(self, text: str) -> None:
        """Type text; every newline is Enter. ``<f1>`` and ``{user}`` mean nothing here: see `type`.

        Raises:
            NoCarrierError: The call is over.
        """
        self._must_be_connected()
        self._call.type(text)

    async def type(self, template: str) -> None:
        """Type what a macro would send: words, ``<enter>``, ``<f1>``, ``<0x1b>``, ``{user}``, ``{secret}``.

        Raises:
            UsageError: A key or a variable that there is not.
            NoCarrierError: The call is over.
        """
        self._must_be_connected()
        try:
            parts = parse_template(template)
        except TemplateError as error:
            raise UsageError(str(error)) from None
        for part in parts:
            match part:
                case Words(text):
                    self._call.type(text)
                case Key(name):
                    self._call.press(name, None)
                case Raw(byte):
                    self._call.send_bytes(bytes([byte]))
                case Variable("secret"):
                    await self.send_secret()
                case Variable(name):
                    self._call.type(self._variable(name))

    async def press(self, key: str) -> None:
        """Press a key: "f1", "up", "enter", "escape", "ctrl+c".

        Raises:
            NoCarrierError: The call is over.
        """
        self._must_be_connected()
        self._call.press(key, None)

    async def send_bytes(self, data: bytes) -> None:
        """Send bytes in the board's character set, unechoed; IAC is doubled.

        Raises:
            NoCarrierError: The call is over.
        """
        self._must_be_connected()
        self._call.send_bytes(data)

    async def send_secret(self) -> None:
        """Type the entry's secret: it is in no log, and no script sees it.

        Raises:
            UsageError: The entry has none.
        """
        if self._fetch is None:
            raise UsageError("there is no secret for this board")
        secret = await self._fetch()
        self._must_be_connected()
        self._call.send_secret(secret)

    async def run(self, macro: Macro) -> dict[str, str]:
        """Run a macro; what it knew at its end.

        Raises:
            BbstermError: It failed.
        """
        outcome = await self.play(compile_macro(macro))
        if isinstance(outcome, HungUp):
            return {}
        if not isinstance(outcome, Finished):
            raise BbstermError(str(outcome))
        return dict(outcome.variables)

    async def play(self, program: Program, report: Callable[[Action], None] = lambda action: None) -> Action:
        """Run a compiled macro; how it ended: `Finished`, `HungUp` or `Failed`.

        Args:
            program: The macro.
            report: Told of everything that happens.
        """
        run = MacroRun(
            self._call,
            program,
            variables=self.variables,
            secret=self._fetch,
            report=report,
            watch=self._watch,
        )
        self._playing = True
        run.begin()
        try:
            return await run.wait()
        finally:
            run.stop("the script has ended")
            self._playing = False

    def screenshot(self, path: str | Path) -> Path:
        """Save the screen; the ending says how: .svg, .png, .ans, .txt or .html.

        Raises:
            UsageError: It has another ending.
            StorageError: It cannot be written.
        """
        return save_picture(self._call.terminal, Path(path), title=str(self._call.address))

    async def hang_up(self) -> None:
        """End the call."""
        self._call.hang_up()
        await self.closed()

    def follow(self, callback: Callable[[str], None]) -> Callable[[], None]:
        """Have `callback` told of what the board says, as text; return what stops that."""
        self._followers.append(callback)
        return lambda: self._followers.remove(callback)

    def release(self) -> None:
        """Let go of the call, which goes on."""
        for unhook in self._unhook:
            unhook()

    # --- inside -------------------------------------------------------------------------

    async def _until(
        self, look: Callable[[], Match | None], wanted: tuple[str, ...], timeout: float | None
    ) -> Match:
        limit = self.timeout if timeout is None else timeout
        try:
            async with asyncio.timeout(limit):
                while True:
                    self._watch.look(view_of(self._call.terminal))
                    if (found := look()) is not None:
                        return found
                    if not self.connected and self._call.ended is not None:
                        raise self._cut_off(wanted)
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise self._late(limit, wanted) from None

    def _find(self, patterns: tuple[Pattern, ...]) -> Match | None:
        found = self._watch.find(*patterns)
        if found is None:
            return None
        match = patterns[found].matcher.search(self._watch.found)
        return Match(found, self._watch.found, match.groups() if match else ())

    def _late(self, seconds: float, wanted: tuple[str, ...]) -> ExpectError:
        return ExpectError(f"waited {seconds:g} s for", wanted, tuple(self.screen.lines))

    def _cut_off(self, wanted: tuple[str, ...]) -> NoCarrierError:
        reason = self._call.ended.reason if self._call.ended else "hung up"
        return NoCarrierError(f"{reason}, while waiting for {' or '.join(map(repr, wanted))}")

    def _must_be_connected(self) -> None:
        if not self.connected:
            raise NoCarrierError(self._call.ended.reason if self._call.ended else "not connected yet")

    def _variable(self, name: str) -> str:
        if name not in self.variables:
            raise UsageError(f"there is no {name!r} to type", hint=f"There are: {', '.join(self.variables)}.")
        return " ".join(self.variables[name].split())

    def _take(self, data: bytes) -> None:
        if self._plain.encoding != self._call.terminal.encoding:
            self._plain = plain_text_of(self._call)
        text = self._plain.feed(data)
        if not self._playing:
            self._watch.feed(text)
        for callback in tuple(self._followers):
            callback(text)

    def _hear(self, event: CallEvent) -> None:
        if isinstance(event, ScreenChanged | TerminalReplaced | CallEnded | StateChanged):
            self._news.set()


def _pattern(wanted: str | re.Pattern[str]) -> Pattern:
    """A script's own expressions are its own affair: they are not limited."""
    if isinstance(wanted, str):
        try:
            return literal(wanted)
        except PatternError as error:
            raise UsageError(str(error)) from None
    return Pattern(wanted.pattern, wanted, WINDOW[0], regular=True)


def _shown(wanted: str | re.Pattern[str]) -> str:
    return wanted if isinstance(wanted, str) else wanted.pattern
