"""The sysop's room: commands, each of them noted in the log."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Final, NamedTuple, TypeAlias

from bbsterm import limits
from bbsterm.errors import ConfigError
from bbsterm.serve import clean, control
from bbsterm.serve.board import Board
from bbsterm.serve.caller import Caller
from bbsterm.serve.design.model import Role
from bbsterm.serve.layout import heading, rule
from bbsterm.serve.markup import escape
from bbsterm.serve.nodes import Node

__all__ = ["COMMANDS", "visit"]

Run: TypeAlias = Callable[[Board, Node, str], Awaitable[list[str]]]


class Command(NamedTuple):
    """What it takes, what it does, and how."""

    takes: str
    about: str
    run: Run


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """Take commands until `quit`. Who is no sysop any more has to leave."""
    if node.role < Role.SYSOPS:
        return
    await caller.page(heading(caller, "Sysop", "help, quit"), rule(caller))
    while True:
        typed = await caller.ask("|14sysop|08> |15", limits.MAX_CHAT_LINE)
        if typed is None or not await _still(board, node):
            return
        word, _, rest = clean.line(typed, limits.MAX_CHAT_LINE).partition(" ")
        word = word.lower()
        if word in ("quit", "q", "exit"):
            return
        if word in ("help", "?"):
            await caller.say(*_help(caller))
        elif (command := COMMANDS.get(word)) is not None:
            for line in await command.run(board, node, rest.strip()):
                await caller.say(*caller.wrapped(line))
        elif word:
            near = get_close_matches(word, COMMANDS, n=1)
            meant = f"; did you mean {near[0]}?" if near else "; help tells what there is"
            await caller.say(f"|12there is no command {escape(word)}{meant}")


async def _still(board: Board, node: Node) -> bool:
    """Whether the account is a sysop's now: another sysop may have thought otherwise."""
    found = await board.users.find(node.user.name) if node.user else None
    if found is None or not found.sysop or found.banned:
        node.user = found
        return False
    return True


def _help(caller: Caller) -> list[str]:
    if not caller.wide:
        return [f"|15{word} |07{command.takes}" for word, command in COMMANDS.items()]
    return [f"|15{word:<10} |07{command.takes:<18} |08{command.about}" for word, command in COMMANDS.items()]


async def _who(board: Board, node: Node, rest: str) -> list[str]:
    lines = []
    for person in control.people(board):
        where = person.node.address if person.node else person.worker
        text = f"{person.number:3} {person.name or '-':<24} {person.place:<18} {where}"
        lines.append(f"|07{escape(text)}")
    return lines


async def _kick(board: Board, node: Node, rest: str) -> list[str]:
    person = control.find(board, rest)
    if person is None:
        return ["|12nobody of that name or node is online"]
    control.audit(node, "kicks %s (node %d)", person.name, person.number)
    await control.kick(board, person, board.design.texts.say("sysop.kicked"))
    return [f"|10{escape(person.name)} is being shown out"]


async def _ban(board: Board, node: Node, rest: str) -> list[str]:
    """An address or a network, or else a user."""
    word, _, reason = rest.partition(" ")
    try:
        network = await board.bans.add(word, by=node.name, now=board.now(), reason=reason)
    except ValueError:
        return await _ban_user(board, node, rest)
    control.audit(node, "bans %s: %s", network, reason)
    await control.reload_bans(board)
    return [f"|10{network} is banned"]


async def _ban_user(board: Board, node: Node, rest: str) -> list[str]:
    name, _, reason = rest.partition(":")
    user = await board.users.find(name)
    if user is None:
        return ["|12that is no address, no network and nobody's account"]
    if node.user is not None and user.id == node.user.id:
        return ["|12that is you"]
    await board.users.save(replace(user, banned=reason.strip() or "by the sysop"))
    control.audit(node, "bans %s: %s", user.name, reason.strip())
    await control.reload_bans(board)
    return [f"|10{escape(user.name)} is banned"]


async def _unban(board: Board, node: Node, rest: str) -> list[str]:
    try:
        lifted = await board.bans.remove(rest)
    except ValueError:
        user = await board.users.find(rest)
        lifted = user is not None and bool(user.banned)
        if user is not None:
            await board.users.save(replace(user, banned=""))
    if lifted:
        control.audit(node, "lifts the ban of %s", rest)
        await control.reload_bans(board)
    return ["|10the ban is lifted" if lifted else "|12there is no such ban"]


async def _bans(board: Board, node: Node, rest: str) -> list[str]:
    return [f"|07{network}" for network in board.bans.networks] or ["|08no address is banned"]


async def _broadcast(board: Board, node: Node, rest: str) -> list[str]:
    if not rest:
        return ["|12broadcast takes words"]
    control.audit(node, "tells everybody: %s", rest)
    await control.broadcast(board, node.name, rest)
    return []


async def _delete(board: Board, node: Node, rest: str) -> list[str]:
    if not rest.isdecimal() or len(rest) > 12 or (post := await board.messages.get(int(rest))) is None:
        return ["|12delete takes the number of a message"]
    await board.messages.delete(post.id)
    control.audit(node, "deletes message %d by %s: %s", post.id, post.author, post.subject)
    return [f"|10message {post.id} is gone"]


async def _promote(board: Board, node: Node, rest: str) -> list[str]:
    return await _set_sysop(board, node, rest, sysop=True)


async def _demote(board: Board, node: Node, rest: str) -> list[str]:
    return await _set_sysop(board, node, rest, sysop=False)


async def _set_sysop(board: Board, node: Node, name: str, *, sysop: bool) -> list[str]:
    user = await board.users.find(name)
    if user is None:
        return ["|12nobody of that name has an account"]
    if node.user is not None and user.id == node.user.id:
        return ["|12that is you"]
    await board.users.save(replace(user, sysop=sysop))
    control.audit(node, "makes %s a %s", user.name, "sysop" if sysop else "user")
    return [f"|10{escape(user.name)} is a {'sysop' if sysop else 'user'} from the next call on"]


async def _users(board: Board, node: Node, rest: str) -> list[str]:
    users = await board.users.list(after=rest, count=20)
    lines = []
    for user in users:
        marks = ("sysop " if user.sysop else "") + (f"banned: {user.banned}" if user.banned else "")
        last = f"{user.last_call:%d %b %Y}" if user.last_call else "never"
        text = f"{user.name:<24} {user.calls:5} calls, last {last:<12} {marks}"
        lines.append(f"|07{escape(text)}")
    more = len(users) == 20
    return [*lines, f"|08users {escape(users[-1].name)} goes on" if more else "|08these are all"]


async def _reload(board: Board, node: Node, rest: str) -> list[str]:
    control.audit(node, "has the board's files read again")
    try:
        await control.reload(board)
    except ConfigError as error:
        return [f"|12{escape(clean.line(str(error), 400))}", "|07Everything stays as it was."]
    return ["|10the board's files have been read again"]


COMMANDS: Final[Mapping[str, Command]] = {
    "who": Command("", "who is online, and from where", _who),
    "kick": Command("NAME | NODE", "end a call", _kick),
    "ban": Command("ADDRESS | NAME", "from an address, a network (192.0.2.0/24), or an account", _ban),
    "unban": Command("ADDRESS | NAME", "let them in again", _unban),
    "bans": Command("", "the addresses that are banned", _bans),
    "broadcast": Command("WORDS", "tell everybody, on every worker", _broadcast),
    "delete": Command("NUMBER", "a message, by its number", _delete),
    "users": Command("[NAME]", "accounts, from a name on", _users),
    "promote": Command("NAME", "make a sysop of a user", _promote),
    "demote": Command("NAME", "and a user of a sysop", _demote),
    "reload": Command("", "read the board's files again, on every worker", _reload),
}
