"""Links in what a board shows: those that it made (OSC 8), and addresses that stand in its text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from bbsterm.limits import MAX_LINKS
from bbsterm.screen.terminal import Line, Terminal

__all__ = ["DIALLED", "OPENED", "Link", "all_links", "is_known", "link_at", "links_of", "safe_target"]

_ADDRESS: Final = re.compile(
    r"(?<![\w+.-])(?:https?|telnets?)://[^\s\x00-\x20\x7f-\x9f<>\"'`{}|\\^]{1,1000}|"
    r"(?<![\w+.-])mailto:[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
    re.IGNORECASE | re.ASCII,
)
_TAIL: Final = ".,;:!?"
_PAIRS: Final = {")": "(", "]": "["}

OPENED: Final = ("http://", "https://", "mailto:")
"""What the user's browser is given, once he has said yes."""

DIALLED: Final = ("telnet://", "telnets://")
"""What we dial, once he has said yes."""


class Link(NamedTuple):
    """A link and the columns of its line that it stands on."""

    target: str
    start: int
    end: int


def safe_target(target: str) -> bool:
    """Whether it can be offered at all: printable, no blanks, and of a kind that we open or dial."""
    return target.isascii() and target.isprintable() and " " not in target and is_known(target)


def is_known(target: str) -> bool:
    """Whether we know what to do with it."""
    return target.lower().startswith((*OPENED, *DIALLED))


def link_at(terminal: Terminal, line: Line, column: int) -> Link | None:
    """The link under a cell; what the board says of it goes before what stands there."""
    return next((link for link in links_of(terminal, line) if link.start <= column < link.end), None)


def links_of(terminal: Terminal, line: Line) -> list[Link]:
    """All links of one line, the board's own first."""
    made = _made(terminal, line)
    written = [
        link
        for link in _written(line)
        if not any(link.start < other.end and other.start < link.end for other in made)
    ]
    return made + written


def all_links(terminal: Terminal, lines: Iterable[Line]) -> list[str]:
    """The targets of many lines, each once, in order."""
    found: dict[str, None] = {}
    for line in lines:
        for link in links_of(terminal, line):
            found[link.target] = None
        if len(found) >= MAX_LINKS:
            break
    return list(found)


def _made(terminal: Terminal, line: Line) -> list[Link]:
    if terminal.name != "vt" and not getattr(terminal, "links", None):
        return []
    found: list[Link] = []
    for column in range(len(line.cells())):
        target = terminal.link(line, column)
        if target is None or not safe_target(target):
            continue
        if found and found[-1].target == target and found[-1].end == column:
            found[-1] = found[-1]._replace(end=column + 1)
        else:
            found.append(Link(target, column, column + 1))
    return found


def _written(line: Line) -> list[Link]:
    text = line.text()
    if ":" not in text:
        return []
    cells = line.cells()
    if not isinstance(cells, str):  # a character a column: wide ones and marks would shift the places
        text = "".join(cell[:1] or " " for cell in cells)
    return [
        Link(target, match.start(), match.start() + len(target))
        for match in _ADDRESS.finditer(text)
        if safe_target(target := _trimmed(match[0]))
    ]


def _trimmed(target: str) -> str:
    """Without the sentence's full stop, and without a bracket that was opened before it."""
    while target and (
        target[-1] in _TAIL
        or (target[-1] in _PAIRS and target.count(target[-1]) > target.count(_PAIRS[target[-1]]))
    ):
        target = target[:-1]
    return target
