"""The same board on a Commodore, an Atari, and windows of any size: looked at through our own terminals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bbsterm.screen import create_terminal
from bbsterm.serve.store.messages import Draft
from bbsterm.serve.stream import Facts
from tests.serve.memory import ANSI_80, calling

WIDE = Facts(telnet=True, terminal_types=("PETSCII",), columns=80, rows=25)
MACHINES = {
    "ansi 80x24": (ANSI_80, "utf8", (80, 24)),
    "cp437 40x25": (replace(ANSI_80, columns=40, rows=25, charset="CP437"), "ansi", (40, 25)),
    "utf-8 132x50": (replace(ANSI_80, columns=132, rows=50), "utf8", (132, 50)),
    "petscii": (Facts(telnet=True, terminal_types=("PETSCII",)), "petscii", (40, 25)),
    "petscii80": (WIDE, "petscii80", (80, 25)),
    "atascii": (Facts(telnet=True, terminal_types=("ATASCII",)), "atascii", (40, 24)),
}


class Screen:
    """What a caller sees, and the keys of that machine."""

    def __init__(self, line, terminal, enter, swap):
        self.line, self.terminal = line, terminal
        self._enter, self._swap, self._fed = enter, swap, 0

    def type(self, text):
        self.line.type((text.swapcase() if self._swap else text).encode().replace(b"\r", self._enter))

    async def shows(self, *wanted):
        """Wait until all of these stand on the screen at once."""
        for word in wanted:
            while word not in "\n".join(self.terminal.display()):
                self.line._news.clear()
                if self._fed < len(self.line.sent):
                    data = bytes(self.line.sent[self._fed :])
                    self._fed += len(data)
                    self.terminal.feed(data)
                    continue
                await self.line.news("\n".join(self.terminal.display()) + f"\n{word!r} is not there")


@pytest.fixture(params=MACHINES, ids=list(MACHINES))
async def screen(request, board):
    facts, kind, (columns, rows) = MACHINES[request.param]
    if kind.startswith(("petscii", "atascii")):
        terminal = create_terminal(kind)
    else:
        encoding = "utf-8" if kind == "utf8" else "cp437"
        terminal = create_terminal(kind, columns=columns, rows=rows, encoding=encoding)
    enter = b"\x9b" if kind == "atascii" else b"\r"
    async with calling(board, facts) as line:
        yield Screen(line, terminal, enter, swap=kind.startswith("petscii"))


async def test_an_account_a_message_a_letter_and_a_file(board, screen):
    await board.users.create("Bob", "secret", now=board.now())
    await screen.shows("Your name")
    screen.type("new\r")
    await screen.shows("A new account")
    screen.type("Ann\rsecret\rsecret\r")
    await screen.shows("Press a key")
    screen.type("  ")
    await screen.shows("Messages", "Goodbye", "Your choice")
    screen.type("m")
    await screen.shows("General", "Old machines")
    screen.type("1\r")
    await screen.shows("Nobody has written")
    screen.type("p\rHello\rFrom one machine to another.\r/s\r")
    await screen.shows("Posted in General")
    screen.type(" 1\r")
    await screen.shows("Hello", "From one machine to another.", "eply")
    screen.type("\rq\rq\r")
    await screen.shows("Your choice")
    screen.type("ew bob\rSubject\rText\r/s\r")
    await screen.shows("Sent to Bob")
    screen.type(" q\rf")
    await screen.shows("welcome.txt")
    screen.type("3\rv")
    await screen.shows("Welcome aboard")


async def test_what_one_machine_writes_another_shows_as_well_as_it_can(board, screen):
    ann = await board.users.create("Ann", "secret", now=board.now())
    body = "plain text\n│ box ─ ░▒▓ {curly} ~tilde~ \\back\\ Grüße 漢字"
    await board.messages.post(Draft("general", ann.name, ann.id, "Signs", body), now=board.now())
    await screen.shows("Your name")
    screen.type("\r")
    await screen.shows("Your choice")
    screen.type("m1\r1\r")
    await screen.shows("Signs", "plain text", "box", "curly", "tilde")
    shown = "\n".join(screen.terminal.display())
    assert all(word in shown for word in ("General", "Signs", "plain text", "eply"))
