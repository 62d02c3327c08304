from __future__ import annotations

from bbsterm.codecs.atarist import ATARIST, ATARIST_ART


def test_text_keeps_the_ascii_controls():
    assert ATARIST.decode(b"Hi\r\n\x1b") == "Hi\r\n\x1b"
    assert ATARIST.encode("Hi\r\n") == b"Hi\r\n"


def test_the_font_has_pictures_for_them():
    assert ATARIST_ART.decode(b"\x01\x02\x03\x04\x05\x08\x09\x0a\x10\x1a") == "⇧⇩⇨⇦\U0001fbbd✓🕒🔔\U0001fbf0ə"


def test_letters_that_the_ibm_pc_does_not_have():
    assert ATARIST.decode(bytes(range(0xB0, 0xC2))) == "ãõØøœŒÀÃÕ¨´†¶©®™ĳĲ"
    assert ATARIST.decode(b"\xc2\xdc\xdd\xde\xdf\x9e\xe1\xed") == "אץ§∧∞ßβφ"


def test_both_published_phis_can_be_sent():
    assert ATARIST.encode("φϕ") == b"\xed\xed"
