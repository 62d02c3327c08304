"""Who is online: every node in use on every worker, where its caller is, and what he or she calls with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from bbsterm import limits
from bbsterm.serve import clean, control
from bbsterm.serve.board import Board
from bbsterm.serve.caller import Caller
from bbsterm.serve.layout import ago, cut, heading, rule
from bbsterm.serve.markup import escape
from bbsterm.serve.nodes import Node
from bbsterm.serve.pacing import Bucket

__all__ = ["send_page", "visit"]

_PROMPT: Final = "|08[|07Press a key; |15P|07 pages somebody|08]|07 "
_PAGES_PER_SECOND: Final = 0.2
_PAGES_AT_ONCE: Final = 4


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """Show the list; say something to one of them alone, if the caller wants to."""
    pace = Bucket(_PAGES_PER_SECOND, _PAGES_AT_ONCE, now=board.clock())
    while True:
        people = control.people(board)
        room = max(1, caller.rows - 7)
        lines = [_row(board, caller, each, here=each.node is node) for each in people[:room]]
        if len(people) > room:
            lines.append(f"|08 ... and {len(people) - room} more")
        await caller.page(
            heading(caller, "Who is online", f"{len(people)} on"),
            "",
            "|08 Node  Name                      Where              On for   With"
            if caller.wide
            else "|08 No Name              Where",
            *lines,
            rule(caller),
        )
        if await caller.press(_PROMPT) not in ("p", "P"):
            return
        to = clean.line(await caller.ask("|15Name or node|08: |11", limits.MAX_CALLER_NAME) or "", 40)
        text = await caller.ask("|15What|08: |15", limits.MAX_CHAT_LINE) if to else None
        if to and text:
            if pace.allows(now=board.clock()):
                await caller.say(await send_page(board, node, to, text))
            else:
                await caller.say("|08(not so fast: that was not sent)")
            await caller.press("|08[|07Press a key|08]|07 ")


async def send_page(board: Board, node: Node, to: str, text: str) -> str:
    """Say something to one person alone; return what to tell the sender, as markup."""
    person = control.find(board, to)
    text = clean.line(text, limits.MAX_CHAT_LINE)
    if person is None:
        return f"|12Nobody called {escape(to)} is online."
    if not person.takes_pages:
        return f"|08{escape(person.name)} takes no pages."
    if not text:
        return "|08(nothing to send)"
    await control.page(board, node, person, text)
    return f"|08(to {escape(person.name)} alone) |15{escape(text)}"


def _row(board: Board, caller: Caller, person: control.Person, *, here: bool) -> str:
    name = person.name or "(logging in)"
    mark = "|10►" if here else " "
    if not caller.wide:
        return f"{mark}|15{person.number:2} |11{_cell(name, 17)} |07{_cell(person.place, 16)}"
    on_for = ago((board.now() - _since(board, person)).total_seconds())
    return (
        f"{mark}|15{person.number:3}   |11{_cell(name, 24)}  |07{_cell(person.place, 17)}"
        f"  |03{on_for:>6}   |08{_cell(person.machine, 17)}"
    )


def _since(board: Board, person: control.Person) -> datetime:
    try:
        since = datetime.fromisoformat(person.since)
    except ValueError:  # another worker's
        return board.now()
    return since if since.tzinfo else since.replace(tzinfo=UTC)


def _cell(text: str, columns: int) -> str:
    return escape(cut(text, columns).ljust(columns))
