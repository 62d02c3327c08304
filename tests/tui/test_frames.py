"""When frames are painted: at once after a silence, seldom in a flood, never behind a slow terminal."""

from __future__ import annotations

import asyncio

from textual.geometry import Region, Size

from bbsterm.tui import frames
from bbsterm.tui.frames import Frames, lines_of


class Painter:
    """Counts what it is asked for."""

    def __init__(self) -> None:
        self.asked = 0
        self.behind = 0
        self.frames = Frames(self._ask, lambda: self.behind)

    def _ask(self) -> bool:
        self.asked += 1
        return True

    def paint(self) -> None:
        now = asyncio.get_running_loop().time()
        self.frames.painted(now, now)


async def turns(count: int = 3) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_a_change_is_painted_in_the_next_turn_and_once():
    painter = Painter()

    painter.frames.want()
    painter.frames.want()
    await turns()

    assert painter.asked == 1


async def test_what_changes_while_a_frame_is_asked_for_is_in_the_next_one():
    painter = Painter()
    painter.frames.want()
    await turns()

    painter.frames.want()
    painter.paint()
    await turns()

    assert painter.asked == 2


async def test_in_a_flood_the_next_frame_waits_and_the_last_one_comes_at_once(monkeypatch):
    monkeypatch.setattr(frames, "FLOOD_REST", 1000.0)
    painter = Painter()
    painter.frames.want(more=True)
    await turns()
    painter.paint()

    painter.frames.want(more=True)
    await turns()
    in_the_flood = painter.asked
    painter.frames.want()
    await turns()

    assert (in_the_flood, painter.asked) == (1, 2)


async def test_a_terminal_that_is_behind_gets_no_frame():
    painter = Painter()
    painter.behind = 2

    painter.frames.want()
    await turns()

    assert painter.asked == 0


def test_neighbouring_rows_are_one_region():
    assert list(lines_of(Size(80, 25), 2, {3, 4, 9, 99})) == [Region(0, 1, 80, 2), Region(0, 7, 80, 1)]
