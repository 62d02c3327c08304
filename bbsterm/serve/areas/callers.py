"""The last callers."""

from __future__ import annotations

from bbsterm.serve.board import Board
from bbsterm.serve.caller import Caller
from bbsterm.serve.design.model import Role
from bbsterm.serve.layout import MORE, ago, counted, cut, heading, rule
from bbsterm.serve.markup import escape
from bbsterm.serve.nodes import Node
from bbsterm.serve.store.calls import LastCall

__all__ = ["visit"]


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """Show as many as the screen has rows; a sysop sees where they called from."""
    calls = await board.last_calls.latest(max(1, caller.rows - 5))
    rows = [_row(board, caller, call, full=node.role >= Role.SYSOPS) for call in calls]
    await caller.page(heading(caller, "Last callers", counted(board.calls, "call")), "", *rows, rule(caller))
    await caller.press(MORE)


def _row(board: Board, caller: Caller, call: LastCall, *, full: bool) -> str:
    def cell(text: str, width: int) -> str:
        return escape(cut(text, width).ljust(width))

    when = ago((board.now() - call.began).total_seconds())
    if not caller.wide:
        return f" |11{cell(call.name, 20)} |03{when:>6}"
    stayed = ago((call.ended - call.began).total_seconds()) if call.ended else "-"
    where = call.address if full else call.machine
    return f" |11{cell(call.name, 24)} |03{when + ' ago':>10}  |07stayed {stayed:>6}   |08{cell(where, 22)}"
