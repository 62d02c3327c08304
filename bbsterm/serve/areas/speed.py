"""A page of scrolling text, as fast as it goes, and how fast that was."""

from __future__ import annotations

from typing import Final

from bbsterm.serve.board import Board
from bbsterm.serve.caller import Caller
from bbsterm.serve.layout import MORE, heading, rule, width
from bbsterm.serve.nodes import Node

__all__ = ["visit"]

_LINES: Final = 4000
_LINES_UNSEEN: Final = 500
"""For a caller whose terminal cannot tell how far it has come: what is on its way cannot be called back."""

_FIRST_BLOCK: Final = 16
_SECONDS: Final = 5.0
_QUICK: Final = 0.25
_ANSWER_SECONDS: Final = 20.0
_WORDS: Final = (
    "the quick brown fox dials the lazy board and every glyph of this line is for your terminal to draw "
)


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """Send lines until there are enough, or time is up, or a key is pressed; then say the rate."""
    await caller.page(
        heading(caller, "Speed"),
        "",
        "|07 Coloured lines, as many as your terminal takes",
        f"|07 in {_SECONDS:.0f} seconds. Any key stops them.",
        "",
    )
    await caller.press(MORE)
    lines, sent, seconds = await _scroll(board, caller)
    rate = sent / max(seconds, 0.001)
    await caller.say(
        rule(caller),
        f"|15 {lines:,} lines|07, |15{sent:,} bytes|07 in |15{seconds:.2f} s",
        f"|14 {rate:,.0f} bytes/s|07, a modem of |14{rate * 10:,.0f} bit/s",
    )
    await caller.press(MORE)


async def _scroll(board: Board, caller: Caller) -> tuple[int, int, float]:
    """Send the lines; return how many, their bytes, and the seconds they took.

    After each block the terminal is asked where its cursor is: its answer says that it has drawn the block.
    Blocks grow while they are quick, so that a slow line is not stuffed and a fast one is not kept waiting.
    """
    began = now = board.clock()
    lines, sent, block = 0, 0, _FIRST_BLOCK
    most = _LINES if caller.dialect.asks_cursor else _LINES_UNSEEN
    while lines < most and now - began < _SECONDS and not caller.inbox.typed_ahead:
        count = min(block, most - lines)
        data = b"".join(_line(caller, lines + at) for at in range(count))
        await caller.send(data)
        lines, sent, before = lines + count, sent + len(data), now
        if caller.dialect.asks_cursor and not await caller.answered(_ANSWER_SECONDS):
            break
        now = board.clock()
        if now - before < _QUICK:
            block *= 2
    caller.inbox.forget_keys()
    return lines, sent, now - began


def _line(caller: Caller, number: int) -> bytes:
    at = number * 7 % len(_WORDS)
    words = (_WORDS + _WORDS)[at : at + width(caller) - 7]
    paint = f"|08{number + 1:5}  |{number % 15 + 1:02}"
    return caller.dialect.say(paint + words) + caller.dialect.newline()
