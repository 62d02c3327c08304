from __future__ import annotations

import pytest

from bbsterm.codecs.armscii import ARMSCII8, HAIK8


def test_letters_alternate():
    assert ARMSCII8.decode(b"\xb2\xb3\xb4\xb5\xfc\xfd") == "ԱաԲբՖֆ"
    assert ARMSCII8.decode(b"\xa2\xa3\xfe") == "և։՚"


def test_haik8_has_the_same_letters_elsewhere():
    assert HAIK8.decode(b"\x92\x93\xbe\xbf\xe0\xe1") == "ԱաՇշՈո"
    text = "Բարեւ Հայաստան"
    assert HAIK8.encode(text) != ARMSCII8.encode(text)
    assert HAIK8.decode(HAIK8.encode(text)) == ARMSCII8.decode(ARMSCII8.encode(text)) == text


@pytest.mark.parametrize(("charmap", "first"), [(ARMSCII8, 0xA0), (HAIK8, 0x80)])
def test_earlier_revisions_can_be_sent(charmap, first):
    assert charmap.encode("§–ʼ") == bytes([first + 2, first + 12, 0xFE])
    assert charmap.encode("(") == b"(", "the lower byte"


def test_unused_bytes_are_errors():
    for charmap, byte in ((ARMSCII8, b"\x80"), (HAIK8, b"\xc0"), (HAIK8, b"\xff")):
        with pytest.raises(UnicodeDecodeError):
            charmap.decode(byte)
