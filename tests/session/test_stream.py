from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.screen.terminal import Terminal
from bbsterm.session.stream import StreamTerminal


def passed(*chunks: bytes, kind="ansi", encoding=None, ansi=True) -> str:
    written = []
    terminal = StreamTerminal(kind, encoding, written.append, ansi=ansi)
    for chunk in chunks:
        terminal.feed(chunk)
    return "".join(written)


def test_it_is_a_terminal():
    assert isinstance(StreamTerminal("ansi", None, print, ansi=True), Terminal)


@pytest.mark.parametrize(
    ("board", "terminal"),
    [
        (b"\x1b[1;31mHi\x1b[0m\r\n", "\x1b[1;31mHi\x1b[0m\r\n"),
        (b"\xda\xc4\xbf \xb0\xdb", "┌─┐ ░█"),
        (b"\x01\x02\x03", "☺☻♥"),
        (b"\x0c", "\x1b[2J\x1b[H"),
        (b"\x1b[2J", "\x1b[2J\x1b[H"),
        (b"\x1b[6n\x1b[5n", "\x1b[6n\x1b[5n"),
        (b"a\x07\x08b", "a\x07\x08b"),
        (b"\x1b7\x1b8\x1bM", "\x1b7\x1b8\x1bM"),
        (b"\x1b[?25l\x1b[?1000;1006h", "\x1b[?25l\x1b[?1000;1006h"),
    ],
)
def test_a_terminal_gets_colours_movements_and_the_right_glyphs(board, terminal):
    assert passed(board) == terminal


@pytest.mark.parametrize(
    "harm",
    [
        b"\x1b]0;title\x07",
        b"\x1b]52;c;aGk=\x07",
        b"\x1bP+q544e\x1b\\",
        b"\x1b_apc\x1b\\",
        b"\x1b^pm\x1b\\",
        b"\x1bXsos\x1b\\",
        b"\x1b[21t",
        b"\x1b[8;5;5t",
        b"\x1b[5i",
        b"\x1b[!p",
        b"\x1b[?26n",
        b"\x1b[1;1;1;1;1;1*y",
        b"\x1b[>4;2m",
        b"\x1b[>1u",
        b"\x1b[?6h",
        b"\x1b[?1049h",
        b"\x1b[?25;1049h",
        b"\x1b[?25$p",
        b"\x1b[>c",
        b"\x00\x7f",
    ],
)
def test_what_could_harm_the_users_terminal_stays_outside(harm):
    assert passed(b"a" + harm + b"b", kind="vt") == "ab"


def test_c1_in_utf8_is_no_command():
    assert passed("a\x9b2Jb\x9d".encode(), kind="vt") == "a2Jb"


def test_music_is_not_text():
    assert passed(b"a\x1b[|MBT120L8CDE\x0eb") == "ab"


@pytest.mark.parametrize(
    ("board", "text"),
    [
        (b"\x1b[1;31mHi\x1b[0m\r\nthere\r\n", "Hi\nthere\n"),
        (b"a\x1b[5Cb", "a     b"),
        (b"\x1b[2J\x1b[H\x1b[5;10Hone\x1b[6;10Htwo", "one\ntwo"),
        (b"50%\r100%\r\n", "50%\n100%\n"),
        (b"\xb0\x07\x01\tx", "░☺ x"),
        (b"\x1b]0;title\x07x\x0cy", "x\ny"),
        (b"\r\n\r\n", "\n\n"),
    ],
)
def test_a_file_gets_text_in_lines(board, text):
    assert passed(board, ansi=False) == text


def test_a_commodores_text_is_readable():
    assert passed(b"\x93\x05HELLO\rworld\x0d", kind="petscii", ansi=False) == "hello\nWORLD\n"


def test_a_commodores_screen_is_repainted_on_the_users_terminal():
    shown = passed(b"\x93\x05HELLO", kind="petscii")

    assert "\x1b[2J" in shown
    assert "38;2;255;255;255" in shown
    assert "hello" in shown


@pytest.mark.parametrize(
    ("kind", "size"),
    [("petscii", (40, 25)), ("petscii80", (80, 25)), ("atascii", (40, 24)), ("atarist", (80, 25))],
)
@pytest.mark.parametrize("ansi", [True, False])
def test_a_home_computer_keeps_its_own_size(kind, size, ansi):
    terminal = StreamTerminal(kind, None, print, ansi=ansi, columns=132, rows=50)
    terminal.resize(100, 40)

    assert (terminal.columns, terminal.rows) == size


def test_a_character_cut_in_two_is_one_character():
    assert passed(b"\xe2\x94", b"\x8c", kind="utf8") == "┌"


def test_the_character_set_can_change():
    written = []
    terminal = StreamTerminal("ansi", None, written.append, ansi=True)
    terminal.encoding = "utf-8"
    terminal.feed("é".encode())

    assert written == ["é"]
    assert terminal.encode("é\n") == "é\r".encode()


_PIECES = st.sampled_from(
    [
        b"\x1b",
        b"\x1b[",
        b"\x1b]0;",
        b"\x1b\\",
        b"\x07",
        b"\r",
        b"\n",
        b"5C",
        b"2J",
        b"|",
        b"\x0e",
        b"text",
        b"\xff",
    ]
)


@given(st.lists(_PIECES | st.binary(max_size=8), max_size=20), st.booleans(), st.sampled_from(["ansi", "vt"]))
def test_any_split_of_any_bytes_passes_the_same_and_never_a_control_string(pieces, ansi, kind):
    whole = passed(b"".join(pieces), kind=kind, ansi=ansi)

    assert passed(*pieces, kind=kind, ansi=ansi) == whole
    assert passed(*(bytes((byte,)) for piece in pieces for byte in piece), kind=kind, ansi=ansi) == whole
    assert not any(opener in whole for opener in ("\x1b]", "\x1bP", "\x1b_", "\x1b^", "\x1bX"))
    if not ansi:
        assert all(letter == "\n" or not 0 <= ord(letter) < 0xA0 or letter.isprintable() for letter in whole)


@pytest.mark.parametrize("ansi", [False, True])
def test_a_home_computer_s_keyboard_can_be_told_to_be_a_terminal_s(ansi):
    terminal = StreamTerminal("atascii", None, str, ansi=ansi, ansi_keys=True, ascii_eol=True)

    assert terminal.press("up") == b"\x1b[A"
    assert terminal.encode("\n") == b"\r"
