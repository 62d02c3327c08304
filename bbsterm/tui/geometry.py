"""Who gets which rows: 80x25 boards on terminals of any size. Pure functions, one table.

A board of 80 columns and 25 rows wants one row more than the classic terminal has, and we want one for our
status. So the status row is fixed where there is room and an overlay where there is none, and a screen larger
than its window is seen through a viewport that follows the cursor.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

from bbsterm import limits

__all__ = [
    "BOARD",
    "FIT",
    "Extent",
    "Fixed",
    "Origin",
    "Plan",
    "StatusPlace",
    "Wish",
    "follow",
    "place_status",
    "plan",
    "wish_of",
]


class Extent(NamedTuple):
    """A size in character cells."""

    columns: int
    rows: int


class Origin(NamedTuple):
    """The board's cell that the window's upper left corner shows."""

    row: int
    column: int


class StatusPlace(Enum):
    """Where the status row stands."""

    FIXED = "below the board"
    OVERLAY = "over the board's last row, for a moment"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A screen of this size. `exact` rows are kept on any window; otherwise one row may be given up."""

    extent: Extent
    exact: bool = True


@dataclass(frozen=True, slots=True)
class _Fit:
    """As large as the window, and told so whenever it changes."""


Wish = Fixed | _Fit
"""How large the entry wants its screen."""

FIT: Final = _Fit()
BOARD: Final = Fixed(Extent(80, 25), exact=False)
"""What boards are drawn for: 80x25, or 80x24 where 25 rows and the status row do not fit together."""


def wish_of(columns: int, rows: int) -> Wish:
    """What an entry's size means: 80x25 is what everybody has, any other size was chosen."""
    return BOARD if (columns, rows) == BOARD.extent else Fixed(Extent(columns, rows))


_SMALLEST: Final = Extent(80, 24)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a window of a certain size means for a call.

    Attributes:
        screen: The emulation's size. Where it is larger than the window, the window follows the cursor.
        reported: What NAWS says. Smaller than `screen` only where the window cannot show 80x24.
        status: Where the status row stands.
        cramped: The window is smaller than any board expects: worth one warning.
    """

    screen: Extent
    reported: Extent
    status: StatusPlace
    cramped: bool = False


def plan(window: Extent, wish: Wish = BOARD, *, status_row: bool = True) -> Plan:
    """Divide a window between the board and the status row, when a call begins.

    Args:
        window: The host terminal's size.
        wish: What the entry wants.
        status_row: False once the user has put the status row away.
    """
    window = _clamp(window)
    if isinstance(wish, _Fit):
        status = StatusPlace.FIXED if status_row and window.rows > _SMALLEST.rows else StatusPlace.OVERLAY
        rows = window.rows - (status is StatusPlace.FIXED)
        extent = Extent(window.columns, rows)
        return Plan(extent, extent, status, cramped=_is_cramped(window, _SMALLEST))
    screen = wish.extent
    if not wish.exact and window.rows < screen.rows + status_row:
        screen = Extent(screen.columns, screen.rows - 1)
    cramped = _is_cramped(window, screen)
    reported = Extent(*map(min, window, screen)) if cramped else screen
    return Plan(screen, reported, place_status(window, screen, status_row=status_row), cramped)


def place_status(window: Extent, screen: Extent, *, status_row: bool = True) -> StatusPlace:
    """Where the status row stands with a screen that keeps its size: fixed where there is a row to spare."""
    return StatusPlace.FIXED if status_row and window.rows > screen.rows else StatusPlace.OVERLAY


def follow(origin: Origin, cursor: tuple[int, int], view: Extent, screen: Extent) -> Origin:
    """Move a viewport as little as it takes to have the cursor inside it.

    Args:
        origin: Where the viewport is now.
        cursor: The board's cursor: row and column from 0.
        view: The viewport's size.
        screen: The screen's size; a viewport at least as large stays at its corner.
    """
    return Origin(
        _follow(origin.row, cursor[0], view.rows, screen.rows),
        _follow(origin.column, cursor[1], view.columns, screen.columns),
    )


def _follow(start: int, cursor: int, view: int, screen: int) -> int:
    if view >= screen or view <= 0:
        return 0
    start = min(max(start, cursor - view + 1), cursor)
    return max(0, min(start, screen - view))


def _clamp(window: Extent) -> Extent:
    """Never 0x0, which some boards divide by, and never more than a screen may have."""
    columns, rows = window
    return Extent(max(1, min(columns, limits.MAX_COLUMNS)), max(1, min(rows, limits.MAX_ROWS)))


def _is_cramped(window: Extent, screen: Extent) -> bool:
    """Whether less is seen than 80x24, or than all of a smaller screen."""
    smallest = Extent(*map(min, screen, _SMALLEST))
    return window.columns < smallest.columns or window.rows < smallest.rows
