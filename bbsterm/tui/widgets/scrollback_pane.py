"""The upper half of a call that is looked back at: the past, a line to search with, and a bar."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.message import Message
from textual.widgets import Input

from bbsterm import limits
from bbsterm.screen.excerpt import Excerpt
from bbsterm.screen.terminal import Line, Terminal
from bbsterm.tui import keymap
from bbsterm.tui.actions import Place
from bbsterm.tui.bar_text import Bar, Chip, keys_bar
from bbsterm.tui.search import Search, compile_pattern
from bbsterm.tui.strips import Painter
from bbsterm.tui.widgets.bottom_bar import BottomBar
from bbsterm.tui.widgets.scrollback_view import ScrollbackView

__all__ = ["ScrollbackPane"]

TICK: Final = 0.1
"""Seconds between looks at what the board has done meanwhile."""

SLICE: Final = 0.004
"""Seconds of searching before everything else has its turn."""

AT_ONCE: Final = limits.MAX_ROWS + 50
"""So many new lines are searched without ado."""

_LINES: Final = 32
"""Lines looked at between two looks at the clock."""


class ScrollbackPane(Vertical):
    """Has the keys of `Place.SCROLLBACK`. What it cannot do itself it asks the page for.

    Args:
        terminal: Whose past.
        painter: Gives what draws the board's rows, as the board is drawn below.
        rows_below: How many of the board's rows stay in sight below.
    """

    BINDINGS = [
        *keymap.bindings(Place.SCROLLBACK),
        Binding("N", "find_previous", show=False),
        Binding("V", "whole_lines", show=False),
        *(
            Binding(f"shift+{key}", f"step_marking({lines}, {columns})", show=False)
            for key, lines, columns in (("up", -1, 0), ("down", 1, 0), ("left", 0, -1), ("right", 0, 1))
        ),
    ]

    @dataclass
    class Asked(Message):
        """The page is to do something: "close", "board", "copy", "copy_ansi", "save" or "links"."""

        pane: ScrollbackPane
        what: str

    @dataclass
    class MenuKey(Message):
        """The menu key was pressed here, or a key right after it; it is the call's."""

        key: str
        character: str | None

    def __init__(self, terminal: Terminal, painter: Callable[[], Painter], rows_below: int) -> None:
        super().__init__(id="past")
        self._terminal = terminal
        self._painter = painter
        self._rows_below = rows_below
        self._seen = terminal.scrolled
        self._regex = False
        self._problem = ""
        self._searching = False
        self._handed_over = False  # keys that come before the focus has gone to the call

    def compose(self) -> ComposeResult:
        """The lines, and below them the bar or the line to search with."""
        with Container(id="past-stage"):
            yield ScrollbackView(self._terminal, self._painter, id="lines")
        yield Input(placeholder="Find", id="find-past", select_on_focus=True)
        yield BottomBar(id="past-bar")

    def on_mount(self) -> None:
        """At the lines just above what is still in sight below."""
        self.view = self.query_one(ScrollbackView)
        self._input = self.query_one(Input)
        self._bar = self.query_one(BottomBar)
        self._input.display = False
        self.view.focus()
        self.set_interval(TICK, self._tick)
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        self.view.move_to(self.view.past.end - self._rows_below - self.view.size.height)

    # --- what the page tells and asks ---------------------------------------------------------

    def show(self, terminal: Terminal) -> None:
        """The terminal was replaced by another one."""
        self.view.show(terminal)

    @property
    def unread(self) -> int:
        """Lines that have scrolled away since we began to look back, and have not been in sight here."""
        return max(0, self.view.past.screen - self._seen)

    def chosen(self) -> Sequence[Excerpt | Line]:
        """What is marked; everything where nothing is."""
        return self.view.marked_lines() or list(self.view.past.lines())

    # --- the bar ----------------------------------------------------------------------------------

    @on(ScrollbackView.Moved)
    def _moved(self) -> None:
        self._seen = max(self._seen, self.view.bottom)
        self._say()

    def _say(self) -> None:
        view, past = self.view, self.view.past
        first = past.first
        place = f"{view.top - first + 1:,}-{view.bottom - first:,} of {past.end - first:,}"
        chips = [Chip(("Scrollback", ""), rank=5, look="name"), Chip((place,), rank=4)]
        if said := self._problem or self._count():
            chips.append(Chip((said,), rank=1, look="bad" if self._problem else "good"))
        if self.unread:
            chips.append(Chip((f"+{self.unread:,} new", f"+{self.unread}"), rank=1, look="good"))
        keys = keys_bar(keymap.commands(Place.SCROLLBACK), title="", back=False)
        self._bar.show(Bar(tuple(chips), keys.left))

    def _count(self) -> str:
        """Such as "3 of 17"; with a plus where they are still being counted, or are too many."""
        search, match = self.view.search, self.view.match
        if search is None:
            return ""
        total = f"{len(search.matches):,}" + ("" if search.done and search.complete else "+")
        if not search.matches:
            return "not found" if search.done else "looking"
        index = search.index(match) if match is not None else None
        return f"{total} found" if index is None else f"{index + 1:,} of {total}"

    @on(BottomBar.Clicked)
    async def _clicked(self, message: BottomBar.Clicked) -> None:
        message.stop()
        await self.run_action(message.action)

    def _tick(self) -> None:
        """See what the board has done meanwhile."""
        view = self.view
        view.follow_changes()
        search = view.search
        if search is not None and not self._searching:
            search.go_on(view.past.first, view.past.screen, view.past.end)
            if search.left > AT_ONCE:
                self._go_on_searching()
            else:
                search.work(search.left)
        self._say()

    # --- finding --------------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Type what to look for."""
        self._input.display = True
        self._name_input()
        self._input.focus()

    def _name_input(self) -> None:
        self._input.placeholder = (
            "Find (regular expression; ^R plain text)" if self._regex else "Find (^R regular expression)"
        )

    def action_regex(self) -> None:
        """Regular expressions, or plain text."""
        self._regex = not self._regex
        self._name_input()
        self._look_for(self._input.value)

    @on(Input.Changed)
    def _changed(self, message: Input.Changed) -> None:
        message.stop()
        self._look_for(message.value)

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self._close_input()

    def _close_input(self) -> None:
        self._input.display = False
        self.view.focus()
        self._say()

    def _look_for(self, text: str) -> None:
        """Begin anew with another text: the newest match is the first that is shown."""
        view, self._problem = self.view, ""
        view.search = view.match = None
        if text:
            try:
                pattern = compile_pattern(text, regex=self._regex)
            except ValueError as error:
                self._problem = f"regex: {error}"
            else:
                past = view.past
                view.search = Search(
                    pattern, lambda number: view.past.line(number), past.first, past.screen, past.end
                )
                self._go_on_searching()
        view.refresh()
        self._say()

    def _go_on_searching(self) -> None:
        self._searching = True
        self.run_worker(self._search(), group="search", exclusive=True, name="search")

    async def _search(self) -> None:
        """A slice at a time, so that neither the board nor the keys wait."""
        view = self.view
        search = view.search
        try:
            while search is not None and search is view.search and not search.done:
                begin = time.monotonic()
                while not search.done and time.monotonic() - begin < SLICE:
                    search.work(_LINES)
                if view.match is None and search.matches:
                    view.match = search.matches[-1]
                    view.show_line(view.match.line)
                self._say()
                view.refresh()
                await asyncio.sleep(0)
        finally:
            self._searching = False
        self._say()

    def action_find_next(self) -> None:
        """To the next match, downwards; round the end to the first."""
        self.view.find(forward=True)
        self._say()

    def action_find_previous(self) -> None:
        """To the one before."""
        self.view.find(forward=False)
        self._say()

    # --- marking and leaving ---------------------------------------------------------------------------

    def action_select(self) -> None:
        """Begin to mark with the keyboard, or stop."""
        if self.view.point is None:
            self.view.start_marking()
        else:
            self.view.stop_marking()

    def action_rectangle(self) -> None:
        """A rectangle, or running text."""
        mark = self.view.mark
        self.view.change_mark(rectangular=mark is None or not mark.rectangular)

    def action_whole_lines(self) -> None:
        """Whole lines, or running text."""
        mark = self.view.mark
        self.view.change_mark(whole_lines=mark is None or not mark.whole_lines)

    def action_close(self) -> None:
        """Out of whatever we are in: the line to type into, a mark, a search, the past."""
        view = self.view
        if self._input.display:
            self._close_input()
        elif view.mark is not None or view.point is not None:
            view.stop_marking()
        elif view.search is not None or self._problem:
            self._look_for("")
        else:
            self._ask("close")

    def action_copy(self) -> None:
        """Copy what is marked; with Enter, where nothing is, stop looking back."""
        self._ask("copy" if self.view.mark is not None else "close")

    def action_copy_ansi(self) -> None:
        """The same with colours."""
        self._ask("copy_ansi")

    def action_save(self) -> None:
        """Save what is marked, or everything."""
        self._ask("save")

    def action_links(self) -> None:
        """The links in sight."""
        self._ask("links")

    def action_board(self) -> None:
        """Type to the board."""
        self._ask("board")

    def _ask(self, what: str) -> None:
        self.post_message(self.Asked(self, what))

    # --- moving -------------------------------------------------------------------------------------------

    def action_step_marking(self, lines: int, columns: int) -> None:
        """Shift and an arrow."""
        self.view.step(lines, columns, mark=True)

    def action_line_up(self) -> None:
        """One up."""
        self.view.step(-1)

    def action_line_down(self) -> None:
        """One down."""
        self.view.step(1)

    def action_left(self) -> None:
        """To the left."""
        self.view.step(0, -1)

    def action_right(self) -> None:
        """To the right."""
        self.view.step(0, 1)

    def action_page_up(self) -> None:
        """A window up, but for one line."""
        self.view.step(1 - self.view.size.height)

    def action_page_down(self) -> None:
        """A window down, but for one line."""
        self.view.step(self.view.size.height - 1)

    def action_oldest(self) -> None:
        """The first line."""
        self.view.to_edge(end=False)

    def action_newest(self) -> None:
        """The last one."""
        self.view.to_edge(end=True)

    def on_descendant_focus(self) -> None:
        """Keys are ours again."""
        self._handed_over = False

    def on_key(self, event: events.Key) -> None:
        """The menu key works here too, and takes what was typed in one go with it along."""
        if self._handed_over or event.key in keymap.current().menu_keys:
            event.stop()
            self._handed_over = True
            self.post_message(self.MenuKey(event.key, event.character))
