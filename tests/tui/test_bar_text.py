from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.tui.actions import COMMANDS, Place
from bbsterm.tui.bar_text import (
    Bar,
    Chip,
    TabMark,
    chip_of,
    clock,
    ended_bar,
    keys_bar,
    lay_out,
    question_bar,
    status_bar,
    with_tabs,
)


def shown(bar: Bar, width: int) -> str:
    row = [" "] * width
    for column, chip, text in lay_out(bar, width):
        piece = f"{chip.key} {text}" if chip.key and text else chip.key or text
        row[column : column + len(piece)] = piece
    assert len(row) == width
    return "".join(row)


def status(width: int, **changes: object) -> str:
    values: dict[str, object] = {
        "name": "Xibalba",
        "seconds": 761,
        "protocol": "TELNET",
        "encoding": "cp437",
        "size": "80x24",
        "link": "online",
    }
    return shown(status_bar(**(values | changes)), width)


def words(row: str) -> str:
    return " ".join(row.split())


def test_a_status_row_of_80_says_everything():
    assert status(80) == " = Menu ^]  Xibalba".ljust(42) + "12:41  TELNET  cp437  80x24  o online "


def test_what_matters_least_gives_way_first():
    assert words(status(64)) == "= Menu ^] Xibalba 12:41 TELNET cp437 80x24 o online"
    assert words(status(50)) == "= Menu ^] Xibalba 12:41 TELNET o online"
    assert words(status(30)) == "= Menu ^] Xibalba 12:41 o"
    assert words(status(9)) == "^] o"
    assert words(status(4)) == "o"


def test_a_long_name_is_shortened_before_it_goes():
    assert "A board with a very lon…" in status(76, name="A board with a very long name indeed")
    assert "A board wit…" in status(50, name="A board with a very long name indeed")


def test_only_verified_encryption_looks_good():
    looks = {}
    for protocol in ("TELNET", "TELNET/TLS", "TELNET/TLS UNVERIFIED"):
        bar = status_bar(name="", seconds=0, protocol=protocol, encoding="", size="", link="online")
        looks[protocol] = next(chip.look for chip in bar.right if chip.texts[0] == protocol)

    assert looks == {"TELNET": "", "TELNET/TLS": "good", "TELNET/TLS UNVERIFIED": "bad"}


def test_the_keys_of_a_call_fit_80_columns():
    row = shown(keys_bar(COMMANDS[Place.CALL]), 80)

    for piece in ("h Hang up", "a Again", "s Shot…", "b Scroll", "e Directory", "x Exit", "? All", "Esc"):
        assert piece in row


def test_the_end_always_offers_redial_and_quit():
    reason = "Connection closed by host after 12:41."

    for width, why in ((100, reason), (80, reason), (72, "Closed by host after 12:41.")):
        row = shown(ended_bar(reason, COMMANDS[Place.ENDED]), width)
        assert row.startswith(f" {why} ")
        assert "r Redial" in row
        assert "q Quit" in row


def test_the_end_of_one_of_several_calls_shows_the_others_too():
    bar = ended_bar("Connection closed by host after 12:41.", COMMANDS[Place.ENDED])
    tabs = [TabMark(1, "Xibalba", current=True, ended=True), TabMark(2, "Level 29 Elsewhere", active=True)]

    row = shown(with_tabs(bar, tabs), 80)

    assert row.startswith(" [1x] 2* Closed by host after 12:41. ")
    assert "r Redial" in row
    assert with_tabs(bar, tabs[:1]) == bar


def test_a_question_names_its_answers():
    bar = question_bar("Send 12 lines?", [("y", "Yes"), ("n", "No")])

    assert words(shown(bar, 80)) == "Send 12 lines? y Yes n No"


def test_a_clock_counts_hours_only_when_there_are_any():
    assert [clock(s) for s in (0, 7.9, 61, 3599, 3723)] == ["0:00", "0:07", "1:01", "59:59", "1:02:03"]


CHIPS = st.builds(
    Chip,
    texts=st.lists(st.text("ab界", max_size=20), min_size=1, max_size=3).map(tuple),
    rank=st.integers(0, 5),
    key=st.sampled_from(["", "h", "Esc"]),
)


@given(st.lists(CHIPS, max_size=6), st.lists(CHIPS, max_size=6), st.integers(1, 120))
def test_chips_never_overlap_or_leave_the_row(left, right, width):
    placed = lay_out(Bar(tuple(left), tuple(right)), width)

    column = 0
    for at, chip, text in placed:
        assert at >= column
        column = at + chip.width(chip.texts.index(text))
        assert column <= width


@pytest.mark.parametrize("width", range(60, 133))
def test_at_any_width_calls_chips_and_the_link_are_there_and_nothing_overlaps(width):
    tabs = tuple(
        TabMark(number, f"A board with a name {number}", current=number == 2, active=number % 2 == 1)
        for number in range(1, 10)
    )
    bar = status_bar(
        name="x",
        seconds=3723,
        protocol="TELNET/TLS",
        encoding="cp437",
        size="132x50",
        link="online",
        chips=[chip_of("REC"), chip_of("MACRO", "2/5 waiting for login:")],
        tabs=tabs,
    )

    placed = lay_out(bar, width)
    texts = [each.text for each in placed]
    ends = [each.column + len(each.text) for each in placed]

    assert all(end < after.column for end, after in zip(ends, placed[1:], strict=False))
    assert ends[-1] <= width
    assert any(text.startswith("[2") for text in texts)
    assert texts[-1].startswith("o")


def test_a_call_among_others_is_marked_in_text():
    tabs = (
        TabMark(1, "A", active=True),
        TabMark(2, "B", bell=True, active=True),
        TabMark(3, "C", ended=True),
        TabMark(4, "D", current=True),
    )

    texts = [each.text for each in lay_out(status_bar(name="D", tabs=tabs), 132)]

    assert texts[1:5] == ["1 A*", "2 B!", "3 Cx", "[4 D]"]
