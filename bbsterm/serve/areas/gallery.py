"""The art gallery: our own pieces, in whatever the caller's machine can draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bbsterm.serve import art
from bbsterm.serve.board import Board
from bbsterm.serve.caller import Caller
from bbsterm.serve.design.model import Piece
from bbsterm.serve.dialects.ansi import Ansi
from bbsterm.serve.keys import Key, Special
from bbsterm.serve.layout import heading, rule
from bbsterm.serve.nodes import Node
from bbsterm.serve.plasma import frame

__all__ = ["visit"]

_BACK: Final = frozenset({Special.ENTER, Special.ESCAPE})
_PROMPT: Final = "|15Which one|08 (|07A|08 for all, |07Q|08 to go back): |11"
_STILL: Final = "plasma"
_MOST: Final = 9
"""Pieces: each has a digit for a key."""

_MINUTE: Final = 60.0
_BETWEEN: Final = 0.08
_ANSWER_SECONDS: Final = 5.0
_NEXT: Final = "|08[|07Any key; Q goes back|08]|07 "


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """Let the caller choose pieces until he or she has seen enough."""
    while True:
        pieces = board.design.gallery[:_MOST]
        keys: frozenset[Key] = frozenset({*"aAlLqQ", *map(str, range(1, len(pieces) + 1)), *_BACK})
        await caller.page(heading(caller, "Art gallery"), "", *_catalogue(pieces, caller), "", rule(caller))
        key = await caller.press(_PROMPT, keys)
        if key in ("a", "A"):
            await _walk(board, caller)
        elif key in ("l", "L"):
            await _watch(board, caller)
        elif (isinstance(key, str) and key in "qQ") or key in _BACK:
            return
        else:
            await _look(board, caller, pieces[int(str(key)) - 1])


def _catalogue(pieces: Sequence[Piece], caller: Caller) -> list[str]:
    lines = []
    for number, piece in enumerate(pieces, 1):
        about = f"|03{piece.about}" if caller.wide else ""
        lines.append(f" |08[|14{number}|08] |15{piece.title.ljust(20)}{about}")
    about = "|03It moves: watch your terminal paint." if caller.wide else ""
    return [*lines, f" |08[|14L|08] |15{'Living Plasma'.ljust(20)}{about}"]


async def _walk(board: Board, caller: Caller) -> None:
    for piece in board.design.gallery:
        if await _look(board, caller, piece) in ("q", "Q", Special.ESCAPE):
            return


async def _watch(board: Board, caller: Caller) -> None:
    """The piece that moves, until a key is pressed or a minute is over.

    Each picture waits for the terminal to have drawn the last: a slow line shows fewer of them.
    """
    dialect, began = caller.dialect, board.clock()
    if not isinstance(dialect, Ansi) or not caller.wide or caller.by_line:
        still = Piece(_STILL, "Plasma", "Four sines, sixteen colours.")
        await _look(board, caller, still)
        return
    await caller.send(dialect.clear())
    while (age := board.clock() - began) < _MINUTE:
        picture = frame(age, 80, min(22, caller.rows - 2))
        await caller.send(dialect.redraw(picture) + dialect.say("|15Living Plasma|08: |07a key stops it "))
        if not await caller.answered(_ANSWER_SECONDS) or await caller.key(_BETWEEN) is not None:
            return


async def _look(board: Board, caller: Caller, piece: Piece) -> object:
    """Hang one piece on the screen; return the key that ended the looking."""
    await art.show(caller, board.design, piece.name, below=1)
    label = f"|15{piece.title} " if not caller.wide else f"|15{piece.title}|08: |07{piece.about} "
    return await caller.press(label + _NEXT)
