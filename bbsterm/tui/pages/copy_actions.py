"""What a call page does with the mouse: copying what was marked, the board's own mouse, links."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from textual import events, on

from bbsterm.screen.export import to_ansi, to_text
from bbsterm.screen.terminal import Line
from bbsterm.tui import keymap
from bbsterm.tui.bar_text import Chip
from bbsterm.tui.clipboard import OSC52, copy_by, find_route, fits_osc52
from bbsterm.tui.mouse_gate import open_gate
from bbsterm.tui.pages.retro_actions import RetroActions
from bbsterm.tui.widgets.marking_pane import MarkingPane
from bbsterm.tui.widgets.terminal_view import TerminalView

__all__ = ["CopyActions"]

_NOWHERE: Final = (
    "Not copied: too much for the terminal (OSC 52), and no wl-copy, xclip, xsel or pbcopy here."
)


class CopyActions(RetroActions):
    """The part of a call page that knows the mouse and the clipboard."""

    def expect_key(self) -> None:
        """The application has got a key, which will be with us after a few turns of the event loop."""
        if self._call is not None:
            self._call.expect_key()

    @on(events.ScreenSuspend)
    def _lend_mouse(self) -> None:
        """Another page is in front, and wants the mouse."""
        if self.is_mounted and not self._view.gives_mouse:
            open_gate(self.app._driver, ours=True)

    @on(events.ScreenResume)
    def _give_mouse_back_again(self) -> None:
        if self.is_mounted and not self._view.gives_mouse:
            open_gate(self.app._driver, ours=False)

    # --- copying ----------------------------------------------------------------------------

    @on(MarkingPane.Marked)
    def _marked(self, message: MarkingPane.Marked) -> None:
        """What was dragged over is copied at once, as terminals do."""
        self._copy_lines(message.pane.marked_lines())

    def _copy_lines(self, lines: Sequence[Line], *, as_ansi: bool = False) -> None:
        """Copy lines as text, or with their colours as ANSI."""
        text = to_text(lines)
        if not text.strip():
            return
        amount = _amount(text)
        if as_ansi:
            text, amount = to_ansi(lines), f"{amount} as ANSI"
        text = text.removesuffix("\n")
        self.run_worker(self._copy(text, amount), name="copy", group="copy", exclusive=True)

    async def _copy(self, text: str, amount: str) -> None:
        """By every way there is; and say by which."""
        ways = []
        if fits_osc52(text):
            self.app.copy_to_clipboard(text)
            ways.append(OSC52)
        route = await asyncio.to_thread(find_route)
        if route is not None and not self.app.is_headless and await copy_by(route, text):
            ways.append(route.name)
        if ways:
            self._toast(f"Copied {amount} to the clipboard ({', '.join(ways)}).")
        else:
            self._toast(_NOWHERE, bad=True)

    # --- the board's mouse --------------------------------------------------------------------

    @on(TerminalView.MouseReport)
    def _report_mouse(self, message: TerminalView.MouseReport) -> None:
        if self._call is not None and self._ended is None:
            self._call.send_bytes(message.data)

    def action_mouse(self) -> None:
        """Give the mouse back to the host terminal, from the board and from us; or take it again."""
        given = not self._view.gives_mouse
        self._view.gives_mouse = given
        open_gate(self.app._driver, ours=given)
        off = keymap.told("MOUSE OFF: it is your terminal's. ^] o takes it.")
        self._toast("The mouse is ours again." if given else off)
        self._refresh_status()

    def _chips(self) -> list[str | Chip]:
        """What the status row says beside the call's own state."""
        return super()._chips() if self._view.gives_mouse else [*super()._chips(), "MOUSE OFF"]

    def on_unmount(self) -> None:
        """Other pages want their mouse."""
        if not self._view.gives_mouse:
            open_gate(self.app._driver, ours=True)


def _amount(text: str) -> str:
    lines = text.splitlines()
    if len(lines) > 1:
        return f"{len(lines)} lines"
    return "1 character" if len(lines[0]) == 1 else f"{len(lines[0])} characters"
