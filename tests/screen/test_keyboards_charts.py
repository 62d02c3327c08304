from __future__ import annotations

import pytest

from bbsterm.screen.keyboards import ANSI, VT
from bbsterm.screen.keyboards_atari import ATARIST, ATASCII
from bbsterm.screen.keyboards_charts import CHARTS, chart, listing, spell
from bbsterm.screen.keyboards_petscii import PETSCII
from bbsterm.screen.keys import encode_key

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def keys_of(name: str) -> dict[str, tuple[int, ...]]:
    return {key.label: key.codes for row in CHARTS[name].rows for key in row}


@pytest.mark.parametrize("letter", LETTERS)
def test_the_commodore_chart_says_what_the_keyboard_sends(letter):
    plain, shift, commodore, control = keys_of("petscii")[letter.upper()]
    assert encode_key(PETSCII, letter, letter) == bytes([plain])
    assert encode_key(PETSCII, letter.upper(), letter.upper()) == bytes([shift])
    assert encode_key(PETSCII, f"alt+{letter}") == bytes([commodore])
    assert encode_key(PETSCII, f"ctrl+{letter}") == (b"\t" if letter == "i" else bytes([control]))


@pytest.mark.parametrize("digit", "1234567890")
def test_digits_of_a_commodore(digit):
    plain, _, commodore, control = keys_of("petscii")[digit]
    assert encode_key(PETSCII, digit, digit) == bytes([plain])
    assert encode_key(PETSCII, f"alt+{digit}") == bytes([commodore])
    assert encode_key(PETSCII, f"ctrl+{digit}") == bytes([control])


@pytest.mark.parametrize("letter", LETTERS)
def test_the_atari_chart_says_what_the_keyboard_sends(letter):
    plain, shift, control = keys_of("atascii")[letter]
    assert encode_key(ATASCII, letter, letter) == bytes([plain])
    assert encode_key(ATASCII, letter.upper(), letter.upper()) == bytes([shift])
    if letter not in "im":  # Ctrl+I and Ctrl+M are Tab and Enter for most terminals
        assert encode_key(ATASCII, f"ctrl+{letter}") == bytes([control])


@pytest.mark.parametrize("name", CHARTS)
def test_every_key_has_a_code_for_every_shift(name):
    assert all(
        len(key.codes) == len(CHARTS[name].shifts) and 1 <= len(key.label) <= 3
        for row in CHARTS[name].rows
        for key in row
    )


@pytest.mark.parametrize("name", ["petscii", "atascii", "atarist", "ansi", "vt"])
def test_charts_fit_80_columns(name):
    assert all(len(line) <= 78 for line in chart(name))


def test_a_chart_is_drawn():
    lines = chart("petscii")
    assert lines[0] == "Commodore 64"
    assert "plain │5F │31 │32 │33 │" in lines[4]


@pytest.mark.parametrize(
    "keyboard", [ANSI, VT, PETSCII, ATASCII, ATARIST], ids=lambda keyboard: keyboard.name
)
def test_listings_are_what_is_sent(keyboard):
    for key, code in listing(keyboard):
        assert encode_key(keyboard, key) == code


def test_listings_leave_out_what_says_nothing_new():
    names = [key for key, _ in listing(VT)]
    assert "ctrl+up" not in names
    assert {"up", "f12", "shift+tab"} <= set(names)


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"\x1b[A", "ESC[A      1b 5b 41"), (b"\x0d", "CR         0d"), (b"\x85 ", "<85>space  85 20")],
)
def test_bytes_are_spelled(data, said):
    assert spell(data) == said
