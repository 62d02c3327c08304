"""The table of UX: who gets which rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.tui.geometry import (
    BOARD,
    FIT,
    Extent,
    Fixed,
    Origin,
    StatusPlace,
    follow,
    place_status,
    plan,
    wish_of,
)

FIXED, OVERLAY = StatusPlace.FIXED, StatusPlace.OVERLAY


@pytest.mark.parametrize(
    ("window", "status_row", "screen", "reported", "status", "cramped"),
    [
        ((120, 40), True, (80, 25), (80, 25), FIXED, False),
        ((80, 26), True, (80, 25), (80, 25), FIXED, False),
        ((80, 25), True, (80, 24), (80, 24), FIXED, False),
        ((80, 25), False, (80, 25), (80, 25), OVERLAY, False),
        ((80, 24), True, (80, 24), (80, 24), OVERLAY, False),
        ((80, 24), False, (80, 24), (80, 24), OVERLAY, False),
        ((80, 20), True, (80, 24), (80, 20), OVERLAY, True),
        ((60, 24), True, (80, 24), (60, 24), OVERLAY, True),
        ((60, 30), True, (80, 25), (60, 25), FIXED, True),
        ((1, 1), True, (80, 24), (1, 1), OVERLAY, True),
    ],
)
def test_a_board_of_80x25(window, status_row, screen, reported, status, cramped):
    made = plan(Extent(*window), BOARD, status_row=status_row)

    assert (made.screen, made.reported) == (screen, reported)
    assert (made.status, made.cramped) == (status, cramped)


def test_an_entry_that_wants_25_rows_gets_them_on_24():
    made = plan(Extent(80, 24), Fixed(Extent(80, 25)))

    assert made.screen == made.reported == (80, 25)
    assert made.status is OVERLAY
    assert not made.cramped


def test_a_forty_column_machine_is_not_cramped_on_sixty_columns():
    made = plan(Extent(60, 30), Fixed(Extent(40, 25)))

    assert made.screen == made.reported == (40, 25)
    assert not made.cramped


@pytest.mark.parametrize(
    ("window", "status_row", "screen", "status"),
    [
        ((132, 50), True, (132, 49), FIXED),
        ((132, 50), False, (132, 50), OVERLAY),
        ((80, 25), True, (80, 24), FIXED),
        ((80, 24), True, (80, 24), OVERLAY),
    ],
)
def test_a_screen_that_fits_fills_the_window(window, status_row, screen, status):
    made = plan(Extent(*window), FIT, status_row=status_row)

    assert made.screen == made.reported == screen
    assert made.status is status


def test_a_screen_is_never_larger_than_screens_may_be():
    made = plan(Extent(10_000, 10_000), FIT)

    assert made.screen == (limits.MAX_COLUMNS, limits.MAX_ROWS - 1)


def test_80x25_is_what_everybody_has_and_other_sizes_were_chosen():
    assert wish_of(80, 25) is BOARD
    assert wish_of(132, 37) == Fixed(Extent(132, 37), exact=True)


def test_the_status_row_is_fixed_as_soon_as_there_is_a_row_to_spare():
    assert place_status(Extent(80, 26), Extent(80, 25)) is FIXED
    assert place_status(Extent(80, 25), Extent(80, 25)) is OVERLAY
    assert place_status(Extent(80, 26), Extent(80, 25), status_row=False) is OVERLAY


def test_25_rows_seen_through_24_move_by_one_when_the_cursor_needs_it():
    screen, view = Extent(80, 25), Extent(80, 24)

    assert follow(Origin(0, 0), (23, 0), view, screen) == Origin(0, 0)
    assert follow(Origin(0, 0), (24, 0), view, screen) == Origin(1, 0)
    assert follow(Origin(1, 0), (10, 0), view, screen) == Origin(1, 0)  # and stay while nothing forces them
    assert follow(Origin(1, 0), (0, 0), view, screen) == Origin(0, 0)


SIZES = st.builds(Extent, st.integers(1, 200), st.integers(1, 100))


@given(SIZES, SIZES, st.data())
def test_the_cursor_is_always_seen_and_the_view_never_leaves_the_screen(view, screen, data):
    cursor = (data.draw(st.integers(0, screen.rows - 1)), data.draw(st.integers(0, screen.columns - 1)))
    start = Origin(data.draw(st.integers(0, screen.rows)), data.draw(st.integers(0, screen.columns)))

    row, column = follow(start, cursor, view, screen)

    assert row <= cursor[0] < row + view.rows
    assert column <= cursor[1] < column + view.columns
    assert 0 <= row <= max(0, screen.rows - view.rows)
    assert 0 <= column <= max(0, screen.columns - view.columns)


@given(st.integers(-5, 20_000), st.integers(-5, 20_000), st.sampled_from([BOARD, FIT]), st.booleans())
def test_naws_never_says_nothing_or_more_than_there_is(columns, rows, wish, status_row):
    made = plan(Extent(columns, rows), wish, status_row=status_row)

    assert min(made.reported) >= 1
    assert made.reported <= made.screen
    assert made.screen.columns <= limits.MAX_COLUMNS
    assert made.screen.rows <= limits.MAX_ROWS
