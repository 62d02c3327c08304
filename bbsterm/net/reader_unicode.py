"""`TelnetReaderUnicode`: what a peer sent, as text in the encoding that has been agreed."""

from __future__ import annotations

import asyncio
import codecs
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, overload

from bbsterm.net.reader import DEFAULT_LIMIT, TelnetReader, first_end

if TYPE_CHECKING:
    from bbsterm.net.gone import Gone

__all__ = ["TelnetReaderUnicode"]

_LINE_END: Final = re.compile(r"\r[\n\0]?|\n")


class TelnetReaderUnicode(TelnetReader):
    """A `TelnetReader` that counts and returns characters.

    Bytes are decoded when they are read, in the encoding of that moment, so text that crossed the agreement
    on an encoding is read right. A character cut in two by a segment is put together again.

    Args:
        fn_encoding: ``fn_encoding(incoming=True)`` names the encoding.
        limit: As for `TelnetReader`, bytes not yet read or decoded.
        encoding_errors: What becomes of undecodable bytes, as for `bytes.decode`.
    """

    __slots__ = ("_at", "_decoder", "_decoder_encoding", "_encoding_errors", "_fn_encoding", "_text")

    is_binary_reader = False

    def __init__(
        self,
        fn_encoding: Callable[..., str],
        limit: int = DEFAULT_LIMIT,
        encoding_errors: str = "replace",
    ) -> None:
        super().__init__(limit)
        self._fn_encoding = fn_encoding
        self._encoding_errors = encoding_errors
        self._text = ""  # decoded and not read yet, from `_at` on
        self._at = 0
        self._decoder: codecs.IncrementalDecoder | None = None
        self._decoder_encoding = ""

    def __repr__(self) -> str:
        return (
            f"<{type(self).__name__} encoding={self._fn_encoding(incoming=True)!r} limit={self._limit} "
            f"buflen={self._held()} eof={self._eof}>"
        )

    def _held(self) -> int:
        return len(self._buffer) + len(self._text) - self._at

    def let_go(self, what_is_known: Gone) -> None:
        """The line is gone and its shell has ended: hold on to nothing but what is left to read."""
        super().let_go(what_is_known)
        self._fn_encoding = what_is_known.encoding

    # --- decoding ------------------------------------------------------------------------

    def decode(self, buf: bytes, final: bool = False) -> str:
        """Decode the next bytes of the stream; what is cut short waits for more unless `final`."""
        encoding = self._fn_encoding(incoming=True)
        if self._decoder is None or encoding != self._decoder_encoding:
            unfinished = self._decoder.getstate()[0] if self._decoder is not None else b""
            self._decoder = codecs.getincrementaldecoder(encoding)(self._encoding_errors)
            self._decoder_encoding = encoding
            buf = unfinished + buf
        try:
            return self._decoder.decode(buf, final)
        except UnicodeDecodeError:
            self._decoder.reset()  # or the same byte would be raised at every read from now on
            raise

    def _decode_all(self) -> str:
        """Decode all that is there; return the text not read yet."""
        final = self._eof
        if self._buffer or (final and self._decoder is not None):
            raw = bytes(self._buffer)
            self._buffer = b""
            self._text, self._at = self._text[self._at :] + self.decode(raw, final), 0
        elif self._at:
            self._text, self._at = self._text[self._at :], 0
        return self._text

    def _take_text(self, count: int) -> str:
        """Take the next `count` characters of what has been decoded."""
        text = self._text
        if not self._at and count >= len(text):
            self._text = ""
        elif self._at + count >= len(text):
            text = text[self._at :]
            self._text, self._at = "", 0
        else:
            # Moving on is cheap where cutting off would copy the rest for every character read.
            start, self._at = self._at, self._at + count
            text = text[start : self._at]
        if self._paused and self._held() <= self._limit:
            self._resume()
        return text

    def _ready(self) -> bool:
        """Whether there is text to read, decoding if need be."""
        if self._at < len(self._text):
            return True
        return bool(self._decode_all())

    # --- what a shell does -----------------------------------------------------------------

    async def read(self, n: int = -1) -> str:  # type: ignore[override]  # characters where the base reads bytes
        """Read up to `n` characters as soon as there are any; with -1, everything up to the end."""
        if n == 0:
            return ""
        if n < 0:
            parts = []
            while part := await self.read(self._limit):
                parts.append(part)
            return "".join(parts)
        while not self._ready() and not self._eof:
            await self._wait("read")
        return self._take_text(n)

    async def readexactly(self, n: int) -> str:  # type: ignore[override]  # characters where the base reads bytes
        """Read `n` characters.

        Raises:
            asyncio.IncompleteReadError: The stream ended first; `partial` has what there was, as text.
            ValueError: `n` is negative.
        """
        if n < 0:
            raise ValueError("readexactly size can not be less than zero")
        while len(self._text) - self._at < n and len(self._decode_all()) < n:
            if self._eof:
                raise asyncio.IncompleteReadError(self._take_text(n), n)  # type: ignore[arg-type]  # text
            await self._wait("readexactly")
        return self._take_text(n)

    async def readline(self) -> str:  # type: ignore[override]  # characters where the base reads bytes
        """Read one line with its end, as `TelnetReader.readline` does; "" at the end of the stream."""
        scanned = 0  # characters known to hold no line end
        while True:
            found = _LINE_END.search(self._text, self._at + scanned)
            if found is None or (found[0] == "\r" and found.end() == len(self._text)):
                found = _LINE_END.search(self._decode_all(), scanned)  # `_at` is 0 now
            if found:
                self._after_cr = found[0] == "\r" and found.end() == len(self._text)
                line = self._take_text(found.end() - self._at)
                return line[:-1] if line.endswith("\0") else line
            scanned = len(self._text)
            if self._eof:
                return self._take_text(scanned)
            self._check_line_limit(scanned)
            await self._wait("readline")

    @overload
    async def readuntil(self, separator: str | tuple[str, ...]) -> str: ...
    @overload
    async def readuntil(self, separator: bytes | tuple[bytes, ...] = b"\n") -> bytes: ...
    async def readuntil(self, separator: str | bytes | tuple[str | bytes, ...] = b"\n") -> str | bytes:
        """Read up to and with `separator`: text for text, and undecoded bytes for bytes.

        Of several separators, all text or all bytes, whichever ends first.

        Raises:
            asyncio.IncompleteReadError: The stream ended first; `partial` has what there was.
            asyncio.LimitOverrunError: No separator within `limit`; what is there can still be read.
            ValueError: `separator` is empty, or one of several is.
            TypeError: Some are text, some bytes.
        """
        separators = separator if isinstance(separator, tuple) else (separator,)
        kinds = {isinstance(each, str) for each in separators}
        if len(kinds) > 1:
            raise TypeError("separators are either all text or all bytes")
        if kinds == {False}:
            self._undecode()
            return await super().readuntil(separators)  # type: ignore[arg-type]  # all are bytes
        if not separators or not all(separators):
            raise ValueError("Separator should be at least one character")
        longest = max(map(len, separators))
        start = 0
        while True:
            text = self._decode_all()
            if end := first_end(text, separators, start):
                return self._take_text(end)
            if self._eof:
                raise asyncio.IncompleteReadError(self._take_text(len(text)), None)  # type: ignore[arg-type]  # text
            if len(text) > self._limit:
                raise asyncio.LimitOverrunError("Separator not found, and buffer exceed the limit", len(text))
            start = max(0, len(text) - longest + 1)
            await self._wait("readuntil")

    async def readuntil_pattern(self, pattern: re.Pattern[bytes]) -> bytes:
        """As `TelnetReader.readuntil_pattern`: a pattern of bytes, the undecoded bytes up to its match."""
        self._undecode()
        return await super().readuntil_pattern(pattern)

    def _undecode(self) -> None:
        """Turn what was decoded ahead back into bytes, for the two methods that speak in bytes."""
        unfinished = b""
        if self._decoder is not None:
            unfinished = self._decoder.getstate()[0]
            self._decoder = None
        if unfinished or self._at < len(self._text):
            encoding = self._decoder_encoding or self._fn_encoding(incoming=True)
            ahead = self._text[self._at :].encode(encoding, "replace")
            self._buffer = ahead + unfinished + bytes(self._buffer)
        self._text, self._at = "", 0

    def __aiter__(self) -> TelnetReaderUnicode:
        return self

    async def __anext__(self) -> str:  # type: ignore[override]  # characters where the base reads bytes
        line = await self.readline()
        if not line:
            raise StopAsyncIteration
        return line
