"""CTerm: what the pictures in tests/goldens do not show: events, bounds, links, fonts, macros, speed."""

from __future__ import annotations

import pytest

from bbsterm import limits
from bbsterm.screen.mouse import Form
from bbsterm.screen.terminal import (
    BaudRateSelected,
    BellRang,
    FontSelected,
    ModesChanged,
    MouseReporting,
    MusicPlayed,
    TitleChanged,
)
from tests.screen.looks import answers, place, rows, shown, terminal


@pytest.mark.parametrize(
    ("number", "rate"), [(0, 0), (1, 300), (4, 2400), (6, 9600), (8, 38_400), (11, 115_200)]
)
def test_the_speed_that_a_board_wants_is_told(number, rate):
    assert terminal("ansi", b"\x1b[0;%d*r" % number).take_events() == [BaudRateSelected(rate)]
    assert terminal("ansi", b"\x1b[;%d*r" % number).take_events() == [BaudRateSelected(rate)]


def test_a_speed_of_another_line_or_that_there_is_not_is_ignored():
    assert terminal("ansi", b"\x1b[2;6*r\x1b[0;12*r\x1b[0;99*r").take_events() == []


def test_the_bell_rings_and_titles_are_cut_and_cleaned():
    screen = terminal("ansi", b"\x07\x1b]0;a\tb\x1b\\\x1b]2;" + b"x" * 1000 + b"\x07")
    assert screen.take_events() == [BellRang(), TitleChanged("ab"), TitleChanged("x" * limits.MAX_TITLE)]


@pytest.mark.parametrize(
    ("mode", "reporting"),
    [(9, "PRESS"), (1000, "BUTTONS"), (1002, "DRAG"), (1003, "ALL"), (1001, "OFF"), (1005, "OFF")],
)
def test_mouse_modes(mode, reporting):
    screen = terminal("ansi", b"\x1b[?%dh" % mode)
    assert screen.mouse is MouseReporting[reporting]
    assert (ModesChanged() in screen.take_events()) is (reporting != "OFF")
    screen.feed(b"\x1b[?%dl\x1b[?1006h\x1b[?2004h" % mode)
    assert (screen.mouse, screen.mouse_form, screen.bracketed_paste) == (MouseReporting.OFF, Form.SGR, True)


def test_music_is_notes_and_never_text():
    screen = terminal("ansi", b"a\x1b[|MBO2L8C+.N0P4\x0eb\x1b[Nmfg\x0ec")
    first, second = screen.take_events()
    assert rows(screen) == ["abc"]
    assert isinstance(first, MusicPlayed)
    assert first.background
    assert [note.frequency > 0 for note in first.notes] == [True, False, False]
    assert first.notes[0].duration == 360_000 / 120 / 8
    assert (second.background, len(second.notes)) == (False, 1)


def test_a_tune_has_a_bound():
    screen = terminal("ansi", b"\x1b[|" + b"C" * 100_000 + b"\x0e")
    (tune,) = screen.take_events()
    assert len(tune.notes) == limits.MAX_TUNE_NOTES


def test_a_font_is_a_character_set():
    screen = terminal("ansi", b"\xc4\x1b[0;37 D\xc4\x1b[0;20 D\xc4\x1b[0;200 D\xc4")
    assert rows(screen) == ["─ÄДД"]
    assert screen.encoding == "cp1251"
    assert [event.slot for event in screen.take_events() if isinstance(event, FontSelected)] == [37, 20]
    assert answers("ansi", b"\x1b[0;200 D\x1b[=1n") == b"\x1b[=1;46;1;0;0;0;0n"


def test_a_font_leaves_an_encoding_alone_that_the_caller_has_chosen():
    assert rows(terminal("ansi", b"\x1b[0;20 D\xc4", encoding="cp850", keeps_encoding=True)) == ["─"]
    assert terminal("ansi", b"\x1b[0;20 D", encoding="cp850", keeps_encoding=True).encoding == "cp850"


def test_fonts_for_bold_and_blinking_text():
    screen = terminal("ansi", b"\x1b[1;37 D\x1b[?31h\xc4\x1b[1m\xc4\x1b[0m\xc4")
    assert rows(screen) == ["─Ä─"]


@pytest.mark.parametrize(
    "font",
    [
        b"\x1b[=46;2{" + b"\x1b[31mX" * 400,
        b"\x1bPCTerm:Font:46:" + b"QUJD" * 1000 + b"\x1b\\",
    ],
)
def test_a_font_that_is_loaded_is_swallowed_and_can_be_chosen(font):
    screen = terminal("ansi", font[:2056] if b"{" in font else font)
    screen.feed(b"\x1b[0;46 Dok")
    assert rows(screen) == ["ok"]
    assert screen.pen.look.font == 46


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x1bP5;0;0!zab\x1b\\\x1b[5*z\x1b[5*z", ["abab"]),
        (b"\x1bP5;0;1!z6162!3;63;64\x1b\\\x1b[5*z", ["abcccd"]),
        (b"\x1bP5;0;0!zab\x1b\\\x1bP6;1;0!zc\x1b\\\x1b[5*z\x1b[6*z", ["c"]),
        (b"\x1bP5;0;1!z616\x1b\\\x1b[5*z", []),
        (b"\x1bP64;0;0!zab\x1b\\\x1b[64*z", []),
        (b"\x1bP1;0;1!z1b5b312a7a78\x1b\\\x1b[1*z", ["x"]),  # a macro does not run in itself
        (b"ab\x1bP1;0;1!z1b6378\x1b\\\x1b[1*z\x1b[1*z", ["x"]),  # and a reset in one forgets them all
    ],
)
def test_macros(data, text):
    assert rows(terminal("ansi", data)) == text


def test_macros_in_macros_have_a_bound():
    bomb = b"".join(
        b"\x1bP%d;0;1!z%b\x1b\\" % (number, (b"\x1b[%d*z" % (number + 1) * 8).hex().encode())
        for number in range(20)
    )
    screen = terminal("ansi", bomb + b"\x1bP20;0;0!zboom \x1b\\\x1b[0*zdone")
    assert rows(screen)[-1] == "done"


def test_a_macro_is_no_longer_than_its_bound():
    screen = terminal("ansi", b"\x1bP1;0;1!z!999999;6162;\x1b\\\x1b[1*z", columns=80, rows=25)
    assert sum(map(len, rows(screen))) <= limits.MAX_MACRO_OUTPUT


def test_links_lead_to_the_web_or_nowhere():
    screen = terminal(
        "ansi",
        b"\x1b]8;;https://example.org/\x1b\\a\x1b[31mb\x1b[0mc\x1b]8;;\x1b\\d\x1b]8;id=1;file:///etc\x07e",
    )
    line = screen.line(0)
    assert rows(screen) == ["abcde"]
    assert [screen.link(line, column) for column in range(5)] == ["https://example.org/"] * 3 + [None] * 2
    assert line.cell(1)[1].look.foreground == 1


@pytest.mark.parametrize("kind", ["ansi", "vt"])
def test_links_have_a_bound(kind):
    screen = terminal(kind, b"".join(b"\x1b]8;;http://x/%d\x07" % n for n in range(limits.MAX_LINKS + 50)))
    assert len(screen.links) == limits.MAX_LINKS


@pytest.mark.parametrize("kind", ["ansi", "vt"])
def test_a_string_without_end_costs_no_memory_and_can_be_ended(kind):
    screen = terminal(kind, b"\x1b]0;")
    for _ in range(100):
        screen.feed(b"x" * 10_000)
    screen.feed(b"\x1b\\ok")
    assert rows(screen) == ["ok"]
    assert len(screen.title) == limits.MAX_TITLE


def test_events_that_nobody_takes_have_a_bound():
    assert len(terminal("ansi", b"\x07" * 5000).take_events()) == limits.MAX_PENDING_EVENTS


@pytest.mark.parametrize("kind", ["ansi", "vt"])
def test_colours_without_end_have_a_bound(kind):
    screen = terminal(kind)
    for red in range(100):
        screen.feed(b"".join(b"\x1b[38;2;%d;%d;1mx\r" % (red, green) for green in range(100)))
    assert len(screen.pens._pens) <= limits.MAX_PENS + 1


def test_the_entrys_wrap_rule_survives_a_reset():
    for data in (b"0123456789\r\nZ", b"\x1b[=4l\x1bc0123456789\r\nZ"):
        assert shown("ansi", data, force_last_column_flag=True) == (["0123456789", "Z"], (2, 2))
        assert shown("ansi", data)[0] == ["0123456789", "", "Z"]


def test_line_feeds_that_return_the_carriage():
    assert shown("ansi", b"a\nb")[0] == ["a", " b"]
    assert shown("ansi", b"a\nb", lf_expand=True)[0] == ["a", "b"]


def test_what_a_board_asks_is_answered_truly():
    assert answers("ansi", b"\x1b[<c") == b"\x1b[<0;2;3;5;6;7c"
    assert answers("ansi", b"\x1b_SyncTERM:VER\x1b\\") == b"\x1b_SyncTERM:VER;bbsterm\x1b\\"
    assert answers("ansi", b"\x1b[1;1;1;1;1;1*y").startswith(b"\x1bP1!~")


@pytest.mark.parametrize(
    "question",
    [b"\x1bF\x1bG\x1bS", b"\x1b[21t", b"\x1b]52;c;?\x07", b"\x1b[>q", b"\x05", b"\x1bZ", b"\x1b[!"],
)
def test_what_is_never_answered(question):
    assert answers("ansi", b"secret" + question) == b""


def test_a_rip_probe_is_swallowed():
    screen = terminal("ansi", b"a\x1b[!\r\nb\x1b[0!\x1b[2C\x1b[1!\nc")
    assert "!" not in "".join(rows(screen))
    assert screen.take_replies() == b""


def test_a_screen_that_is_cleared_is_kept_in_the_scrollback():
    screen = terminal("ansi", b"one\r\ntwo\x1b[2Jthree\x0c")
    assert [line.text() for line in screen.history] == ["one", "two", "three"]
    assert place(screen) == (1, 1)


def test_saving_and_restoring_origin_mode_goes_home():
    for modes in (b"\x1b[?s", b"\x1b[?6s", b"\x1b[?6u", b"\x1b[?s\x1b[3;3H\x1b[?u"):
        assert place(terminal("ansi", b"\x1b[3;3H" + modes)) == (1, 1)
    for modes in (b"\x1b[?7s", b"\x1b[?7;25s", b"\x1b[?u", b"\x1b[?7u"):
        assert place(terminal("ansi", b"\x1b[3;3H" + modes)) == (3, 3)


def test_bracketed_paste_is_not_among_the_modes_that_are_saved():
    assert not terminal("ansi", b"\x1b[?2004h\x1b[?2004s\x1b[?2004l\x1b[?2004u").bracketed_paste


def test_a_reset_leaves_the_font_and_the_video_cards_modes():
    asked = b"\x1b[?33$p\x1b[?7$p\x1b[=1n"
    board = b"\x1b[0;37 D\x1b[1;40 D\x1b[?33h\x1b[?7l\x1bc"
    assert answers("ansi", board + asked) == b"\x1b[?33;1$y\x1b[?7;1$y\x1b[=1;46;99;37;37;37;37n"


def test_a_commodores_font_does_not_change_what_sequences_are():
    screen = terminal("ansi", b"A\x1b[0;33 DA\x1b[0;0 DA")
    assert rows(screen) == ["AaA"]
    assert screen.encoding == "cp437"


def test_a_font_that_has_no_cells_of_16_lines_is_refused():
    assert answers("ansi", b"\x1b[0;45 D\x1b[=1n") == b"\x1b[=1;46;1;0;0;0;0n"


def test_bel_ends_titles_and_nothing_else_is_done():
    asked = b"\x1b]4;1;?\x07\x1bP$qm\x07\x1b]11;?\x07\x1b]4;1;rgb:11/22/33\x07"
    screen = terminal("ansi", asked + b"\x1b]0;t\x07")
    assert screen.take_replies() == b""
    assert screen.pens.palette.changed == {}
    assert screen.title == "t"


@pytest.mark.parametrize("inside", [b"\b", b"\t", b"\n", b"\v", b"\f", b"\r"])
def test_format_effectors_belong_to_a_string_and_not_to_a_macro(inside):
    assert rows(terminal("ansi", b"\x1b_a" + inside + b"b\x1b\\X")) == ["X"]
    for body in (b"0!zA" + inside + b"B", b"1!z41" + inside + b"42"):
        assert rows(terminal("ansi", b"\x1bP1;0;" + body + b"\x1b\\\x1b[1*z")) == ["AB"]


def test_a_form_feed_in_a_sequence_is_shown_with_it():
    assert rows(terminal("ansi", b"ab\x1b[5\x0cC")) == ["ab←[5♀C"]


def test_what_breaks_a_sequence_in_a_string_is_shown_and_the_string_goes_on():
    screen = terminal("ansi", b"\x1b]0;ab\x1b[5\x01cd\x1b\\X")
    assert rows(screen) == ["←[5☺X"]
    assert screen.title == "abcd"


def test_a_broken_sequence_is_nothing_to_repeat():
    assert rows(terminal("ansi", b"A\x1b[5\x01\x1b[2b")) == ["A←[5☺AA"]


def test_a_nul_in_a_tune_is_nothing():
    screen = terminal("ansi", b"\x1b[|C\0D\x0eX")
    assert rows(screen) == ["X"]
    assert len(screen.take_events()[0].notes) == 2


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b"\x1b[14h\x1b[14$p\x1b[14l\x1b[14$p", b"\x1b[14;1$y\x1b[14;2$y"),
        (b"\x1b[4h\x1b[4$p", b"\x1b[4;4$y"),
        (b"\x1bP$q q\x1b\\", b"\x1bP1$r3 q\x1b\\"),
        (b"\x1b[2 q\x1bP$q q\x1b\\\x1b[?25$p", b"\x1bP1$r2 q\x1b\\\x1b[?25;2$y"),
        (b"\x1b[2 q\x1b[?25h\x1bP$q q\x1b\\\x1b[?25$p", b"\x1bP1$r4 q\x1b\\\x1b[?25;1$y"),
        (b"\x1b[2*x\x1bP$q*x\x1b\\", b"\x1bP1$r2*x\x1b\\"),
        (b"\x1b[38;5;9m\x1b[38;5m\x1bP$qm\x1b\\", b"\x1bP1$r0;5m\x1b\\"),
    ],
)
def test_what_was_set_is_answered(data, answer):
    assert answers("ansi", data) == answer


@pytest.mark.parametrize(
    ("sgr", "colour"),
    [
        (b"38;2;;2;m", "#ff02ff"),
        (b"38;2;;;m", 7),
        (b"38;2;255;255;255m", "#ffffff"),
        (b"38;5;m", 15),
        (b"38:5:m", 0),
        (b"38:2:1::3m", "#010003"),
        (b"1;;5;t", "#ff05ff"),
        (b"1;;;t", 7),
        (b"1;300;1;1t", "#2c0101"),
    ],
)
def test_colours_of_which_a_part_is_left_out(sgr, colour):
    look = terminal("ansi", b"\x1b[" + sgr).attribute.front
    assert (look if look < 256 else f"#{look & 0xFFFFFF:06x}") == colour


@pytest.mark.parametrize(
    ("picture", "cursor"),
    [
        (b"q~", (3, 3)),
        (b"q~-~", (4, 3)),
        (b"7q~-~-~", (4, 3)),
        (b"2q~-~", (6, 3)),
        (b'q"1;1;10;12~-~', (3, 3)),
        (b'q~"1;1~-~-~', (5, 3)),
        (b"q~$~$~", (3, 3)),
    ],
)
def test_text_goes_on_below_a_sixel_picture(picture, cursor):
    assert place(terminal("ansi", b"\x1b[3;3H\x1bP" + picture + b"\x1b\\", rows=8)) == cursor


def test_a_sixel_picture_scrolls_unless_it_may_not():
    screen = terminal("ansi", b"a\r\nb\r\nc\x1bPq~-~-~-~\x1b\\X", rows=4)
    assert (rows(screen), place(screen)) == (["b", "c", "", " X"], (4, 3))
    screen = terminal("ansi", b"a\r\nb\r\nc\x1b[?80l\x1bPq~-~-~-~-~-~\x1b\\X", rows=4)
    assert (rows(screen), place(screen)) == (["a", "b", "cX"], (3, 3))


def test_a_sixel_picture_without_end_scrolls_as_much_as_a_screen_is_high():
    screen = terminal("ansi", b'a\x1bPq"9999;1~' + b"-" * 50_000 + b"\x1b\\", rows=4)
    assert place(screen) == (4, 2)
    assert len(screen.history) <= limits.MAX_ROWS * 8


@pytest.mark.parametrize(
    ("step", "cursor"),
    [
        (b"\x1b[4294967295B", (2, 3)),
        (b"\x1b[4294967295A", (4, 3)),
        (b"\x1b[4294967295C", (3, 2)),
        (b"\x1b[4294967295D", (3, 4)),
        (b"\x1b[2147483648B", (1, 3)),
        (b"\x1b[2147483647C", (3, 1)),
        (b"\x1b[4294967298C", (3, 5)),
        (b"\x1b[4294967295;4294967295H", (1, 1)),
        (b"\x1b[4294967295L", (3, 3)),
    ],
)
def test_steps_are_counted_in_32_bits(step, cursor):
    assert place(terminal("ansi", b"\x1b[3;3H" + step)) == cursor


def test_in_a_font_every_byte_has_a_cell():
    for slot in range(46):
        screen = terminal("ansi", b"\x1b[0;%d D" % slot + bytes(range(0xA0, 0x100)) + b"X", columns=99)
        assert place(screen) == (1, 98), slot


def test_a_reset_takes_a_home_computers_font_away_and_ris_does_not():
    screen = terminal("ansi", b"\x1b[0;32 D", encoding="cp866")
    assert not screen.quick

    screen.feed(b"\x1bc\xc1")
    assert rows(screen) == ["\u2660"]

    screen.reset()
    screen.feed(b"\x8a")
    assert rows(screen) == ["\u041a"]
    assert screen.quick
