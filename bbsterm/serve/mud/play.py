"""The part of the MUD that speaks with callers: `Mud.shell` is a shell for `bbsterm.create_server`."""

from __future__ import annotations

import asyncio
import logging
import random
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

import bbsterm
from bbsterm.errors import StorageError
from bbsterm.limits import MAX_COMMAND, MAX_MUD_COMMANDS_PER_SECOND, MAX_MUD_NAME, MUD_COMMANDS_BURST
from bbsterm.serve.mud import telling
from bbsterm.serve.mud.caller import Caller
from bbsterm.serve.mud.commands import COMMANDS
from bbsterm.serve.mud.game import ROUND, Command, Game, Left
from bbsterm.serve.mud.store import Store
from bbsterm.serve.mud.world import World, old_exchange
from bbsterm.serve.pacing import Bucket

__all__ = ["Mud", "shell"]

IDLE_SECONDS: Final = 120.0
"""Silence after which a player is put to bed."""

_TRIES: Final = 3
_SAVE_EVERY: Final = 30  # rounds: a minute
_NAME: Final = re.compile(rf"[A-Za-z]{{2,{MAX_MUD_NAME}}}")
_RUBOUTS: Final = frozenset("\b\x7f")

_log: Final = logging.getLogger(__name__)


class Mud:
    """A MUD with its players, for as many servers as you like.

    Args:
        world: Where it takes place; the one that comes with bbsterm unless given.
        store: Where characters are kept; in memory unless given.
        commands: What players can type.
        idle: Seconds without a line, after which a player is put to bed.
        chance: Where luck comes from.
    """

    def __init__(
        self,
        world: World | None = None,
        store: Store | None = None,
        *,
        commands: Sequence[Command] = COMMANDS,
        idle: float = IDLE_SECONDS,
        chance: random.Random | None = None,
    ) -> None:
        self.game = Game(world or old_exchange(), commands, chance=chance, now=time.monotonic())
        self.store = store or Store()
        self._idle = idle
        self._since = int(time.time())
        self._callers: dict[str, Caller] = {}
        self._rounds: asyncio.Task[None] | None = None
        self._saving = asyncio.Lock()

    async def shell(self, reader: Any, writer: Any) -> None:
        """One call: a name, then the game, until the player quits, hangs up or falls asleep."""
        caller = Caller(writer, self.game, self._card)
        try:
            await caller.negotiate()
            async with asyncio.timeout(None) as patience:
                if await self._log_in(reader, caller, patience):
                    await self._play(reader, caller, patience)
        except TimeoutError:
            caller.write("\nYou fall asleep.\n")
        finally:
            caller.stop()
            await self._leave(caller)

    async def close(self) -> None:
        """Keep everybody who is playing, and save."""
        for player in self.game.players.values():
            self.store.keep(player)
        await self._save()

    # --- one call ------------------------------------------------------------------------------

    async def _log_in(self, reader: Any, caller: Caller, patience: asyncio.Timeout) -> bool:
        caller.write(f"{self.game.world.name}\n\n")
        for _ in range(_TRIES):
            caller.write("By what name are you known? ")
            name = await self._line(reader, patience)
            if name is None:
                return False
            if name == "MSSP-REQUEST":  # what crawlers type where there is no telnet
                caller.write(_as_text(self._card()))
                return False
            if not _NAME.fullmatch(name):
                caller.write(f"Two to {MAX_MUD_NAME} letters, please.\n")
            elif name.capitalize() in self.game.players:
                caller.write("Somebody of that name is here already.\n")
            else:
                self._enter(caller, name.capitalize())
                return True
        return False

    def _enter(self, caller: Caller, name: str) -> None:
        caller.name = name
        self._callers[name] = caller
        caller.write(f"Welcome, {name}. 'help' lists what you can do.\n\n")
        self.game.enter(self.store.load(name, self.game.world))
        self._deliver()
        if self._rounds is None:
            self._rounds = asyncio.create_task(self._play_rounds())

    async def _play(self, reader: Any, caller: Caller, patience: asyncio.Timeout) -> None:
        loop = asyncio.get_running_loop()
        pace = Bucket(MAX_MUD_COMMANDS_PER_SECOND, MUD_COMMANDS_BURST, now=loop.time())
        while (line := await self._line(reader, patience)) is not None:
            caller.prompted = False
            self.game.command(caller.name, line)
            leaves = self._deliver(answering=caller)
            await caller.writer.drain()
            if leaves:
                return
            if debt := pace.take(1, now=loop.time()):
                await asyncio.sleep(debt)

    async def _line(self, reader: Any, patience: asyncio.Timeout) -> str | None:
        """The next line, without its end and what was rubbed out; None at the end of the call."""
        patience.reschedule(asyncio.get_running_loop().time() + self._idle)
        try:
            line = await reader.readline()
        except ValueError:  # it never ends: nobody who means well types so
            return None
        if not line:
            return None
        return _rubbed_out(str(line)[:MAX_COMMAND]).strip("\r\n\0 ")

    async def _leave(self, caller: Caller) -> None:
        if self._callers.get(caller.name) is not caller:
            return
        del self._callers[caller.name]
        player = self.game.leave(caller.name)
        self._deliver()
        if not self._callers and self._rounds is not None:
            self._rounds.cancel()
            self._rounds = None
        if player is not None:
            self.store.keep(player)
            await self._save()

    # --- everybody --------------------------------------------------------------------------------

    def _deliver(self, answering: Caller | None = None) -> bool:
        """Hand out the news, then prompts; say whether the caller that is answered wants to leave."""
        touched = {} if answering is None else {answering: None}
        leaves = False
        for news in self.game.take_news():
            caller = self._callers.get(news.player)
            if caller is None:
                continue
            touched[caller] = None
            caller.hear(news)
            leaves |= isinstance(news, Left) and caller is answering
        for caller in touched:
            caller.flush(prompt=not (leaves and caller is answering))
        return leaves

    async def _play_rounds(self) -> None:
        number = 0
        while True:
            await asyncio.sleep(ROUND)
            self.game.tick(time.monotonic())
            self._deliver()
            number += 1
            if number % _SAVE_EVERY == 0:
                await self.close()

    async def _save(self) -> None:
        async with self._saving:  # the last one must be the newest
            try:
                await asyncio.to_thread(self.store.save, self.store.dump())
            except StorageError as error:  # the game goes on, and the next save may work
                _log.error("characters are not saved: %s", error)

    def _card(self) -> dict[str, Any]:
        return telling.mssp(self.game, since=self._since, codebase=f"bbsterm {bbsterm.__version__}")


def _rubbed_out(text: str) -> str:
    """`text` as it was meant by somebody who used the Backspace key on the way."""
    if not _RUBOUTS.intersection(text):
        return text
    kept: list[str] = []
    for char in text:
        if char not in _RUBOUTS:
            kept.append(char)
        elif kept:
            kept.pop()
    return "".join(kept)


def _as_text(card: dict[str, Any]) -> str:
    rows = "".join(f"{name}\t{value}\n" for name, value in card.items())
    return f"\nMSSP-REPLY-START\n{rows}MSSP-REPLY-END\n"


_shared: Mud | None = None


async def shell(reader: Any, writer: Any) -> None:
    """A caller of the MUD that all callers of this process share; characters last as long as it does."""
    global _shared
    if _shared is None:
        _shared = Mud()
    with suppress(ConnectionError):
        await _shared.shell(reader, writer)
