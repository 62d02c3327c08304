from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.errors import UsageError
from bbsterm.screen import create_terminal
from bbsterm.screen.terminal import BellRang, Cursor, Terminal, TitleChanged


def shown(data: bytes, kind: str = "ansi", **settings: int) -> list[str]:
    terminal = create_terminal(kind, **settings)
    terminal.feed(data)
    rows = terminal.display()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def test_it_is_a_terminal():
    assert isinstance(create_terminal("ansi"), Terminal)


def test_an_unknown_kind_is_a_usage_error():
    with pytest.raises(UsageError, match="no such terminal: morse"):
        create_terminal("morse")
    with pytest.raises(UsageError, match="no such encoding: morse"):
        create_terminal("ansi", encoding="morse")


def test_cp437_with_its_control_characters_as_glyphs():
    assert shown(b"\xc9\xcd\xbb \x01\x0e\x1a\x0b\x7f") == ["╔═╗ ☺♫→♂⌂"]


def test_column_80_wraps_at_once():
    terminal = create_terminal("ansi")
    terminal.feed(b"x" * 80 + b"\r\nZ")

    assert terminal.display()[:3] == ["x" * 80, "", "Z"]


def test_ff_and_ed_2_clear_home_and_keep_the_old_screen():
    for clear in (b"\x0c", b"\x1b[2J"):
        terminal = create_terminal("ansi")
        terminal.feed(b"one\r\ntwo" + clear + b"X")

        assert terminal.display()[0] == "X"
        assert [line.text() for line in terminal.history] == ["one", "two"]
        assert terminal.cursor == Cursor(0, 1)


def test_it_answers_where_the_cursor_is_and_how_big_the_screen_is():
    terminal = create_terminal("ansi", rows=24)
    terminal.feed(b"\x1b[3;7H\x1b[6n\x1b[255n\x1b[5n")

    assert terminal.take_replies() == b"\x1b[3;7R\x1b[24;80R\x1b[0n"
    assert terminal.take_replies() == b""


def test_strings_are_swallowed_and_the_title_is_an_event():
    terminal = create_terminal("ansi")
    terminal.feed(b"a\x1b]0;Ti\x1b\\b\x1b_apc\x1b\\c\x1bPdcs\x1b\\d\x1b^pm\x1b\\e\x1bXsos\x1b\\f\x07")

    assert terminal.display()[0] == "abcdef"
    assert terminal.take_events() == [TitleChanged("Ti"), BellRang()]


def test_colours_as_a_pc_shows_them():
    terminal = create_terminal("ansi")
    terminal.feed(b"\x1b[1;33;44mA\x1b[0;5;7mB\x1b[0m")
    bright, blinking, blank = terminal.line(0).spans()

    assert (bright.text, bright.paint.foreground, bright.paint.background) == ("A", "#ffff54", "#0000a8")
    assert (blinking.text, blinking.paint.foreground, blinking.paint.background) == (
        "B",
        "#000000",
        "#a8a8a8",
    )
    assert blinking.paint.blink
    assert terminal.line(0).blinks
    assert blank.columns == 78
    assert not terminal.line(1).blinks


def test_dirty_rows_are_what_changed_with_the_cursor():
    terminal = create_terminal("ansi", rows=4)
    assert terminal.take_dirty() == {0, 1, 2, 3}
    assert terminal.take_dirty() == set()

    terminal.feed(b"\x1b[3;1Hx")
    assert terminal.take_dirty() == {0, 2}

    terminal.feed(b"\x1b[4;1H\n")
    assert terminal.take_dirty() == {0, 1, 2, 3}


def test_a_row_keeps_the_views_strip_until_it_changes():
    terminal = create_terminal("ansi", rows=3)
    terminal.feed(b"one\r\ntwo\r\n")
    first, second = terminal.line(0), terminal.line(1)
    first.strip = second.strip = "painted"

    terminal.feed(b"three\n")
    assert terminal.line(0) is second
    assert terminal.line(0).strip == "painted"

    terminal.feed(b"\x1b[1;1HX")
    assert terminal.line(0).strip is None


def test_utf8_with_wide_and_combining_characters():
    assert shown("h\u00e9 e\u0301 漢字 \u202eend".encode(), "utf8") == ["h\u00e9 e\u0301 漢字 end"]


def test_utf8_split_in_the_middle_of_a_character():
    terminal = create_terminal("utf8")
    for byte in "░漢".encode():
        terminal.feed(bytes([byte]))

    assert terminal.display()[0] == "░漢"
    assert terminal.cursor.column == 3


def test_keys_go_out_as_the_board_expects_them():
    terminal = create_terminal("ansi")

    assert terminal.press("up") == b"\x1b[A"
    assert terminal.press("a", "a") == b"a"
    assert terminal.encode("né\n") == b"n\x82\r"


def test_resize_keeps_the_picture():
    terminal = create_terminal("ansi", rows=5)
    terminal.feed(b"one\r\ntwo\r\nthree\r\nfour\r\nfive")

    terminal.resize(40, 3)
    assert terminal.display() == ["three", "four", "five"]
    assert terminal.cursor == Cursor(2, 4)
    assert [line.text() for line in terminal.history] == ["one", "two"]

    terminal.resize(100, 6)
    assert terminal.display() == ["three", "four", "five", "", "", ""]
    assert sum(span.columns for span in terminal.line(0).spans()) == 100


SOUP = st.lists(
    st.one_of(
        st.binary(max_size=8),
        st.builds(
            lambda mark, numbers, final: b"\x1b[" + mark + numbers + final,
            st.sampled_from([b"", b"?", b"=", b"<", b">"]),
            st.from_regex(rb"[0-9;:]{0,8}", fullmatch=True),
            st.from_regex(rb"[ -/]?[@-~]", fullmatch=True),
        ),
        st.from_regex(rb"\x1b[ -~]{1,3}", fullmatch=True),
        st.sampled_from([b"\x1b]", b"\x1bP", b"\x1b_", b"\x1b\\", "漢e\u0301".encode(), b"\r\n", b"\x9b"]),
    ),
    max_size=30,
)


@pytest.mark.parametrize("kind", ["ansi", "utf8", "vt"])
@given(chunks=SOUP)
def test_nothing_raises_and_chunks_never_matter(kind, chunks):
    whole, split = create_terminal(kind, rows=6), create_terminal(kind, rows=6)

    whole.feed(b"".join(chunks))
    for chunk in chunks:
        split.feed(chunk)

    assert split.display() == whole.display()
    assert split.cursor == whole.cursor
    assert split.take_replies() == whole.take_replies()
    assert split.take_events() == whole.take_events()
    assert 0 <= whole.cursor.row < 6
    assert 0 <= whole.cursor.column < 80
    for row in range(6):
        assert sum(span.columns for span in whole.line(row).spans()) == 80
