"""Private mail: your letters, answers, new ones."""

from __future__ import annotations

from typing import Final

from bbsterm import limits
from bbsterm.serve import clean
from bbsterm.serve.areas.messages import body_lines
from bbsterm.serve.board import Board
from bbsterm.serve.caller import Caller
from bbsterm.serve.compose import compose, quoted
from bbsterm.serve.keys import Special
from bbsterm.serve.layout import MORE, ago, cut, heading, rule, width
from bbsterm.serve.listing import choose, read, sure
from bbsterm.serve.markup import escape
from bbsterm.serve.nodes import Node
from bbsterm.serve.store.mail import Letter, MailBoxFull
from bbsterm.serve.store.messages import Quota
from bbsterm.serve.store.users import User

__all__ = ["visit"]

_LIST: Final = "|15Number|07, |15W|07rite, |15Q|07uit|08: |15"
_LETTER: Final = "|15Enter|07 back, |15R|07eply, |15D|07elete|08: |15"
_KEYS: Final = frozenset({*"rRdDqQ ", Special.ENTER, Special.ESCAPE})


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """The letter box of somebody with an account."""
    user = node.user
    if user is None:
        await caller.say(*board.design.texts.lines("mail.guest"))
        await caller.press(MORE)
        return
    while True:
        letters = await board.mail.inbox(user.id)
        rows = [_row(board, caller, letter) for letter in letters]
        waiting = sum(not letter.seen for letter in letters)
        note = f"{waiting} new"
        choice = await choose(caller, "Your mail", rows, _LIST, note=note, nothing="No letters.")
        if choice.back:
            return
        if choice.at is not None:
            await _letter(board, user, caller, letters[choice.at])
        elif choice.word in ("w", "write"):
            await _write(board, user, caller, choice.rest)


async def _letter(board: Board, user: User, caller: Caller, letter: Letter) -> None:
    when = f"{letter.written:%d %b %Y, %H:%M} UTC"
    head = [
        heading(caller, "Your mail"),
        f"|11{escape(letter.sender)} |08{when}",
        f"|15{escape(cut(letter.subject, width(caller)))}",
        rule(caller),
    ]
    await read(caller, head, body_lines(letter.body, width(caller)), pause=user.pause)
    await board.mail.mark_seen(user.id, letter.id)
    await caller.say(rule(caller))
    match await caller.press(_LETTER, _KEYS):
        case "r" | "R":
            await _write(board, user, caller, letter.sender, answered=letter)
        case "d" | "D" if await sure(caller, "|14Delete it?"):
            await board.mail.delete(user.id, letter.id)


async def _write(
    board: Board, user: User, caller: Caller, to: str, *, answered: Letter | None = None
) -> None:
    await caller.page(heading(caller, "A letter"))
    name = clean.line(to or await caller.ask("|15To|08: |11", limits.MAX_CALLER_NAME) or "", 64)
    if not name:
        return
    recipient = await board.users.find(name)
    if recipient is None:
        await _tell(caller, f"|12Nobody called {escape(name)} has an account here.")
        return
    if answered is None:
        asked = await caller.ask("|15Subject|08: |15", limits.MAX_SUBJECT)
        subject = clean.line(asked or "", limits.MAX_SUBJECT)
        if not subject:
            return
    else:
        subject = answered.subject if answered.subject.startswith("Re: ") else f"Re: {answered.subject}"
        await caller.say(f"|15To|08: |11{escape(recipient.name)}", f"|15Subject|08: |07{escape(subject)}")
    body = await compose(caller, quoted(answered.sender, answered.body) if answered else ())
    if body is None:
        await _tell(caller, "|08(not sent)")
        return
    try:
        await board.mail.send(Letter(user.name, user.id, recipient.id, board.now(), subject, body))
    except Quota as error:
        await _tell(caller, f"|12That would be more than {escape(str(error))}. Tomorrow again!")
    except MailBoxFull:
        await _tell(caller, f"|12{escape(recipient.name)}'s letter box is full.")
    else:
        await _tell(caller, f"|10Sent to {escape(recipient.name)}.")


async def _tell(caller: Caller, line: str) -> None:
    await caller.say(line)
    await caller.press(MORE)


def _row(board: Board, caller: Caller, letter: Letter) -> str:
    mark = "|08 " if letter.seen else "|10*"
    when = ago((board.now() - letter.written).total_seconds())
    if not caller.wide:
        return f"{mark}|15{escape(cut(letter.subject, 20).ljust(20))} |11{escape(cut(letter.sender, 11))}"
    subject, sender = cut(letter.subject, 40).ljust(40), cut(letter.sender, 18).ljust(18)
    return f"{mark}|15{escape(subject)} |11{escape(sender)} |08{when:>6}"
