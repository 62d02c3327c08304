"""Boards to call, one a row, drawn line by line: five thousand of them cost what twenty do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

__all__ = ["CallList", "Row"]


class Row(NamedTuple):
    """What a line shows. All of it printable."""

    name: str
    address: str
    kind: str = ""
    last_call: str = ""
    calls: str = ""


class _Column(NamedTuple):
    title: str
    width: int
    right: bool = False


_COLUMNS: Final = (
    _Column("Name", 28),
    _Column("Address", 25),
    _Column("Type", 8),
    _Column("Last call", 10),
    _Column("Calls", 6, right=True),
)
_MARGIN: Final = 2


class CallList(Widget, can_focus=True):
    """A header and rows with a cursor. Tells which row is under the cursor, and which was chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"call-list--header", "call-list--cursor", "call-list--dim"}
    ALLOW_SELECT: ClassVar[bool] = False

    DEFAULT_CSS = """
    CallList {
        & > .call-list--header { color: $secondary; }
        & > .call-list--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
        & > .call-list--dim { color: $text-muted; }
    }
    """

    BINDINGS = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move_page(-1)", show=False),
        Binding("pagedown", "move_page(1)", show=False),
        Binding("home", "move(-1000000)", show=False),
        Binding("end", "move(1000000)", show=False),
        Binding("enter", "choose", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """The row was meant: Enter, or a click on the row under the cursor."""

        list: CallList
        index: int

        @property
        def control(self) -> CallList:
            """Who sent it, for `@on` with a selector."""
            return self.list

    @dataclass
    class Moved(Message):
        """The cursor stands on this row now."""

        list: CallList
        index: int

        @property
        def control(self) -> CallList:
            """Who sent it, for `@on` with a selector."""
            return self.list

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()
        self._cursor = 0
        self._top = 0

    @property
    def index(self) -> int | None:
        """The row under the cursor; None where there are no rows."""
        return self._cursor if self._rows else None

    def show(self, rows: Sequence[Row]) -> None:
        """Show these; the cursor goes to the first."""
        self._rows = rows
        self._cursor = self._top = 0
        self.refresh()
        self.post_message(self.Moved(self, 0))

    # --- drawing ----------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """The header, or the row that is seen there."""
        width = self.size.width
        if y == 0:
            header = Row(*(column.title for column in _COLUMNS))
            return self._strip(header, width, self._style("call-list--header"))
        index = self._top + y - 1
        if index >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        at_cursor = index == self._cursor
        return self._strip(
            self._rows[index], width, self._style("call-list--cursor") if at_cursor else self.rich_style
        )

    def _strip(self, row: Row, width: int, style: Style) -> Strip:
        text = " " * _MARGIN
        for column, value in zip(_COLUMNS, row, strict=True):
            if len(text) + column.width > width:
                break
            text += _fit(value, column)
        return Strip([Segment(set_cell_size(text, width), style)], width)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name)

    # --- moving -----------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        if not self._rows:
            return
        old, self._cursor = self._cursor, max(0, min(self._cursor + by, len(self._rows) - 1))
        visible = max(1, self.size.height - 1)
        top = min(max(self._top, self._cursor - visible + 1), self._cursor)
        if top != self._top:
            self._top = top
            self.refresh()
        elif old != self._cursor:
            self.refresh(self._line(old), self._line(self._cursor))
        if old != self._cursor:
            self.post_message(self.Moved(self, self._cursor))

    def action_move_page(self, pages: int) -> None:
        """Move the cursor by what is seen."""
        self.action_move(pages * max(1, self.size.height - 2))

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self._rows:
            self.post_message(self.Chosen(self, self._cursor))

    def on_click(self, event: events.Click) -> None:
        """Move to a row; on the row that the cursor is on already, choose it."""
        index = self._top + event.y - 1
        if event.y == 0 or index >= len(self._rows):
            return
        if index == self._cursor:
            self.action_choose()
        else:
            self.action_move(index - self._cursor)

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves the cursor too."""
        self.action_move(3)

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves the cursor too."""
        self.action_move(-3)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.action_move(0)

    def _line(self, index: int) -> Region:
        return Region(0, 1 + index - self._top, self.size.width, 1)


def _fit(value: str, column: _Column) -> str:
    if column.right:
        return set_cell_size(value, min(len(value), column.width)).rjust(column.width)
    room = column.width - 1
    if cell_len(value) > room:
        value = set_cell_size(value, room - 1) + "…"
    return set_cell_size(value, room) + " "
