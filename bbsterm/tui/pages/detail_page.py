"""An entry in full: every call of the past, its captures, its notes."""

from __future__ import annotations

import time
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from bbsterm.book import Book, CallRecord, Row
from bbsterm.tui import keymap
from bbsterm.tui.actions import Place
from bbsterm.tui.bar_text import clock, keys_bar
from bbsterm.tui.clean import printable_text
from bbsterm.tui.dialer_rows import fit, size_text
from bbsterm.tui.keymap import bindings
from bbsterm.tui.widgets.bottom_bar import BottomBar

__all__ = ["DetailPage"]

_CALLS: Final = 200


class DetailPage(Screen[None]):
    """A head with the sums, the notes, and a line for each call.

    Args:
        book: Where the calls are.
        row: Whose.
    """

    place = Place.DETAIL
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.DETAIL)]

    def __init__(self, book: Book, row: Row) -> None:
        super().__init__()
        self._row = row
        self._calls = book.history(row.entry, _CALLS)
        self._stats = book.stats(row.entry)
        self._list = row.list

    def compose(self) -> ComposeResult:
        """Head, list, keys."""
        entry = self._row.entry
        yield Static(f" {entry.name}   {entry.address}", id="form-head", markup=False)
        options = [Option(line, disabled=True) for line in self._about()]
        options += [Option(_call(call), id=str(index)) for index, call in enumerate(self._calls)]
        if not self._calls:
            options.append(Option(Content("It was never called."), disabled=True))
        yield OptionList(*options, id="detail")
        yield BottomBar(keys_bar(keymap.commands(Place.DETAIL), title="", back=False), id="bar")

    def _about(self) -> list[Content]:
        entry, stats = self._row.entry, self._stats
        lines: list[tuple[str, str]] = []
        machine = f"{entry.machine.title}, {entry.charset}, {entry.size or 'its own size'}"
        lines.append(("Terminal", machine))
        if entry.user:
            lines.append(("User", entry.user))
        if entry.tags:
            lines.append(("Tags", " ".join(entry.tags)))
        if self._list:
            lines.append(("List", self._list))
        if entry.comment:
            lines.append(("Comment", entry.comment))
        lines += [("" if index else "Notes", line) for index, line in enumerate(entry.notes.splitlines())]
        calls = f"{stats.calls:,} call{'' if stats.calls == 1 else 's'}"
        total = f"{calls}, {clock(stats.seconds)}, down {size_text(stats.received)}"
        lines.append(("In all", f"{total}, up {size_text(stats.sent)}"))
        found = [
            Content.assemble((f"{title:<10}", "$secondary"), printable_text(text, 400))
            for title, text in lines
        ]
        heading = f"{'When':<18}{'Length':>9}  {'Down':>6} {'Up':>6}  Result"
        return [*found, Content(""), Content.styled(heading, "$secondary")]

    def on_mount(self) -> None:
        """The cursor begins on the latest call."""
        self.query_one(OptionList).highlighted = self._heads if self._calls else None

    @property
    def _heads(self) -> int:
        return self.query_one(OptionList).option_count - len(self._calls)

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss()

    @on(OptionList.OptionSelected)
    def action_open_capture(self) -> None:
        """Open the recording of the chosen call."""
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is None or not self._calls:
            return
        capture = self._calls[highlighted - self._heads].capture
        if not capture:
            self.app.notify("This call was not recorded")
        elif not Path(capture).exists():
            self.app.notify(f"{printable_text(capture, 200)} is not there any more", severity="warning")
        else:
            self.app.notify(printable_text(capture, 200))
            self.app.open_url(Path(capture).absolute().as_uri())

    @on(BottomBar.Clicked)
    async def _clicked(self, message: BottomBar.Clicked) -> None:
        await self.run_action(message.action)


def _call(call: CallRecord) -> Content:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(call.started))
    down, up = size_text(call.received), size_text(call.sent)
    line = (
        f"{when:<18}{clock(call.seconds):>9}  {down:>6} {up:>6}  {fit(printable_text(call.result, 60), 20)}"
    )
    return Content.assemble(line, ("  " + Path(call.capture).name if call.capture else "", "$accent"))
