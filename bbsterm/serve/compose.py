"""Writing a message, line by line, on any machine: kept as it is typed, and wrapped for each reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bbsterm import limits
from bbsterm.serve import clean
from bbsterm.serve.caller import Caller
from bbsterm.serve.layout import rule
from bbsterm.serve.listing import sure
from bbsterm.serve.markup import escape

__all__ = ["compose", "quoted"]

_LINE: Final = 240
_HELP: Final = (
    "|15/s|07 sends it   |15/a|07 gives it up   |15/l|07 lists it",
    "|15/q|07 quotes     |15/d 3|07 deletes line 3",
)
_QUOTED_LINES: Final = 20


async def compose(caller: Caller, quote: Sequence[str] = ()) -> str | None:
    """Let the caller write; None where it was given up. `quote` is what `/q` puts in."""
    lines: list[str] = []
    await caller.say(*_HELP, rule(caller))
    while True:
        typed = await caller.ask(f"|08{len(lines) + 1:2} |15", _LINE)
        if typed is None:
            if not lines or await sure(caller, "|14Give it up?"):
                return None
            continue
        command, _, rest = typed.strip().partition(" ")
        match command.lower():
            case "/s" | "/send" | "/save":
                text = "\n".join(lines).strip("\n")
                if text:
                    return text
                await caller.say("|08(there is nothing to send yet)")
            case "/a" | "/abort":
                return None
            case "/l" | "/list":
                for number, line in enumerate(lines, 1):
                    await caller.say(*caller.wrapped(f"|08{number:2} |07{escape(line)}"))
            case "/q" | "/quote":
                await _add(caller, lines, quote[:_QUOTED_LINES])
                await caller.say(*(f"|03   {escape(line)}" for line in quote[:_QUOTED_LINES]))
            case "/d" | "/delete":
                if rest.isdecimal() and len(rest) < 5 and 1 <= int(rest) <= len(lines):
                    del lines[int(rest) - 1]
                else:
                    await caller.say(f"|08(/d takes a line's number, 1 to {len(lines)})")
            case "/h" | "/help" | "/?":
                await caller.say(*_HELP)
            case _:
                await _add(caller, lines, [clean.paragraph(typed, _LINE)])


async def _add(caller: Caller, lines: list[str], more: Sequence[str]) -> None:
    size = sum(len(line) + 1 for line in (*lines, *more))
    if len(lines) + len(more) > limits.MAX_POST_LINES or size > limits.MAX_POST:
        await caller.say("|08(that line was not taken: the message is as long as it may be)")
        return
    lines.extend(more)


def quoted(author: str, body: str) -> list[str]:
    """Lines of a message with their author's initials before them, as boards quote."""
    initials = "".join(word[0] for word in author.split()[:3] if word).upper()
    return [f"{initials}> {line}"[:_LINE] for line in body.split("\n") if line.strip()]
