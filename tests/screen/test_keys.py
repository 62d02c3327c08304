from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.screen.keyboards import ANSI, VT
from bbsterm.screen.keys import KeyModes, encode_key, encode_text

ESC = b"\x1b"


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("up", b"\x1b[A"), ("down", b"\x1b[B"), ("right", b"\x1b[C"), ("left", b"\x1b[D"),
        ("home", b"\x1b[H"), ("end", b"\x1b[K"), ("pageup", b"\x1b[V"), ("pagedown", b"\x1b[U"),
        ("insert", b"\x1b[@"), ("delete", b"\x7f"), ("backspace", b"\x08"),
        ("enter", b"\r"), ("tab", b"\t"), ("shift+tab", b"\x1b[Z"), ("escape", ESC),
        ("f1", b"\x1b[11~"), ("f2", b"\x1b[12~"), ("f3", b"\x1b[13~"), ("f4", b"\x1b[14~"),
        ("f5", b"\x1b[15~"), ("f6", b"\x1b[17~"), ("f7", b"\x1b[18~"), ("f8", b"\x1b[19~"),
        ("f9", b"\x1b[20~"), ("f10", b"\x1b[21~"), ("f11", b"\x1b[23~"), ("f12", b"\x1b[24~"),
        ("shift+f1", b"\x1b[11;2~"), ("ctrl+f12", b"\x1b[24;5~"), ("alt+f4", b"\x1b[14;3~"),
        ("ctrl+left", b"\x1b[D"), ("shift+home", b"\x1b[H"),
    ],
)  # fmt: skip
def test_the_keys_of_a_bbs_terminal(key, sent):
    assert encode_key(ANSI, key) == sent


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("up", b"\x1b[A"), ("home", b"\x1b[H"), ("end", b"\x1b[F"), ("pageup", b"\x1b[5~"),
        ("pagedown", b"\x1b[6~"), ("insert", b"\x1b[2~"), ("delete", b"\x1b[3~"), ("backspace", b"\x7f"),
        ("f1", b"\x1bOP"), ("f4", b"\x1bOS"), ("f5", b"\x1b[15~"), ("f12", b"\x1b[24~"),
        ("ctrl+left", b"\x1b[1;5D"), ("shift+up", b"\x1b[1;2A"), ("alt+ctrl+shift+end", b"\x1b[1;8F"),
        ("shift+f1", b"\x1b[1;2P"), ("ctrl+delete", b"\x1b[3;5~"), ("alt+enter", b"\x1b\r"),
        ("alt+backspace", b"\x1b\x7f"), ("shift+enter", b"\r"),
    ],
)  # fmt: skip
def test_the_keys_of_xterm(key, sent):
    assert encode_key(VT, key) == sent


@pytest.mark.parametrize(("key", "sent"), [("up", b"\x1bOA"), ("home", b"\x1bOH"), ("ctrl+up", b"\x1b[1;5A")])
def test_application_cursor_keys(key, sent):
    assert encode_key(VT, key, None, KeyModes(application_cursor=True)) == sent
    assert encode_key(ANSI, "up", None, KeyModes(application_cursor=True)) == b"\x1b[A"


@pytest.mark.parametrize("keyboard", [ANSI, VT], ids=["ansi", "vt"])
def test_control_characters_come_from_the_name_of_the_key(keyboard):
    for letter in range(26):
        name = f"ctrl+{chr(ord('a') + letter)}"
        if name in ("ctrl+i", "ctrl+m"):
            continue
        assert encode_key(keyboard, name) == bytes([letter + 1])
        assert encode_key(keyboard, name, chr(letter + 1)) == bytes([letter + 1])
    assert encode_key(keyboard, "ctrl+at") == encode_key(keyboard, "ctrl+@", "\0") == b"\0"
    assert encode_key(keyboard, "ctrl+right_square_bracket") == encode_key(keyboard, "ctrl+5") == b"\x1d"
    assert encode_key(keyboard, "ctrl+backslash", "\x1c") == b"\x1c"
    assert encode_key(keyboard, "ctrl+circumflex_accent") == b"\x1e"
    assert encode_key(keyboard, "ctrl+underscore") == b"\x1f"
    assert encode_key(keyboard, "ctrl+shift+a") == b"\x01"
    assert encode_key(keyboard, "alt+ctrl+a") == b"\x1b\x01"
    assert encode_key(keyboard, "ctrl+j", "\n") == b"\n"


@pytest.mark.parametrize(
    ("key", "character", "sent"),
    [
        ("a", "a", b"a"), ("A", "A", b"A"), ("exclamation_mark", "!", b"!"), ("space", " ", b" "),
        ("shift+space", " ", b" "), ("plus", "+", b"+"), ("slash", None, b"/"), ("é", "é", b"\x82"),
        ("decimal", ".", b"."), ("alt+a", "a", b"\x1ba"), ("alt+shift+a", "A", b"\x1bA"),
        ("alt+a", None, b"\x1ba"), ("alt+shift+a", None, b"\x1bA"), ("alt+slash", None, b"\x1b/"),
        ("ctrl+h", None, b"\x08"),
    ],
)  # fmt: skip
def test_what_types_a_character(key, character, sent):
    assert encode_key(ANSI, key, character) == sent


def test_a_character_goes_through_the_codec_of_the_call():
    assert encode_key(VT, "é", "é", KeyModes(encoding="utf-8")) == b"\xc3\xa9"
    assert encode_key(ANSI, "é", "é", KeyModes(encoding="latin-1")) == b"\xe9"
    assert encode_key(ANSI, "heart", "♥", KeyModes(encoding="cp437_art")) == b"\x03"
    assert encode_key(ANSI, "中", "中") is None


@pytest.mark.parametrize(
    "key",
    ["left_shift", "right_control", "caps_lock", "\x19", "\x1c", "super+a", "hyper+up", "ctrl+é", "f35", ""],
)
def test_what_sends_nothing(key):
    assert encode_key(ANSI, key, key if key == "\x19" else None) is None


def test_backspace_and_delete():
    assert encode_key(VT, "backspace", "\x08") == b"\x08", "Ctrl+H on a legacy terminal"
    assert encode_key(VT, "backspace", "\x7f") == b"\x7f"
    board_says = KeyModes(backarrow=False)
    assert encode_key(ANSI, "backspace", None, board_says) == b"\x7f"
    assert encode_key(ANSI, "delete", None, board_says) == b"\x1b[3~"
    assert encode_key(VT, "backspace", None, KeyModes(backarrow=True)) == b"\x08"
    entry_says = KeyModes(backarrow=True, backspace=b"\x7f", delete=b"\x08")
    assert encode_key(ANSI, "backspace", None, entry_says) == b"\x7f"
    assert encode_key(ANSI, "delete", None, entry_says) == b"\x08"


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("f1", 0x3B), ("f10", 0x44), ("f11", 0x85), ("shift+f1", 0x54), ("ctrl+f10", 0x67),
        ("alt+f12", 0x8C), ("up", 0x48), ("pagedown", 0x51), ("delete", 0x53), ("ctrl+left", 0x73),
        ("alt+q", 0x10), ("alt+a", 0x1E), ("alt+z", 0x2C), ("alt+m", 0x32), ("alt+1", 0x78), ("alt+0", 0x81),
        ("shift+tab", 0x0F),
    ],
)  # fmt: skip
def test_doorway_mode_sends_scan_codes(key, code):
    assert encode_key(ANSI, key, None, KeyModes(doorway=True)) == bytes([0, code])
    assert encode_key(ANSI, "x", "x", KeyModes(doorway=True)) == b"x"


def test_enter_with_newline_mode():
    assert encode_key(VT, "enter", "\r", KeyModes(newline=True)) == b"\r\n"


def test_text_is_typed_as_on_the_keyboard():
    assert encode_text(ANSI, "né\nb\r\nc\rd") == b"n\x82\rb\rc\rd"
    assert encode_text(ANSI, "中") == b"?"
    assert encode_text(VT, "中\n", KeyModes(encoding="utf-8", newline=True)) == b"\xe4\xb8\xad\r\n"


@given(
    keyboard=st.sampled_from([ANSI, VT]),
    key=st.one_of(st.text(max_size=12), st.sampled_from(["ctrl+", "+", "alt++", "ctrl+alt+shift+home"])),
    character=st.none() | st.text(max_size=2),
    modes=st.builds(KeyModes, encoding=st.sampled_from(["cp437", "utf-8", "ascii"])),
)
def test_no_key_raises(keyboard, key, character, modes):
    assert isinstance(encode_key(keyboard, key, character, modes), bytes | None)
    assert isinstance(encode_text(keyboard, key, modes), bytes)
