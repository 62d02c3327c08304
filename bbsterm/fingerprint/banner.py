"""A board's banner: as text in its own character set, and as ANSI for whatever terminal shows it."""

from __future__ import annotations

import re
from typing import Final

from bbsterm import codecs
from bbsterm.screen.detect import EncodingDetector

__all__ = ["answers_to", "banner_ansi", "banner_text", "guess_encoding"]

_KINDS: Final = {"petscii": "petscii", "atascii": "atascii", "atarist": "atarist", "utf-8": "vt"}
_COLUMNS: Final = {"petscii": 40, "atascii": 40}
_QUESTION: Final = re.compile(rb"\x1b\[([<=>?]?[0-9;]*)([cn])|\x05")
_ANSWERS: Final = {
    (b"6", b"n"): b"\x1b[1;1R",
    (b"5", b"n"): b"\x1b[0n",
    (b"", b"c"): b"\x1b[?1;2c",
    (b"0", b"c"): b"\x1b[?1;2c",
}


def guess_encoding(data: bytes) -> str:
    """The character set that a board seems to speak, by what it says."""
    detector = EncodingDetector()
    detector.feed(data)
    return detector.verdict.encoding


def answers_to(data: bytes) -> bytes:
    """What a terminal answers to the questions in a board's text: boards wait for it before they greet."""
    return b"".join(_ANSWERS.get((each[1], each[2]), b"") for each in _QUESTION.finditer(data))


def banner_text(data: bytes, encoding: str) -> str:
    """The banner decoded, controls and all; what cannot be decoded is U+FFFD."""
    return codecs.lookup(encoding).decode(data, "replace")[0]


def banner_ansi(data: bytes, encoding: str) -> str:
    """The banner for a terminal that knows SGR and UTF-8.

    PETSCII and ATASCII are drawn on their machine's screen, with its colours. Text and ANSI go through the
    filter of `--plain`: colours and movements pass, and nothing that could harm the terminal or make it talk.
    """
    from bbsterm.session.stream import RESTORE, StreamTerminal  # here, not above: most need no screen

    written: list[str] = []
    kind = _KINDS.get(encoding, "ansi")
    terminal = StreamTerminal(
        kind, encoding, written.append, ansi=True, columns=_COLUMNS.get(kind, 80), rows=25
    )
    terminal.feed(_QUESTION.sub(b"", data))
    return "".join(written) + RESTORE
