from __future__ import annotations

import pytest

from bbsterm.session.recent import RecentCall
from bbsterm.tui.dial_choices import Demo, Typed, choices, describe, row_of

XIBALBA = RecentCall("Xibalba", "xibalba.example:44510", "ansi", 1_000_000.0, 41)
PAULA = RecentCall("", "telnets://paula.example:992", "utf8", 900_000.0, 1)
KNOWN = [XIBALBA, PAULA]


def test_an_empty_box_offers_the_demo_board_and_everybody_called_before():
    assert choices("", KNOWN) == [Demo(), XIBALBA, PAULA]
    assert choices("  ", []) == [Demo()]


def test_every_word_must_occur_in_name_or_address():
    assert choices("xib", KNOWN) == [XIBALBA, Typed("xib")]
    assert choices("example PAUL", KNOWN) == [PAULA, Typed("example PAUL")]
    assert choices("demo", KNOWN) == [Demo(), Typed("demo")]


@pytest.mark.parametrize(
    "text", ["xibalba.example:4451", "localhost", "example.org", "[::1]:23", "telnet://x"]
)
def test_what_looks_like_an_address_and_is_nobody_s_is_dialled_itself(text):
    assert choices(text, KNOWN)[0] == Typed(text)


def test_somebody_s_whole_address_means_them():
    assert choices("xibalba.example:44510", KNOWN) == [XIBALBA]


def test_rows_are_printable_whatever_was_stored():
    evil = RecentCall("\x1b]0;x\x07\u202e", "h\x1b:23", "an\nsi", 0.0, 1)

    assert all(cell.isprintable() for cell in row_of(evil, 60.0))
    assert row_of(XIBALBA, 1_000_000.0 + 2 * 86400) == (
        "Xibalba",
        "xibalba.example:44510",
        "ansi",
        "2d ago",
        "41",
    )
    assert row_of(PAULA, 900_000.0).name == "telnets://paula.example:992"
    assert row_of(Typed("evil\x1b[2J"), 0.0).address == "evil^[[2J"


def test_a_sentence_says_what_enter_does():
    assert "inside this program" in describe(Demo())
    assert describe(Typed("a.b")) == "Enter dials a.b."
    assert describe(XIBALBA) == "Enter dials xibalba.example:44510."
    assert describe(None) == ""
