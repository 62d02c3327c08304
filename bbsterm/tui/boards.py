"""From an address and settings to what a call page wants of a board: how to dial it, how it is shown."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from bbsterm.net.address import Address
from bbsterm.session.encoding import SIZES
from bbsterm.session.events import CallEnded, CallEvent
from bbsterm.session.settings import CallSettings
from bbsterm.tui.contracts import Board, CallLike
from bbsterm.tui.geometry import FIT, Extent, Fixed, Plan, Wish, wish_of

if TYPE_CHECKING:
    from bbsterm.errors import UnknownCertificateError
    from bbsterm.screen.terminal import Terminal
    from bbsterm.session.call import Call
    from bbsterm.session.recording import Recording
    from bbsterm.tui.desk import Desk

__all__ = ["Pins", "board_of", "demo_board", "recording_board"]


class Pins(Protocol):
    """Certificates that the user trusts although nobody vouches for them."""

    def pin(self, address: Address) -> str:
        """SHA-256 of the trusted one, in hexadecimal; empty for none."""
        ...

    def trust(self, error: UnknownCertificateError) -> None:
        """Trust the one that a call has shown, from now on."""
        ...


def board_of(
    where: Callable[[], Awaitable[Address]],
    shown: str,
    settings: CallSettings,
    *,
    ended: Callable[[Address, CallSettings, CallEnded, int, int, str], None] | None = None,
    chosen: Callable[[Address, str, str], None] | None = None,
    desk: Desk | None = None,
    pins: Pins | None = None,
) -> Board:
    """A board as its page wants it.

    Args:
        where: Its address, once it is known.
        shown: What is shown while it is dialled.
        settings: How it is called.
        ended: Told of each call to it that is over: bytes from the board, bytes to it, the file they are in.
        chosen: Told of the emulation and the character set that were chosen during a call.
        desk: The user's macros and passwords.
        pins: Certificates that the user trusts.
    """
    last: Call | None = None
    capture = ""

    def captured(path: str) -> None:
        nonlocal capture
        capture = path

    async def dial(plan: Plan, terminal: Terminal | None) -> CallLike:
        module = await asyncio.to_thread(importlib.import_module, "bbsterm.session.call")  # once, and slowly
        address, (columns, rows) = await where(), plan.screen
        nonlocal last
        told = replace(settings, columns=columns, rows=rows)
        if last is not None:  # another call on the same terminal
            told = replace(told, terminal=last.kind, encoding=last.chosen_encoding)
        if pins is not None and address.tls and told.tls.verify and not told.tls.pin:
            told = replace(told, tls=replace(told.tls, pin=pins.pin(address)))
        call: Call = module.Call(address, told, terminal=terminal, tape=last.tape if last else None)
        last = call

        def heard(event: CallEvent) -> None:
            if isinstance(event, CallEnded):
                if ended is not None:
                    ended(address, settings, event, call.bytes_received, call.bytes_sent, capture)
                encoding = call.chosen_encoding
                if chosen is not None and encoding is not None and encoding != told.encoding:
                    chosen(address, call.kind, encoding)

        call.listen(heard)
        if plan.reported != plan.screen:
            from bbsterm.protocol.vocabulary import WindowSize  # it is loaded by now

            call.resize(columns, rows, window=WindowSize(*plan.reported))
        return call

    return Board(
        settings.name or shown,
        shown,
        dial,
        _wish(settings),
        alt_keys=settings.alt == "menu",
        music=settings.music != "off",
        redial=settings.redial,
        captured=captured,
        desk=desk,
        trust=None if pins is None else pins.trust,
    )


def recording_board(recording: Recording, speed: float) -> Board:
    """What was recorded, as a board that plays it to whoever dials."""

    async def dial(plan: Plan, terminal: Terminal | None) -> CallLike:
        from bbsterm.session.playback import Playback  # here: only recordings need it

        return Playback(recording, speed)

    settings = recording.settings
    wish = Fixed(Extent(settings.columns, settings.rows))
    return Board(recording.name, f"the recording {recording.name}", dial, wish)


async def demo_board() -> AbstractAsyncContextManager[tuple[str, int]]:
    """The board that comes with us: entered, it listens on an address."""
    module = await asyncio.to_thread(importlib.import_module, "bbsterm.serve.demo")
    board: AbstractAsyncContextManager[tuple[str, int]] = module.start_demo_board()
    return board


def _wish(settings: CallSettings) -> Wish:
    """How large a screen the emulation wants: a home computer has the one that it had."""
    size = SIZES.get(settings.terminal)
    if size is not None:
        return Fixed(Extent(*size))
    return FIT if settings.fit else wish_of(settings.columns, settings.rows)
