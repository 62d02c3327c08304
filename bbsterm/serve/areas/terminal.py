"""About your terminal: everything that was negotiated, the characters, the colours; the size, live."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bbsterm.serve.board import Board
from bbsterm.serve.caller import Caller
from bbsterm.serve.detect import MTTS_TRUECOLOR, mtts
from bbsterm.serve.dialects.ansi import Ansi
from bbsterm.serve.layout import cut, heading, rule, width
from bbsterm.serve.markup import escape
from bbsterm.serve.nodes import Node
from bbsterm.serve.stream import Facts

__all__ = ["visit"]

_LABEL: Final = 13
_LOOK_AGAIN: Final = 0.5
"""Seconds between two looks at the size of the window."""

_SAMPLE: Final = "ABC abc ÄÖÜäöüß éèñ £¥ ½¼ αβπΣ ±≥≤√ ┌┬┐╔╦╗ ░▒▓█▀▄▌▐ ♠♥♦♣"
_PROMPT: Final = "|08[|07Resize the window and watch; any key goes back|08]|07 "
_SHORT_PROMPT: Final = "|08[|07Any key goes back|08]|07 "


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """Show the page, again whenever something has changed, until a key is pressed."""
    prompt = _PROMPT if caller.wide else _SHORT_PROMPT
    while True:
        facts = caller.facts
        await caller.page(
            heading(caller, "Your terminal", caller.dialect.label),
            "",
            *_told(caller, facts),
            *(_chart(caller) if caller.dialect.colours else ()),
        )
        await caller.send(_spectrum(caller, facts))
        await caller.say(rule(caller))
        if caller.by_line:
            await caller.press(prompt)
            return
        await caller.send(caller.dialect.say(prompt))
        while caller.facts == facts:
            if await caller.key(_LOOK_AGAIN) is not None:
                await caller.send(caller.dialect.newline())
                return


def _told(caller: Caller, facts: Facts) -> Iterator[str]:
    """What negotiation has told, a line a thing."""
    room = width(caller) - _LABEL - 1
    for label, value in _facts(caller, facts):
        shown = cut(value, room) if value else "-"
        yield f" |03{label:<{_LABEL - 1}}|15{escape(shown)}"


def _facts(caller: Caller, facts: Facts) -> Iterator[tuple[str, str]]:
    said = "NAWS" if facts.columns else "assumed"
    yield "Window", f"{caller.columns} x {caller.rows} ({said})"
    yield "Terminal", ", ".join(facts.terminal_types)
    yield "Characters", " ".join(_sample(caller))
    yield "CHARSET", facts.charset
    yield "Environment", ", ".join(f"{name}={value}" for name, value in facts.environ)
    yield "Speed", f"{facts.speed} bit/s" if facts.speed else ""
    yield "We perform", " ".join(facts.performed_here)
    yield "You perform", " ".join(facts.performed_there)
    yield "Line", f"from {facts.address}, {facts.tls or 'not encrypted'}"


def _sample(caller: Caller) -> Iterator[str]:
    """What the caller's machine has of some characters that not every machine has."""
    for word in _SAMPLE.split():
        if shown := "".join(filter(caller.dialect.repertoire.has, word)):
            yield shown


def _spectrum(caller: Caller, facts: Facts) -> bytes:
    """24-bit colour, for a terminal that is likely to have it."""
    dialect = caller.dialect
    says = facts.variable("COLORTERM") in ("truecolor", "24bit") or dialect.encoding == "utf-8"
    if not isinstance(dialect, Ansi) or not caller.wide or not (says or mtts(facts) & MTTS_TRUECOLOR):
        return b""
    return dialect.text(" ") + dialect.spectrum(73) + dialect.newline()


def _chart(caller: Caller) -> Iterator[str]:
    """The sixteen colours on the eight backgrounds, as far as there is room."""
    yield ""
    if not caller.wide:
        yield "|08 " + "".join(f"|{colour:02}███" if colour else "   " for colour in range(8))
        yield "|08 " + "".join(f"|{colour:02}███" for colour in range(8, 16))
        return
    rows = 8 if caller.rows >= 24 else 4
    for background in range(rows):
        inks = "".join(f"|{colour:02} {colour:02} " for colour in range(16))
        yield f" |{16 + background}{inks}|16 |{background:02}░▒▓█|{background + 8:02}░▒▓█"
