"""Leaving: how long it was, and the words a modem would say."""

from __future__ import annotations

from bbsterm.serve import art
from bbsterm.serve.board import Board
from bbsterm.serve.caller import Caller
from bbsterm.serve.layout import rule
from bbsterm.serve.nodes import Node

__all__ = ["visit"]


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """Say goodbye. The line is closed after this."""
    minutes, seconds = divmod(int((board.now() - node.since).total_seconds()), 60)
    stayed = f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
    await art.show(caller, board.design, "goodbye", below=4)
    await caller.say(
        *board.design.texts.lines("goodbye.words", name=node.name, stayed=stayed),
        rule(caller),
        "|08 NO CARRIER",
    )
