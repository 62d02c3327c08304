"""The front door: the welcome screen, the question for a name, and for a password where it has an account."""

from __future__ import annotations

from typing import Final

from bbsterm import limits
from bbsterm.errors import StorageError
from bbsterm.serve import art, clean
from bbsterm.serve.board import Board, log
from bbsterm.serve.caller import Caller
from bbsterm.serve.inbox import CallerGone
from bbsterm.serve.layout import rule
from bbsterm.serve.markup import escape
from bbsterm.serve.nodes import Node
from bbsterm.serve.store.users import User, fold

__all__ = ["NEW", "QUESTION", "visit"]

QUESTION: Final = "Your name"
"""How the built-in board's question for a name begins."""

NEW: Final = "new"
"""Who types this for a name wants an account."""

_TRIES: Final = 3


async def visit(board: Board, node: Node, caller: Caller) -> bool:
    """Welcome a caller and find out who it is; return whether he or she wants an account.

    Raises:
        CallerGone: The account is shut, or nobody may come in without one.
    """
    texts = board.design.texts
    await art.show(caller, board.design, "welcome", below=5)
    await caller.say(*_lines(board, node, caller))
    for _ in range(_TRIES):
        typed = clean.line(await caller.ask(texts.say("login.question"), limits.MAX_CALLER_NAME) or "", 64)
        if typed.casefold() == NEW and board.design.signup:
            _enter(board, node, caller, clean.GUEST, None)
            return True
        user = await _account(board, typed) if typed else None
        if user is None:
            if board.design.guests:
                _enter(board, node, caller, clean.name(typed), None)
                return False
            await caller.say(*texts.lines("login.no_guests"))
        elif await _known(board, node, caller, user):
            return False
        elif board.design.guests:
            _enter(board, node, caller, clean.GUEST, None)
            return False
    raise CallerGone("did not log in", texts.say("login.enough"))


async def _account(board: Board, name: str) -> User | None:
    try:
        return await board.users.find(name)
    except StorageError as error:
        log.error("the accounts: %s", error)
        return None


async def _known(board: Board, node: Node, caller: Caller, user: User) -> bool:
    """Whether the caller has shown to be this user; nobody is, while the board's file cannot be used."""
    try:
        return await _password(board, node, caller, user)
    except StorageError as error:
        log.error("the accounts: %s", error)
        await caller.say(*board.design.texts.lines("board.storage"))
        return False


async def _password(board: Board, node: Node, caller: Caller, user: User) -> bool:
    """Ask for the password; False where the caller would rather be a guest.

    Raises:
        CallerGone: It was wrong too often, or the account is shut.
    """
    texts = board.design.texts
    keys = (f"account {fold(user.name)}", f"address {node.address}")
    for _ in range(_TRIES):
        password = await caller.ask(
            texts.say("login.password", name=user.name), limits.MAX_PASSWORD, hidden=True
        )
        if not password:
            return False
        if not board.tries.allows(*keys, now=board.clock()):
            log.warning("node %d: too many wrong passwords for %s", node.number, clean.for_log(user.name))
            raise CallerGone("too many wrong passwords", texts.say("login.enough"))
        if (found := await board.users.check(user.name, password)) is not None:
            board.tries.forget(keys[0])
            await _welcome(board, node, caller, found)
            return True
        log.info("node %d: a wrong password for %s", node.number, clean.for_log(user.name))
        await caller.say(*texts.lines("login.wrong"))
    raise CallerGone("wrong passwords", texts.say("login.enough"))


async def _welcome(board: Board, node: Node, caller: Caller, user: User) -> None:
    if user.banned:
        words = board.design.texts.say("login.banned", reason=user.banned)
        raise CallerGone("is banned", words)
    last = user.last_call
    user = await board.users.called(user, now=board.now())
    _enter(board, node, caller, user.name, user)
    texts = board.design.texts
    if last is None:
        await caller.say(*texts.lines("login.welcome_first", name=user.name))
    else:
        when = f"{last:%d %b %Y, %H:%M} UTC"
        await caller.say(*texts.lines("login.welcome_back", name=user.name, last=when))


def _enter(board: Board, node: Node, caller: Caller, name: str, user: User | None) -> None:
    node.user = user
    if user is None:
        caller.name = board.name_node(node, name)
    else:  # an account's name is its owner's, on as many lines as he or she likes
        caller.name = node.name = user.name
    board.at(node, node.place)


def _lines(board: Board, node: Node, caller: Caller) -> list[str]:
    safety = "|10encrypted" if caller.stream.tls() else "|07not encrypted"
    others = len(board.nodes) - 1 + len(board.bus.others())
    company = "nobody else on" if not others else f"{others} more on"
    if not caller.wide:
        return [f"|15{escape(board.name)}", f"|07Node {node.number}, {company}, {safety}", rule(caller)]
    dot = " |08∙ "
    about = (
        f"|15Node {node.number}",
        f"|07{company}",
        f"|07call |15{board.calls}",
        f"|07{caller.dialect.label}",
        f"|07{caller.columns}x{caller.rows}",
        safety,
    )
    return [f" {dot.join(about)}", rule(caller), *board.design.texts.lines("login.welcome"), ""]
