"""Your account: making one, its password, what others see of you, what you like."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bbsterm import limits
from bbsterm.serve import clean, control
from bbsterm.serve.board import Board, log
from bbsterm.serve.caller import Caller
from bbsterm.serve.inbox import CallerGone
from bbsterm.serve.layout import MORE, heading, rule
from bbsterm.serve.listing import sure
from bbsterm.serve.markup import escape
from bbsterm.serve.nodes import RESERVED, Node
from bbsterm.serve.store.users import NameTakenError, User, fold

__all__ = ["sign_up", "visit"]

_KEYS: Final = frozenset("lLaAgGpPnNwWqQ")
_TRIES: Final = 3


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """Show the settings and change them; a guest may make an account."""
    if node.user is None:
        await _offer(board, node, caller)
    while node.user is not None:
        user = node.user
        await caller.page(heading(caller, "Your account", user.name), "", *_settings(user), "", rule(caller))
        key = await caller.press(board.design.texts.say("account.prompt"))
        match key:
            case "l" | "L":
                place = await _line(caller, "Where you are")
                await _save(board, node, replace(user, location=user.location if place is None else place))
            case "a" | "A":
                about = await _line(caller, "About you")
                await _save(board, node, replace(user, about=user.about if about is None else about))
            case "g" | "G":
                await _save(board, node, replace(user, pages=not user.pages))
            case "p" | "P":
                await _save(board, node, replace(user, pause=not user.pause))
            case "n" | "N":
                await _save(board, node, replace(user, news=not user.news))
            case "w" | "W":
                await _change_password(board, node, caller, user)
            case _:
                return


async def sign_up(board: Board, node: Node, caller: Caller) -> None:
    """Make an account for a guest; Escape or an empty answer leaves everything as it was."""
    texts = board.design.texts
    await caller.page(heading(caller, "A new account"), "", *texts.lines("account.new"), rule(caller))
    for _ in range(_TRIES):
        typed = await caller.ask("|15Name|08: |11", limits.MAX_CALLER_NAME)
        name = clean.line(typed or "", limits.MAX_CALLER_NAME)
        if not name:
            return
        if problem := await _problem(board, node, name):
            await caller.say(f"|12{escape(problem)}")
            continue
        password = await _new_password(caller)
        if password is None:
            return
        try:
            user = await board.users.create(name, password, now=board.now())
        except NameTakenError:
            await caller.say("|12Somebody was quicker: that name is taken.")
            continue
        user = await board.users.called(user, now=board.now())
        node.user = user
        caller.name = node.name = user.name
        board.at(node, node.place)
        log.info("node %d: a new account, %s", node.number, clean.for_log(user.name))
        await caller.say(*texts.lines("account.made", name=user.name))
        await caller.press(MORE)
        return


async def _offer(board: Board, node: Node, caller: Caller) -> None:
    if not board.design.signup:
        await caller.page(heading(caller, "Your account"), "", *board.design.texts.lines("account.closed"))
        await caller.press(MORE)
    elif await sure(caller, "|07You are a guest. Make an account?"):
        await sign_up(board, node, caller)


async def _problem(board: Board, node: Node, name: str) -> str:
    """Why this cannot be the name of an account; empty where it can."""
    folded = fold(name)
    if len(folded) < 2 or not any(char.isalpha() for char in name):
        return "A name has at least two characters, and a letter."
    if folded in RESERVED or folded == fold(clean.GUEST) or folded.isdecimal():
        return "That name is the board's own."
    if await board.users.find(name) is not None:
        return "That name is taken."
    if any(fold(each.name) == folded and each.node is not node for each in control.people(board)):
        return "That name is taken by somebody who is online."
    return ""


async def _new_password(caller: Caller) -> str | None:
    for _ in range(_TRIES):
        prompt = f"|15Password|08 ({limits.MIN_PASSWORD} or more): |11"
        first = await caller.ask(prompt, limits.MAX_PASSWORD, hidden=True)
        if not first:
            return None
        if len(first) < limits.MIN_PASSWORD:
            await caller.say(f"|12It needs {limits.MIN_PASSWORD} characters.")
            continue
        if await caller.ask("|15Once more|08: |11", limits.MAX_PASSWORD, hidden=True) == first:
            return first
        await caller.say("|12Those were two different ones.")
    return None


async def _change_password(board: Board, node: Node, caller: Caller, user: User) -> None:
    old = await caller.ask("|15Your password now|08: |11", limits.MAX_PASSWORD, hidden=True)
    if not old:
        return
    keys = (f"account {fold(user.name)}", f"address {node.address}")
    if not board.tries.allows(*keys, now=board.clock()):
        raise CallerGone("too many wrong passwords", board.design.texts.say("login.enough"))
    if await board.users.check(user.name, old) is None:
        await caller.say(*board.design.texts.lines("login.wrong"))
        await caller.press(MORE)
        return
    board.tries.forget(keys[0])
    if (password := await _new_password(caller)) is not None:
        await board.users.set_password(user.name, password)
        await caller.say("|10Your password is another one now.")
        await caller.press(MORE)


async def _line(caller: Caller, what: str) -> str | None:
    typed = await caller.ask(f"|15{what}|08: |11", limits.MAX_PROFILE)
    return None if typed is None else clean.line(typed, limits.MAX_PROFILE)


async def _save(board: Board, node: Node, user: User) -> None:
    """Keep it. What a sysop has decided meanwhile stays decided."""
    now = await board.users.find(user.name)
    if now is not None:
        user = replace(user, sysop=now.sysop, banned=now.banned)
    await board.users.save(user)
    node.user = user
    board.at(node, node.place)


def _settings(user: User) -> list[str]:
    def flag(on: bool) -> str:
        return "|10yes" if on else "|12no"

    return [
        f" |08[|14L|08] |07You are in     |15{escape(user.location) or '-'}",
        f" |08[|14A|08] |07About you      |15{escape(user.about) or '-'}",
        f" |08[|14G|08] |07Private pages  {flag(user.pages)}",
        f" |08[|14P|08] |07Pause at pages {flag(user.pause)}",
        f" |08[|14N|08] |07News at login  {flag(user.news)}",
        " |08[|14W|08] |07Password       |08another one",
        "",
        f" |07Since |15{user.created:%d %b %Y}|07, |15{user.calls}|07 calls"
        + ("|07, |14sysop" if user.sysop else ""),
    ]
