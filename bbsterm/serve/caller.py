"""Somebody on the line: words and pictures go out, answers come in, and patience is not endless."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bbsterm import limits
from bbsterm.serve.dialects.ascii import Ascii
from bbsterm.serve.dialects.base import Dialect
from bbsterm.serve.inbox import CallerGone, Happening, Inbox, Notice
from bbsterm.serve.keys import Key, Special
from bbsterm.serve.lineedit import Bell, Edit, LineEditor, RubOut, Show, cells
from bbsterm.serve.markup import strip
from bbsterm.serve.pacing import Bucket
from bbsterm.serve.picture import Picture
from bbsterm.serve.stream import CallerStream, Facts

__all__ = ["Caller", "Patience"]

_ENOUGH: Final = 16 * 1024
"""Bytes that are worth a write of their own."""

_LEAST_COLUMNS: Final = 20
_LEAST_ANSWER: Final = 8
"""Cells to type in: a question that leaves fewer goes on a line of its own."""

_LEAST_ROWS: Final = 8
_GIVEN_UP: Final = frozenset({Special.ESCAPE, Special.INTERRUPT, Special.END_OF_INPUT})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait, in seconds.

    Attributes:
        idle: Without a key, before we hang up; 0 waits for ever.
        warning: How long before that we say so.
        login: For the whole of the login.
        sending: For a caller who does not read.
    """

    idle: float = 300.0
    warning: float = 60.0
    login: float = 120.0
    sending: float = 30.0


class Caller:
    """One caller. What is shown goes through `dialect`.

    Whatever waits or sends raises `CallerGone` when the line is gone, or our patience is.
    """

    def __init__(self, stream: CallerStream, *, patience: Patience = Patience()) -> None:
        self.stream: Final = stream
        self.inbox: Final = Inbox(stream)
        self.inbox.columns = lambda: self.columns - 1
        self.dialect: Dialect = Ascii()
        self.name = ""
        self.node = 0
        self._patience: Final = patience
        self._loop: Final = asyncio.get_running_loop()
        self._pages: Final = Bucket(limits.MAX_PAGES_PER_SECOND, limits.PAGES_BURST, now=self._loop.time())
        self._warned_at = 0.0
        self._unsent: Final = bytearray()
        self._prompt = ""
        self._editor: LineEditor | None = None

    # --- who this is ---------------------------------------------------------------

    @property
    def facts(self) -> Facts:
        """What negotiation has told so far."""
        return self.stream.facts()

    @property
    def columns(self) -> int:
        """The width of the caller's screen, now."""
        said = self.stream.size()[0] or self.dialect.columns
        return max(_LEAST_COLUMNS, min(said, limits.MAX_COLUMNS))

    @property
    def rows(self) -> int:
        """The height of the caller's screen, now."""
        said = self.stream.size()[1] or self.dialect.rows
        return max(_LEAST_ROWS, min(said, limits.MAX_ROWS))

    @property
    def wide(self) -> bool:
        """Whether there is room for the 80 column pages."""
        return self.columns >= 80

    @property
    def by_line(self) -> bool:
        """Whether the caller's own side edits and echoes whole lines: `nc`, a MUD client, an old `telnet`."""
        agreed = self.stream.by_line()
        return self.inbox.bare_lf if agreed is None else agreed

    @property
    def idle(self) -> float:
        """Seconds since the last key."""
        return self._loop.time() - self.inbox.heard

    def speak(self, dialect: Dialect) -> None:
        """From here on this is what the caller's machine understands."""
        self.dialect = dialect
        self.inbox.use(dialect.keys)

    # --- what goes out -------------------------------------------------------------

    async def send(self, data: bytes) -> None:
        """Send bytes: at once when there are many, otherwise with the next ones, before we wait for a key.

        A page that is made of several pieces arrives in one, and is painted in one.
        """
        self._unsent.extend(data)
        if len(self._unsent) >= _ENOUGH:
            await self.flush()

    async def flush(self) -> None:
        """Send what is still here, at the caller's speed."""
        if not self._unsent:
            return
        self.stream.write(bytes(self._unsent))
        self._unsent.clear()
        try:
            async with asyncio.timeout(self._patience.sending):
                await self.stream.drain()
        except TimeoutError:
            self.stream.abort()
            raise CallerGone(f"has not read for {self._patience.sending:g} s") from None
        except OSError:
            raise CallerGone("hung up") from None

    async def show(self, picture: Picture, *, below: int = 1) -> None:
        """Clear the screen and show a picture, leaving room for `below` more rows; the cursor is under it."""
        await self._pace()
        room = self.rows - 1 - below if self.dialect.clears else len(picture.rows)
        await self.send(self.dialect.draw(picture.cropped(self.columns, max(1, room))))

    async def show_file(self, data: bytes) -> None:
        """Clear the screen and show an art file in the machine's own language."""
        await self._pace()
        await self.send(self.dialect.show_file(data))

    async def page(self, *lines: str) -> None:
        """Clear the screen and say lines of markup."""
        await self._pace()
        await self.send(self.dialect.clear() + self._lines(lines))

    async def say(self, *lines: str) -> None:
        """Lines of markup, each ended."""
        await self.send(self._lines(lines))

    async def answered(self, seconds: float) -> bool:
        """Wait until the terminal has drawn everything sent so far; False where it does not tell in time."""
        if not self.dialect.asks_cursor:
            return False
        reports = self.inbox.reports
        await self.send(self.dialect.asks_cursor)
        await self.flush()
        return await self.inbox.reported(reports, seconds)

    async def announce(self, *lines: str) -> None:
        """Lines above the one being typed, which stays as it was."""
        dialect = self.dialect
        if self.by_line:  # the line being typed stands on the caller's own side: we only end ours
            before, self._prompt = dialect.newline() if self._prompt else b"", ""
            await self.send(before + self._lines(lines))
            return
        out = self._take_back() + self._lines(lines)
        out += dialect.say(self._prompt) + dialect.text(self._editor.shown if self._editor else "")
        await self.send(out)

    def wrapped(self, markup: str, *, spare: int = 0) -> list[str]:
        """Markup as lines that fit the screen, with some cells to spare."""
        from bbsterm.serve.layout import wrap_markup  # here, not above: it needs us

        return wrap_markup(markup, self.columns - 1 - spare)

    def hang_up(self, farewell: str = "") -> None:
        """Say `farewell`, if anything, and close. A caller who does not read is not waited for."""
        if farewell:
            said = self.dialect.newline() + self.dialect.say(farewell) + self.dialect.newline()
            self._unsent.extend(said)
        self.stream.write(bytes(self._unsent))
        self.stream.close()

    # --- what comes in -------------------------------------------------------------

    async def happening(self, seconds: float | None = None) -> Happening | None:
        """The next key or notice; None when nothing happens for so long."""
        if (happening := self.inbox.take()) is not None:
            return happening
        await self.flush()
        deadline = None if seconds is None else self._loop.time() + seconds
        while True:
            now = self._loop.time()
            waits = [self._mind_the_clock(now)]
            if deadline is not None:
                waits.append(deadline - now)
            if (happening := await self.inbox.next(max(0.0, min(waits)))) is not None:
                return happening
            if deadline is not None and self._loop.time() >= deadline:
                return None
            await self._warn()
            await self.flush()

    async def key(self, seconds: float | None = None) -> Key | None:
        """The next key; notices that come meanwhile are shown. None when no key comes for so long."""
        while True:
            match await self.happening(seconds):
                case Notice(markup):
                    await self.announce(markup, *self.inbox.take_notices())
                case other:
                    return other

    async def press(self, prompt: str, wanted: Collection[Key] = ()) -> Key:
        """Ask for one key, of those `wanted` if any are named; the others ring the bell.

        From a caller who sends lines, the first key of a line is taken.
        """
        await self._show_prompt(prompt)
        while (key := await self._first_of_line()) not in wanted and wanted:
            self.inbox.forget_keys()  # who types at random gets one answer, not a thousand
            await self.send(self.dialect.say(prompt) if self.by_line else self.dialect.bell())
        self._prompt = ""
        if not self.by_line:
            await self.send(self.dialect.newline())
        return key

    async def ask(self, prompt: str, longest: int, *, hidden: bool = False, keep: bool = True) -> str | None:
        """Ask for a line; None when it was given up with Escape.

        Args:
            prompt: Markup, shown before what is typed.
            longest: How many characters the line takes.
            hidden: Show stars.
            keep: Leave prompt and line on the screen; otherwise they are taken back once it is complete.
        """
        prompt = await self._show_prompt(prompt, room=_LEAST_ANSWER)
        self._editor = LineEditor(longest, self.columns - 1 - cells(strip(prompt)), hidden=hidden)
        try:
            line = await self._edit(self._editor)
            if not self.by_line:
                await self.send(self.dialect.newline() if keep else self._take_back())
            return line
        finally:
            self._editor, self._prompt = None, ""

    # --- within --------------------------------------------------------------------

    def _lines(self, lines: Iterable[str]) -> bytes:
        return b"".join(map(self.dialect.line, self._fitted(lines)))

    def _fitted(self, lines: Iterable[str]) -> Iterator[str]:
        """Lines as they are, but for those that are too long for the screen."""
        columns = self.columns
        for line in lines:
            if len(line) <= columns or cells(strip(line)) <= columns:
                yield line
            else:
                yield from self.wrapped(line)

    async def _pace(self) -> None:
        """A page costs the caller one key and us a screen: there is a limit to that."""
        await asyncio.sleep(self._pages.take(1, now=self._loop.time()))

    async def _first_of_line(self) -> Key:
        while (key := await self.key()) is None:
            continue
        while self.by_line and key is not Special.ENTER:
            if self.inbox.take_key() in (Special.ENTER, None):
                break
        return key

    async def _edit(self, editor: LineEditor) -> str | None:
        while True:
            key = await self.key()
            if key is Special.ENTER or key in _GIVEN_UP:
                return editor.text if key is Special.ENTER else None
            edits = editor.feed(key) if key is not None else []
            if editor.refused > limits.MAX_TYPED_LINE:
                raise CallerGone("typed a line without end", "|12That line is too long for this board.")
            if edits and not self.by_line:
                await self.send(b"".join(map(self._edited, edits)))

    def _edited(self, edit: Edit) -> bytes:
        match edit:
            case Show(text):
                return self.dialect.text(text)
            case RubOut(count):
                return self.dialect.rub_out(count)
            case Bell():
                return self.dialect.bell()

    def _take_back(self) -> bytes:
        """Rub out the prompt and what has been typed after it."""
        if self.by_line:
            return b""
        shown = self._editor.shown if self._editor else ""
        return self.dialect.rub_out(cells(strip(self._prompt)) + cells(shown))

    async def _show_prompt(self, prompt: str, *, room: int = 1) -> str:
        """Ask, with so much room behind it; return the last line of what was asked."""
        if cells(strip(prompt)) > self.columns - 1 - room:
            *before, prompt = self.wrapped(prompt, spare=room)
            await self.say(*before)
        self._prompt = prompt
        await self.send(self.dialect.say(prompt))
        return prompt

    def _mind_the_clock(self, now: float) -> float:
        """Seconds until the caller has to be warned, or given up."""
        idle = self._patience.idle
        if not idle:
            return 3600.0
        warned = self._warned_at > self.inbox.heard
        return self.inbox.heard + (idle if warned else idle - self._warning) - now

    @property
    def _warning(self) -> float:
        return min(self._patience.warning, self._patience.idle / 2)

    async def _warn(self) -> None:
        """Warn, or give up, if it is time to."""
        patience, idle = self._patience.idle, self.idle
        if not patience or idle < patience - self._warning:
            return
        if idle >= patience:
            raise CallerGone("idle", "|14You have been quiet for a long time. Goodbye, and call again!")
        if self._warned_at <= self.inbox.heard:
            self._warned_at = self._loop.time()
            await self.announce(f"|14Still there? |07This line closes in {patience - idle:.0f} seconds.")
