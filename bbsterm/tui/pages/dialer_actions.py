"""What the dialer's keys do with entries (`tui/actions.py` has the keys); the page has list and box."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.screen import Screen

from bbsterm.book import DEMO, Book, Row, Sort
from bbsterm.errors import BookError
from bbsterm.tui import preferences
from bbsterm.tui.actions import Place
from bbsterm.tui.clean import printable_text
from bbsterm.tui.dialer_rows import Choice, Typed
from bbsterm.tui.keeper import Keeper
from bbsterm.tui.pages.pick_page import Pick, PickPage

__all__ = ["DialerActions"]

UNDO_SECONDS: Final = 10.0
"""How long the toast stays that says how to undo."""

_DEMO: Final = "The demo board comes with bbsterm and stays as it is"


class DialerActions(Screen[None]):
    """The half of the dialer that acts. The other half (`DialerPage`) shows what there is."""

    _keeper: Keeper
    _sort: Sort | None
    _view: str
    _offered: tuple[str, str, Sort] | None
    _rows: list[Row]
    _from_call: bool = True

    def __init__(self) -> None:
        super().__init__()
        self._rows = []
        self._probing: set[str] = set()

    @property
    def book(self) -> Book:
        """The open book."""
        raise NotImplementedError

    @property
    def row(self) -> Row | None:
        """The line of the book under the cursor."""
        raise NotImplementedError

    @property
    def choice(self) -> Choice | None:
        """What is under the cursor."""
        raise NotImplementedError

    def choose_sort(self, sort: Sort) -> None:
        """Show the list in this order from now on."""
        raise NotImplementedError

    def choose_view(self, view: str) -> None:
        """Show one of the lists, or what has a tag."""
        raise NotImplementedError

    def _offer(self, *, anew: bool = False, at: str | None = None) -> None:
        raise NotImplementedError

    def _toast(self, text: str, *, bad: bool = False, seconds: float | None = None) -> None:
        self.app.notify(
            printable_text(text, 400), severity="error" if bad else "information", timeout=seconds
        )

    def _own_row(self) -> Row | None:
        """The line under the cursor, if it can be changed."""
        row = self.row
        if row is not None and row.list is None:
            self._toast(_DEMO)
            return None
        return row

    # --- changing entries -----------------------------------------------------------------

    def action_favourite(self) -> None:
        """Give the entry a star or take it away."""
        if row := self._own_row():
            try:
                entry = self.book.favourite(row.entry)
            except BookError as error:
                self._refused(error)
                return
            self._offer(anew=True, at=entry.id)

    def action_duplicate(self) -> None:
        """A copy of the entry."""
        if row := self._own_row():
            try:
                entry = self.book.duplicate(row.entry)
            except BookError as error:
                self._refused(error)
                return
            self._offer(anew=True, at=entry.id)
            self._toast(f"Added {entry.name} - u to undo", seconds=UNDO_SECONDS)

    def action_delete(self) -> None:
        """Delete the entry; no question, but a way back."""
        if row := self._own_row():
            try:
                label = self.book.delete(row.entry)
            except BookError as error:
                self._refused(error)
                return
            self._offer(anew=True)
            self._toast(f"{label} - u to undo", seconds=UNDO_SECONDS)

    def action_undo(self) -> None:
        """Take back the last change."""
        try:
            label = self.book.undo()
        except BookError as error:
            self._refused(error)
            return
        self._offer(anew=True)
        self._toast(f"Undone: {label}" if label else "There is nothing to undo")

    def _refused(self, error: BookError) -> None:
        self._toast(f"{error}\n{error.hint}".strip(), bad=True, seconds=UNDO_SECONDS)
        self._offer(anew=True)

    # --- forms ----------------------------------------------------------------------------

    def action_add(self) -> None:
        """A new entry; the address that was typed is in the form already."""
        from bbsterm.tui.pages.edit_page import EditPage  # here: the first page does not wait for it

        choice = self.choice
        address = choice.text if isinstance(choice, Typed) else ""
        self.app.push_screen(EditPage(self.book, None, address=address, desk=self._keeper.desk), self._edited)

    def action_edit(self) -> None:
        """Change the entry."""
        from bbsterm.tui.pages.edit_page import EditPage

        if isinstance(self.choice, Typed):
            self.action_add()
        elif row := self._own_row():
            around = [each.entry.id for each in self._rows if each.entry.id != DEMO.id]
            self.app.push_screen(
                EditPage(self.book, row.entry, around=around, desk=self._keeper.desk), self._edited
            )

    def _edited(self, entry_id: str | None) -> None:
        self._offer(anew=True, at=entry_id)

    def action_import(self) -> None:
        """Take over a list."""
        from bbsterm.tui.pages.import_page import ImportPage

        def imported(label: str | None) -> None:
            if label:
                self._offered = None  # the cursor goes to the top, not along with where it was
                self._toast(f"{label} - u to undo", seconds=UNDO_SECONDS)
            self._offer(anew=True)

        self.app.push_screen(ImportPage(self.book), imported)

    def action_macros(self) -> None:
        """Macros, scripts, keys and triggers."""
        from bbsterm.tui.pages.macros_page import MacrosPage

        self.app.push_screen(MacrosPage(self._keeper.desk))

    def action_info(self) -> None:
        """Every call of the past, and the notes."""
        from bbsterm.tui.pages.detail_page import DetailPage

        if row := self.row:
            self.app.push_screen(DetailPage(self.book, row))

    # --- orders and lists -----------------------------------------------------------------

    def action_next_sort(self, by: int = 1) -> None:
        """The next order."""
        sorts = list(Sort)
        now = sorts.index(self._sort or self.book.default_sort)
        self.choose_sort(sorts[(now + by) % len(sorts)])

    def action_previous_sort(self) -> None:
        """The order before."""
        self.action_next_sort(-1)

    def action_sort(self) -> None:
        """Choose an order."""

        def chosen(name: str | None) -> None:
            if name:
                self.choose_sort(Sort[name])

        now = self._sort or self.book.default_sort
        self.app.push_screen(PickPage("Order", [Pick(s.name, s.value) for s in Sort], now.name), chosen)

    def action_lists(self) -> None:
        """Choose a list or a tag."""

        def chosen(view: str | None) -> None:
            if view:
                self.choose_view(view)

        views = [Pick(view.key, view.title, f"{view.rows:,}") for view in self.book.views()]
        tags = [Pick(f"tag:{tag}", f"tag:{tag}", f"{count:,}") for tag, count in self.book.tags()[:200]]
        self.app.push_screen(PickPage("Lists and tags", views + tags, self._view), chosen)

    # --- probes -----------------------------------------------------------------------------

    def _status_of(self, row: Row) -> str:
        """The letter of a row: o up, x down, ? not known, ~ being asked."""
        if row.list is None:
            return "o"
        if row.entry.id in self._probing:
            return "~"
        found = self.book.probe(row.entry)
        return "?" if found is None else ("o" if found.up else "x")

    def action_probe(self) -> None:
        """Ask the board under the cursor whether it answers."""
        if row := self._own_row():
            self._probe([row])

    def action_probe_all(self) -> None:
        """Ask all that are listed; says first how many they are."""
        rows = [row for row in self._rows if row.list is not None and row.entry.callable]
        due = [row for row in rows if self.book.probe(row.entry) is None]
        if not due:
            self._toast(
                "All that are listed were asked less than an hour ago" if rows else "There is nobody to ask"
            )
            return

        def asked(answer: str | None) -> None:
            if answer == "yes":
                self._probe(due)

        boards = f"{len(due):,} board{'' if len(due) == 1 else 's'}"
        picks = [Pick("yes", f"Yes, ask {boards}", "8 at a time"), Pick("no", "No")]
        self.app.push_screen(PickPage(f"Connect to {boards}, to see whether they answer?", picks), asked)

    def _probe(self, rows: Iterable[Row]) -> None:
        if not preferences.current().app.probe:
            self._toast("Boards are not asked: app.probe is off in the settings")
            return
        due = [row for row in rows if row.entry.callable and self.book.probe(row.entry) is None]
        if not due:
            self._toast("It was asked less than an hour ago")
            return
        self.run_worker(self._ask(due), name="probe")

    async def _ask(self, rows: list[Row]) -> None:
        from bbsterm.session.entries import address_of
        from bbsterm.session.probe import probe_all

        by_place: dict[object, list[Row]] = {}
        for row in rows:
            by_place.setdefault(address_of(row.entry), []).append(row)
        self._probing |= {row.entry.id for row in rows}
        self.refresh_list()
        try:
            async for address, found in probe_all(list(by_place)):  # type: ignore[arg-type]  # they are addresses
                self._probing -= {row.entry.id for row in by_place[address]}
                try:
                    self.book.log.record_probes([(address.host, address.port, found)])
                except BookError as error:
                    self._toast(str(error), bad=True)
                self.refresh_list()
        finally:
            self._probing -= {row.entry.id for row in rows}
            self.refresh_list()

    def refresh_list(self) -> None:
        """Draw the list and the line below it anew."""
        raise NotImplementedError

    # --- the rest ---------------------------------------------------------------------------

    def action_help(self) -> None:
        """The help page."""
        from bbsterm.tui.pages.help_page import HelpPage  # here: the first page does not wait for it

        self.app.push_screen(HelpPage(first=Place.DIALER))

    def action_palette(self) -> None:
        """Textual's palette: themes and commands."""
        self.app.action_command_palette()

    def action_settings(self) -> None:
        """The settings page."""
        self.call_next(self.app.run_action, "app.settings")

    def action_leave(self) -> None:
        """Out of the application; while calls are open, a question comes first."""
        self.app.call_next(self.app.run_action, "quit")
