from __future__ import annotations

import pytest

from bbsterm.screen import create_terminal
from bbsterm.tui.pictures import Picture, found, keyboard_of, pictures


def by_name(kind: str, **options) -> dict[str, Picture]:
    return {picture.name: picture for picture in pictures(create_terminal(kind, **options))}


def test_a_commodore_s_colours_and_pictures():
    names = by_name("petscii")

    assert names["colour red"].data == b"\x1c"
    assert names["colour light blue"].data == b"\x9a"
    assert names["black spade suit"] == Picture("black spade suit", "♠", b"\xc1")


def test_an_atari_s_pictures():
    assert by_name("atascii")["black heart suit"] == Picture("black heart suit", "♥", b"\x00")


def test_a_code_page_s_upper_half():
    assert by_name("ansi")["full block"] == Picture("full block", "█", b"\xdb")
    assert by_name("ansi", encoding="cp866")["cyrillic capital letter ya"].data == b"\x9f"


def test_unicode_is_too_much_for_a_list():
    assert pictures(create_terminal("utf8")) == []


@pytest.mark.parametrize("kind", ["petscii", "atascii", "atarist", "ansi"])
def test_every_name_is_one_byte_and_can_be_shown(kind):
    for picture in pictures(create_terminal(kind)):
        assert len(picture.data) == 1
        assert picture.shown.isprintable()


def test_every_word_must_occur():
    everything = pictures(create_terminal("petscii"))

    assert [picture.name for picture in found(everything, "blue LIGHT")] == ["colour light blue"]
    assert [picture.shown for picture in found(everything, "♠")] == ["♠"]
    assert found(everything, "") == everything
    assert found(everything, "nothing like it") == []


@pytest.mark.parametrize(("kind", "word"), [("petscii", "HOM"), ("atascii", "inverse"), ("atarist", "f1")])
def test_a_machine_has_its_keyboard_in_the_help(kind, word):
    lines = keyboard_of(create_terminal(kind))

    assert word in "\n".join(lines)
    assert max(map(len, lines)) <= 78


def test_a_pc_s_keys_need_no_picture():
    assert keyboard_of(create_terminal("ansi")) == []
