from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from bbsterm import codecs
from bbsterm.screen.glyphs import LEVELS, PROBE, guess, judge, substitute

EVERY = sorted({char for charmap in codecs.CHARMAPS for char in charmap.table if char.isprintable()})


def test_full_is_what_there_is():
    assert substitute("🮂▌é", "full") == "🮂▌é"


def test_basic_does_without_legacy_computing():
    assert substitute("Hi 🮂🮇🭼🮖█é", "basic") == "Hi ▔▕└▒█é"
    left = [char for char in EVERY if ord(substitute(char, "basic")) >= 0x1F8B0 and ord(char) < 0xF0000]
    assert left == []


def test_ascii_is_ascii():
    assert substitute("╔═╗ │é│ █▒░ ♥ñ 中", "ascii") == "+=+ |e| #%. vn ? "
    assert all(substitute(char, "ascii").isascii() for char in EVERY)


@pytest.mark.parametrize("level", LEVELS)
def test_substitutes_are_as_wide_as_what_they_stand_for(level):
    for char in EVERY:
        if wcswidth(char) == 1:
            assert wcswidth(substitute(char, level)) == 1


def test_cp437_art_says_something_in_ascii():
    pictures = codecs.find("cp437_art").table
    assert "?" not in substitute(pictures.replace("?", "").replace("¿", ""), "ascii")


@given(st.text())
def test_any_text_can_be_ascii(text):
    assert substitute(text, "ascii").isascii()


@pytest.mark.parametrize(
    ("reply", "level"),
    [
        (b"\x1b[5;2R\x1b[5;2R", "full"),
        (b"\x1b[5;3R\x1b[5;2R", "basic"),
        (b"\x1b[5;5R\x1b[5;4R", "ascii"),
        (b"\x1b[5;2R", None),
        (b"", None),
        (b"garbage\x1b[1;2Rmore\x1b[1;2R", "full"),
    ],
)
def test_a_terminal_is_judged_by_where_its_cursor_goes(reply, level):
    assert judge(reply) == level


def test_the_probe_leaves_no_trace():
    assert PROBE.count(b"\x1b[6n") == 2
    assert PROBE.endswith(b"\r    \r")


@pytest.mark.parametrize(
    ("environ", "level"),
    [
        ({"LANG": "en_US.UTF-8", "TERM": "xterm-256color"}, "full"),
        ({"LANG": "en_US.UTF-8", "TERM": "linux"}, "basic"),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "ascii"),
        ({"LC_CTYPE": "de_DE.utf8", "LANG": "C"}, "full"),
        ({}, "ascii"),
    ],
)
def test_what_the_environment_says(environ, level):
    assert guess(environ) == level
