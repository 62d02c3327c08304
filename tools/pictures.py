"""Make the pictures of the README from the demo board: `python -m tools.pictures`.

Each is a call by our own engine and screen, and the SVG that a screenshot in the application would be; or a
page of the application itself, with an address book of three boards that nobody runs.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from bbsterm.app import BbstermApp
from bbsterm.config import find_paths
from bbsterm.net.address import Address
from bbsterm.screen.svg import to_svg
from bbsterm.serve.demo import start_demo_board
from bbsterm.session.call import Call
from bbsterm.session.events import ScreenChanged
from bbsterm.session.settings import CallSettings
from bbsterm.tui.keeper import Keeper

FOLDER: Final = Path(__file__).parent.parent / "docs" / "images"
SECONDS: Final = 10.0


class Picture(NamedTuple):
    """One call: the machine, and what to wait for and to type, until the last text stands on the screen."""

    name: str
    title: str
    terminal: str
    columns: int
    rows: int
    steps: tuple[tuple[str, str], ...]
    last: str


PICTURES: Final = (
    Picture("welcome", "The demo board's welcome", "ansi", 80, 24, (), "Your name"),
    Picture("menu", "The demo board's menu", "ansi", 80, 24, (("Your name", "\n"),), "Your choice"),
    Picture("petscii", "The demo board on a Commodore 64", "petscii", 40, 25, (), "Your name"),
    Picture("atascii", "The demo board on an Atari", "atascii", 40, 24, (), "Your name"),
)


async def take(picture: Picture) -> str:
    """Call the board, go where the picture is, and draw it."""
    async with start_demo_board() as (host, port):
        settings = CallSettings(terminal=picture.terminal, columns=picture.columns, rows=picture.rows)
        call = Call(Address(host, port), settings)
        running = asyncio.create_task(call.run())
        try:
            async with asyncio.timeout(SECONDS):
                for expected, typed in picture.steps:
                    await appears(call, expected)
                    call.type(typed)
                await appears(call, picture.last)
        finally:
            call.hang_up()
            await running
        terminal = call.terminal
        lines = [terminal.line(row) for row in range(terminal.rows)]
        return to_svg(lines, columns=terminal.columns, title=picture.title, cursor=terminal.cursor)


async def appears(call: Call, text: str) -> None:
    """Wait until `text` stands on the screen, in either case: some machines have only capitals."""
    changed = asyncio.Event()
    stop = call.listen(lambda event: changed.set() if isinstance(event, ScreenChanged) else None)
    try:
        while text.lower() not in "\n".join(call.terminal.display()).lower():
            changed.clear()
            await changed.wait()
    finally:
        stop()


PAGES: Final = {"dialer": (), "settings": ("comma",)}
"""Pages of the application: the keys that lead there."""

BOOK: Final = """\
[[entry]]
name = "Xibalba"
host = "xibalba.example"
port = 44510
terminal = "utf8"
favourite = true
comment = "ANSI, FTN hub"

[[entry]]
name = "Particles"
host = "particles.example"
port = 6400
terminal = "petscii"
tags = ["c64"]

[[entry]]
name = "A place for Atari people"
host = "atari.example"
terminal = "atascii"
tags = ["atari"]
"""

_REMOTE_FONT: Final = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


async def take_page(name: str) -> str:
    """Open the application where nobody sees it, go to a page and draw it, without fonts from elsewhere."""
    with TemporaryDirectory() as home:
        paths = find_paths({"BBSTERM_HOME": home})
        paths.settings.with_name("dialing.toml").write_text(BOOK, encoding="utf-8")
        app = BbstermApp(keeper=Keeper(paths))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await pilot.press(*PAGES[name])
            await pilot.pause()
            return _REMOTE_FONT.sub("", app.export_screenshot(title="bbsterm"))


async def main() -> int:
    """Take every picture, or those that are named."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in PAGES:
        if not sys.argv[1:] or name in sys.argv[1:]:
            target = FOLDER / f"{name}.svg"
            target.write_text(await take_page(name), encoding="utf-8")
            print(target.relative_to(FOLDER.parent.parent))
    for picture in PICTURES:
        if not sys.argv[1:] or picture.name in sys.argv[1:]:
            target = FOLDER / f"{picture.name}.svg"
            target.write_text(await take(picture), encoding="utf-8")
            print(target.relative_to(FOLDER.parent.parent))
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
