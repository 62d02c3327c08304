"""What a sysop's word does on every worker, and how a private page finds its reader."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Final

from bbsterm.errors import ConfigError
from bbsterm.serve.board import Board, log
from bbsterm.serve.bus import Message
from bbsterm.serve.clean import for_log
from bbsterm.serve.markup import escape
from bbsterm.serve.nodes import Node

__all__ = [
    "Person",
    "audit",
    "broadcast",
    "find",
    "inside",
    "kick",
    "listening",
    "page",
    "people",
    "reload",
    "reload_bans",
]

_PAGE: Final = "board.page"
_KICK: Final = "board.kick"
_BROADCAST: Final = "board.broadcast"
_RELOAD: Final = "board.reload"
_BANS: Final = "board.bans"


class Person:
    """Somebody who is online, here or on another worker."""

    def __init__(self, worker: str, facts: Message, node: Node | None = None) -> None:
        self.worker: Final = worker
        self.node: Final = node
        number = facts.get("number", "")
        self.number: Final = int(number) if number.isdecimal() and len(number) < 7 else 0
        self.name: Final = facts.get("name", "")
        self.place: Final = facts.get("place", "")
        self.machine: Final = facts.get("machine", "")
        self.since: Final = facts.get("since", "")
        self.room: Final = facts.get("room", "")
        self.takes_pages: Final = facts.get("pages", "1") == "1"


def people(board: Board) -> list[Person]:
    """Everybody who is online, on all workers, by node."""
    here = [Person(board.bus.worker, node.facts(), node) for node in board.nodes]
    there = [Person(each["worker"], each) for each in board.bus.others()]
    return sorted(here + there, key=lambda person: (person.number, person.worker))


def inside(board: Board, room: str) -> list[str]:
    """The names of those who are in a room of the chat, on all workers."""
    here = [node.name for node in board.nodes if node.room == room]
    return here + [each.get("name", "") for each in board.bus.others() if each.get("room") == room]


def find(board: Board, word: str) -> Person | None:
    """Who is meant by a name, its beginning, or a node's number; nobody where it may be two."""
    everybody = [person for person in people(board) if person.name]
    if word.isdecimal():
        numbered = [person for person in everybody if person.number == int(word[:6])]
        return numbered[0] if len(numbered) == 1 else None
    folded = word.casefold()
    exact = [person for person in everybody if person.name.casefold() == folded]
    begun = [person for person in everybody if person.name.casefold().startswith(folded)]
    meant = exact or (begun if len(begun) == 1 else [])
    return meant[0] if meant else None


async def page(board: Board, sender: Node, to: Person, text: str) -> None:
    """Say something to one person alone."""
    message = {"worker": to.worker, "number": str(to.number), "from": sender.name, "text": text}
    await board.bus.publish(_PAGE, message)


async def kick(board: Board, person: Person, words: str) -> None:
    """Send somebody away."""
    await board.bus.publish(_KICK, {"worker": person.worker, "number": str(person.number), "words": words})


async def broadcast(board: Board, by: str, text: str) -> None:
    """Tell everybody."""
    await board.bus.publish(_BROADCAST, {"by": by, "text": text})


async def reload(board: Board) -> None:
    """Have the other workers read the sysop's files again, and do so here.

    Raises:
        ConfigError: They cannot be understood; everything stays as it was.
    """
    board.read_design()
    await board.bus.publish(_RELOAD, {"worker": board.bus.worker})


async def reload_bans(board: Board) -> None:
    """Have every worker look who is banned now."""
    await board.bus.publish(_BANS, {})


def audit(node: Node, words: str, *values: object) -> None:
    """Note what a sysop did, for those who look after the sysops."""
    who = for_log(f"{node.name} (node {node.number}, {node.address})")
    log.warning("audit: %s: %s", who, for_log(words % values))


@contextlib.contextmanager
def listening(board: Board) -> Iterator[None]:
    """Do what the bus says, while the context lasts."""
    tasks: set[asyncio.Task[None]] = set()

    def look_at_bans(message: Message) -> None:
        task = asyncio.get_running_loop().create_task(_shut_out(board))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    with contextlib.ExitStack() as stack:
        for topic, listener in (
            (_PAGE, lambda message: _on_page(board, message)),
            (_KICK, lambda message: _on_kick(board, message)),
            (_BROADCAST, lambda message: _on_broadcast(board, message)),
            (_RELOAD, lambda message: _on_reload(board, message)),
            (_BANS, look_at_bans),
        ):
            stack.enter_context(board.bus.subscribed(topic, listener))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()


def _ours(board: Board, message: Message) -> Node | None:
    """The node that a message is for, if it is one of ours."""
    number = message.get("number", "")
    if message.get("worker") != board.bus.worker or not number.isdecimal() or len(number) > 6:
        return None
    return board.nodes.get(int(number))


def _notify(node: Node, markup: str) -> None:
    if node.caller is not None and node.name:
        for line in node.caller.wrapped(markup):
            node.caller.inbox.notify(line)


def _on_page(board: Board, message: Message) -> None:
    node = _ours(board, message)
    if node is not None and (node.user is None or node.user.pages):
        name, text = escape(message.get("from", "")), escape(message.get("text", ""))
        _notify(node, f"|13{name} pages you|08: |15{text}")


def _on_kick(board: Board, message: Message) -> None:
    if (node := _ours(board, message)) is not None:
        node.dismiss(message.get("words") or "|12The sysop has ended this call.")


def _on_broadcast(board: Board, message: Message) -> None:
    text = f"|14{escape(message.get('by', ''))} to everybody|08: |15{escape(message.get('text', ''))}"
    for node in board.nodes:
        _notify(node, text)


def _on_reload(board: Board, message: Message) -> None:
    if message.get("worker") == board.bus.worker:
        return
    try:
        board.read_design()
    except ConfigError as error:
        log.error("%s; the board stays as it was", error)


async def _shut_out(board: Board) -> None:
    """Send away who is banned."""
    await board.bans.load()
    for node in list(board.nodes):
        if board.bans.shuts_out(node.address):
            node.dismiss(board.design.texts.say("login.shut_out"))
        elif node.user is not None:
            user = await board.users.find(node.user.name)
            if user is not None and user.banned:
                node.dismiss(board.design.texts.say("login.banned", reason=user.banned))
