"""One call from its first byte to its last: who is it, what does it speak, where does it go, goodbye."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

from bbsterm.errors import StorageError
from bbsterm.serve import clean
from bbsterm.serve.areas import account, goodbye, login, menu, news
from bbsterm.serve.board import Board, log
from bbsterm.serve.caller import Caller
from bbsterm.serve.detect import DIALECTS, meet
from bbsterm.serve.dialects.ansi import Ansi
from bbsterm.serve.dialects.base import Dialect
from bbsterm.serve.inbox import CallerGone
from bbsterm.serve.layout import MORE
from bbsterm.serve.nodes import Node
from bbsterm.serve.store.calls import LastCall
from bbsterm.serve.stream import CallerStream

__all__ = ["visit"]


async def visit(board: Board, stream: CallerStream) -> None:
    """Serve one caller. Returns when the call is over, whatever ended it; the line is closed then."""
    if board.closing:
        stream.close()
        return
    address = stream.address()
    if board.bans.shuts_out(address):
        log.info("a call from %s, who is banned", clean.for_log(address))
        stream.close()
        return
    node = board.take_node()
    node.address, node.task = address, asyncio.current_task()
    board.calls += 1
    try:
        if node.task is not None:
            board.visits.add(node.task)
        await _serve(board, node, stream)
    finally:
        board.free_node(node)
        if node.task is not None:
            board.visits.discard(node.task)


async def _serve(board: Board, node: Node, stream: CallerStream) -> None:
    caller = Caller(stream, patience=board.settings.patience)
    caller.node = node.number
    node.caller = caller
    listening = asyncio.create_task(caller.inbox.listen())
    log.info("node %d: call from %s", node.number, clean.for_log(node.address))
    try:
        await _stay(board, node, caller)
        reason, farewell = "said goodbye", ""
    except CallerGone as gone:
        reason, farewell = str(gone), gone.farewell
    except asyncio.CancelledError:
        reason, farewell = "the board closes", board.closing
        if node.dismissed:
            reason, farewell = "sent away", node.dismissed
        elif not board.closing:
            raise
    except StorageError as error:
        log.error("node %d: %s", node.number, error)
        reason, farewell = "the board's file failed", board.design.texts.say("board.storage")
    except Exception:
        log.exception("node %d: a fault of ours ended the call", node.number)
        reason, farewell = (
            "a fault of ours",
            "|12Something went wrong here. It has been noted; please call again.",
        )
    finally:
        listening.cancel()
    caller.hang_up(farewell)
    log.info("node %d: %s: %s", node.number, clean.for_log(caller.name or "no name"), clean.for_log(reason))


async def _stay(board: Board, node: Node, caller: Caller) -> None:
    try:
        async with asyncio.timeout(board.settings.patience.login):
            caller.speak(await _dialect(board, caller))
            node.machine = caller.dialect.label
            wants_account = await login.visit(board, node, caller)
    except TimeoutError:
        raise CallerGone("took too long to log in", "|14That took too long. Please call again.") from None
    with _noted(board, node):
        if wants_account:
            await _sign_up(board, node, caller)
        await news.visit(board, node, caller)
        await menu.visit(board, node, caller)
        await goodbye.visit(board, node, caller)


async def _sign_up(board: Board, node: Node, caller: Caller) -> None:
    """Make an account; where that cannot be kept, the caller is a guest for now."""
    try:
        await account.sign_up(board, node, caller)
    except StorageError as error:
        log.error("accounts: %s", error)
        await caller.say(*board.design.texts.lines("board.storage"))
        await caller.press(MORE)


@contextlib.contextmanager
def _noted(board: Board, node: Node) -> Iterator[None]:
    """The call is among the last ones, with its end."""
    call = LastCall(node.since, node.name, node.machine, node.address)
    token = board.last_calls.begin(call, node.user.id if node.user else None)
    try:
        yield
    finally:
        board.last_calls.end(token, now=board.now())


async def _dialect(board: Board, caller: Caller) -> Dialect:
    if board.settings.terminal:
        return DIALECTS[board.settings.terminal]()
    if board.settings.encoding:
        return Ansi(board.settings.encoding)
    return await meet(caller)
