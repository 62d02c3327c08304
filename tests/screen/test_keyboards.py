from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.screen.atarist import AtariStTerminal
from bbsterm.screen.atascii import AtasciiTerminal
from bbsterm.screen.keyboards import ANSI, VT
from bbsterm.screen.keyboards_atari import ATARIST, ATASCII
from bbsterm.screen.keyboards_petscii import COLOURS, PETSCII, graphics
from bbsterm.screen.keys import KeyModes, encode_key, encode_text
from bbsterm.screen.petscii import PetsciiTerminal

HELLO = "Hello, World! 123"


def sent(keyboard, key: str, character: str | None = None, **modes) -> str | None:
    data = encode_key(keyboard, key, character, KeyModes(**modes))
    return None if data is None else data.hex()


def typed(keyboard, text: str) -> bytes:
    return b"".join(encode_key(keyboard, char, char) or b"?" for char in text)


@pytest.mark.parametrize(
    ("keyboard", "data"),
    [
        (ANSI, b"Hello, World! 123"),
        (VT, b"Hello, World! 123"),
        (PETSCII, b"\xc8ELLO, \xd7ORLD! 123"),
        (ATASCII, b"Hello, World! 123"),
        (ATARIST, b"Hello, World! 123"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_typing(keyboard, data):
    assert typed(keyboard, HELLO) == data
    assert encode_text(keyboard, HELLO) == data


# --- Commodore -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("f1", "85"), ("f2", "89"), ("f3", "86"), ("f4", "8a"), ("f5", "87"), ("f6", "8b"), ("f7", "88"),
        ("f8", "8c"),
        ("shift+f1", "89"), ("shift+f3", "8a"), ("shift+f5", "8b"), ("shift+f7", "8c"), ("alt+f7", "8c"),
        ("up", "91"), ("down", "11"), ("left", "9d"), ("right", "1d"),
        ("home", "13"), ("shift+home", "93"), ("end", "93"),
        ("backspace", "14"), ("delete", "14"), ("insert", "94"), ("shift+delete", "94"),
        ("enter", "0d"), ("shift+enter", "8d"), ("escape", "03"), ("shift+escape", "83"), ("ctrl+c", "03"),
        ("ctrl+1", "90"), ("ctrl+2", "05"), ("ctrl+3", "1c"), ("ctrl+4", "9f"), ("ctrl+5", "9c"),
        ("ctrl+6", "1e"),
        ("ctrl+7", "1f"), ("ctrl+8", "9e"), ("ctrl+9", "12"), ("ctrl+0", "92"),
        ("alt+1", "81"), ("alt+2", "95"), ("alt+3", "96"), ("alt+4", "97"), ("alt+5", "98"), ("alt+6", "99"),
        ("alt+7", "9a"), ("alt+8", "9b"),
        ("alt+a", "b0"), ("alt+b", "bf"), ("alt+c", "bc"), ("alt+d", "ac"), ("alt+e", "b1"), ("alt+z", "ad"),
        ("alt+plus", "a6"), ("alt+minus", "dc"), ("alt+at", "a4"), ("alt+asterisk", "df"),
        ("shift+space", "a0"),
        ("ctrl+a", "01"), ("ctrl+n", "0e"), ("ctrl+z", "1a"), ("ctrl+underscore", "06"), ("ctrl+colon", "1b"),
        ("f12", None), ("pageup", None), ("ctrl+left", "9d"),
    ],
)  # fmt: skip
def test_the_commodore_keyboard(key, code):
    assert sent(PETSCII, key) == code


@pytest.mark.parametrize(
    ("character", "code"),
    [("a", "41"), ("z", "5a"), ("A", "c1"), ("Z", "da"), ("@", "40"), ("£", "5c"), ("\\", "5c"), ("^", "5e"),
     ("↑", "5e"), ("_", "5f"), ("←", "5f"), ("─", "c0"), ("│", "dd"), ("|", "dd"), ("♥", "d3"), ("π", "de"),
     ("~", "de"), ("▌", "a1"), ("é", None)],
)  # fmt: skip
def test_characters_a_commodore_types(character, code):
    assert sent(PETSCII, character, character) == code


def test_f9_and_f10_stand_for_keys_that_terminals_cannot_send():
    terminal = PetsciiTerminal()
    assert terminal.press("f9") == b""
    assert terminal.press("3", "3") == b"\x1c"
    assert terminal.press("3", "3") == b"3"
    assert terminal.press("f10") == b""
    assert terminal.press("1", "1") == b"\x81"
    assert terminal.press("f10") == b""
    assert terminal.press("b", "b") == b"\xbf"
    assert terminal.press("f9") == b""
    terminal.reset()
    assert terminal.press("3", "3") == b"3"


def test_colours_by_name():
    assert len(set(COLOURS.values())) == 16
    assert COLOURS["light blue"] == b"\x9a"


def test_graphics_by_name():
    pictures = graphics()
    names = [name for name, _, _ in pictures]
    assert ("black heart suit", "♥", b"\xd3") in pictures
    assert ("lower half block", "▄", b"\xa2") in pictures
    assert len(names) == len(set(names)) > 60
    for _, char, code in pictures:
        text, other = PetsciiTerminal(), PetsciiTerminal(encoding="petscii_unshifted")
        text.feed(code)
        other.feed(code)
        assert char in (text.display()[0], other.display()[0])


# --- Atari ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("enter", "9b"), ("escape", "1b"), ("tab", "7f"), ("ctrl+tab", "9e"), ("shift+tab", "9f"),
        ("up", "1c"), ("down", "1d"), ("left", "1e"), ("right", "1f"), ("home", "7d"),
        ("backspace", "7e"), ("delete", "fe"), ("insert", "ff"), ("shift+delete", "9c"),
        ("shift+insert", "9d"),
        ("ctrl+a", "01"), ("ctrl+z", "1a"), ("ctrl+comma", "00"), ("ctrl+full_stop", "60"),
        ("ctrl+semicolon", "7b"),
        ("ctrl+2", "fd"), ("f1", None), ("f12", None), ("pageup", None),
    ],
)  # fmt: skip
def test_the_atari_keyboard(key, code):
    assert sent(ATASCII, key) == code


def test_what_ascii_has_and_an_atari_does_not():
    for character in "{}~":
        assert sent(ATASCII, character, character) is None


def test_the_inverse_key():
    terminal = AtasciiTerminal()
    assert terminal.press("grave_accent", "`") == b""
    assert terminal.press("A", "A") == b"\xc1"
    assert terminal.press("enter", "\r") == b"\x9b"
    assert terminal.encode("ab\n") == b"ab\x9b", "text is pasted as it is"
    assert terminal.press("grave_accent", "`") == b""
    assert terminal.press("A", "A") == b"A"


@pytest.mark.parametrize(
    ("key", "data"),
    [
        ("enter", b"\r"), ("escape", b"\x1b"), ("tab", b"\t"), ("backspace", b"\b"), ("delete", b"\x7f"),
        ("up", b"\x1bA"), ("down", b"\x1bB"), ("right", b"\x1bC"), ("left", b"\x1bD"), ("home", b"\x1bH"),
        ("shift+home", b"\x1bE"), ("insert", b"\x1bI"), ("f1", b"\x1bP"), ("f10", b"\x1bY"),
        ("shift+f1", b"\x1bp"),
        ("shift+f10", b"\x1by"), ("f11", None), ("ctrl+c", b"\x03"),
    ],
)  # fmt: skip
def test_the_st_keyboard(key, data):
    assert encode_key(ATARIST, key) == data
    assert AtariStTerminal().press(key) == data


# --- options --------------------------------------------------------------------------------------


@pytest.mark.parametrize("keyboard", [PETSCII, ATASCII], ids=lambda keyboard: keyboard.name)
def test_ansi_keys(keyboard):
    assert sent(keyboard, "up", ansi_keys=True) == b"\x1b[A".hex()
    assert sent(keyboard, "f1", ansi_keys=True) == b"\x1bOP".hex()
    assert sent(keyboard, "home", ansi_keys=True) == b"\x1b[H".hex()
    assert sent(keyboard, "enter", ansi_keys=True) == sent(keyboard, "enter")
    assert sent(keyboard, "backspace", ansi_keys=True) == sent(keyboard, "backspace")


def test_ascii_eol():
    assert sent(ATASCII, "enter", ascii_eol=True) == "0d"
    assert AtasciiTerminal(ascii_eol=True).encode("a\nb") == b"a\rb"
    assert AtasciiTerminal(ansi_keys=True).press("up") == b"\x1b[A"


@given(
    make=st.sampled_from([PetsciiTerminal, AtasciiTerminal, AtariStTerminal]),
    keys=st.lists(
        st.sampled_from(
            ["f9", "f10", "grave_accent", "ctrl+3", "alt+a", "é", "\x19", "left_shift", "enter", "A"]
        )
        | st.text(max_size=8),
        max_size=8,
    ),
)
def test_no_key_raises(make, keys):
    terminal = make()
    for key in keys:
        assert isinstance(terminal.press(key, key if len(key) == 1 else None), bytes | None)
        assert isinstance(terminal.encode(key), bytes)
