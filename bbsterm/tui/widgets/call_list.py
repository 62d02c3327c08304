"""Boards to call, drawn line by line from what is seen of them: five thousand cost what twenty do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from bbsterm.book import Row
from bbsterm.tui.dialer_rows import CARD_WIDTH, Choice, Typed, card, columns_for, fit, fit_place

__all__ = ["CallList"]

_STATUS: Final = {"o": "call-list--good", "x": "call-list--bad", "!": "call-list--bad"}


class CallList(Widget, can_focus=True):
    """A heading and rows with a cursor. Tells which row is under the cursor, and which was chosen.

    Args:
        cells: What stands in each column of a row; asked for rows that are seen, as they are drawn.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("call-list--header", "call-list--cursor", "call-list--dim"),
        *("call-list--good", "call-list--bad", "call-list--star"),
    }
    ALLOW_SELECT: ClassVar[bool] = False

    DEFAULT_CSS = """
    CallList {
        & > .call-list--header { color: $secondary; }
        & > .call-list--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
        & > .call-list--dim { color: $text-muted; }
        & > .call-list--good { color: $success; }
        & > .call-list--bad { color: $error; }
        & > .call-list--star { color: $warning; }
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

    def __init__(self, cells: Callable[[Choice], dict[str, str]], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cells = cells
        self._rows: Sequence[Choice] = ()
        self._aside: str = ""
        self._cursor = 0
        self._top = 0
        self._styles: dict[str, Style] = {}

    @property
    def index(self) -> int | None:
        """The row under the cursor; None where there are no rows."""
        return self._cursor if self._rows else None

    @property
    def choice(self) -> Choice | None:
        """What is under the cursor."""
        return self._rows[self._cursor] if self._rows else None

    def show(self, rows: Sequence[Choice], at: int = 0, aside: str = "") -> None:
        """Show these, with the cursor on row `at`, and `aside` below them."""
        self._rows, self._aside = rows, aside
        if at == 0:
            self._top = 0
        self._cursor = max(0, min(at, len(rows) - 1))
        self._scroll()
        self.refresh()
        self.post_message(self.Moved(self, self._cursor))

    # --- drawing ----------------------------------------------------------------------

    @property
    def _card(self) -> bool:
        return self.size.width < CARD_WIDTH

    @property
    def _head(self) -> int:
        """Lines of heading."""
        return 0 if self._card else 1

    @property
    def _per_row(self) -> int:
        return 2 if self._card else 1

    @property
    def _seen(self) -> int:
        """Rows that fit."""
        return max(1, (self.size.height - self._head) // self._per_row)

    def render_line(self, y: int) -> Strip:
        """The heading, or what is seen there of a row."""
        width = self.size.width
        if y < self._head:
            titles = {column.key: column.title for column in columns_for(width)}
            return self._table(titles, width, self._style("call-list--header"))
        place, line = divmod(y - self._head, self._per_row)
        index = self._top + place
        if index >= len(self._rows):
            return self._beside(index - len(self._rows), width)
        choice, at_cursor = self._rows[index], index == self._cursor
        style = self._style("call-list--cursor" if at_cursor else "")
        cells = self._cells(choice)
        if self._card:
            if line and not at_cursor:
                style = self._style("call-list--dim")
            return Strip([Segment(fit(card(choice, cells, width)[line], width), style)], width)
        if not isinstance(choice, Row):
            room = width - 3
            name = cells["name"] if isinstance(choice, Typed) else f"{cells['name']:<28}{cells['address']}"
            return Strip([Segment(fit(f"   {fit(name, room)}", width), style)], width)
        return self._table(cells, width, style, plain=at_cursor)

    def _table(self, cells: dict[str, str], width: int, style: Style, *, plain: bool = True) -> Strip:
        segments: list[Segment] = []
        text = ""
        for column in columns_for(width):
            value = cells.get(column.key, "")
            gap = 0 if column.right or column.key == "fav" else 1
            if column.key == "address":
                value = fit_place(value, column.width - gap)
            piece = fit(value, column.width - gap, right=column.right) + " " * gap
            special = "" if plain else _look(column.key, value)
            if special:
                segments += [Segment(text, style), Segment(piece, self._style(special))]
                text = ""
            else:
                text += piece
        segments.append(Segment(text, style))
        return Strip(segments).adjust_cell_length(width, style)

    def _beside(self, line: int, width: int) -> Strip:
        if self._card:
            line *= 2
        lines = wrap(self._aside, max(8, width - 6)) if self._aside else []
        text = lines[line - 2] if 2 <= line < len(lines) + 2 else ""
        return Strip([Segment(fit(f"   {text}", width), self._style("call-list--dim"))], width)

    def _style(self, name: str) -> Style:
        """The style of a part, or of what is no part (""); worked out once, not for each line."""
        if name not in self._styles:
            self._styles[name] = self.get_component_rich_style(name) if name else self.rich_style
        return self._styles[name]

    def notify_style_update(self) -> None:
        """Another theme: forget the old one's colours."""
        self._styles.clear()
        super().notify_style_update()

    # --- moving -----------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        if not self._rows:
            return
        old, top = self._cursor, self._top
        self._cursor = max(0, min(self._cursor + by, len(self._rows) - 1))
        self._scroll()
        if top != self._top:
            self.refresh()
        elif old != self._cursor:
            self.refresh(self._place(old), self._place(self._cursor))
        if old != self._cursor:
            self.post_message(self.Moved(self, self._cursor))

    def _scroll(self) -> None:
        lowest = max(0, len(self._rows) - self._seen)
        self._top = min(max(self._top, self._cursor - self._seen + 1), self._cursor, lowest)

    def action_move_page(self, pages: int) -> None:
        """Move the cursor by what is seen."""
        self.action_move(pages * max(1, self._seen - 1))

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self._rows:
            self.post_message(self.Chosen(self, self._cursor))

    def on_click(self, event: events.Click) -> None:
        """Move to a row; on the row that the cursor is on already, choose it."""
        index = self._top + (event.y - self._head) // self._per_row
        if event.y < self._head or index >= len(self._rows):
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
        self._scroll()
        self.refresh()

    def _place(self, index: int) -> Region:
        top = self._head + (index - self._top) * self._per_row
        return Region(0, top, self.size.width, self._per_row)


def _look(key: str, value: str) -> str:
    """How a cell is drawn that is not just text."""
    if key == "status":
        return _STATUS.get(value, "call-list--dim")
    if key == "fav":
        return "call-list--star" if value else ""
    return "call-list--dim" if key in ("kind", "tags", "bytes", "comment") else ""
