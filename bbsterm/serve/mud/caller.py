"""One caller of the MUD: text for the eyes, and GMCP, MSDP and MSSP for the client."""

from __future__ import annotations

import asyncio
import textwrap
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from bbsterm.limits import MAX_UNSENT
from bbsterm.serve.mud import telling
from bbsterm.serve.mud.game import Game, Moved, News, Said, StateChanged, Told
from bbsterm.telopt import ECHO, GMCP, MSDP, MSSP, SGA, WILL, WONT

__all__ = ["Caller"]

_COLOURS: Final = {"room": "\x1b[1;36m", "fight": "\x1b[1;31m", "talk": "\x1b[1;33m"}
_NO_COLOUR: Final = frozenset({"", "unknown", "dumb"})
_PATIENCE: Final = 0.5  # seconds; MSSP is not waited for: TinTin++ never answers it
_WIDTHS: Final = range(20, 161)


class Caller:
    """A connection that plays, or is about to. `name` is empty until it does.

    Args:
        writer: Of text.
        game: What is played.
        card: What MSSP tells.
    """

    def __init__(self, writer: Any, game: Game, card: Callable[[], dict[str, Any]]) -> None:
        self.writer = writer
        self.name = ""
        self.prompted = False
        self._game = game
        self._card = card
        self._text: list[str] = []
        self._reported: set[str] = set()
        self._stale: set[str] = set()
        self._waiting: list[asyncio.Task[None]] = []

    # --- negotiation ---------------------------------------------------------------------------

    async def negotiate(self) -> None:
        """Have the client edit lines, offer what MUD clients know, and wait a moment for the answers.

        Who does not speak telnet is spared the offers.
        """
        for option in (ECHO, SGA):
            self.writer.iac(WONT, option)
        if not self.writer.connection.negotiated:
            return
        for option in (MSSP, GMCP, MSDP):
            self.writer.iac(WILL, option)
        self.writer.set_ext_callback(MSDP, self._asked)
        for name, then in (("MSSP", self._show_card), ("GMCP", self._refresh), ("MSDP", self._refresh)):
            self._waiting.append(asyncio.create_task(self._once_agreed(name, then)))
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self.writer.wait_for(pending={"GMCP": False, "MSDP": False})

    def stop(self) -> None:
        """The call is over."""
        for task in self._waiting:
            task.cancel()

    async def _once_agreed(self, name: str, then: Callable[[], None]) -> None:
        await self.writer.wait_for(local={name: True})
        then()

    def _show_card(self) -> None:
        self.writer.send_mssp(self._card())

    def _refresh(self) -> None:
        """A client that agrees late is told everything."""
        self._stale |= {"state", "room"}
        self._send_news()

    def _asked(self, variables: dict[str, Any]) -> None:
        """The client speaks MSDP."""
        answer, wanted = telling.msdp_answer(variables, self._reported)
        player = self._game.players.get(self.name)
        if player is not None:
            answer.update(telling.msdp_variables(self._game, player, wanted))
        if answer:
            self.writer.send_msdp(answer)

    # --- what is told --------------------------------------------------------------------------

    def hear(self, news: News) -> None:
        """Take news; `flush` sends them."""
        if isinstance(news, StateChanged):
            self._stale.add("state")
        elif isinstance(news, Moved):
            self._stale |= {"state", "room"}
        elif isinstance(news, Told):
            self._text.append(self._painted(news))
            if isinstance(news, Said):
                self.writer.send_gmcp(*telling.talk(news))

    def flush(self, *, prompt: bool) -> None:
        """Send what was heard, and the prompt."""
        self._send_news()
        if self._text and self.prompted:
            self._text.insert(0, "\n")  # below the prompt, and what may be typed there
        player = self._game.players.get(self.name)
        if prompt and player is not None and (self._text or not self.prompted):
            self._text.append(f"{player.health}/{player.most_health}> ")
            self.prompted = True
        self.write("".join(self._text))
        self._text.clear()

    def write(self, text: str) -> None:
        """Send text. Who does not read what the others say for too long is hung up on."""
        transport = self.writer.transport
        if transport is not None and transport.get_write_buffer_size() > MAX_UNSENT:
            transport.abort()
            return
        self.writer.write(text.replace("\n", "\r\n"))

    def _send_news(self) -> None:
        player = self._game.players.get(self.name)
        if player is None or not self._stale:
            return
        names = self._reported
        if "room" in self._stale:
            self.writer.send_gmcp(*telling.room_info(self._game, player))
        else:
            names = names - {"ROOM"}
        self.writer.send_gmcp(*telling.vitals(self._game, player))
        self.writer.send_gmcp(*telling.status(self._game, player))
        if names:
            self.writer.send_msdp(telling.msdp_variables(self._game, player, sorted(names)))
        self._stale.clear()

    def _painted(self, told: Told) -> str:
        width = self.writer.get_extra_info("cols", 80)
        width = width if width in _WIDTHS else 80
        text = told.text
        if len(text) > width:
            text = textwrap.fill(text, width - 1) + "\n"
        terminal = str(self.writer.get_extra_info("TERM", "")).lower()
        colour = _COLOURS.get(told.kind, "")
        if not colour or terminal in _NO_COLOUR:
            return text
        return f"{colour}{text.rstrip()}\x1b[0m\n"
