"""After the login: what is new for somebody with an account."""

from __future__ import annotations

from bbsterm.errors import StorageError
from bbsterm.serve.board import Board, log
from bbsterm.serve.caller import Caller
from bbsterm.serve.layout import MORE
from bbsterm.serve.nodes import Node

__all__ = ["visit"]


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """Tell a user, once, how many letters and messages wait."""
    user = node.user
    if user is None or not user.news:
        return
    areas = [area for area in board.design.messages.values() if area.read <= node.role]
    try:
        letters = await board.mail.unread(user.id)
        counts = [(await board.messages.counts(area.name, user.id))[1] for area in areas]
    except StorageError as error:
        log.error("the news: %s", error)
        return
    texts = board.design.texts
    if not letters and not sum(counts):
        await caller.say(*texts.lines("news.none"))
    else:
        await caller.say(*texts.lines("news.some", letters=letters, messages=sum(counts)))
    await caller.press(MORE)
