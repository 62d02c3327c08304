from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.testing.spelling import SpellingError, read_bytes, spell

EXAMPLES = [
    (b"\xff\xfd\x1f", "IAC DO NAWS"),
    (b"\xff\xfa\x1f\x00\x50\x00\x18\xff\xf0", "IAC SB NAWS 0 80 0 24 IAC SE"),
    (b"\xff\xfa\x18\x00XTERM\xff\xf0", 'IAC SB TTYPE IS "XTERM" IAC SE'),
    (b"\xff\xfa\x27\x01\x00USER\x03LANG\xff\xf0", 'IAC SB NEW-ENVIRON SEND VAR "USER" USERVAR "LANG" IAC SE'),
    (b"\xff\xfa\x1f\xff\xff\x00\x00\x50\xff\xf0", "IAC SB NAWS IAC IAC 0 0 80 IAC SE"),
    (b"\xff\xfa\x46\x01NAME\x02Demo\xff\xf0", 'IAC SB MSSP VAR "NAME" VAL "Demo" IAC SE'),
    (b"ann\r\n\xff\xf9", '"ann\\r\\n" IAC GA'),
    (b'say "it\'s"\\\x1b[2J\xff\xff', '"say \\"it\'s\\"\\\\\\x1b[2J\\xff\\xff"'),
    (b"\xff\xfb\xa0", "IAC WILL 160"),
    (b"\xff\xef\xff\xfb\x19", "IAC EOR IAC WILL EOR"),  # a command and an option
    (b"\xff\xfa\x18", "255 250 24"),  # cut off: in numbers
    (b"", ""),
]


@pytest.mark.parametrize(("data", "words"), EXAMPLES)
def test_bytes_are_spelled_in_the_fields_words(data, words):
    assert spell(data) == words


@pytest.mark.parametrize(("data", "words"), EXAMPLES)
def test_words_are_read_back(data, words):
    assert read_bytes(words) == data


@given(st.lists(st.one_of(st.binary(max_size=8), st.sampled_from([b"\xff", b"\xff\xfa", b"\xff\xf0"]))))
def test_anything_can_be_spelled_and_read_back(parts):
    data = b"".join(parts)

    assert read_bytes(spell(data)) == data


@pytest.mark.parametrize("words", ["IAC DO WINDOW", "HELLO", "256", "IAC SB TTYPE MAYBE IAC SE"])
def test_a_word_without_a_meaning_is_named(words):
    with pytest.raises(SpellingError):
        read_bytes(words)
