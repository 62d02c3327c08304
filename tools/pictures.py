"""Make the pictures of the README from the demo board: `python -m tools.pictures`.

Each is a call by our own engine and screen, and the SVG that a screenshot in the application would be.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Final, NamedTuple

from bbsterm.net.address import Address
from bbsterm.screen.svg import to_svg
from bbsterm.serve.demo import start_demo_board
from bbsterm.session.call import Call
from bbsterm.session.events import ScreenChanged
from bbsterm.session.settings import CallSettings

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


async def main() -> int:
    """Take every picture, or those that are named."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        if not sys.argv[1:] or picture.name in sys.argv[1:]:
            target = FOLDER / f"{picture.name}.svg"
            target.write_text(await take(picture), encoding="utf-8")
            print(target.relative_to(FOLDER.parent.parent))
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
