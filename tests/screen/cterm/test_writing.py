"""CTerm: where text goes between margins, in origin mode, and while a wrap waits."""

from __future__ import annotations

import pytest

from tests.screen.looks import answers, place, rows, terminal

BETWEEN = b"\x1b[?69h\x1b[4;8s"
"""Left and right margins: columns 4 to 8."""

WAITING = b"\x1b[=4h\x1b[1;12H*"
"""Column 12, the last, has a character, and a wrap waits."""


def small(data):
    return terminal("ansi", data, columns=12, rows=4)


def test_text_runs_through_a_right_margin():
    screen = small(BETWEEN + b"\x1b[2;6Habcdef")
    assert rows(screen) == ["", "     abcdef"]
    assert place(screen) == (2, 12)


def test_in_the_regions_last_row_text_returns_to_the_left_margin_and_nothing_scrolls():
    screen = small(b"first" + BETWEEN + b"\x1b[4;6Habcdef")
    assert rows(screen) == ["first", "", "", "   defbc"]
    assert place(screen) == (4, 7)


def test_at_the_screens_edge_text_goes_on_in_column_1():
    assert rows(small(BETWEEN + b"\x1b[2;10Habcde")) == ["", "         abc", "de"]


def test_without_autowrap_text_stays_at_the_right_margin():
    assert rows(small(BETWEEN + b"\x1b[?7l\x1b[2;6Habcdef")) == ["", "     abf"]


def test_margins_stay_when_their_mode_goes():
    screen = small(BETWEEN + b"\x1b[?69l\x1b[2;6H\rX\x1b[s")
    assert rows(screen) == ["", "   X"]
    assert answers("ansi", BETWEEN + b"\x1b[?69l\x1bP$qs\x1b\\") == b"\x1bP1$r4;8s\x1b\\"


def test_in_origin_mode_the_region_is_the_screen():
    assert rows(small(b"\x1b[?69h\x1b[3;10s\x1b[?6h\x1b[1;7Habc")) == ["        ab", "  c"]


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (b"\x1b[2;5H\x1b[L", ["aaaaaaaaaaa", "bbb", "cccbbbbbccc", "dddcccccddd"]),
        (b"\x1b[2;5H\x1b[2M", ["aaaaaaaaaaa", "bbbdddddbbb", "ccc", "ddd"]),
        (b"\x1b[?6h\x1b[2;2H\x1b[L", ["aaaaaaaaaaa", "bbb     bbb", "cccbbbbbccc", "dddcccccddd"]),
    ],
)
def test_rows_that_come_in_between_margins_are_blank_beyond_the_right_one_too(change, shown):
    full = b"\r\n".join(letter * 11 for letter in (b"a", b"b", b"c", b"d"))
    assert rows(small(full + BETWEEN + change)) == shown


def test_a_wrap_that_waits_survives_what_moves_the_cursor_in_the_last_column():
    assert rows(small(WAITING + b"\x1b[2dX")) == ["           *", "", "X"]
    assert rows(small(WAITING + b"\x1b[2eX")) == ["           *", "", "", "X"]
    assert rows(small(WAITING + b"\x1b[5CX")) == ["           *", "X"]


def test_it_waits_even_when_the_cursor_left_and_came_back():
    assert rows(small(WAITING + b"\x1b[DXYZ")) == ["          X*", "YZ"]
    assert rows(small(WAITING + b"\x1b[3GXY\x1b[12GZ")) == ["  XY       *", "Z"]


@pytest.mark.parametrize(
    "forgetting", [b"\x1b[A", b"\x1b[a", b"\x1b[K\x1b[C", b"\x1b[@\x1b[C", b"\x1b[X\x1b[C"]
)
def test_it_is_forgotten_by_what_changes_the_row(forgetting):
    assert rows(small(WAITING + forgetting + b"X")) == ["           X"]


def test_columns_are_inserted_where_the_cursor_waits():
    assert rows(small(WAITING + b"\x1b['}")) == []


def test_insert_in_the_last_cell_scrolls_what_text_would_scroll():
    assert rows(small(b"a\r\nb\r\nc\r\nd\x1b[4;12H\x1b[@")) == ["b", "c", "d"]
    assert rows(small(b"a\r\nb\r\nc\r\nd\x1b[2;3r\x1b[?6h\x1b[2;12H\x1b[@")) == ["a", "c", "", "d"]


def test_doorway_characters_scroll_a_region_where_text_does_not():
    region = b"a\r\nb\r\nc\r\nd\x1b[2;3r\x1b[3;12H"
    assert rows(small(region + b"X")) == ["a", "b", "c          X", "d"]
    assert rows(small(b"\x1b[=255h" + region + b"\0X")) == ["a", "c          X", "", "d"]


def test_tab_stops_count_from_the_regions_edge_in_origin_mode():
    between = b"\x1b[?69h\x1b[3;40s\x1b[?6h"
    assert place(terminal("ansi", between + b"\t", columns=80)) == (1, 11)
    assert place(terminal("ansi", between + b"\x1b[1;5H\x1bH\r\t", columns=80)) == (1, 7)
    assert place(terminal("ansi", between + b"\x1b[1;20H\x1b[Z", columns=80)) == (1, 19)


def test_very_many_tabs_end_where_one_after_the_other_do():
    one_by_one = terminal("ansi", b"a\r\nb\r\nc" + b"\t" * 997, columns=30)
    for at_once in (b"\x1b[997I", b"\t\x1b[996b"):
        screen = terminal("ansi", b"a\r\nb\r\nc" + at_once, columns=30)
        assert (rows(screen), place(screen)) == (rows(one_by_one), place(one_by_one))


@pytest.mark.parametrize("margins", [b"\x1b[3;9r", BETWEEN, BETWEEN + b"\x1b[?6h", b"\x1b[2;3r\x1b[4;1H"])
@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 40, 123, 124, 125, 600])
def test_many_tabs_between_margins_are_that_many_single_ones(margins, count):
    stops = b"\x1b[1;3H\x1bH\x1b[1;6H\x1bH\x1b[1;7H\x1bH\x1b[2;1Hx"
    one_by_one, at_once = small(stops + margins + b"\t" * count), small(stops + margins)

    at_once.feed(b"\x1b[%dI" % count)

    assert (rows(at_once), place(at_once)) == (rows(one_by_one), place(one_by_one))


@pytest.mark.parametrize("margins", [b"", BETWEEN])
@pytest.mark.parametrize("tabs", [b"\x1b[2147483647I", b"\t\x1b[2147483647b"])
def test_tabs_without_end_scroll_no_more_than_the_screen_can_show(margins, tabs):
    screen = small(margins + b"".join(b"\x1b[%dG\x1bH" % column for column in range(1, 13)))
    scrolled = []
    scroll = screen.scroll_region
    screen.scroll_region = lambda count: (scrolled.append(count), scroll(count))

    screen.feed(tabs)

    assert len(scrolled) <= 2 * screen.rows


@pytest.mark.parametrize(
    "margins", [b"\x1b[?6h", BETWEEN, b"\x1b[?69h\x1b[3;8s\x1b[?6h", b"\x1b[=4h\x1b[1;12H*\x1b[D"]
)
def test_wide_characters_and_marks_go_where_others_go_however_the_stream_is_cut(margins):
    text = "ab字cé́\N{GRINNING FACE}defgh字ij".encode()
    whole = terminal("utf8", margins + text, columns=12, rows=4)
    cut = terminal("utf8", margins, columns=12, rows=4)
    for byte in text:
        cut.feed(bytes([byte]))
    assert (rows(cut), place(cut)) == (rows(whole), place(whole))
    assert "字" in "".join(rows(whole))


def test_a_wide_character_that_does_not_fit_goes_on_or_stays():
    origin = b"\x1b[?6h\x1b[1;12H"
    assert rows(terminal("utf8", origin + "字".encode(), columns=12)) == ["", "字"]
    assert rows(terminal("utf8", origin + b"\x1b[?7l" + "字".encode(), columns=12)) == ["          字"]


def test_a_row_that_goes_on_in_the_next_says_so():
    screen = small(b"\x1b[?6h" + b"x" * 15)
    assert [row.wrapped for row in screen.grid] == [True, False, False, False]
