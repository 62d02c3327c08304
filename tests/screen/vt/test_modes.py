"""Modes, the alternate screen and resets of the vt emulation."""

from __future__ import annotations

import pytest

from bbsterm.screen.mouse import Form
from bbsterm.screen.terminal import ModesChanged, MouseReporting, TitleChanged
from tests.screen.looks import answers, place, rows, terminal


@pytest.mark.parametrize("mode", [2, 4, 12, 20])
def test_standard_modes_can_be_set_and_asked_for(mode):
    asked = f"\x1b[{mode}$p"
    assert answers("vt", f"\x1b[{mode}h{asked}\x1b[{mode}l{asked}".encode()) == (
        f"\x1b[{mode};1$y\x1b[{mode};2$y".encode()
    )


@pytest.mark.parametrize(
    "mode",
    [1, 4, 5, 6, 7, 9, 12, 18, 19, 25, 35, 42, 45, 47, 66, 67, 69, 1000, 1002, 1003, 1004, 1006, 1047, 1049,
     2004],
)  # fmt: skip
def test_private_modes_can_be_set_and_asked_for(mode):
    asked = f"\x1b[?{mode}$p"
    assert answers("vt", f"\x1b[?{mode}h{asked}\x1b[?{mode}l{asked}".encode()) == (
        f"\x1b[?{mode};1$y\x1b[?{mode};2$y".encode()
    )


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (b"\x1b[1$p", b"\x1b[1;4$y"),
        (b"\x1b[99$p", b"\x1b[99;0$y"),
        (b"\x1b[?8$p", b"\x1b[?8;4$y"),
        (b"\x1b[?9999$p", b"\x1b[?9999;0$y"),
        (b"\x1b[?7;25l\x1b[?7$p\x1b[?25$p", b"\x1b[?7;2$y\x1b[?25;2$y"),
        (b"\x1b[?7l\x1b[?7s\x1b[?7h\x1b[?7r\x1b[?7$p", b"\x1b[?7;2$y"),
    ],
)
def test_what_is_said_of_other_modes(question, answer):
    assert answers("vt", question) == answer


@pytest.mark.parametrize("mode", [47, 1047, 1049])
def test_the_alternate_screen(mode):
    screen = terminal("vt", f"abc\r\n\x1b[3;3H\x1b[?{mode}h".encode())
    assert rows(screen) == []
    assert place(screen) == (3, 3)
    screen.feed(b"\x1b[Hxyz\x1b[2;5H")
    screen.feed(f"\x1b[?{mode}l".encode())
    assert rows(screen) == ["abc"]
    assert place(screen) == ((3, 3) if mode == 1049 else (2, 5))
    screen.feed(f"\x1b[?{mode}h".encode())
    assert rows(screen) == (["xyz"] if mode == 47 else [])


def test_a_resize_reaches_both_screens():
    screen = terminal("vt", b"abcdef\x1b[?1049h\x1b[Hxyzxyz", rows=3)
    screen.resize(4, 6)
    assert rows(screen) == ["xyzx"]
    screen.feed(b"\x1b[?1049l")
    assert rows(screen) == ["abcd"]
    assert len(screen.display()) == 6


def heard(screen):
    """The history, as text."""
    return [line.text() for line in screen.history]


def test_a_lower_screen_gives_up_blank_rows_below_the_cursor_first():
    screen = terminal("vt", b"top\r\nmid", rows=6)
    screen.resize(10, 3)
    assert (rows(screen), place(screen), heard(screen)) == (["top", "mid"], (2, 4), [])


def test_a_lower_screen_loses_no_row_below_the_cursor_with_text_in_it():
    screen = terminal("vt", b"top\x1b[6Hend\x1b[4Hhere", rows=6)
    screen.resize(10, 4)
    assert (screen.display(), place(screen)) == (["", "here", "", "end"], (2, 5))
    assert heard(screen) == ["top", ""]

    screen.feed(b"\x1b[H")
    screen.resize(10, 2)
    assert (screen.display(), place(screen)) == (["", "end"], (1, 1))


def test_a_higher_screen_has_the_newest_rows_of_the_history_again():
    screen = terminal("vt", b"a\r\nb\r\nc\r\nd\r\ne", rows=3)
    assert (heard(screen), screen.scrolled) == (["a", "b"], 2)

    screen.resize(10, 4)
    assert (rows(screen), place(screen)) == (["b", "c", "d", "e"], (4, 2))
    assert (heard(screen), screen.scrolled) == (["a"], 1)

    screen.resize(10, 7)
    assert (rows(screen), place(screen)) == (["a", "b", "c", "d", "e"], (5, 2))
    assert (heard(screen), screen.scrolled, len(screen.display())) == ([], 0, 7)


def test_there_and_back_the_screen_is_what_it_was():
    screen = terminal("vt", b"\r\n".join(b"%d" % line for line in range(40)), rows=8)
    before = screen.display(), screen.cursor, heard(screen)
    for height in (3, 20, 1, 8):
        screen.resize(10, height)
    assert (screen.display(), screen.cursor, heard(screen)) == before


def test_the_alternate_screen_has_no_part_in_the_history_when_its_size_changes():
    screen = terminal("vt", b"a\r\nb\r\nc\x1b[?1049h\x1b[Hone\r\ntwo\r\nthree", rows=3)
    screen.resize(10, 2)
    assert (rows(screen), heard(screen)) == (["two", "three"], ["a"])
    screen.resize(10, 4)
    assert rows(screen) == ["two", "three"]

    screen.feed(b"\x1b[?1049l")
    assert (rows(screen), place(screen)) == (["b", "c"], (2, 2))


def test_what_the_main_screen_shows_outlives_a_low_window_under_the_alternate_one():
    screen = terminal("vt", b"prompt\x1b[?1049h", rows=5)
    screen.resize(10, 2)
    screen.feed(b"\x1b[?1049l")
    assert (rows(screen), place(screen), heard(screen)) == (["prompt"], (1, 7), [])


def test_how_mouse_reports_are_spelled_is_what_was_asked_for_last():
    screen = terminal("vt", b"\x1b[?1000;1006h\x1b[?1015h")
    assert screen.mouse_form is Form.URXVT
    assert answers("vt", b"\x1b[?1006;1005h\x1b[?1005$p\x1b[?1006$p") == b"\x1b[?1005;1$y\x1b[?1006;2$y"
    screen.feed(b"\x1b[?1006l")
    assert screen.mouse_form is Form.URXVT
    screen.feed(b"\x1b[?1015l")
    assert screen.mouse_form is Form.BYTES


def test_reverse_video_swaps_what_has_no_colour_of_its_own():
    screen = terminal("vt", b"a\x1b[31mb\x1b[?5h")
    plain, red = (span.paint for span in screen.line(0).spans()[:2])
    assert (plain.foreground, plain.background) == ("#000000", "#a8a8a8")
    assert red.foreground == "#a80000"


def test_132_columns_only_where_the_user_allows_it():
    screen = terminal("vt", b"\x1b[?40h\x1b[2;3Habc\x1b[?3h")
    assert screen.columns == 10
    assert (rows(screen), place(screen)) == ([], (1, 1))
    assert terminal("vt", b"\x1b[?40h\x1b[?3h", may_resize=True).columns == 132
    assert terminal("vt", b"\x1b[?40h\x1b[?3h\x1b[?3l", may_resize=True).columns == 80
    assert terminal("vt", b"\x1b[?3h", may_resize=True).columns == 10
    assert terminal("vt", b"\x1b[?40h\x1bc\x1b[?3h", may_resize=True).columns == 132  # a reset leaves that
    assert terminal("vt", b"\x1b[?40h\x1b[?3h\x1bc", may_resize=True).columns == 80


def test_a_vt500_may_change_its_width_and_keep_its_text():
    keep = b"\x1b[?40h\x1b[?95habc\x1b[?3h"
    assert rows(terminal("vt", b'\x1b[65;1"p' + keep)) == ["abc"]
    assert rows(terminal("vt", b'\x1b[64;1"p' + keep)) == []


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (b"\x1b[8;30;90t", (90, 30)),
        (b"\x1b[8;30t", (10, 30)),
        (b"\x1b[8;;90t", (90, 5)),
        (b"\x1b[8;0;0t", (10, 5)),  # as large as the window can be: it is that already
        (b"\x1b[24t", (10, 24)),  # DECSLPP
        (b"\x1b[12t", (10, 5)),
        (b"\x1b[7*|", (10, 7)),  # DECSNLS
        (b"\x1b[132$|", (132, 5)),  # DECSCPP
        (b"\x1b[$|", (80, 5)),
        (b"\x1b[90$|", (10, 5)),
        (b"\x1b[8;99999;99999t", (500, 200)),
    ],
)
def test_sizes_change_only_where_the_user_allows_it(data, size):
    screen = terminal("vt", data, may_resize=True)
    assert (screen.columns, screen.rows) == size
    screen = terminal("vt", data)
    assert (screen.columns, screen.rows) == (10, 5)


def test_the_two_reverse_wraps_are_modes_of_their_own():
    asked = b"\x1b[?45$p\x1b[?1045$p"
    screen = terminal("vt", b"\x1b[?1045h" + asked)
    assert screen.take_replies() == b"\x1b[?45;2$y\x1b[?1045;1$y"
    screen.feed(b"\x1b[?45h\x1b[?1045l" + asked)
    assert screen.take_replies() == b"\x1b[?45;1$y\x1b[?1045;2$y"
    screen.feed(b"\x1b[2;1H\b")
    assert place(screen) == (1, 10)
    screen.feed(b"\x1b[?45l\x1b[2;1H\b")
    assert place(screen) == (2, 1)


def test_what_the_application_must_know_is_told():
    screen = terminal("vt", b"\x1b[?1002h\x1b[?1006h\x1b[?2004h\x1b[?1004h")
    assert screen.mouse is MouseReporting.DRAG
    assert (screen.mouse_form, screen.bracketed_paste, screen.focus_reporting) == (Form.SGR, True, True)
    assert ModesChanged() in screen.take_events()
    screen.feed(b"\x1b[?1002l\x1b[?2004l")
    assert (screen.mouse, screen.bracketed_paste) == (MouseReporting.OFF, False)


def test_cursor_keys_follow_their_mode():
    screen = terminal("vt", b"\x1b[?1h")
    assert screen.press("up") == b"\x1bOA"
    screen.feed(b"\x1b[?1l")
    assert screen.press("up") == b"\x1b[A"


def test_the_soft_reset_leaves_what_is_on_the_screen():
    screen = terminal(
        "vt", b"abc\x1b[4h\x1b[?6h\x1b[?25l\x1b[?69h\x1b[2;3s\x1b[2;3r\x1b[31m\x1b(0\x1b[?7l\x1b[!p"
    )
    assert rows(screen) == ["abc"]
    assert not any((screen.insert, screen.origin, screen.lr_mode))
    assert (screen.visible, screen.autowrap) == (True, True)
    assert (screen.top, screen.bottom, screen.left, screen.right) == (0, 5, 0, 10)
    screen.feed(b"\x1b[2;1Hq")
    assert rows(screen)[1] == "q"
    assert screen.pen is screen.pens.default


def test_the_soft_reset_takes_back_colours_and_questions_and_no_more():
    screen = terminal("vt", b"\x1b]4;1;#123456\x07\x1b]5;0;#123456\x07\x1b[1#y\x1b[4 q\x1b[?66h\x1b[!p")
    screen.feed(b"\x1b]4;1;?\x07\x1b]5;0;?\x07a\x1b[1;1;1;1;1;1*y\x1bP$q q\x1b\\\x1b[?66$p")
    assert screen.take_replies() == (
        b"\x1b]4;1;rgb:a8a8/0000/0000\x07\x1b]5;0;rgb:a8a8/a8a8/a8a8\x07"
        b"\x1bP1!~FF9F\x1b\\\x1bP1$r1 q\x1b\\\x1b[?66;2$y"
    )
    screen.feed(
        b"\x1b[20;2h\x1b[?67;1000;1006;2004h\x1b[!p\x1b[20$p\x1b[2$p\x1b[?67$p\x1b[?1006$p\x1b[?2004$p"
    )
    assert screen.take_replies() == b"\x1b[20;1$y\x1b[2;2$y\x1b[?67;1$y\x1b[?1006;1$y\x1b[?2004;1$y"


def test_the_cursor_is_one_of_the_modes_that_are_kept():
    assert place(terminal("vt", b"\x1b[3;4H\x1b[?1048s\x1b[H\x1b[?1048r")) == (3, 4)


def test_the_alternate_screen_comes_back_as_it_was_left():
    screen = terminal("vt", b"main\x1b[?47hother\x1b[?1049s\x1b[?47l\x1b[?1049r")
    assert (rows(screen), screen.alternate) == (["    other"], True)
    screen.feed(b"\x1b[?47l\x1b[?1049s\x1b[?47h\x1b[?1049r")
    assert (rows(screen), screen.alternate) == (["main"], False)


def test_1049_restores_a_cursor_that_was_never_saved():
    assert place(terminal("vt", b"\x1b[3;4H\x1b[?1049l")) == (1, 1)


def test_the_hard_reset_leaves_nothing():
    screen = terminal("vt", b"abc\x1b[3g\x1b[?1049h\x1b[4h\x1b[31m\x1b(0\x1b]4;1;#123456\x07\x1bc")
    assert (rows(screen), place(screen)) == ([], (1, 1))
    assert not any((screen.insert, screen.alternate))
    screen.feed(b"q\tq\x1b]4;1;?\x07")
    assert rows(screen) == ["q       q"]
    assert screen.take_replies() == b"\x1b]4;1;rgb:a8a8/0000/0000\x07"


def test_titles_are_cut_cleaned_and_put_away():
    screen = terminal("vt", b"\x1b]2;one\x07\x1b[22t\x1b]0;t\x01wo\x1b\\\x1b[23t")
    assert screen.take_events() == [TitleChanged("one"), TitleChanged("two"), TitleChanged("one")]
    screen.feed(b"\x1b]2;" + b"x" * 10_000 + b"\x07")
    assert len(screen.title) <= 256
