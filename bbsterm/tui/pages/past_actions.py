"""What a call page does about the past (scrollback) and about links."""

from __future__ import annotations

import asyncio
from datetime import datetime
from functools import partial
from typing import Final

from textual import on

from bbsterm.errors import UsageError
from bbsterm.screen.terminal import Terminal
from bbsterm.tui.bar_text import Chip
from bbsterm.tui.clean import printable_text
from bbsterm.tui.links import DIALLED, all_links
from bbsterm.tui.messages import CallRequested
from bbsterm.tui.pages.copy_actions import CopyActions
from bbsterm.tui.past import Past
from bbsterm.tui.widgets.call_bar import CallBar
from bbsterm.tui.widgets.marking_pane import MarkingPane
from bbsterm.tui.widgets.scrollback_pane import ScrollbackPane
from bbsterm.tui.widgets.terminal_view import TerminalView

__all__ = ["PastActions"]

_KINDS: Final = (
    ("txt", ".txt   text, in UTF-8"),
    ("ans", ".ans   ANSI with a SAUCE record, in the board's character set"),
    ("html", ".html  a page for a browser"),
    ("svg", ".svg   a picture that stays sharp at any size"),
)
_SLICE: Final = 200
"""Lines that are made ready for a file before everything else has its turn."""


class PastActions(CopyActions):
    """The part of a call page that looks back."""

    _bar: CallBar
    _past: ScrollbackPane | None = None
    _pointed = ""

    # --- looking back -----------------------------------------------------------------------

    @on(TerminalView.LookedBack)
    def _looked_back(self) -> None:
        self.action_scrollback()

    def action_scrollback(self) -> None:
        """The past above, the board below; the board goes on."""
        terminal = self._view.terminal
        self._bar.fade()
        if self._past is not None:
            self._past.view.focus()
        elif terminal is not None:
            below = min(terminal.rows, max(1, self.size.height // 3))
            first = max(0, min(terminal.cursor.row - below + 1, terminal.rows - below))
            self._past = ScrollbackPane(terminal, lambda: self._view.painter, terminal.rows - first)
            self.mount(self._past, before="#stage")
            self._view.resized()

    def action_search(self) -> None:
        """The same, with the cursor in the line to search with."""
        self.action_scrollback()
        if self._past is not None:
            self._past.call_after_refresh(self._past.action_find)

    def _close_past(self) -> None:
        """All rows are the board's again."""
        if self._past is not None:
            self._past.remove()
            self._past = None
        self._view.focus()
        self._view.resized()
        self._refresh_status()

    def _past_follows(self, terminal: Terminal) -> None:
        """The terminal was replaced by another one."""
        if self._past is not None and self._past.is_mounted and self._past.view.terminal is not terminal:
            self._past.show(terminal)

    def _chips(self) -> list[str | Chip]:
        unread = self._past.unread if self._past is not None and self._past.is_mounted else 0
        chips = super()._chips()
        if unread:
            chips.append(Chip((f"+{unread:,} new", f"+{unread}"), rank=(5, 4), look="key"))
        if self._pointed:
            chips.append(f"^click {self._pointed}")
        return chips

    @on(ScrollbackPane.MenuKey)
    def _menu_key(self, message: ScrollbackPane.MenuKey) -> None:
        """From there on keys are the call's."""
        self._view.focus()
        self._view.screen.post_message(TerminalView.KeyPressed(self._view, message.key, message.character))

    @on(ScrollbackPane.Asked)
    def _past_asked(self, message: ScrollbackPane.Asked) -> None:
        pane = message.pane
        match message.what:
            case "close":
                self._close_past()
            case "board":
                self._view.focus()
            case "copy" | "copy_ansi":
                if lines := pane.view.marked_lines():
                    self._copy_lines(lines, as_ansi=message.what == "copy_ansi")
                    pane.view.stop_marking()
            case "save":
                self._choose_kind(pane)
            case "links":
                view = pane.view
                self._list_links(all_links(view.terminal, view.past.lines(view.top, view.bottom)))

    # --- saving -------------------------------------------------------------------------------

    def _choose_kind(self, pane: ScrollbackPane) -> None:
        from bbsterm.tui.pages.choice_page import ChoicePage  # here and below: few calls need it

        marked = pane.view.mark is not None
        page = ChoicePage(
            "Save what is marked" if marked else "Save everything", [line for _, line in _KINDS], verb="saves"
        )
        self.app.push_screen(page, partial(self._kind_chosen, pane))

    def _kind_chosen(self, pane: ScrollbackPane, place: int | None) -> None:
        if place is not None and pane.is_mounted:
            self.run_worker(self._save_past(pane, _KINDS[place][0]), name="save", group="save")

    async def _save_past(self, pane: ScrollbackPane, kind: str) -> None:
        """Ten thousand lines take a while: made ready in slices, then written beside the event loop."""
        from bbsterm.screen.excerpt import Excerpt
        from bbsterm.tui.captures import file_shown, save_lines

        terminal, ready = pane.view.terminal, []
        for number, line in enumerate(pane.chosen(), start=1):
            ready.append(Excerpt(tuple(line.spans())))
            if number % _SLICE == 0:
                await asyncio.sleep(0)
        save = partial(save_lines, self._folder, kind, self._board.name, ready, terminal, now=datetime.now())
        try:
            path = await asyncio.to_thread(save)
        except OSError as error:
            self._toast(f"Not saved: {error}", bad=True)
        else:
            self._toast(f"Saved {file_shown(path)}")

    # --- links ----------------------------------------------------------------------------------

    def action_links(self) -> None:
        """The links on the screen."""
        terminal = self._view.terminal
        if terminal is not None:
            past = Past(terminal)
            self._list_links(all_links(terminal, past.lines(past.screen)))

    def _list_links(self, targets: list[str]) -> None:
        from bbsterm.tui.pages.choice_page import ChoicePage

        if not targets:
            self._toast("There are no links in sight.")
            return

        def chosen(place: int | None) -> None:
            if place is not None:
                self._confirm_link(targets[place])

        self.app.push_screen(ChoicePage("Links", targets, verb="asks before it opens"), chosen)

    @on(MarkingPane.LinkPointed)
    def _link_pointed(self, message: MarkingPane.LinkPointed) -> None:
        """Where it leads stands in the status row."""
        self._pointed = printable_text(message.target, 200)
        if self._pointed:
            self._flash()
        self._refresh_status()

    @on(MarkingPane.LinkChosen)
    def _link_chosen(self, message: MarkingPane.LinkChosen) -> None:
        self._confirm_link(message.target)

    def _confirm_link(self, target: str) -> None:
        """Nothing is opened or dialled before the user has seen where it leads."""
        from bbsterm.tui.pages.confirm_page import ConfirmPage

        dial = target.lower().startswith(DIALLED)
        page = ConfirmPage(
            "Dial this board?" if dial else "Open this in your browser?",
            printable_text(target, 1024),
            yes="dials it" if dial else "opens it",
        )

        def answered(yes: bool | None) -> None:
            if yes:
                (self._dial_link if dial else self._open_link)(target)

        self.app.push_screen(page, answered)

    def _open_link(self, target: str) -> None:
        from bbsterm.tui.desktop import open_link

        if not open_link(target):
            self._toast("There is no browser here that has a window of its own.", bad=True)

    def _dial_link(self, target: str) -> None:
        from bbsterm.net.address import parse_address

        try:
            address = parse_address(target)
        except UsageError as error:
            self._toast(printable_text(str(error)), bad=True)
        else:
            self.app.post_message(CallRequested(address))
