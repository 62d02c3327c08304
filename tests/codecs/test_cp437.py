from __future__ import annotations

from bbsterm.codecs.cp437 import CP437_ART


def test_control_bytes_have_the_pictures_of_the_video_card():
    assert CP437_ART.decode(bytes(range(1, 0x20))) == "☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼"
    assert CP437_ART.decode(b"\x7f") == "⌂"


def test_the_rest_is_pythons_cp437():
    rest = bytes([*range(0x20, 0x7F), *range(0x80, 0x100)])
    assert CP437_ART.decode(rest) == rest.decode("cp437")


def test_other_names_of_the_same_pictures_can_be_sent():
    assert CP437_ART.encode("ßβΣ∑φ∅") == b"\xe1\xe1\xe4\xe4\xed\xed"
