"""From a board's bytes to the text that a person would read: decoded, without control sequences.

What moves the cursor elsewhere ends a line here: a prompt is never glued to what stands on another row.
"""

from __future__ import annotations

import codecs as python_codecs
import re
from typing import Final

from bbsterm import codecs, limits

__all__ = ["PlainText"]

_SEQUENCE: Final = re.compile(
    rb"\x1b\[(?P<parameters>[0-?]*)[ -/]*(?P<final>[@-~])"  # CSI
    rb"|\x1b[PX^_\]][^\x07\x1b\x9c]*(?:\x07|\x1b\\)"  # DCS, SOS, PM, APC, OSC
    rb"|\x1b[ -/]*[0-OQ-WYZ\\`-~]"  # other escape sequences
)
_UNFINISHED: Final = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[PX^_\]][^\x07\x1b]*\x1b?|[ -/]*)?\Z")
_MOVES: Final = b"ABEFHJdf"
"""Finals after which text stands on another row, or on a clean screen."""

_BREAKS: Final = re.compile("[\n\r\x0b\x0c\x11\x13\x85\x8d\x91\x93\x9b\U0001f8b0]")
"""Ends of a line: ASCII's, a Commodore's and an Atari's; moves to other rows; clearing the screen."""

_GAP: Final = re.compile("[\t\x1d]")
"""What leaves a blank: TAB, and a Commodore's cursor to the right."""

_SILENT: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""What else is not seen."""

_LINE_ENDS: Final = re.compile("\n+")


class PlainText:
    """Takes bytes in any pieces, gives text. Lines end in one newline; there are no empty ones.

    Args:
        encoding: The board's character set; may be set anew at any time.
        controls: "ansi" where ESC begins a control sequence, "machine" where control characters are all.
    """

    def __init__(self, encoding: str, *, controls: str = "ansi") -> None:
        self._ansi = controls == "ansi"
        self._rest = b""
        self._broken = False  # whether what was given last was the end of a line
        self.encoding = encoding

    @property
    def encoding(self) -> str:
        """The board's character set."""
        return self._encoding

    @encoding.setter
    def encoding(self, name: str) -> None:
        self._encoding = name
        self._decoder = _decoder(name)

    def feed(self, data: bytes) -> str:
        """The text of some more bytes. Any split of the same bytes gives the same text in the end."""
        if self._ansi:
            data = self._without_sequences(self._rest + data)
        text = _SILENT.sub("", _BREAKS.sub("\n", _GAP.sub(" ", self._decoder.decode(data))))
        text = _LINE_ENDS.sub("\n", text.lstrip("\n") if self._broken else text)
        if text:
            self._broken = text.endswith("\n")
        return text

    def _without_sequences(self, data: bytes) -> bytes:
        unfinished = _UNFINISHED.search(data, max(len(data) - limits.MAX_CONTROL_STRING, 0))
        self._rest = unfinished[0] if unfinished else b""
        if unfinished:
            data = data[: unfinished.start()]
        return _SEQUENCE.sub(_trace, data).replace(b"\x1b", b"")


def _trace(match: re.Match[bytes]) -> bytes:
    """What a control sequence leaves in the text: nothing, blanks, or the end of a line."""
    final = match["final"]
    if final == b"C":
        steps = match["parameters"]
        return b" " * min(int(steps) if steps.isdigit() else 1, limits.MAX_COLUMNS)
    return b"\n" if final and final in _MOVES else b""


def _decoder(name: str) -> python_codecs.IncrementalDecoder:
    """A decoder that replaces what it cannot read.

    Raises:
        LookupError: There is no such character set.
    """
    maker = codecs.lookup(name).incrementaldecoder
    if maker is None:
        raise LookupError(f"no text is decoded from {name} piece by piece")
    return maker("replace")
