"""What the pictures of pages show: a book, a board's screen, a moment that never changes."""

from __future__ import annotations

from textual.app import App
from textual.screen import Screen

from bbsterm.book import Book, Entry

NOW = 1_000_000_000.0

ENTRIES = (
    Entry(
        "Xibalba",
        "xibalba.example",
        44510,
        terminal="utf8",
        favourite=True,
        tags=("ftn", "hub"),
        comment="ANSI, FTN hub, sysop Myrmidon.",
    ),
    Entry(
        "A board whose name is longer than its column",
        "long.example",
        992,
        "telnets",
        terminal="utf8",
        user="ann",
    ),
    Entry("C64", "c64.example", 6400, terminal="petscii", notes="Ask for the door.\nThe one on the left."),
    Entry("Raw host", "raw.example", 7000, "raw"),
    Entry("Not yet", "shell.example", 22, "ssh"),
)
WELCOME = (
    b"\x1b[2J\x1b[1;44m Welcome to Xibalba \x1b[0m\r\n\r\n"
    + b"".join(b"\x1b[3%dmline %d \xb0\xb1\xb2\xdb\r\n" % (n, n) for n in range(1, 8))
    + b"\x1b[24;1H\x1b[0mCommand: "
)


class Window(App[None], inherit_bindings=False):
    CSS_PATH = "../../bbsterm/tui/style.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, page: Screen[object]) -> None:
        super().__init__()
        self._page = page

    def on_mount(self) -> None:
        self.push_screen(self._page)


def fill(book: Book) -> None:
    """A few boards and calls."""
    for entry in ENTRIES:
        book.add(entry.changed(added=int(NOW)))
    xibalba, long, *_rest = book.mine
    for entry, days, result in (
        (xibalba, 9, "BUSY"),
        (xibalba, 2, "hung up"),
        (long, 0.001, "closed by host"),
    ):
        book.record_call(
            entry,
            address=entry.address,
            started=NOW - days * 86400,
            seconds=761 * (result != "BUSY"),
            result=result,
            connected=result != "BUSY",
            received=123_456,
            sent=789,
            capture="/captures/xibalba.ans" if result == "hung up" else "",
        )


async def on_line(pilot, exchange) -> None:
    await pilot.pause()
    exchange.call.answer()
    exchange.call.seconds = 761.0
    exchange.call.say(WELCOME)
    await pilot.pause()
