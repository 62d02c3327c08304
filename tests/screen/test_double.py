from __future__ import annotations

import pytest
from wcwidth import wcswidth

from bbsterm import codecs
from bbsterm.screen.double import double
from bbsterm.screen.petscii import PetsciiTerminal
from bbsterm.screen.terminal import Paint, Span

GREY = Paint("#aaaaaa", "#000000")
RED = Paint("#ff0000", "#000000")


def doubled(text: str) -> str:
    (span,) = double([Span(text, GREY, len(text))])
    assert span.columns == 2 * len(text)
    return span.text


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("Hello, 123!", "Ｈｅｌｌｏ，  １２３！"),
        ("£", "￡"),
        ("█▀▄▌▐", "██▀▀▄▄█  █"),
        ("▘▝▖▗▚▞▛▜▙▟", "▀  ▀▄  ▄▀▄▄▀█▀▀██▄▄█"),
        ("┌─┐│└┘", "┌───┐ │ └─┘ "),
        ("◤◥◣◢", "▛▘▝▜▙▖▗▟"),
        ("♥", "♥ "),
        ("▒", "▒▒"),
    ],
)
def test_what_becomes_of_characters(text, wide):
    assert doubled(text) == wide


@pytest.mark.parametrize("name", ["petscii", "petscii_unshifted", "atascii"])
def test_every_picture_fills_two_columns(name):
    for char in codecs.find(name).table:
        if char.isprintable():
            assert wcswidth(doubled(char)) == 2


def test_paints_stay():
    spans = double([Span("ab", GREY, 2), Span("c", RED, 1)])
    assert spans == [Span("ａｂ", GREY, 4), Span("ｃ", RED, 2)]


def test_a_whole_screen():
    terminal = PetsciiTerminal()
    terminal.feed(b"\x93\x12\xc8ELLO\x92\xa1\xa2\xd7ORLD")
    assert sum(span.columns for span in double(terminal.line(0).spans())) == 80


def test_wide_characters_are_padded():
    assert double([Span("中", GREY, 2)]) == [Span("中  ", GREY, 4)]
