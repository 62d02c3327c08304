"""The board: what all callers share, and how each of them is let in, counted and bidden farewell."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bbsterm.serve.bus import Bus, LocalBus
from bbsterm.serve.caller import Patience
from bbsterm.serve.nodes import Nodes
from bbsterm.serve.wall import Wall

__all__ = ["Board", "BoardSettings", "log"]

log = logging.getLogger("bbsterm.serve")


@dataclass(frozen=True, slots=True)
class BoardSettings:
    """What a sysop can choose.

    Attributes:
        name: The board's name, as its callers see it.
        terminal: A dialect for everybody (a key of `detect.DIALECTS`), or empty to find out for each.
        encoding: An encoding for ANSI callers, or empty to find out.
        patience: How long we wait for what.
    """

    name: str = "bbsterm demo board"
    terminal: str = ""
    encoding: str = ""
    patience: Patience = field(default_factory=Patience)


class Board:
    """A board in operation.

    Args:
        settings: What the sysop has chosen.
        wall: Where one-liners are kept; in memory unless given. Opened and closed with the board.
        bus: How callers reach each other.
        now: The wall clock, for what people read.
        clock: A monotonic clock in seconds, for what is limited per second.
    """

    def __init__(
        self,
        settings: BoardSettings = BoardSettings(),
        *,
        wall: Wall | None = None,
        bus: Bus | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self.wall = wall or Wall()
        self.bus: Bus = bus or LocalBus()
        self.nodes = Nodes()
        self.now = now
        self.clock = clock
        self.calls = 0
        """How many calls there have been."""
        self.visits: set[asyncio.Task[None]] = set()
        """Calls in progress."""
        self.closing = ""
        """What to tell everybody, once the board closes."""

    async def open(self) -> None:
        """Get ready for callers.

        Raises:
            StorageError: The wall cannot be opened.
        """
        await self.wall.open()

    async def dismiss(self, farewell: str, *, patience: float = 2.0) -> None:
        """Tell every caller `farewell` and hang up; who does not listen is cut off after `patience` s."""
        self.closing = farewell
        for visit in self.visits:
            visit.cancel()
        if self.visits:
            await asyncio.wait(self.visits, timeout=patience)

    async def close(self) -> None:
        """Close the board's files."""
        await self.wall.close()
