"""A program written for pyte finds what it expects; where pyte is wrong, the right thing."""

from __future__ import annotations

import copy

import pyte
import pytest
from pyte import modes as mo

import bbsterm.screen.pyte as ours
from bbsterm.screen import create_terminal
from bbsterm.screen.pyte import Char, Screen


def written(columns: int, rows: list[str], red: tuple[int, ...] = ()) -> Screen:
    """A screen with these rows, some of them in red."""
    screen = Screen(columns, len(rows))
    for y, row in enumerate(rows):
        for x, char in enumerate(row):
            screen.buffer[y][x] = Char(char, "red" if y in red else "default")
    return screen


def cells(screen: Screen, line: int) -> list[Char]:
    return [screen.buffer[line][x] for x in range(screen.columns)]


def place(screen: Screen) -> tuple[int, int]:
    return screen.cursor.y, screen.cursor.x


def red(text: str) -> list[Char]:
    return [Char(char, "red") for char in text]


def plain(text: str) -> list[Char]:
    return [Char(char) for char in text]


# --- what it is --------------------------------------------------------------------------


def test_it_is_a_pyte_screen_of_pyte_characters():
    screen = Screen(3, 2)

    assert isinstance(screen, pyte.Screen)
    assert type(screen.buffer[0][0]) is pyte.screens.Char
    assert cells(screen, 1) == [screen.default_char] * 3
    assert repr(screen) == "Screen(3, 2)"
    screen.buffer[1][0] = Char("x")
    assert screen.buffer[-1][0] == Char("x")
    assert screen.buffer[7][0] == screen.default_char


@pytest.mark.parametrize("stream", [pyte.ByteStream, ours.ByteStream])
def test_a_stream_of_bytes_feeds_it(stream):
    screen = Screen(12, 2)

    stream(screen).feed("h\x1b[1;31mé\x1b[0m\r\n漢字\x1b]2;Title\x07".encode())

    assert screen.display == ["hé          ", "漢字        "]
    assert screen.buffer[0][1] == Char("é", "red", bold=True)
    assert screen.title == "Title"
    assert place(screen) == (1, 4)


def test_text_feeds_it_too():
    for stream in (pyte.Stream, ours.Stream):
        screen = Screen(5, 1)
        stream(screen).feed("\x1b[3Cab")
        assert screen.display == ["   ab"]


def test_our_streams_feed_other_screens_as_pytes_do():
    screen = pyte.Screen(5, 1)
    ours.ByteStream(screen).feed(b"a\x1b[2Cb")
    ours.Stream(screen).feed("c")
    assert screen.display == ["a  bc"]


def test_it_shows_a_terminal_that_there_is_already():
    terminal = create_terminal("ansi", columns=10, rows=2)
    screen = Screen.of(terminal)
    terminal.feed(b"\x1b[1;33;44m\xdb\x1b[5mX")

    assert screen.display[0] == "█X        "
    assert screen.buffer[0][0] == Char("█", "brightbrown", "blue", bold=True)
    assert screen.buffer[0][1].blink

    screen.cursor_position(2, 9)
    screen.draw("Y")
    assert terminal.display() == ["█X", "        Y"]


def test_answers_go_to_write_process_input():
    answers = []
    screen = Screen(80, 24)
    screen.write_process_input = answers.append

    screen.report_device_status(5)
    screen.cursor_position(3, 4)
    screen.report_device_status(6)
    screen.report_device_attributes()
    screen.report_device_attributes(private=True)

    assert answers[:2] == ["\x1b[0n", "\x1b[3;4R"]
    assert answers[2].startswith("\x1b[?6")
    assert len(answers) == 3


# --- attributes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "char"),
    [
        ((1,), Char("x", bold=True)),
        ((3, 4), Char("x", italics=True, underscore=True)),
        ((5, 9), Char("x", blink=True, strikethrough=True)),
        ((7,), Char("x", reverse=True)),
        ((4, 24), Char("x")),
        ((33, 44), Char("x", "brown", "blue")),
        ((94, 104), Char("x", "brightblue", "brightblue")),
        ((105,), Char("x", bg="brightmagenta")),  # pyte 0.8.2: "bfightmagenta"
        ((38, 5, 0, 48, 5, 15), Char("x", "000000", "ffffff")),
        ((38, 5, 196), Char("x", "ff0000")),
        ((38, 2, 1, 2, 255), Char("x", "0102ff")),
        ((31, 0, 41), Char("x", bg="red")),
        ((31, 39, 42, 49), Char("x")),
        ((48, 5, 100500), Char("x")),
        ((48, 2, 255), Char("x")),
        ((38,), Char("x")),
        ((100500,), Char("x")),
    ],
)
def test_what_sgr_makes_of_a_character(codes, char):
    screen = Screen(2, 2)
    screen.select_graphic_rendition(*codes)
    assert cells(screen, 0) == [screen.default_char] * 2  # nothing has been drawn yet

    screen.draw("x")

    assert screen.buffer[0][0] == char
    assert screen.cursor.attrs == char._replace(data=" ")


def test_reverse_video_turns_every_character_over():
    screen = written(3, ["sam", "is "])

    screen.set_mode(mo.DECSCNM)
    assert all(char.reverse for line in (0, 1) for char in cells(screen, line))
    assert screen.default_char.reverse
    screen.buffer[1][2] = Char("x", reverse=True)

    screen.reset_mode(mo.DECSCNM)
    assert not any(char.reverse for line in (0, 1) for char in cells(screen, line))


# --- drawing -------------------------------------------------------------------------------


def test_the_last_column_waits_for_another_character():
    screen = Screen(3, 3)
    screen.draw("abc")
    assert place(screen) == (0, 3)

    screen.draw("d")
    assert screen.display == ["abc", "d  ", "   "]
    assert place(screen) == (1, 1)


def test_without_autowrap_the_last_column_is_overwritten():
    screen = Screen(3, 1)
    screen.reset_mode(mo.DECAWM)
    screen.draw("abcd")

    assert screen.display == ["abd"]
    assert mo.DECAWM not in screen.mode
    assert place(screen) == (0, 2)  # pyte: 3, which is nowhere


def test_insert_mode():
    screen = written(3, ["abc"])
    screen.set_mode(mo.IRM)
    screen.draw("x")
    screen.cursor_position()
    screen.draw("y")
    assert screen.display == ["yxa"]


def test_combining_characters_and_those_that_show_nothing():
    screen = Screen(4, 2)
    screen.draw("\N{COMBINING DIAERESIS}")
    assert screen.display == ["    ", "    "]

    screen.draw("bad\N{COMBINING DIAERESIS}!\N{COMBINING DIAERESIS}")
    assert screen.display[0] == "bad\N{COMBINING DIAERESIS}!\N{COMBINING DIAERESIS}"

    screen.draw("\N{ZERO WIDTH SPACE}\a")
    assert place(screen) == (0, 4)
    screen.draw("a\ufeffb\u200dc")  # pyte 0.8.2 loses the rest of the run
    assert screen.display[1] == "abc "


def test_wide_characters():
    screen = Screen(9, 2)
    screen.draw("コンニチ")
    assert (place(screen), screen.display[0]) == ((0, 8), "コンニチ ")
    assert screen.buffer[0][1].data == ""

    screen.draw("ハ")  # half of it would be off the screen
    assert screen.display[1] == "ハ       "

    screen.cursor_position(1, 2)
    screen.draw("x")  # on the right half: the left one goes
    assert screen.display[0] == " xンニチ "


def test_the_pcs_character_set():
    screen = Screen(5, 1)
    stream = pyte.ByteStream(screen)
    screen.define_charset("U", "(")
    stream.select_other_charset("@")

    stream.feed("α ± ε".encode("cp437"))

    assert screen.display == ["α ± ε"]


def test_line_drawing():
    screen = Screen(5, 1)
    ours.ByteStream(screen).feed(b"\x1b)0q\x0eqx\x0fq")
    assert screen.display == ["q─│q "]


# --- moving ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "told", "start", "end"),
    [
        ("cursor_up", (), (5, 5), (4, 5)),
        ("cursor_up", (20,), (5, 5), (0, 5)),
        ("cursor_down", (0,), (5, 5), (6, 5)),
        ("cursor_down", (20,), (5, 5), (9, 5)),
        ("cursor_back", (2,), (5, 5), (5, 3)),
        ("cursor_forward", (20,), (5, 5), (5, 9)),
        ("cursor_up1", (2,), (5, 5), (3, 0)),
        ("cursor_down1", (2,), (5, 5), (7, 0)),
        ("cursor_position", (), (5, 5), (0, 0)),
        ("cursor_position", (5, 10), (0, 0), (4, 9)),
        ("cursor_position", (99, 99), (0, 0), (9, 9)),
        ("cursor_position", (None, 3), (5, 5), (0, 2)),
        ("cursor_to_column", (4,), (5, 5), (5, 3)),
        ("cursor_to_line", (4,), (5, 5), (3, 5)),
        ("carriage_return", (), (5, 5), (5, 0)),
        ("backspace", (), (5, 0), (5, 0)),
        ("linefeed", (), (5, 5), (6, 5)),
        ("index", (), (9, 5), (9, 5)),
        ("reverse_index", (), (0, 5), (0, 5)),
        ("tab", (), (0, 0), (0, 8)),
        ("tab", (), (0, 8), (0, 9)),
    ],
)
def test_moving_the_cursor(method, told, start, end):
    screen = Screen(10, 10)
    screen.cursor.y, screen.cursor.x = start
    getattr(screen, method)(*told)
    assert place(screen) == end


def test_moving_inside_margins():
    screen = Screen(80, 24)
    screen.set_margins(5, 10)
    assert screen.margins == (4, 9)

    screen.cursor_position(7, 1)
    screen.cursor_down(10)
    assert place(screen) == (9, 0)
    screen.cursor_up(10)
    assert place(screen) == (4, 0)

    screen.set_mode(mo.DECOM)
    assert place(screen) == (4, 0)
    screen.cursor_position(99, 1)
    assert place(screen) == (9, 0)

    screen.set_margins()
    assert screen.margins is None


def test_a_line_that_is_named_in_origin_mode_without_margins():
    screen = Screen(80, 24)
    screen.set_mode(mo.DECOM)
    screen.cursor_to_line(3)  # pyte 0.8.2: AssertionError
    assert place(screen) == (2, 0)


def test_a_copy_of_the_cursor_stands_still():
    screen = Screen(5, 5)
    before = copy.copy(screen.cursor)
    screen.cursor_position(3, 3)
    assert (before.y, before.x, before.hidden) == (0, 0, False)


def test_tab_stops():
    screen = Screen(20, 1)
    assert screen.tabstops == {8, 16}
    screen.clear_tab_stop(3)
    assert screen.tabstops == set()

    screen.cursor.x = 3
    screen.set_tab_stop()
    screen.cursor.x = 5
    screen.set_tab_stop()
    screen.clear_tab_stop()
    assert screen.tabstops == {3}


def test_there_is_one_place_to_save_the_cursor_to():
    screen = Screen(10, 10)
    screen.select_graphic_rendition(4)
    screen.cursor_position(4, 6)
    screen.save_cursor()
    screen.cursor_position(9, 9)
    screen.select_graphic_rendition(0)

    screen.restore_cursor()
    assert place(screen) == (3, 5)
    assert screen.cursor.attrs.underscore

    screen.cursor_position()
    screen.restore_cursor()  # pyte: a stack, which a board can make as high as it likes
    assert place(screen) == (3, 5)


def test_restoring_what_was_not_saved_goes_home_and_out_of_origin_mode():
    screen = Screen(10, 10)
    screen.set_mode(mo.DECOM)
    screen.cursor.x, screen.cursor.y = 5, 5
    screen.restore_cursor()
    assert place(screen) == (0, 0)
    assert mo.DECOM not in screen.mode


# --- editing ---------------------------------------------------------------------------------


def test_lines_scroll_with_their_colours():
    screen = written(2, ["bo", "sh", "th", "er", "oh"], red=(1, 2))
    screen.set_margins(2, 4)
    screen.cursor.y = 3
    screen.index()
    assert screen.display == ["bo", "th", "er", "  ", "oh"]
    assert cells(screen, 1) == red("th")

    screen.cursor.y = 1
    screen.reverse_index()
    assert screen.display == ["bo", "  ", "th", "er", "oh"]
    assert place(screen) == (1, 0)


@pytest.mark.parametrize(
    ("method", "told", "line", "expected"),
    [
        ("insert_lines", (), 0, ["   ", "sam", "is ", "foo"]),
        ("insert_lines", (2,), 1, ["sam", "   ", "   ", "is "]),
        ("insert_lines", (20,), 1, ["sam", "   ", "   ", "   "]),
        ("delete_lines", (0,), 0, ["is ", "foo", "bar", "   "]),
        ("delete_lines", (2,), 1, ["sam", "bar", "   ", "   "]),
        ("insert_characters", (2,), 0, ["  s", "is ", "foo", "bar"]),
        ("insert_characters", (10,), 2, ["sam", "is ", "   ", "bar"]),
        ("delete_characters", (2,), 0, ["m  ", "is ", "foo", "bar"]),
        ("delete_characters", (), 3, ["sam", "is ", "foo", "ar "]),
        ("erase_characters", (2,), 3, ["sam", "is ", "foo", "  r"]),
        ("erase_in_line", (2,), 2, ["sam", "is ", "   ", "bar"]),
        ("erase_in_display", (), 1, ["sam", "   ", "   ", "   "]),
        ("erase_in_display", (1,), 1, ["   ", " s ", "foo", "bar"]),
        ("erase_in_display", (2,), 1, ["   ", "   ", "   ", "   "]),
        ("erase_in_display", (4,), 1, ["sam", "is ", "foo", "bar"]),  # pyte 0.8.2: UnboundLocalError
        ("erase_in_line", (9,), 1, ["sam", "is ", "foo", "bar"]),
        ("alignment_display", (), 0, ["EEE", "EEE", "EEE", "EEE"]),
    ],
)
def test_editing(method, told, line, expected):
    screen = written(3, ["sam", "is ", "foo", "bar"])
    screen.cursor.y = line
    getattr(screen, method)(*told)
    assert screen.display == expected


def test_lines_outside_the_margins_are_not_edited():
    screen = written(3, ["sam", "is ", "foo", "bar", "baz"])
    screen.set_margins(2, 4)
    screen.insert_lines(5)
    screen.delete_lines(5)
    assert screen.display == ["sam", "is ", "foo", "bar", "baz"]


def test_blanks_have_the_background_of_the_pen_and_nothing_else():
    screen = written(3, ["sam"], red=(0,))
    screen.select_graphic_rendition(31, 44, 4)
    screen.cursor.x = 1
    screen.erase_in_line()
    assert cells(screen, 0) == [Char("s", "red"), Char(" ", bg="blue"), Char(" ", bg="blue")]


# --- size, modes, reset --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((2, 3), ["bo ", "sh "]),
        ((2, 1), ["b", "s"]),
        ((3, 2), ["bo", "sh", "  "]),
        ((1, 2), ["sh"]),
    ],
)
def test_resizing(size, expected):
    screen = written(2, ["bo", "sh"])
    screen.set_mode(mo.DECOM)
    screen.resize(*size)
    assert (screen.lines, screen.columns) == size
    assert screen.display == expected
    assert mo.DECOM in screen.mode
    assert screen.margins is None


def test_132_columns_and_back():
    screen = written(3, ["sam", "is "])
    screen.set_mode(mo.DECCOLM)
    assert (screen.columns, set(screen.display), place(screen)) == (132, {" " * 132}, (0, 0))
    assert mo.DECCOLM in screen.mode

    screen.reset_mode(3, private=True)
    assert screen.columns == 3


def test_modes_in_both_spellings():
    screen = Screen(3, 3)
    assert screen.mode == {mo.DECAWM, mo.DECTCEM}
    screen.set_mode(6, 5, private=True)
    screen.set_mode(mo.LNM, mo.IRM)
    screen.reset_mode(mo.DECTCEM)
    assert screen.mode == {mo.DECAWM, mo.DECOM, mo.DECSCNM, mo.LNM, mo.IRM}
    assert screen.cursor.hidden


def test_reset():
    screen = written(3, ["sam"], red=(0,))
    screen.select_graphic_rendition(31)
    screen.set_mode(mo.LNM)
    screen.set_title("x")
    screen.reset()
    assert screen.display == ["   "]
    assert screen.mode == {mo.DECAWM, mo.DECTCEM}
    assert (screen.cursor.attrs, screen.title) == (screen.default_char, "")


# --- which lines are dirty -------------------------------------------------------------------------


def dirty_after(screen: Screen, method: str, *told: object) -> set[int]:
    screen.dirty.clear()
    getattr(screen, method)(*told)
    return set(screen.dirty)


def test_what_is_dirty():
    screen = Screen(8, 5)
    everything = set(range(5))
    assert screen.dirty == everything

    assert dirty_after(screen, "reset") == everything
    assert dirty_after(screen, "resize", 5, 8) == set()
    assert dirty_after(screen, "resize", 6, 8) == {*everything, 5}
    screen.resize(5, 8)
    assert dirty_after(screen, "alignment_display") == everything
    assert dirty_after(screen, "set_mode", mo.DECSCNM) == everything
    assert dirty_after(screen, "reset_mode", mo.DECSCNM) == everything
    for method in ("insert_characters", "delete_characters", "erase_characters", "erase_in_line"):
        assert dirty_after(screen, method) == {0}
    assert dirty_after(screen, "draw", "x" * 9) == {0, 1}
    assert dirty_after(screen, "index") == set()
    assert dirty_after(screen, "reverse_index") == set()
    for method in ("insert_lines", "delete_lines"):
        screen.cursor_position(3, 1)
        assert dirty_after(screen, method) == {2, 3, 4}
    screen.cursor_position(3, 1)
    assert dirty_after(screen, "erase_in_display") == {2, 3, 4}
    assert dirty_after(screen, "erase_in_display", 1) == {0, 1, 2}
    screen.cursor_position(5, 1)
    assert dirty_after(screen, "index") == everything
    screen.cursor_position(1, 1)
    assert dirty_after(screen, "reverse_index") == everything


# --- what pyte chokes on ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sequence",
    [
        b"\x1b[;g", b"\x1b[?A", b"\x1b[1;2;3H", b"\x1b[0;31 D", b"\x1b[4J", b"\x1b[2 q", b"\x1b[!p",
        b"\x1b[=4h", b"\x1b[<c", b"\x1bP1$qm\x1b\\", b"\x1b_apc\x1b\\", b"\x1b^pm\x1b\\", b"\x1bXsos\x1b\\",
        b"\x1b]Pxx\x07", b"\x1b[?25$p", b"\x1b[38:5:1m\x1b[0m", b"\x1b[1;1r",
    ],
)  # fmt: skip
def test_no_sequence_raises_or_is_printed(sequence):
    screen = Screen(20, 2)
    ours.ByteStream(screen).feed(b"a" + sequence + b"\x1b[1;2Hb")
    assert screen.display[0].rstrip() == "ab"
