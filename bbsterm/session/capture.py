"""What a board shows, into a file while the call goes on: as text, in its own bytes, or as a recording."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Final, Protocol

from bbsterm.limits import MAX_CAPTURE
from bbsterm.session.stream import StreamTerminal

if TYPE_CHECKING:
    from bbsterm.screen.terminal import Terminal

__all__ = ["KINDS", "Capture", "Source"]

KINDS: Final = ("txt", "ans", "cast")
"""Text in UTF-8; the board's bytes as they are; an asciicast (version 2) with the time of everything."""


class Source(Protocol):
    """What a capture needs of a call."""

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


class Capture:
    """Gets everything that `call` shows, from now on. Made, it listens; `close` ends it.

    Args:
        call: Whose text.
        kind: One of `KINDS`.
        file: Where it goes, opened for writing bytes; `close` closes it.
        clock: Seconds, monotonic; only a recording needs them.
        timestamp: Seconds since 1970, for a recording's head.
        title: The board's name, likewise.
        failed: Told, once, why the capture has ended by itself: the disk is full, or `MAX_CAPTURE` reached.
    """

    def __init__(
        self,
        call: Source,
        kind: str,
        file: IO[bytes],
        *,
        clock: Callable[[], float],
        timestamp: float = 0.0,
        title: str = "",
        failed: Callable[[str], None] = lambda reason: None,
        limit: int = MAX_CAPTURE,
    ) -> None:
        self.kind = kind
        self.written = 0
        """Bytes of the file."""
        self._call = call
        self._file = file
        self._clock = clock
        self._began = clock()
        self._failed = failed
        self._limit = limit
        self._stream: StreamTerminal | None = None
        self._stream_kind = ""
        self._stop = call.tap(self._take)
        if kind == "cast":
            head = {
                "version": 2,
                "width": call.terminal.columns,
                "height": call.terminal.rows,
                "timestamp": int(timestamp),
                "title": title,
                "env": {"TERM": "xterm-256color"},
            }
            self._write(json.dumps(head, ensure_ascii=False).encode() + b"\n")

    @property
    def closed(self) -> bool:
        """Whether it has ended."""
        return self._file.closed

    def follow(self, call: Source) -> None:
        """Go on with another call."""
        if self._call is not call and not self._file.closed:
            self._stop()
            self._call, self._stream = call, None
            self._stop = call.tap(self._take)

    def close(self) -> None:
        """End it."""
        self._stop()
        if not self._file.closed:
            try:
                self._file.close()
            except OSError as error:
                self._failed(str(error))

    def _take(self, data: bytes) -> None:
        if self._file.closed:
            return
        if self.kind == "ans":
            self._write(data)
        else:
            self._reader().feed(data)

    def _reader(self) -> StreamTerminal:
        """What makes text of the bytes; another one once the call is on another emulation."""
        terminal = self._call.terminal
        if self._stream is None or self._stream_kind != self._call.kind:
            self._stream_kind = self._call.kind
            self._stream = StreamTerminal(
                self._call.kind,
                terminal.encoding,
                self._write_text,
                ansi=self.kind == "cast",
                columns=terminal.columns,
                rows=terminal.rows,
            )
        elif self._stream.encoding != terminal.encoding:
            self._stream.encoding = terminal.encoding
        return self._stream

    def _write_text(self, text: str) -> None:
        if not text:
            return
        if self.kind == "cast":
            moment = round(self._clock() - self._began, 6)
            self._write(
                json.dumps([moment, "o", text], ensure_ascii=False).encode("utf-8", "replace") + b"\n"
            )
        else:
            self._write(text.encode("utf-8", "replace"))

    def _write(self, data: bytes) -> None:
        if self.written + len(data) > self._limit:
            self._give_up(f"it has reached {self._limit // (1024 * 1024)} MiB")
            return
        try:
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            self._give_up(str(error))
        else:
            self.written += len(data)

    def _give_up(self, reason: str) -> None:
        self._stop()
        try:
            self._file.close()
        except OSError:
            reason += " (and the file could not be closed)"
        self._failed(reason)
