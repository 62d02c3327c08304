"""Which codecs a terminal can read."""

from __future__ import annotations

import encodings.aliases

import pytest

from bbsterm import codecs
from bbsterm.screen import create_terminal


@pytest.mark.parametrize(
    "name", ["utf-8", "utf-8-sig", "CP437", "cp037", "latin-1", "shift_jis", "gb18030", *codecs.names()]
)
def test_what_boards_speak_is_readable(name):
    assert codecs.readable(name) == codecs.lookup(name).name


@pytest.mark.parametrize(
    "name",
    ["utf-16", "utf-32-le", "utf-7", "hz", "unicode_escape", "punycode", "idna", "base64", "rot13", "zip",
     "undefined", "klingon", "a\0b", ""],
)  # fmt: skip
def test_what_hides_control_characters_or_is_no_text_is_not(name):
    with pytest.raises(LookupError):
        codecs.readable(name)


@pytest.mark.parametrize("name", sorted(set(encodings.aliases.aliases.values())))
def test_a_terminal_takes_any_bytes_in_whatever_is_readable(name):
    try:
        codecs.readable(name)
    except LookupError:
        return
    terminal = create_terminal("ansi", encoding=name)
    terminal.feed(bytes(range(256)) + b"\xff\xfe~{+ACs-\x1b$B\r\n\n" * 2)
    assert len(terminal.display()) == 25
