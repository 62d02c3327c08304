from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.serve.glyphs import SIMPLER, Repertoire, repertoire

ENCODINGS = ("ascii", "cp437", "utf-8", "latin-1", "petscii", "atascii", "koi8_r")


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "╔═╗ ░▒▓█ ä €".encode()),
        ("cp437", b"\xc9\xcd\xbb \xb0\xb1\xb2\xdb \x84 E"),
        ("ascii", b"+-+ :%%# a E"),
        ("latin-1", b"+-+ :%%# \xe4 E"),
    ],
)
def test_what_is_missing_becomes_what_looks_like_it(encoding, shown):
    assert repertoire(encoding).encode("╔═╗ ░▒▓█ ä €") == shown


def test_letters_lose_accents_that_a_machine_lacks_and_strangers_become_question_marks():
    assert repertoire("ascii").encode("Žluťoučký 漢字 🙂") == b"Zlutoucky ?? ?"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_substitute_ends_in_something_that_can_be_shown(encoding):
    letters = Repertoire(encoding)

    assert b"?" not in letters.encode("".join(char for char in SIMPLER if char != "?"))


@pytest.mark.parametrize("encoding", ["cp437", "utf-8", "ascii", "latin-1"])
@given(text=st.text())
def test_no_control_gets_through(encoding, text):
    encoded = repertoire(encoding).encode(text)
    shown = encoded.decode(encoding)

    assert len(shown) == len(text)
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in shown)


@given(text=st.text(alphabet=st.characters(codec="utf-8")))
def test_a_commodore_gets_no_control_either(text):
    encoded = repertoire("petscii").encode(text)

    assert not any(byte & 0x7F < 0x20 for byte in encoded)


@given(text=st.text() | st.text(alphabet="↑↓←→◀▶␛🢰↰\n\r♥\x9b"))
def test_an_atari_is_sent_glyphs_never_orders(text):
    encoded = repertoire("atascii").encode(text)

    assert not set(encoded) & {
        *range(0x1B, 0x20),
        *range(0x7D, 0x80),
        *range(0x9B, 0xA0),
        *range(0xFD, 0x100),
    }


def test_bidirectional_marks_are_questions():
    assert repertoire("utf-8").encode("a\u202eb\u200fc\u2066") == b"a?b?c?"
