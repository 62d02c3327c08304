"""What the commands of a call do, once a key or a click has chosen them (`tui/actions.py` has the keys)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from textual.app import SuspendNotSupported
from textual.screen import Screen

from bbsterm.session.events import CallEnded
from bbsterm.tui import keymap
from bbsterm.tui.actions import Command
from bbsterm.tui.contracts import Board, CallLike
from bbsterm.tui.geometry import Plan
from bbsterm.tui.key_modes import KeyModes
from bbsterm.tui.pictures import keyboard_of
from bbsterm.tui.widgets.terminal_view import TerminalView

__all__ = ["CallActions"]


class CallActions(Screen[None]):
    """The half of a call page that acts. The other half (`CallPage`) keeps the state that this one uses."""

    _board: Board
    _folder: Path
    _view: TerminalView
    _call: CallLike | None
    _ended: CallEnded | None
    _status_row: bool
    _wanted_end: bool
    _modes: KeyModes

    def _dial(self) -> None:
        raise NotImplementedError

    def _place_bar(self) -> None:
        raise NotImplementedError

    def _toast(self, text: str, *, bad: bool = False) -> None:
        raise NotImplementedError

    def _ask(self, question: str, on_yes: Callable[[], None]) -> None:
        raise NotImplementedError

    def _run(self, command: Command | None) -> None:
        raise NotImplementedError

    # --- the call -------------------------------------------------------------------------

    def action_hang_up(self) -> None:
        """End the call; the page stays."""
        self._wanted_end = True
        if self._call is not None:
            self._call.hang_up()

    def action_send_prefix(self) -> None:
        """Ctrl+] for the board after all."""
        if self._call is not None:
            self._call.press("ctrl+right_square_bracket", "\x1d")

    # --- the screen -----------------------------------------------------------------------

    def action_status_row(self) -> None:
        """Put the status row away or back. A board that gave up its 25th row for it gets that back."""
        self._status_row = not self._status_row
        size = self._planned().screen
        if self._call is not None and self._ended is None and size != self._view.screen_extent:
            self._call.resize(*size)
        self._place_bar()

    def _planned(self) -> Plan:
        raise NotImplementedError

    def action_peek_up(self) -> None:
        """Rows hidden above."""
        self._view.peek(-self._view.size.height)

    def action_peek_down(self) -> None:
        """Rows hidden below."""
        self._view.peek(self._view.size.height)

    # --- captures -------------------------------------------------------------------------

    def action_shot_ans(self) -> None:
        """Save the screen as ANSI."""
        self._shoot("ans")

    def action_shot_txt(self) -> None:
        """Save the screen as text."""
        self._shoot("txt")

    def action_shot_svg(self) -> None:
        """Save the screen as a picture."""
        self._shoot("svg")

    def action_shot_png(self) -> None:
        """Save the screen as a picture in pixels."""
        self._shoot("png")

    def action_shot_html(self) -> None:
        """Save the screen as a page for a browser."""
        self._shoot("html")

    def action_open_folder(self) -> None:
        """Show the folder of screenshots and logs in the desktop's file manager."""
        from bbsterm.tui.desktop import open_path

        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not open_path(self._folder):
            self._toast(f"Nothing here opens folders. It is {self._folder}", bad=True)

    def _shoot(self, kind: str) -> None:
        if self._call is None:
            return
        from bbsterm.tui.captures import save_shot  # here and below: the first screen does not wait for it

        terminal = self._call.terminal
        self._save(lambda: save_shot(self._folder, kind, self._board.name, terminal, now=datetime.now()))

    def action_save_log(self) -> None:
        """Save all that was shown."""
        if self._call is None:
            return
        from bbsterm.tui.captures import save_log

        terminal = self._call.terminal
        self._save(lambda: save_log(self._folder, self._board.name, terminal, now=datetime.now()))

    def _save(self, save: Callable[[], Path]) -> None:
        try:
            path = save()
        except OSError as error:
            self._toast(f"Not saved: {error}", bad=True)
        else:
            from bbsterm.tui.captures import file_shown

            opens = f" ({keymap.current().menu_shown} s o opens it)" if self._ended is None else ""
            self._toast(f"Saved {file_shown(path)}{opens}")

    # --- elsewhere ------------------------------------------------------------------------

    def action_menu(self) -> None:
        """The whole menu, to choose from."""
        from bbsterm.tui.pages.menu_page import MenuPage

        self.app.push_screen(MenuPage(), self._run)

    def action_help(self) -> None:
        """The help page, with the keyboard of the machine that we are."""
        from bbsterm.tui.pages.help_page import HelpPage

        self.app.push_screen(HelpPage(keyboard_of(self._call.terminal) if self._call else ()))

    def action_palette(self) -> None:
        """Textual's palette: themes and commands."""
        self.app.action_command_palette()

    def action_settings(self) -> None:
        """The settings page; the call goes on below it."""
        self.call_next(self.app.run_action, "app.settings")

    def action_shell(self) -> None:
        """The user's shell, on the real terminal; everything of ours stands still meanwhile."""
        try:
            with self.app.suspend():
                subprocess.run([os.environ.get("SHELL", "/bin/sh")], check=False)
        except SuspendNotSupported:
            self._toast("There is no shell here.", bad=True)
        except OSError as error:
            self._toast(f"No shell: {error}", bad=True)
