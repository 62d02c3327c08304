from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import codecs, limits
from bbsterm.screen.detect import CHOICES, EncodingDetector, Verdict


def verdict(data: bytes) -> Verdict:
    detector = EncodingDetector()
    detector.feed(data)
    return detector.verdict


ANSI_MENU = "\x1b[2J\x1b[1;36m╔══════════╗\r\n║ \x1b[33mMain menu\x1b[36m ║\r\n╚══════════╝\r\n\x1b[0;40;37m"
PETSCII_MENU = (
    b"\x93\x0e\x05\x12 \xcdAIN \xcdENU \x92\r\r\x9e1\x9b) \xcdESSAGES\r\x9e2\x9b) "
    b"\xc6ILES\r\r\x1e\xc3OMMAND:\x05 "
)  # fmt: skip
ATASCII_MENU = (
    b"\x7d\xa0\xcd\xc1\xc9\xce\xa0\x9b\x11\x12\x12\x12\x12\x05\x9b1) Messages\x9b2) Files\x9b\x9bCommand: "
)
ST_MENU = b"\x1bE\x1bb1\x1bc0Main menu\x1bK\r\n\x1bY%%\x1bb2Files\x1bq\r\n\x1bpQuit\x1bq"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ANSI_MENU.encode("cp437"), "cp437"),
        (ANSI_MENU.encode(), "utf-8"),
        (PETSCII_MENU, "petscii"),
        (ATASCII_MENU, "atascii"),
        (ST_MENU, "atarist"),
        ("\x1b[mÜber uns: schöne Grüße aus Köln, où l'été dure.\r\n".encode("latin-1"), "latin-1"),
        ("\x1b[mGrüße aus Köln, schöne Tage.\r\n".encode("cp437"), "cp437"),
        ("Добро пожаловать на нашу станцию!\r\n".encode("cp866"), "cp866"),
        ("歡迎光臨批踢踢實業坊\r\n".encode("big5"), "big5bbs"),
    ],
)
def test_what_the_bytes_look_like(data, encoding):
    found = verdict(data)
    assert found.encoding == encoding
    assert 0.4 <= found.confidence < 0.9
    assert found.reason


def test_nothing_to_go_by():
    assert verdict(b"") == Verdict("cp437", 0.0, "nothing seen yet")
    assert verdict(b"Welcome to the board!\r\nlogin: ").confidence == 0.1


def test_a_character_cut_in_half_is_no_mistake():
    text = "Привет, мир! Добро пожаловать".encode()
    assert verdict(text[:-1]).encoding == "utf-8"
    assert verdict(text + b"\xff" * 20).encoding != "utf-8"


def test_evidence_adds_up_over_chunks():
    detector = EncodingDetector()
    for byte in PETSCII_MENU:
        detector.feed(bytes([byte]))
    assert detector.verdict == verdict(PETSCII_MENU)


def test_what_is_said_outright_beats_what_it_looks_like():
    detector = EncodingDetector()
    detector.feed(PETSCII_MENU)
    detector.terminal_type("SyncTERM")
    assert detector.verdict == Verdict("cp437", 0.9, "terminal type SyncTERM")
    detector.font_selected(40)
    assert detector.verdict == Verdict("latin-1", 0.95, "font 40")
    detector.charset("UTF-8")
    assert detector.verdict == Verdict("utf-8", 0.98, "CHARSET")
    detector.chosen("atascii")
    assert detector.verdict == Verdict("atascii", 1.0, "chosen")
    detector.chosen("cp850")
    assert detector.verdict.encoding == "cp850", "the last word counts"


def test_what_means_nothing_is_ignored():
    detector = EncodingDetector()
    detector.terminal_type("UNKNOWN")
    detector.charset("KLINGON-1")
    detector.charset("utf\0-8")
    detector.font_selected(99)
    assert detector.verdict.confidence == 0.0


@pytest.mark.parametrize(
    ("name", "encoding"), [("PETSCII", "petscii"), ("ATASCII", "atascii"), ("xterm", "utf-8")]
)
def test_terminal_types(name, encoding):
    detector = EncodingDetector()
    detector.terminal_type(name)
    assert detector.verdict.encoding == encoding


def test_only_the_first_screens_are_looked_at():
    detector = EncodingDetector()
    detector.feed(b"a" * limits.MAX_DETECTION_SAMPLE)
    detector.feed(PETSCII_MENU * 100)
    assert detector.verdict.encoding == "cp437"
    assert len(detector._seen) == limits.MAX_DETECTION_SAMPLE


def test_every_choice_has_a_codec():
    assert all(codecs.lookup(choice) for choice in CHOICES)
    assert len(set(CHOICES)) == len(CHOICES)


@given(st.binary(max_size=400))
def test_any_bytes_get_a_verdict(data):
    found = verdict(data)
    assert found.encoding in CHOICES
    assert 0 <= found.confidence < 0.9
