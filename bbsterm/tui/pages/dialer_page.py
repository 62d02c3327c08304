"""The address book: a box to find or to dial, a list, a line about the chosen board, a row of keys."""

from __future__ import annotations

import string
import time
from collections.abc import Callable
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Label, Static

from bbsterm.book import Book, Row, Sort
from bbsterm.errors import BookError, UsageError
from bbsterm.net.address import parse_address
from bbsterm.tui import keymap
from bbsterm.tui.actions import COMMANDS, Place
from bbsterm.tui.bar_text import Bar, Chip, keys_bar
from bbsterm.tui.dialer_rows import CARD_WIDTH, Choice, Offer, Typed, about, cells_of, choices
from bbsterm.tui.keeper import Keeper
from bbsterm.tui.keymap import bindings
from bbsterm.tui.messages import CallRequested, DemoRequested
from bbsterm.tui.pages.dialer_actions import DialerActions
from bbsterm.tui.widgets.bottom_bar import BottomBar
from bbsterm.tui.widgets.call_list import CallList

__all__ = ["DialerPage"]

LOOK_EVERY: Final = 1.0
"""Seconds between looks whether somebody else has changed the book."""

_BEGIN: Final = (
    Offer("Import a list", "from SyncTERM, icy_term, qodem, telix, CSV ...", "import"),
    Offer("Add a board", "by its address", "add"),
)
_WELCOME: Final = (
    "The book is empty. Three ways to begin: Enter on the first line calls a board that runs inside this "
    "program, on the second it reads a list of yours, on the third it opens a form. Or type / and an "
    "address. Nothing is dialled unless you ask for it."
)
_HINT: Final = "/ words, or an address to call"
_SHORT_HINT: Final = "/ words, or an address"
_WIDE: Final = 76
"""Columns of the window from which its head names order and list in full."""

_KEYS: Final = {key for command in COMMANDS[Place.DIALER] for key in command.keys}
_FREE: Final = [key for key in string.ascii_letters + string.digits if key not in _KEYS]


class DialerPage(DialerActions):
    """A box, a list, a line, a row of keys.

    Args:
        keeper: Opens the book.
        now: Seconds since 1970, for "2d ago".
    """

    AUTO_FOCUS = "CallList"
    place = Place.DIALER
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Place.DIALER),
        *(Binding(key, f"begin('{key}')", show=False, priority=True) for key in _FREE),
    ]

    def __init__(self, keeper: Keeper, now: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._keeper = keeper
        self._now = now
        self._choices: list[Choice] = []
        self._offered: tuple[str, str, Sort] | None = None
        self._view = "all"
        self._sort: Sort | None = None
        self._count_room = 0

    @property
    def book(self) -> Book:
        """The open book."""
        return self._keeper.book

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        with Horizontal(id="find"):
            yield Label("bbsterm", id="brand")
            yield Label("Find:", id="find-label")
            yield Input(placeholder=_HINT, id="address", select_on_focus=False)
            yield Static("", id="count", markup=False)
        yield CallList(self._cells, id="list")
        yield Static("", id="about", markup=False)
        yield BottomBar(_bar(), id="bar")

    def on_mount(self) -> None:
        """Know the parts by name, and look now and then whether an editor changed the file."""
        self._input = self.query_one(Input)
        self._list = self.query_one(CallList)
        self._about = self.query_one("#about", Static)
        self._count = self.query_one("#count", Static)
        self._watch = self.set_interval(LOOK_EVERY, self._look, pause=True)

    def on_screen_resume(self) -> None:
        """A call has ended, perhaps: it is the latest now, and the box is free for the next address."""
        self._watch.resume()
        if self._from_call:
            self._from_call = False
            self._input.value = ""
        self._look()
        self._offer(anew=True)
        self.set_focus(self._list)

    def on_screen_suspend(self) -> None:
        """Another page is shown."""
        self._watch.pause()

    def on_resize(self) -> None:
        """The head says as much as there is room for."""
        self.query_one(Input).placeholder = _HINT if self.size.width >= _WIDE else _SHORT_HINT
        self._show_count()

    # --- the box and the list ---------------------------------------------------------

    def _offer(self, *, anew: bool = False, at: str | None = None) -> None:
        """Show what is found for the box's words.

        Args:
            anew: Even if nothing was typed: the book has changed. The cursor stays on its entry.
            at: The id of the entry that the cursor goes to.
        """
        text = self._input.value
        if self._sort is None or anew:
            self._sort = self.book.default_sort
        sort = self._sort
        if not anew and self._offered == (text, self._view, sort):
            return
        held = at or (self._held() if self._offered == (text, self._view, sort) else None)
        self._offered = text, self._view, sort
        rows = self.book.search(text, sort, self._view)
        self._rows = rows
        self._choices = choices(text, rows)
        empty = not text and self._view == "all" and len(rows) == 1 and rows[0].list is None
        if empty:
            self._choices += _BEGIN
        place = self._place_of(held)
        self._list.show(self._choices, place, _WELCOME if empty else "")
        self._show_count()

    def _held(self) -> str | None:
        row = self.row
        return row.entry.id if row else None

    def _place_of(self, entry_id: str | None) -> int:
        if entry_id is None:
            return 0
        for place, choice in enumerate(self._choices):
            if isinstance(choice, Row) and choice.entry.id == entry_id:
                return place
        return min(self._list.index or 0, max(0, len(self._choices) - 1))

    def _show_count(self) -> None:
        total, found = len(self.book.rows()), len(self._rows)
        count = f"{found:,} of {total:,}" if found != total else f"{total:,}"
        sort = self._sort.value if self._sort else ""
        words = [word for word in self._input.value.split() if word.lower().startswith("tag:")]
        titles = {view.key: view.title for view in self.book.views()} if self._view != "all" else {}
        where = titles.get(self._view, "") or (words[-1] if words else "tag:*")
        if self.size.width < CARD_WIDTH:
            text = count
        elif self.size.width < _WIDE:
            text = f"{count}   {sort} v"
        else:
            text = f"{count}   sort: {sort} v   {where[:20]}"
        # While somebody types it only grows: a head that is laid out anew costs as much as the list below it.
        room = self._count_room if self._input.value else 0
        self._count_room = max(room, len(text))
        self._count.update(text.rjust(self._count_room), layout=len(text) > room)

    def _cells(self, choice: Choice) -> dict[str, str]:
        return cells_of(choice, self._now(), self._status_of)

    @property
    def choice(self) -> Choice | None:
        """What is under the cursor."""
        return self._list.choice

    @property
    def row(self) -> Row | None:
        """The line of the book under the cursor; None where there is none."""
        choice = self.choice
        return choice if isinstance(choice, Row) else None

    @on(Input.Changed)
    def _typed(self) -> None:
        self._offer()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self._offer()  # Enter may overtake the news of the last letters
        self.action_call()

    @on(CallList.Moved)
    def _moved(self) -> None:
        choice = self.choice
        if not isinstance(choice, Row):
            self._say(about(choice, None, ""))
            return
        entry = choice.entry
        pin = self.book.log.pin(entry.host, entry.port) if entry.protocol == "telnets" else None
        date = time.strftime("%Y-%m-%d", time.localtime(pin.first_seen)) if pin else ""
        self._say(about(choice, self.book.probe(entry), date))

    def _say(self, text: str, *, bad: bool = False) -> None:
        self._about.set_class(bad, "-bad")
        self._about.update(text, layout=bad)  # always one line but for what went wrong

    def on_key(self, event: events.Key) -> None:
        """In the box, up and down move the list, Esc clears and leaves it, Tab leaves it as it is."""
        if not self._input.has_focus:
            return
        if event.key in ("up", "down"):
            event.stop()
            self._list.action_move(-1 if event.key == "up" else 1)
        elif event.key in ("pageup", "pagedown"):
            event.stop()
            self._list.action_move_page(-1 if event.key == "pageup" else 1)
        elif event.key == "tab":
            event.stop()
            event.prevent_default()
            self.set_focus(self._list)
        elif event.key == "escape":
            event.stop()
            self.action_back()

    def _look(self) -> None:
        """Has another program, or the user's editor, changed the book? Has a call behind this page ended?"""
        self.query_one(BottomBar).show(_bar(getattr(self.app, "open_calls", 0)))
        try:
            if not self.book.changed_on_disk():
                return
            notices = self.book.reload()
        except BookError as error:
            self._toast(str(error), bad=True)
            return
        self._offer(anew=True)
        for notice in notices:
            text = "\n".join(filter(None, (str(notice), notice.hint)))
            self._toast(text, bad=notice.error)
        if not notices:
            self._toast("The book was changed elsewhere, and read anew")

    # --- dialling -----------------------------------------------------------------------

    @on(CallList.Chosen)
    def action_call(self) -> None:
        """Dial what is chosen."""
        match self.choice:
            case None:
                return
            case Offer(_title, _detail, action):
                self.run_worker(self.run_action(action))
            case Typed(text):
                self._call_address(text)
            case row:
                self._call_row(row)

    def _call_row(self, row: Row) -> None:
        if row.list is None:
            self._from_call = True
            self.post_message(DemoRequested())
        elif not row.entry.callable:
            protocol = row.entry.protocol
            self._say(
                f"{protocol} cannot be called yet; e changes the entry to telnet, telnets or raw.", bad=True
            )
        else:
            self._from_call = True
            self.post_message(CallRequested(row.entry))

    def _call_address(self, text: str) -> None:
        host, blank, port = text.strip().rpartition(" ")
        if blank and port.isdigit() and " " not in host:
            text = f"{host}:{port}" if host.count(":") < 2 else f"[{host}]:{port}"
        try:
            address = parse_address(text)
        except UsageError as error:
            self._say(f"{error}. {error.hint}", bad=True)
        else:
            self._from_call = True
            self.post_message(CallRequested(address))

    # --- finding and ordering -------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the box a slash is a slash, and every letter a letter."""
        return not (action in ("find", "begin") and self._input.has_focus)

    def action_find(self) -> None:
        """Into the box."""
        self.set_focus(self._input)  # now: `focus()` would wait for the next message
        self._input.action_end()

    def action_begin(self, letter: str) -> None:
        """Into the box, with a first letter that is no command."""
        self.action_find()
        self._input.insert_text_at_cursor(letter)

    def action_back(self) -> None:
        """Everything again."""
        self._input.value = ""
        self._view = "all"
        self.set_focus(self._list)
        self._offer()

    def choose_sort(self, sort: Sort) -> None:
        """Show the list in this order from now on."""
        self._sort = sort
        try:
            self.book.choose_sort(sort)
        except BookError as error:
            self._toast(str(error), bad=True)
        self._offer()

    def choose_view(self, view: str) -> None:
        """Show one of the lists, or what has a tag."""
        if view.startswith("tag:"):
            self._view, self._input.value = "all", f"{view} "
        else:
            self._view = view
        self._offer()

    def refresh_list(self) -> None:
        """Draw the list and the line below it anew."""
        self._list.refresh()
        self._moved()

    @on(BottomBar.Clicked)
    async def _clicked(self, message: BottomBar.Clicked) -> None:
        await self.run_action(message.action)

    @on(events.Click, "#count")
    def _count_clicked(self) -> None:
        self.action_lists()


def _bar(calls: int = 0) -> Bar:
    """The keys; while calls stand, first of all the way back to them."""
    bar = keys_bar(keymap.commands(Place.DIALER), title="", back=False, tight=True)
    if not calls:
        return bar
    count = "1 call" if calls == 1 else f"{calls} calls"
    back = Chip(
        (f"{count} open", count), rank=(99, 1), key=keymap.current().menu_shown, action="app.back_to_call"
    )
    return Bar((back, *bar.left), bar.right, bar.tight)
