from __future__ import annotations

from bbsterm.screen.export import to_ans, to_ansi, to_text
from tests.screen.lines import GREY, YELLOW_ON_BLUE, row


def test_text_loses_trailing_blanks_and_empty_last_lines():
    lines = [row(("Hi   ", GREY)), row(("     ", GREY)), row(("  x  ", GREY)), row(("     ", GREY))]

    assert to_text(lines) == "Hi\n\n  x\n"


def test_text_of_an_empty_screen_is_empty():
    assert to_text([row(("   ", GREY))]) == ""


def test_ansi_says_every_colour_and_ends_each_line_in_the_default():
    assert to_ansi([row(("Hi", YELLOW_ON_BLUE))]) == ("\x1b[0;38;2;255;255;85;48;2;0;0;170mHi\x1b[0m\n")


def test_ansi_says_attributes():
    loud = GREY._replace(bold=True, blink=True, underline=True)

    assert to_ansi([row(("!", loud))]).startswith("\x1b[0;1;4;5;38;2;")


def test_an_ans_file_uses_sixteen_colours_and_the_boards_bytes():
    art = to_ans([row(("█", YELLOW_ON_BLUE))], columns=80, encode=lambda text: text.encode("cp437"))

    assert art.startswith(b"\x1b[0;1;33;44m\xdb\x1b[0m\r\n\x1aSAUCE00")


def test_an_ans_file_ends_in_a_sauce_record_of_128_bytes():
    art = to_ans(
        [row(("x", GREY))] * 3, columns=80, encode=str.encode, title="Menu", author="Ann", date="20260901"
    )

    body, mark, sauce = art.rpartition(b"\x1aSAUCE00")
    record = b"SAUCE00" + sauce
    assert mark
    assert len(record) == 128
    assert record[7:42] == b"Menu".ljust(35)
    assert int.from_bytes(record[90:94], "little") == len(body)  # file size before the record
    assert record[94:96] == b"\x01\x01"  # character data, ANSi
    assert int.from_bytes(record[96:98], "little") == 80
    assert int.from_bytes(record[98:100], "little") == 3
