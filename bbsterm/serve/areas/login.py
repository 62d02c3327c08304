"""The front door: the welcome screen, and the question for a name."""

from __future__ import annotations

from typing import Final

from bbsterm import limits
from bbsterm.serve import art, clean
from bbsterm.serve.board import Board
from bbsterm.serve.caller import Caller
from bbsterm.serve.layout import rule
from bbsterm.serve.markup import escape
from bbsterm.serve.nodes import Node

__all__ = ["QUESTION", "visit"]

QUESTION: Final = "Your name"
_PROMPT: Final = f"|15{QUESTION} |08(Enter for Guest)|07: |11"


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """Welcome a caller and find out what to call him or her."""
    await art.show(caller, "welcome", below=5)
    await caller.say(*_lines(board, node, caller))
    wanted = await caller.ask(_PROMPT, limits.MAX_CALLER_NAME)
    caller.name = board.nodes.name(node, clean.name(wanted or ""))


def _lines(board: Board, node: Node, caller: Caller) -> list[str]:
    safety = "|10encrypted" if caller.stream.tls() else "|07not encrypted"
    others = len(board.nodes) - 1
    company = "nobody else on" if not others else f"{others} more on"
    name = escape(board.settings.name)
    if not caller.wide:
        return [f"|15{name}", f"|07Node {node.number}, {company}, {safety}", rule(caller)]
    dot = " |08∙ "
    about = (
        f"|15Node {node.number}",
        f"|07{company}",
        f"|07call |15{board.calls}",
        f"|07{caller.dialect.label}",
        f"|07{caller.columns}x{caller.rows}",
        safety,
    )
    return [
        f" {dot.join(about)}",
        rule(caller),
        f"|07 Welcome to |15{name}|07. Nothing in here can break.",
        "",
    ]
