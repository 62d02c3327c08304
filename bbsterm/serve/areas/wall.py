"""The one-liner wall: read what callers have left, and leave a line."""

from __future__ import annotations

from bbsterm import limits
from bbsterm.serve import clean
from bbsterm.serve.board import Board
from bbsterm.serve.caller import Caller
from bbsterm.serve.layout import ago, heading, rule, wrap
from bbsterm.serve.lineedit import cells
from bbsterm.serve.markup import escape
from bbsterm.serve.nodes import Node
from bbsterm.serve.wall import OneLiner

__all__ = ["visit"]


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """Show the newest lines; ask for one more, and show them again with it."""
    while await _read(board, caller):
        written = await caller.ask("|14Your line|08: |15", limits.MAX_WALL_LINE)
        line = clean.line(written or "", limits.MAX_WALL_LINE)
        if not line:
            return
        await board.wall.add(OneLiner(board.now(), node.name, line))


async def _read(board: Board, caller: Caller) -> bool:
    """Show the wall; return whether the caller wants to write."""
    one_liners = await board.wall.latest(caller.rows - 6)
    lines = [line for each in one_liners for line in _lines(board, caller, each)]
    await caller.page(
        heading(caller, "One-liner wall", f"{len(one_liners)} newest"),
        "",
        *(lines[-(caller.rows - 6) :] or ["|07 Nobody has written anything yet: the first line is yours."]),
        rule(caller),
    )
    key = await caller.press("|15W|07rite a line, or any other key to go back|08: |15")
    return key in ("w", "W")


def _lines(board: Board, caller: Caller, one_liner: OneLiner) -> list[str]:
    author = f"|11{escape(one_liner.author)}"
    age = ago((board.now() - one_liner.written).total_seconds())
    if not caller.wide:
        lines = wrap(one_liner.line, caller.columns - 3)
        return [f" {author} |08{age}", *(f"  |15{escape(line)}" for line in lines)]
    if cells(one_liner.author) + cells(one_liner.line) <= 66:
        return [f" {author}|08: |15{escape(one_liner.line)} |08{age}"]
    return [f" {author} |08{age}", f"    |15{escape(one_liner.line)}"]
