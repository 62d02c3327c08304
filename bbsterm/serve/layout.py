"""What all pages of the board have in common: a heading, a rule, text cut and wrapped to fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bbsterm.serve.caller import Caller
from bbsterm.serve.lineedit import cells
from bbsterm.serve.markup import PLAIN, escape, parse, strip

__all__ = ["MORE", "ago", "counted", "cut", "heading", "rule", "width", "wrap", "wrap_markup"]

MORE: Final = "|08[|07Press a key|08]|07 "

_WORDS: Final = re.compile(r"\S+\s*|\s+")
_NARROW: Final = 39
_WIDE: Final = 78


def width(caller: Caller) -> int:
    """How many cells of a row the pages use: never the last, which may wrap."""
    return _WIDE if caller.wide else min(_NARROW, caller.columns - 1)


def heading(caller: Caller, title: str, note: str = "") -> str:
    """The first line of a page: its title on a bar, fading out, and a note at the right."""
    fades = caller.wide and caller.dialect.colours
    bar = f"|09░▒▓|17|15 {title} |16|09▓▒░" if fades else f"|17|15 {title} |16"
    room = width(caller) - cells(strip(bar)) - cells(strip(note)) - 2
    return f"{bar} |08{'─' * room} |07{note}" if room > 0 else bar


def rule(caller: Caller) -> str:
    """A line across the page."""
    return f"|08{'─' * width(caller)}"


def cut(text: str, longest: int) -> str:
    """`text`, shortened to so many cells."""
    if cells(text) <= longest:
        return text
    while cells(text) >= longest and text:
        text = text[:-1]
    return text + "…"


def wrap(text: str, columns: int) -> Iterator[str]:
    """`text` in lines of at most `columns` cells, broken at blanks where there are any."""
    while cells(text) > columns:
        line = text
        while cells(line) > columns:
            line = line[:-1]
        at = line.rfind(" ")
        line = line if at < columns // 2 else line[:at]
        yield line
        text = text[len(line) :].lstrip()
    yield text


def wrap_markup(markup: str, columns: int) -> list[str]:
    """Markup in lines of at most `columns` cells, each going on in the colours of the last."""
    lines, line, room, style = list[str](), "", columns, PLAIN
    for text, style in parse(markup):
        ink = f"|{style.foreground:02}|{16 + style.background:02}"
        line += ink
        for word in _WORDS.findall(text):
            fits = cells(word.rstrip()) <= room
            if not fits and room < columns:
                lines.append(line)
                line, room = ink, columns
                word = word.lstrip()
            for piece in [word] if fits else list(wrap(word, room)):
                if cells(piece.rstrip()) > room:
                    lines.append(line)
                    line, room = ink, columns
                line += escape(piece)
                room -= cells(piece)
    return [*lines, line]


def counted(count: int, thing: str) -> str:
    """Return "1 thread", "2 threads"."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def ago(seconds: float) -> str:
    """A length of time in a few characters: "12 s", "3 min", "2 h", "5 d"."""
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return f"{max(0, seconds):.0f} s"
