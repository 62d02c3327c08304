"""The chat: rooms, in which all read what one says; a word to one person alone; on every worker."""

from __future__ import annotations

import zlib
from functools import lru_cache, partial
from typing import Final

from bbsterm import limits
from bbsterm.serve import clean, control
from bbsterm.serve.areas.who import send_page
from bbsterm.serve.board import Board
from bbsterm.serve.bus import Message
from bbsterm.serve.caller import Caller
from bbsterm.serve.design.model import Room
from bbsterm.serve.layout import heading, rule, wrap
from bbsterm.serve.markup import escape
from bbsterm.serve.nodes import Node
from bbsterm.serve.pacing import Bucket

__all__ = ["TOPIC", "visit"]

TOPIC: Final = "chat"
"""Of the bus; each room has its own below it."""

_LINES_PER_SECOND: Final = 1.0
_LINES_AT_ONCE: Final = 6
_GAP_PER_CALLER: Final = 0.0005
"""Seconds between two looks at the room, for each caller on the board: all of them together cost the same."""

_INKS: Final = (9, 10, 11, 12, 13, 14, 3, 2)
"""Colours for names: a caller keeps the same one."""

_HELP: Final = (
    "|15/who|07 is here  |15/me|07 waves  |15/msg|07 NAME to one alone  |15/rooms /join|07 ROOM  |15/quit",
    "|15/who   |07who is here",
    "|15/me x  |07you do x",
    "|15/msg NAME x |07to one alone",
    "|15/rooms |07and |15/join ROOM",
    "|15/quit  |07back to the menu",
)


async def visit(board: Board, node: Node, caller: Caller, *, room: str = "") -> None:
    """Stay in a room, and go from one to another, until /quit. The first one unless another is named."""
    pace = Bucket(_LINES_PER_SECOND, _LINES_AT_ONCE, now=board.clock())
    while (place := _find(board, node, room)) is not None:
        room = await _stay(board, node, caller, place, pace)
        if not room:
            return
    await caller.say("|08(there is no such room)")


async def _stay(board: Board, node: Node, caller: Caller, room: Room, pace: Bucket) -> str:
    """One room; return the one to go to next, or nothing."""
    first = room is next(iter(board.design.rooms.values()))
    board.at(node, "chat room" if first else f"chat: {room.title}", room=room.name)
    title = "Chat room" if first else room.title
    about = [f"|08{escape(room.about)}"] if room.about and caller.wide else []
    await caller.page(heading(caller, title, "/quit to leave"), *about, *_help(caller), rule(caller))
    topic = f"{TOPIC}.{room.name}"
    with board.bus.subscribed(topic, lambda message: _hear(board, caller, message)):
        await _announce(board, caller, room, {"kind": "joined", "name": node.name})
        await _tell_who(board, caller, room)
        try:
            return await _talk(board, node, caller, room, pace)
        finally:
            node.room = ""
            await _announce(board, caller, room, {"kind": "left", "name": node.name})


async def _talk(board: Board, node: Node, caller: Caller, room: Room, pace: Bucket) -> str:
    topic = f"{TOPIC}.{room.name}"
    while True:
        typed = await caller.ask("|08> |15", limits.MAX_CHAT_LINE, keep=False)
        if typed is None:
            return ""
        text = clean.line(typed, limits.MAX_CHAT_LINE)
        command, _, rest = text.partition(" ")
        match command.lower():
            case "":
                continue
            case "/quit" | "/q" | "/exit" | "/bye":
                return ""
            case "/who":
                await _tell_who(board, caller, room)
            case "/help" | "/?" | "/h":
                await caller.say(*_help(caller))
            case "/rooms":
                await caller.say(*_rooms(board, node))
            case "/join" | "/j":
                if (other := _find(board, node, rest)) is not None and rest:
                    return other.name
                await caller.say(f"|08(there is no room {escape(rest)}; |07/rooms|08 tells which there are)")
            case _ if not pace.allows(now=board.clock()):
                await caller.say("|08(not so fast: that line was not sent)")
            case "/me":
                await board.bus.publish(topic, {"kind": "acted", "name": node.name, "text": rest})
            case "/msg" | "/page" | "/tell":
                await _say_alone(board, node, caller, rest)
            case _ if text.startswith("/"):
                await caller.say(f"|08(there is no {escape(command)}; |07/help|08 tells what there is)")
            case _:
                await board.bus.publish(topic, {"kind": "said", "name": node.name, "text": text})


async def _say_alone(board: Board, node: Node, caller: Caller, rest: str) -> None:
    """`/msg NAME words`; a name may have several words, the longest that fits counts."""
    words = rest.split(" ")
    for count in range(len(words) - 1, 0, -1):
        name = " ".join(words[:count])
        person = control.find(board, name)
        if person is not None and (count == 1 or person.name.casefold() == name.casefold()):
            await caller.say(await send_page(board, node, name, " ".join(words[count:])))
            return
    await caller.say("|08(/msg NAME words: nobody of that name is online)")


def _find(board: Board, node: Node, name: str) -> Room | None:
    """A room that the caller may enter; the first of them where none is named."""
    rooms = [room for room in board.design.rooms.values() if room.who <= node.role]
    if not name:
        return rooms[0] if rooms else None
    return next((room for room in rooms if name.casefold() in (room.name, room.title.casefold())), None)


def _rooms(board: Board, node: Node) -> list[str]:
    lines = []
    for room in board.design.rooms.values():
        if room.who <= node.role:
            inside = len(control.inside(board, room.name))
            lines.append(f"|15{room.name:<12} |07{inside:3}  |08{escape(room.about)}")
    return lines


async def _announce(board: Board, caller: Caller, room: Room, message: Message) -> None:
    """Somebody comes or goes: all are told, unless they are so many that it would be all they read."""
    if len(control.inside(board, room.name)) <= limits.MAX_ROOM_ANNOUNCED:
        await board.bus.publish(f"{TOPIC}.{room.name}", message)
    else:
        _hear(board, caller, message)


async def _tell_who(board: Board, caller: Caller, room: Room) -> None:
    here = control.inside(board, room.name)
    names = ", ".join(map(escape, here[:12]))
    await caller.say(f"|08Here: |07{names}{' ...' if len(here) > 12 else ''}")


def _help(caller: Caller) -> tuple[str, ...]:
    return _HELP[:1] if caller.wide else _HELP[1:]


def _hear(board: Board, caller: Caller, message: Message) -> None:
    """What somebody said, as notices that fit this caller's screen; in a full room, several at once."""
    said = partial(_lines, message.get("kind", ""), message.get("name", ""), message.get("text", ""))
    caller.inbox.notify(said, gap=len(board.nodes) * _GAP_PER_CALLER)


@lru_cache(maxsize=256)
def _lines(kind: str, name: str, text: str, columns: int) -> list[str]:
    ink = f"|{_INKS[zlib.crc32(name.encode()) % len(_INKS)]:02}"
    match kind:
        case "joined":
            return [f"|08*** {ink}{escape(name)}|08 has come in"]
        case "left":
            return [f"|08*** {ink}{escape(name)}|08 has left"]
        case "acted":
            first, paint = f"* {name} ", f"|08* {ink}{escape(name)} |07"
        case _:
            first, paint = f"<{name}> ", f"|08<{ink}{escape(name)}|08> |07"
    wrapped = list(wrap(first + text, columns))
    if len(wrapped[0]) < len(first):  # a window narrower than a name
        return [escape(line) for line in wrapped]
    return [paint + escape(wrapped[0][len(first) :]), *(f"|07{escape(line)}" for line in wrapped[1:])]
