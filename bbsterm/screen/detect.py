"""Which character set a board speaks: evidence in, an encoding and a confidence out.

What was said outright (by the entry, by CHARSET, by a font sequence, by a terminal type) counts more than
what the bytes look like; the bytes are looked at when nobody said anything. The same detector serves a client
that listens to a board, a server that asks who is calling, and whoever looks at a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from bbsterm import codecs, limits
from bbsterm.screen.fonts import font

__all__ = ["CHOICES", "EncodingDetector", "Verdict"]

CHOICES: Final = (
    "cp437", "utf-8", "latin-1", "petscii", "atascii", "atarist",
    "cp850", "cp866", "koi8_r", "cp1251", "iso8859_2", "iso8859_15", "big5bbs", "gbk", "shift_jis", "euc_kr",
)  # fmt: skip
"""What a key may cycle through, the likeliest first."""


class Verdict(NamedTuple):
    """What the evidence says.

    Attributes:
        encoding: A codec's name, as `bbsterm.codecs.lookup` knows it.
        confidence: 0 (a guess because something must be chosen) to 1 (somebody decided).
        reason: Why, in a few words, for the status row.
    """

    encoding: str
    confidence: float
    reason: str


_NOTHING: Final = Verdict("cp437", 0.0, "nothing seen yet")

_TERMINALS: Final[Mapping[str, str]] = {
    "petscii": "petscii",
    "cbm": "petscii",
    "c64": "petscii",
    "c128": "petscii",
    "atascii": "atascii",
    "atari": "atascii",
    "atarist+vt52": "atarist",
    "st52": "atarist",
    "syncterm": "cp437",
    "ansi": "cp437",
    "ansi-bbs": "cp437",
    "ansi-256color": "cp437",
    "pcansi": "cp437",
    "netrunner": "cp437",
    "icy_term": "cp437",
    "qodem": "cp437",
    "mtelnet": "cp437",
    "xterm": "utf-8",
    "xterm-256color": "utf-8",
    "linux": "utf-8",
    "mudlet": "utf-8",
    "tintin++": "utf-8",
    "mushclient": "utf-8",
}
"""Terminal types (TTYPE), in lower case, and what their users see."""


class EncodingDetector:
    """Collects evidence about one peer."""

    def __init__(self) -> None:
        self._said: dict[float, Verdict] = {}
        self._seen = bytearray()
        self._judged: Verdict | None = None

    # --- evidence -------------------------------------------------------------------

    def chosen(self, encoding: str) -> None:
        """A person decided: the entry, the command line, the key that cycles."""
        self._say(encoding, 1.0, "chosen")

    def charset(self, name: str) -> None:
        """Both ends agreed on a character set (CHARSET). Names nobody knows are ignored."""
        self._say(name, 0.98, "CHARSET")

    def font_selected(self, slot: int) -> None:
        """The board chose a font slot (``CSI Ps1 ; Ps2 SP D``)."""
        chosen = font(slot)
        if chosen is not None:
            self._say(chosen.encoding, 0.95, f"font {slot}")

    def terminal_type(self, name: str) -> None:
        """A caller said what terminal it is (TTYPE). Types that say nothing about it are ignored."""
        encoding = _TERMINALS.get(name.lower())
        if encoding is not None:
            self._say(encoding, 0.9, f"terminal type {name}")

    def feed(self, data: bytes) -> None:
        """Bytes from the peer. Only the first `limits.MAX_DETECTION_SAMPLE` are looked at."""
        room = limits.MAX_DETECTION_SAMPLE - len(self._seen)
        if room > 0 and data:
            self._seen += data[:room]
            self._judged = None

    def _say(self, encoding: str, confidence: float, reason: str) -> None:
        try:
            name = codecs.lookup(encoding).name
        except (LookupError, ValueError):  # ValueError: a NUL in the name
            return
        # The last word on each level counts.
        self._said[confidence] = Verdict(_SPELLED.get(name, name), confidence, reason)

    # --- verdict --------------------------------------------------------------------

    @property
    def verdict(self) -> Verdict:
        """The best explanation of all evidence so far."""
        if self._said:
            best = self._said[max(self._said)]
            if best.confidence > _MOST_THAT_BYTES_CAN_SAY:
                return best
        if self._judged is None:
            self._judged = max(_judge(bytes(self._seen)), key=lambda verdict: verdict.confidence)
        return self._judged


_MOST_THAT_BYTES_CAN_SAY: Final = 0.89

_SPELLED: Final = {"iso8859-1": "latin-1", "koi8-r": "koi8_r", "koi8-u": "koi8_u"}
"""Python's names for a few codecs, as people write them."""


# --- what the bytes look like ----------------------------------------------------------------

# All patterns are of bytes that mean something in one character set and nothing, or nonsense, in the others.
_ESCAPE: Final = re.compile(rb"\x1b\[[0-9;?=<]*[@-~]")
_UTF8: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_BOX: Final = re.compile(rb"[\xb0-\xdf\xfe]{2,}|(?<=[\x20-\x7e])[\xb3\xba\xc4\xcd\xdb](?=[\x20-\x7e\r\n])")
_CP437_WORD: Final = re.compile(rb"[A-Za-z][\x81-\x9a\xa0-\xa5\xe1](?=[A-Za-z ,.!?])|[A-Za-z]\x86[a-z]")
_LATIN1_WORD: Final = re.compile(
    rb"[A-Za-z][\xe0-\xf6\xf8-\xfd](?=[A-Za-z ,.!?\r\n])|\b[\xc0-\xd6\xd8-\xde][a-z]"
)
_AMIGA_LINE: Final = re.compile(rb"[\xaf\xb7\xac\xa6\xb0]{2,}|[/\\_|]\xaf|\xaf[/\\_|]")
_CONTROL: Final = re.compile(rb"[\x00-\x0c\x0e-\x1f\x80-\x9f]")  # but CR, which all have
_PETSCII_CODE: Final = re.compile(rb"[\x05\x0e\x11-\x14\x81\x8e\x90-\x9a\x9c-\x9f]")
_NOT_PETSCII: Final = re.compile(rb"[\x00-\x04\x06\x0a-\x0c\x0f\x10\x15-\x1b\x80\x82-\x8c\x8f]")
_ATASCII_REPEAT: Final = re.compile(rb"([\x01-\x0c\x0e-\x1a\x1c-\x1f\x80-\x8c\x8e-\x9a])\1")  # never colours
_ATASCII_MOVE: Final = re.compile(rb"[\x1c\x1e\x1f]{2,}|[\x1c-\x1f]\x1e")
_SMALL_WORD: Final = re.compile(rb"[a-z]{3,}")
_VT52: Final = re.compile(rb"\x1b(?:Y[\x20-\x38][\x20-\x70]|[bc][\x00-\x0f0-?]|[EHJKejkpqvwlf](?!\[))")
_CYRILLIC_866: Final = re.compile(rb"[\x80-\x9f]?[\xa0-\xaf\xe0-\xef]{3,}")
_BIG5: Final = re.compile(rb"(?:[\xa4-\xc6][\x40-\x7e\xa1-\xfe]){2,}")


def _share(pattern: re.Pattern[bytes], data: bytes) -> float:
    """How many of the bytes belong to matches, 0 to 1."""
    return sum(map(len, pattern.findall(data))) / max(len(data), 1)


def _grown(share: float, enough: float) -> float:
    """0 for a share of nothing, 1 for `enough` or more."""
    return min(share / enough, 1.0)


def _judge(data: bytes) -> Iterator[Verdict]:
    yield _NOTHING
    if not data:
        return
    yield Verdict("cp437", 0.1, "plain ASCII so far")
    for witness in _WITNESSES:
        verdict = witness(data)
        yield verdict._replace(confidence=min(verdict.confidence, _MOST_THAT_BYTES_CAN_SAY))


def _utf8(data: bytes) -> Verdict:
    """Valid UTF-8 hardly ever happens by chance: every sequence makes it less likely."""
    text = data[: len(data) - len(_unfinished(data))]
    good = _UTF8.findall(text)
    stray = len(_HIGH.findall(text)) - sum(map(len, good))
    if not good or stray > len(good) / 20:
        return Verdict("utf-8", 0.0, "")
    return Verdict("utf-8", 0.6 + min(len(good), 10) * 0.03, "valid UTF-8")


def _unfinished(data: bytes) -> bytes:
    match = re.search(rb"[\xc2-\xf4][\x80-\xbf]{0,2}\Z", data)
    return match[0] if match else b""


def _unlike_a_pc(data: bytes) -> float:
    """What speaks against a PC: no line ever ends with LF, and nothing is an escape sequence."""
    return 0.0 if b"\n" in data or b"\x1b[" in data or len(data) < 200 else 0.6


def _cp437(data: bytes) -> Verdict:
    box = _grown(_share(_BOX, data), 0.04)
    words = _grown(_share(_CP437_WORD, _ESCAPE.sub(b"", data)), 0.01)
    ansi = _ansi(data) * 0.15 if _HIGH.search(data) else 0.0
    return Verdict("cp437", max(box * 0.6, words * 0.45) + ansi - _unlike_a_pc(data), "box drawing of CP437")


def _latin1(data: bytes) -> Verdict:
    words = _grown(_share(_LATIN1_WORD, _ESCAPE.sub(b"", data)), 0.01)
    lines = _grown(_share(_AMIGA_LINE, data), 0.01)
    wrong = _grown(_share(_BOX, data), 0.04) + _grown(_share(re.compile(rb"[\x80-\x9f]"), data), 0.01)
    return Verdict("latin-1", max(words * 0.6, lines * 0.65) - wrong * 0.5, "accented letters of Latin-1")


def _of_controls(pattern: re.Pattern[bytes], data: bytes) -> float:
    """The share of the control codes (00-1F and 80-9F without CR) that match."""
    return len(pattern.findall(data)) / max(len(_CONTROL.findall(data)), 1)


def _petscii(data: bytes) -> Verdict:
    """Nearly every control code is a colour, a move or reverse video, and none is one that does nothing."""
    density = _grown(_share(_CONTROL, data) + data.count(b"\r") / len(data), 0.03)
    known = _grown(max(_of_controls(_PETSCII_CODE, data) - 0.3, 0.0), 0.3)
    strange = _grown(_of_controls(_NOT_PETSCII, data), 0.1)
    if data.count(b"\r") and not _of_controls(_NOT_PETSCII, data) and b"\x1b[" not in data:
        known = max(known, 0.4)  # hardly any colours, but lines that end with CR alone
    return Verdict("petscii", density * known * 0.85 - strange - _ansi(data), "PETSCII controls")


def _atascii(data: bytes) -> Verdict:
    """Lines end with 9B, control codes are pictures, often repeated, and small letters are ASCII's."""
    lines = _grown(data.count(b"\x9b"), max(len(data) / 160, 2))
    pictures = _grown(_of_controls(_NOT_PETSCII, data) + _of_controls(_ATASCII_REPEAT, data), 0.05)
    words = _grown(_share(_SMALL_WORD, data), 0.03)
    against = _ansi(data) + (0.5 if data.count(b"\r\n") > data.count(b"\x9b") else 0.0)
    likely = lines * (0.25 + max(pictures * 0.6, words * 0.35))
    moves = _grown(_share(_ATASCII_MOVE, data), 0.05) * pictures * 0.85
    return Verdict("atascii", max(likely, moves) - against, "ATASCII line ends")


def _ansi(data: bytes) -> float:
    """What speaks against a home computer: ANSI's escape sequences."""
    return _grown(len(_ESCAPE.findall(data)), 2)


def _atarist(data: bytes) -> Verdict:
    found = len(_VT52.findall(data))
    against = 0.6 if b"\x1b[" in data else 0.0
    return Verdict("atarist", _grown(found, 6) * 0.8 - against, "VT52 sequences")


def _cp866(data: bytes) -> Verdict:
    words = _grown(_share(_CYRILLIC_866, data), 0.15)
    return Verdict("cp866", words * 0.75 - _unlike_a_pc(data), "Cyrillic words of CP866")


def _big5(data: bytes) -> Verdict:
    pairs = _share(_BIG5, data)
    against = _grown(_share(_BOX, data), 0.3) * 0.5
    return Verdict("big5bbs", _grown(pairs, 0.15) * 0.75 - against, "Chinese characters of Big5")


_WITNESSES: Final[tuple[Callable[[bytes], Verdict], ...]] = (
    _utf8,
    _cp437,
    _latin1,
    _petscii,
    _atascii,
    _atarist,
    _cp866,
    _big5,
)
"""Each looks for one character set. One more is one more function and one more line here."""
