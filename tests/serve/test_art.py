from __future__ import annotations

import pytest

from bbsterm.screen import create_terminal
from bbsterm.serve import art
from bbsterm.serve.design.loading import builtin
from bbsterm.serve.design.model import Role
from bbsterm.serve.markup import PLAIN, Style
from bbsterm.serve.picture import BLANK, Cell

DESIGN = builtin()
MENU = [item for item in DESIGN.menus["main"].items if item.who is Role.EVERYBODY]
NAMES = ("welcome", "goodbye", *(piece.name for piece in DESIGN.gallery))


def test_an_ans_file_is_read_into_cells():
    picture = art.parse_ans(b"a\x1b[1;34mb\x1b[41m\xdb\x1b[0m\x1b[2Cc\r\n\x1b[33md\x1aSAUCE00...")

    assert picture.rows == (
        (Cell("a"), Cell("b", Style(9, 0)), Cell("█", Style(9, 4)), BLANK, BLANK, Cell("c", PLAIN)),
        (Cell("d", Style(6, 0)),),
    )


def test_column_80_wraps_at_once():
    picture = art.parse_ans(b"x" * 80 + b"y\r\nz")

    assert [len(row) for row in picture.rows] == [80, 1, 1]


@pytest.mark.parametrize("name", [*NAMES, "menu"])
def test_every_picture_has_its_size_and_says_who_made_it(name):
    picture = art.picture(DESIGN, name)
    sauce = (DESIGN.folder / "art" / f"{name}.ans").read_bytes().partition(b"\x1a")[2]

    assert picture.columns in (36, 80)
    assert len(picture.rows) <= 22
    assert len(sauce) == 128
    assert sauce[:7] == b"SAUCE00"
    assert sauce[42:62].rstrip() == b"bbsterm"


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_looks_the_same_through_our_own_terminal(name):
    terminal = create_terminal("ansi", columns=80, rows=25, encoding="cp437")

    terminal.feed(DESIGN.art[f"{name}.ans"])

    assert terminal.display()[: len(art.picture(DESIGN, name).rows)] == art.picture(DESIGN, name).text()


@pytest.mark.parametrize(("kind", "suffix", "rows"), [("petscii", "seq", 25), ("atascii", "ata", 24)])
@pytest.mark.parametrize("name", [*NAMES, "menu"])
def test_the_eight_bit_pictures_end_in_the_first_column_with_room_below(kind, suffix, rows, name):
    terminal = create_terminal(kind)

    file = f"menu-main.{suffix}" if name == "menu" else f"{name}.{suffix}"
    terminal.feed(DESIGN.art[file])

    assert terminal.cursor.column == 0
    assert terminal.cursor.row <= rows - 2
    assert not list(terminal.history)


@pytest.mark.parametrize(("kind", "suffix"), [("petscii", "seq"), ("atascii", "ata")])
def test_the_woven_menus_list_every_place(kind, suffix):
    terminal = create_terminal(kind)

    terminal.feed((b"\x0e\x93" if kind == "petscii" else b"") + DESIGN.art[f"menu-main.{suffix}"])

    shown = "\n".join(terminal.display())
    for place in MENU:
        assert f" {place.key}  {place.title}" in shown


@pytest.mark.parametrize("name", NAMES)
def test_plain_text_pictures_are_plain_and_fit(name):
    text = DESIGN.art[f"{name}.txt"].decode("ascii")

    assert all(len(line) < 80 for line in text.splitlines())
    assert text.replace("\n", "").isprintable()


def test_gallery_labels_fit_a_row():
    for piece in DESIGN.gallery:
        assert len(piece.title) <= 16
        assert len(piece.about) <= 32
