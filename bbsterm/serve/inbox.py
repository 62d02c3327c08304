"""What comes from a caller: keys, and notices from the rest of the board, in one queue with two bounds."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from bbsterm import limits
from bbsterm.serve.keys import CursorReport, Key, KeyDecoder, KeyTable, Typed
from bbsterm.serve.pacing import Bucket
from bbsterm.serve.stream import CallerStream

__all__ = ["CallerGone", "Happening", "Inbox", "Notice"]

_CHUNK: Final = 2048
_ESCAPE_PATIENCE: Final = 0.15
"""Seconds that the rest of an escape sequence may take; after that, it was the Escape key."""


class CallerGone(Exception):
    """The call is over, which is no error. `str()` says why, for the log.

    Attributes:
        farewell: What to tell the caller, as markup; empty where nobody listens any more.
    """

    def __init__(self, reason: str, farewell: str = "") -> None:
        super().__init__(reason)
        self.farewell = farewell


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that another caller or the board says, as a line of markup."""

    markup: str


Wrapped: TypeAlias = Callable[[int], Sequence[str]]
"""Makes lines of markup for so many columns: at least one."""

Happening: TypeAlias = "Key | Notice"


class Inbox:
    """Keys and notices, waiting to be taken.

    Until `use` has said how the caller's machine types, what comes is kept as bytes.
    """

    def __init__(self, stream: CallerStream) -> None:
        self._stream: Final = stream
        self._loop: Final = asyncio.get_running_loop()
        self._decoder: KeyDecoder | None = None
        self._raw: Final = bytearray()
        self._keys: Final[deque[Key]] = deque()
        self._notices: Final[deque[str | Wrapped]] = deque(maxlen=limits.MAX_NOTICES)
        self.columns: Callable[[], int] = lambda: 80
        """How many columns a notice may have, now."""
        self._missed = 0
        self._looked_at = 0.0
        self._waking = False
        self._news: Final = asyncio.Event()
        self._room: Final = asyncio.Event()
        self._ended = ""
        self.reports = 0
        """How many times the caller's terminal has told where its cursor is."""
        self._heard = self._loop.time()
        self._rate: Final = Bucket(limits.MAX_TYPING_RATE, limits.TYPING_BURST, now=self._heard)

    @property
    def heard(self) -> float:
        """When the caller last typed something, on the event loop's clock."""
        return self._heard

    @property
    def bare_lf(self) -> bool:
        """Whether an Enter ever came as LF without CR."""
        return self._decoder is not None and self._decoder.bare_lf

    @property
    def typed_ahead(self) -> bool:
        """Whether a key waits already."""
        return bool(self._keys)

    async def listen(self) -> None:
        """Take what is typed, until the line ends: a task beside the visit."""
        try:
            while data := await self._stream.read(_CHUNK):
                self._hear(data)
                await asyncio.sleep(self._rate.take(len(data), now=self._loop.time()))
                while len(self._keys) + len(self._raw) > limits.MAX_KEYS_AHEAD:
                    self._room.clear()
                    await self._room.wait()
            self._end("hung up")
        except OSError as error:
            self._end(f"the line broke ({error})")

    def notify(self, notice: str | Wrapped, *, gap: float = 0.0) -> None:
        """Put in a notice. Who is too slow to look loses the oldest, and is told how many.

        Args:
            notice: A line of markup, or what makes lines for a width: asked when they are shown.
            gap: Seconds since the last notice was shown, before this one wakes anybody: where very many are
                told very much, each is told it in a few pieces.
        """
        self._missed += len(self._notices) == limits.MAX_NOTICES
        self._notices.append(notice)
        if self._waking:
            return
        wait = self._looked_at + gap - self._loop.time() if gap else 0.0
        if wait <= 0:
            self._news.set()
        else:
            self._waking = True
            self._loop.call_later(wait, self._wake)

    def _wake(self) -> None:
        self._waking = False
        self._news.set()

    def take_notices(self) -> list[str]:
        """All notices that wait, as markup."""
        self._looked_at = self._loop.time()
        columns = self.columns()
        waiting: list[str] = []
        for notice in self._notices:
            waiting += (notice,) if isinstance(notice, str) else notice(columns)
        self._notices.clear()
        return waiting

    def use(self, table: KeyTable) -> None:
        """From now on bytes are keys of this table, those that wait already included."""
        self._decoder = KeyDecoder(table)
        waiting = bytes(self._raw)
        self._raw.clear()
        self._take_keys(self._decoder.feed(waiting))

    async def raw(self, seconds: float) -> bytes:
        """Bytes as they came, before `use`; empty when none come in `seconds`.

        Raises:
            CallerGone: None will come.
        """
        if not self._raw:
            await self._wait(seconds)
        if not self._raw and self._ended:
            raise CallerGone(self._ended)
        data = bytes(self._raw)
        self._raw.clear()
        self._room.set()
        return data

    def unread(self, data: bytes) -> None:
        """Put back what `raw` gave and nobody wanted."""
        self._raw[:0] = data

    async def next(self, seconds: float | None) -> Happening | None:
        """The next notice or key; None when nothing happens for so long. What has come is given first.

        Raises:
            CallerGone: Everything has been taken and no more will come.
        """
        if (happening := self.take()) is not None:
            return happening
        if not self._ended:
            await self._wait(seconds)
            if (happening := self.take()) is not None:
                return happening
        if self._ended:
            raise CallerGone(self._ended)
        return None

    def take(self) -> Happening | None:
        """The next notice or key, if there is one already."""
        if self._missed:
            missed, self._missed = self._missed, 0
            return Notice(f"|08({missed} lines went by too fast to show)")
        if self._notices:
            first = self._notices.popleft()
            if isinstance(first, str):
                return Notice(first)
            first, *rest = first(self.columns())
            self._notices.extendleft(reversed(rest))
            return Notice(first)
        return self.take_key()

    def take_key(self) -> Key | None:
        """The next key, if there is one already."""
        self._room.set()
        return self._keys.popleft() if self._keys else None

    async def reported(self, reports: int, seconds: float) -> bool:
        """Wait until there have been more than `reports` of the cursor; False when none comes in time."""
        deadline = self._loop.time() + seconds
        while self.reports <= reports and not self._ended and self._loop.time() < deadline:
            await self._wait(deadline - self._loop.time())
        return self.reports > reports

    def forget_keys(self) -> None:
        """Drop what was typed ahead."""
        self._keys.clear()
        self._room.set()

    async def _wait(self, seconds: float | None) -> None:
        self._news.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return

    def _hear(self, data: bytes) -> None:
        self._heard = self._loop.time()
        if self._decoder is None:
            self._raw.extend(data)
        else:
            self._take_keys(self._decoder.feed(data))
            if self._decoder.waiting:
                self._loop.call_later(_ESCAPE_PATIENCE, self._flush, self._heard)
        self._news.set()

    def _flush(self, heard: float) -> None:
        """Nothing has followed the ESC that was heard then."""
        if self._decoder is not None and heard == self._heard:
            self._take_keys(self._decoder.flush())
            self._news.set()

    def _take_keys(self, typed: list[Typed]) -> None:
        keys = [key for key in typed if not isinstance(key, CursorReport)]
        self.reports += len(typed) - len(keys)
        self._keys.extend(keys)

    def _end(self, reason: str) -> None:
        self._ended = reason
        self._news.set()
