"""Who is online: every node in use, where its caller is, and what he or she calls with."""

from __future__ import annotations

from bbsterm.serve.board import Board
from bbsterm.serve.caller import Caller
from bbsterm.serve.layout import MORE, ago, cut, heading, rule
from bbsterm.serve.markup import escape
from bbsterm.serve.nodes import Node

__all__ = ["visit"]


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """Show the list once."""
    nodes = list(board.nodes)
    room = max(1, caller.rows - 7)
    lines = [_row(board, caller, each, here=each is node) for each in nodes[:room]]
    if len(nodes) > room:
        lines.append(f"|08 ... and {len(nodes) - room} more")
    await caller.page(
        heading(caller, "Who is online", f"{len(nodes)} on"),
        "",
        "|08 Node  Name                      Where              On for   With"
        if caller.wide
        else "|08 No Name              Where",
        *lines,
        rule(caller),
    )
    await caller.press(MORE)


def _row(board: Board, caller: Caller, node: Node, *, here: bool) -> str:
    name = node.name or "(logging in)"
    mark = "|10►" if here else " "
    if not caller.wide:
        return f"{mark}|15{node.number:2} |11{_cell(name, 17)} |07{_cell(node.place, 16)}"
    on_for = ago((board.now() - node.since).total_seconds())
    return (
        f"{mark}|15{node.number:3}   |11{_cell(name, 24)}  |07{_cell(node.place, 17)}"
        f"  |03{on_for:>6}   |08{_cell(node.machine, 17)}"
    )


def _cell(text: str, columns: int) -> str:
    return escape(cut(text, columns).ljust(columns))
