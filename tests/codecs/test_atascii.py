from __future__ import annotations

from bbsterm.codecs.atascii import ATASCII


def test_graphics():
    assert ATASCII.decode(bytes(range(0x10))) == "♥├\U0001fb87┘┤┐╱╲◢▗◣▝▘\U0001fb82▂▖"
    assert ATASCII.decode(bytes(range(0x10, 0x1B))) == "♣┌─┼●▄▎┬┴▌└"
    assert ATASCII.decode(b"\x60\x7b\x7c") == "♦♠|"


def test_control_codes_show_what_the_machine_shows_after_escape():
    assert ATASCII.decode(b"\x1b\x1c\x1d\x1e\x1f\x7d\x7e\x7f") == "␛↑↓←→\U0001f8b0◀▶"


def test_the_end_of_a_line_is_a_newline():
    assert ATASCII.decode(b"one\x9btwo") == "one\ntwo"
    assert ATASCII.encode("one\ntwo\r") == b"one\x9btwo\x9b"


def test_letters_are_typed_plain_not_inverse():
    assert ATASCII.decode(b"\xc8\xe9") == "Hi"
    assert ATASCII.encode("Hello, World! 123") == b"Hello, World! 123"


def test_inverse_pictures_that_unicode_has_make_the_round_trip():
    pictures = bytes([0x82, *range(0x88, 0x90), 0x94, 0x95, 0x96, 0x99])
    assert ATASCII.decode(pictures) == "▊◤▛◥▙▟▆\U0001fb85▜◘▀\U0001fb8a▐"
    assert ATASCII.encode(ATASCII.decode(pictures)) == pictures


def test_other_published_choices_can_be_sent():
    assert ATASCII.encode("\u23b9\u23ba\u23bd\u23b8•│↰█") == b"\x02\x0d\x0e\x16\x14\x7c\x7d\xa0"


def test_ascii_control_codes_become_the_machines():
    assert ATASCII.encode("\a\b\t\x1b\x7f") == b"\xfd\x7e\x7f\x1b\x7e"
