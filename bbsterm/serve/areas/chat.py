"""The chat room: what one caller says, all who are in it read; joining and leaving are announced."""

from __future__ import annotations

import zlib
from typing import Final

from bbsterm import limits
from bbsterm.serve import clean
from bbsterm.serve.board import Board
from bbsterm.serve.bus import Message
from bbsterm.serve.caller import Caller
from bbsterm.serve.layout import heading, rule, wrap
from bbsterm.serve.markup import escape
from bbsterm.serve.nodes import Node
from bbsterm.serve.pacing import Bucket

__all__ = ["TOPIC", "visit"]

TOPIC: Final = "chat"

_PLACE: Final = "chat room"
_LINES_PER_SECOND: Final = 1.0
_LINES_AT_ONCE: Final = 6
_INKS: Final = (9, 10, 11, 12, 13, 14, 3, 2)
"""Colours for names: a caller keeps the same one."""

_HELP: Final = (
    "|15/who|07 who is here   |15/me|07 waves: you wave   |15/quit|07 or Esc: back to the menu",
    "|15/who   |07who is here",
    "|15/me x  |07you do x",
    "|15/quit  |07back to the menu",
)


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """Stay in the room until /quit."""
    await caller.page(heading(caller, "Chat room", "/quit to leave"), *_help(caller), rule(caller))
    with board.bus.subscribed(TOPIC, lambda message: _hear(caller, message)):
        await board.bus.publish(TOPIC, {"kind": "joined", "name": node.name})
        await _tell_who(board, caller)
        try:
            await _talk(board, node, caller)
        finally:
            await board.bus.publish(TOPIC, {"kind": "left", "name": node.name})


async def _talk(board: Board, node: Node, caller: Caller) -> None:
    pace = Bucket(_LINES_PER_SECOND, _LINES_AT_ONCE, now=board.clock())
    while True:
        typed = await caller.ask("|08> |15", limits.MAX_CHAT_LINE, keep=False)
        if typed is None:
            return
        text = clean.line(typed, limits.MAX_CHAT_LINE)
        command, _, rest = text.partition(" ")
        match command.lower():
            case "":
                continue
            case "/quit" | "/q" | "/exit" | "/bye":
                return
            case "/who":
                await _tell_who(board, caller)
            case "/help" | "/?" | "/h":
                await caller.say(*_help(caller))
            case _ if not pace.allows(now=board.clock()):
                await caller.say("|08(not so fast: that line was not sent)")
            case "/me":
                await board.bus.publish(TOPIC, {"kind": "acted", "name": node.name, "text": rest})
            case _ if text.startswith("/"):
                await caller.say(f"|08(there is no {escape(command)}; |07/help|08 tells what there is)")
            case _:
                await board.bus.publish(TOPIC, {"kind": "said", "name": node.name, "text": text})


async def _tell_who(board: Board, caller: Caller) -> None:
    here = [escape(node.name) for node in board.nodes if node.place == _PLACE]
    await caller.say(f"|08Here: |07{', '.join(here[:12])}{' ...' if len(here) > 12 else ''}")


def _help(caller: Caller) -> tuple[str, ...]:
    return _HELP[:1] if caller.wide else _HELP[1:]


def _hear(caller: Caller, message: Message) -> None:
    """What somebody said, as notices that fit this caller's screen."""
    for line in _lines(message, caller.columns - 1):
        caller.inbox.notify(line)


def _lines(message: Message, columns: int) -> list[str]:
    name, text = message["name"], message.get("text", "")
    ink = f"|{_INKS[zlib.crc32(name.encode()) % len(_INKS)]:02}"
    match message["kind"]:
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
