"""The board: what all callers share, and how each of them is let in, counted and bidden farewell."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bbsterm.errors import ConfigError, StorageError
from bbsterm.serve.bus import Bus, LocalBus
from bbsterm.serve.caller import Patience
from bbsterm.serve.design.loading import builtin, load_design, stamp
from bbsterm.serve.design.model import Design
from bbsterm.serve.nodes import Node, Nodes
from bbsterm.serve.store.calls import Bans, LastCalls
from bbsterm.serve.store.database import Database
from bbsterm.serve.store.mail import Mails
from bbsterm.serve.store.messages import Messages
from bbsterm.serve.store.users import Users
from bbsterm.serve.tries import Tries
from bbsterm.serve.wall import Wall

__all__ = ["Board", "BoardSettings", "log"]

log = logging.getLogger("bbsterm.serve")

_LOOK_AGAIN: Final = 2.0
"""Seconds between two looks at the sysop's files."""

_BANS_AGAIN: Final = 30.0


@dataclass(frozen=True, slots=True)
class BoardSettings:
    """What a sysop can choose on the command line.

    Attributes:
        name: The board's name, as its callers see it; empty for what the design says.
        terminal: A dialect for everybody (a key of `detect.DIALECTS`), or empty to find out for each.
        encoding: An encoding for ANSI callers, or empty to find out.
        folder: The sysop's own board (`bbsterm serve --board`); None for the built-in one.
        patience: How long we wait for what.
    """

    name: str = ""
    terminal: str = ""
    encoding: str = ""
    folder: Path | None = None
    patience: Patience = field(default_factory=Patience)


class Board:
    """A board in operation.

    Args:
        settings: What the sysop has chosen.
        database: Where everything is kept; in memory unless given. Opened and closed with the board.
        bus: How callers reach each other. Opened and closed with the board.
        now: The wall clock, for what people read.
        clock: A monotonic clock in seconds, for what is limited per second.

    Raises:
        ConfigError: The sysop's files cannot be understood.
    """

    def __init__(
        self,
        settings: BoardSettings = BoardSettings(),
        *,
        database: Database | None = None,
        bus: Bus | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self.design: Design = builtin()
        self._stamp: object = None
        self.read_design()
        self.database: Final = database or Database()
        self.wall: Final = Wall(self.database)
        self.users: Final = Users(self.database)
        self.messages: Final = Messages(self.database)
        self.mail: Final = Mails(self.database)
        self.last_calls: Final = LastCalls(self.database)
        self.bans: Final = Bans(self.database)
        self.tries: Final = Tries()
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
        self._open = contextlib.ExitStack()
        self._complained = False
        self._watching: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        """The board's name."""
        return self.settings.name or self.design.name

    async def open(self) -> None:
        """Get ready for callers.

        Raises:
            StorageError: The board's file cannot be opened.
        """
        from bbsterm.serve import control  # here, not above: it needs us

        await self.database.open()
        await self.bans.load()
        self.calls = await self.last_calls.count()
        await self.bus.open()
        self._open.enter_context(control.listening(self))
        self._watching = asyncio.create_task(self._watch())

    async def dismiss(self, farewell: str, *, patience: float = 2.0) -> None:
        """Tell every caller `farewell` and hang up; who does not listen is cut off after `patience` s."""
        self.closing = farewell
        for visit in self.visits:
            visit.cancel()
        if self.visits:
            await asyncio.wait(self.visits, timeout=patience)

    async def close(self) -> None:
        """Close the board's files and leave the bus."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
            await self._write_calls()
        self._open.close()
        await self.bus.close()
        self.users.close()
        await self.database.close()

    # --- who is here -----------------------------------------------------------------

    def take_node(self) -> Node:
        """A node for a caller; its number is free on all workers, as far as is known."""
        others = self.bus.others()
        taken = {int(each["number"]) for each in others if each.get("number", "").isdecimal()}
        node = self.nodes.take(now=self.now(), taken=taken)
        self.bus.announce(str(node.number), node.facts())
        return node

    def free_node(self, node: Node) -> None:
        """The call is over."""
        self.nodes.free(node)
        self.bus.withdraw(str(node.number))

    def name_node(self, node: Node, wanted: str) -> str:
        """Give the caller a name that nobody else has."""
        others = [each.get("name", "") for each in self.bus.others()]
        return self.nodes.name(node, wanted, others=others)

    def at(self, node: Node, place: str, *, room: str = "") -> None:
        """A caller is in another place now."""
        node.place, node.room = place, room
        self.bus.announce(str(node.number), node.facts())

    # --- the sysop's files ---------------------------------------------------------------

    def read_design(self) -> None:
        """Read the sysop's files, or leave everything as it is.

        Raises:
            ConfigError: They cannot be understood.
        """
        if (folder := self.settings.folder) is not None:
            self._stamp = stamp(folder)
            self.design = load_design(folder)
        if self.settings.name:
            self.design = _renamed(self.design, self.settings.name)

    async def _write_calls(self) -> None:
        try:
            await self.last_calls.flush()
        except StorageError as error:
            if not self._complained:
                log.error("the last calls cannot be written: %s", error)
            self._complained = True
        else:
            self._complained = False

    async def _watch(self) -> None:
        """Write the calls; follow the sysop's files, and the bans that other workers have noted."""
        waited = 0.0
        while True:
            await asyncio.sleep(_LOOK_AGAIN)
            waited += _LOOK_AGAIN
            await self._write_calls()
            if waited >= _BANS_AGAIN:
                waited = 0.0
                with contextlib.suppress(StorageError):
                    await self.bans.load()
            if (folder := self.settings.folder) is None or stamp(folder) == self._stamp:
                continue
            try:
                self.read_design()
                log.info("%s has changed, and was read again", folder)
            except ConfigError as error:
                log.error("%s; the board stays as it was", error)


def _renamed(design: Design, name: str) -> Design:
    from dataclasses import replace

    return replace(design, name=name, texts=design.texts.changed({}, board=name))
