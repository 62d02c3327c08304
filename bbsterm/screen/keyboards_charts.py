"""Pictures of the machines' keyboards with their codes, for the help; lists for those without a picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from bbsterm.screen.keyboards import ANSI, VT, Keyboard
from bbsterm.screen.keyboards_atari import ATARIST

__all__ = ["CHARTS", "Chart", "Key", "chart", "listing", "spell"]


class Key(NamedTuple):
    """One key of a machine: what stands on it, and the bytes it sends with each shift key; -1 is nothing."""

    label: str
    codes: tuple[int, ...]


class Chart(NamedTuple):
    """A keyboard.

    Attributes:
        title: The machine.
        shifts: What the codes of a key stand for: "plain", "Shift" ...
        rows: The keys as they lie, from the top.
        notes: Where these keys are on a PC's keyboard.
    """

    title: str
    shifts: tuple[str, ...]
    rows: tuple[tuple[Key, ...], ...]
    notes: tuple[str, ...]


def _keys(table: str) -> tuple[Key, ...]:
    """A row of keys from text: label and codes, ``A:41/C1/B0/01``, a minus for nothing."""
    keys = []
    for entry in table.split():
        label, _, codes = entry.rpartition(":")
        keys.append(Key(label, tuple(-1 if code == "-" else int(code, 16) for code in codes.split("/"))))
    return tuple(keys)


_C64: Final = Chart(
    "Commodore 64",
    ("plain", "Shift", "C=", "Ctrl"),
    (
        _keys(
            "←:5F/5F/5F/06 1:31/21/81/90 2:32/22/95/05 3:33/23/96/1C 4:34/24/97/9F 5:35/25/98/9C "
            "6:36/26/99/1E 7:37/27/9A/1F 8:38/28/9B/9E 9:39/29/29/12 0:30/30/30/92 +:2B/DB/A6/- "
            "-:2D/DD/DC/- £:5C/A9/A8/1C HOM:13/93/93/- DEL:14/94/94/- f1:85/89/89/-"
        ),
        _keys(
            "Q:51/D1/AB/11 W:57/D7/B3/17 E:45/C5/B1/05 R:52/D2/B2/12 T:54/D4/A3/14 Y:59/D9/B7/19 "
            "U:55/D5/B8/15 I:49/C9/A2/09 O:4F/CF/B9/0F P:50/D0/AF/10 @:40/BA/A4/00 *:2A/C0/DF/- "
            "↑:5E/DE/DE/1E f3:86/8A/8A/-"
        ),
        _keys(
            "STP:03/83/83/- A:41/C1/B0/01 S:53/D3/AE/13 D:44/C4/AC/04 F:46/C6/BB/06 G:47/C7/A5/07 "
            "H:48/C8/B4/08 J:4A/CA/B5/0A K:4B/CB/A1/0B L:4C/CC/B6/0C ::3A/5B/5B/1B ;:3B/5D/5D/1D "
            "=:3D/3D/3D/1F RET:0D/8D/8D/- f5:87/8B/8B/-"
        ),
        _keys(
            "Z:5A/DA/AD/1A X:58/D8/BD/18 C:43/C3/BC/03 V:56/D6/BE/16 B:42/C2/BF/02 N:4E/CE/AA/0E "
            "M:4D/CD/A7/0D ,:2C/3C/3C/- .:2E/3E/3E/- /:2F/3F/3F/- ↓:11/91/91/- →:1D/9D/9D/- "
            "SPC:20/A0/A0/- f7:88/8C/8C/-"
        ),
    ),
    (
        "Ctrl is Ctrl, the Commodore key (C=) is Alt, RUN/STOP is Esc, HOME is Home,",
        "CLR is End or Shift-Home. F9 holds Ctrl down for the next key, F10 the",
        "Commodore key: F9 3 is red, F10 A is a corner. F2, F4, F6 and F8 need no",
        "Shift; up and left are keys of their own. _ types the left arrow, ^ the up",
        "arrow, \\ the pound sign.",
    ),
)  # fmt: skip

_ATARI: Final = Chart(
    "Atari 800",
    ("plain", "Shift", "Ctrl"),
    (
        _keys(
            "ESC:1B/1B/1B 1:31/21/- 2:32/22/FD 3:33/23/- 4:34/24/- 5:35/25/- 6:36/26/- 7:37/27/- "
            "8:38/40/- 9:39/28/- 0:30/29/- <:3C/7D/7D >:3E/9D/FF BS:7E/9C/FE"
        ),
        _keys(
            "TAB:7F/9F/9E q:71/51/11 w:77/57/17 e:65/45/05 r:72/52/12 t:74/54/14 y:79/59/19 u:75/55/15 "
            "i:69/49/09 o:6F/4F/0F p:70/50/10 -:2D/5F/1C =:3D/7C/1D RET:9B/9B/9B"
        ),
        _keys(
            "a:61/41/01 s:73/53/13 d:64/44/04 f:66/46/06 g:67/47/07 h:68/48/08 j:6A/4A/0A k:6B/4B/0B "
            "l:6C/4C/0C ;:3B/3A/7B +:2B/5C/1E *:2A/5E/1F"
        ),
        _keys(
            "z:7A/5A/1A x:78/58/18 c:63/43/03 v:76/56/16 b:62/42/02 n:6E/4E/0E m:6D/4D/0D ,:2C/5B/00 "
            ".:2E/5D/60 /:2F/3F/- SPC:20/20/-"
        ),
    ),
    (
        "The cursor keys are the cursor keys, CLEAR is Home, DELETE is Del, INSERT is",
        "Ins; with Shift both work on lines. Shift-Tab sets a tab stop, Ctrl-Tab clears",
        "it. The inverse key is the back-quote: characters typed after it have bit 7",
        "set, until it is pressed again.",
    ),
)  # fmt: skip

CHARTS: Final[Mapping[str, Chart]] = {"petscii": _C64, "atascii": _ATARI}
"""The keyboards that differ from a PC's, by the name of the emulation."""

_WIDTH: Final = 3


def chart(name: str) -> list[str]:
    """The picture of an emulation's keyboard ("petscii", "atascii"), or a list of its keys (the others).

    Lines are at most 78 columns wide, and the pictures need box drawing characters.
    """
    if name in CHARTS:
        return _draw(CHARTS[name])
    keyboard = {board.name: board for board in (ANSI, VT, ATARIST)}.get(name, ANSI)
    return [f"{key:<20}{spell(code)}" for key, code in listing(keyboard)]


def _draw(drawn: Chart) -> list[str]:
    legend = max(map(len, drawn.shifts)) + 1
    lines = [drawn.title, ""]
    for row in drawn.rows:
        edges = "─" * _WIDTH
        lines.append(" " * legend + "┌" + "┬".join([edges] * len(row)) + "┐")
        lines.append(" " * legend + _cells(key.label for key in row))
        for place, shift in enumerate(drawn.shifts):
            lines.append(f"{shift:<{legend}}" + _cells(_code(key.codes[place]) for key in row))
        lines.append(" " * legend + "└" + "┴".join([edges] * len(row)) + "┘")
    return [*lines, "", *drawn.notes]


def _cells(texts: Iterable[str]) -> str:
    return "│" + "│".join(f"{text:^{_WIDTH}}" for text in texts) + "│"


def _code(code: int) -> str:
    return "" if code < 0 else f"{code:02X}"


def listing(keyboard: Keyboard) -> list[tuple[str, bytes]]:
    """The keys of a keyboard that are no characters.

    Left out are those that xterm's scheme makes of others (``CSI 1 ; 5 A`` is Ctrl and up), and those whose
    modifier changes nothing.
    """
    return [
        (key, code)
        for key, code in keyboard.keys.items()
        if "+" not in key or (b";" not in code and keyboard.keys.get(key.rpartition("+")[2]) != code)
    ]


_NAMES: Final = {
    0: "NUL",
    7: "BEL",
    8: "BS",
    9: "TAB",
    10: "LF",
    13: "CR",
    27: "ESC",
    32: "space",
    127: "DEL",
}


def spell(data: bytes) -> str:
    """Bytes as people say them, and in hexadecimal: ``ESC[11~  1b 5b 31 31 7e``."""
    said = "".join(_NAMES.get(byte, chr(byte) if 0x20 < byte < 0x7F else f"<{byte:02X}>") for byte in data)
    return f"{said:<10} {data.hex(' ')}"
