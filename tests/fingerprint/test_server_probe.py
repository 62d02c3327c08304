"""A board is asked: bytes and time in, bytes and what was found out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.fingerprint.questions import FULL, NEVER, QUICK, is_our_doing
from bbsterm.fingerprint.server_probe import LONGEST, ProbeSettings, ServerProbe
from bbsterm.limits import MAX_FINGERPRINT_ITEMS, MAX_SERVER_TALK
from bbsterm.mud.mssp import mssp_encode
from bbsterm.protocol import ALL, STANDARD, Binary, Connection, Echo, Mssp, Role, Side, SuppressGoAhead
from bbsterm.protocol.vocabulary import OptionCode


class Board:
    """The engine as a server, with a banner."""

    def __init__(self, options=STANDARD, banner=b"Login: ", typed=None):
        self.connection = Connection(Role.SERVER, options)
        self.banner, self.typed, self.heard = banner, typed or {}, b""

    def begin(self):
        self.connection.begin()
        self.connection.send_bytes(self.banner)
        return self.connection.data_to_send()

    def hear(self, data):
        for event in self.connection.receive_data(data):
            self.heard += getattr(event, "data", b"")
        for question, answer in self.typed.items():
            if question in self.heard:
                self.heard = self.heard.replace(question, b"")
                self.connection.send_bytes(answer)
        return self.connection.data_to_send()


USUAL = ProbeSettings()


def asked(board, settings=USUAL, *, piece=None):
    now = 0.0
    probe = ServerProbe(settings, now=now)
    said = board.begin()
    while not probe.finished:
        for at in range(0, len(said), piece or len(said) or 1):
            probe.receive(said[at : at + (piece or len(said))], now=now)
        said = board.hear(probe.data_to_send())
        if not said and not probe.finished:
            now = probe.deadline
            probe.tick(now=now)
    probe.took = now
    return probe


def test_what_a_board_offers_requests_and_refuses():
    data = asked(Board((Binary, Echo, SuppressGoAhead))).data()

    assert data["offered-options"] == ["BINARY", "ECHO", "SGA"]
    assert data["requested-options"] == ["BINARY", "SGA"]
    assert "EOR" in data["refused-options"]
    assert "TTYPE" in data["refused-requests"]
    assert data["silent-options"] == []


def test_who_never_answers_is_silent_and_done_with_in_time():
    usual = ProbeSettings()
    probe = ServerProbe(usual, now=0)
    now = 0.0
    while not probe.finished:
        now = probe.deadline
        probe.tick(now=now)

    assert now <= usual.banner_wait + LONGEST + usual.mssp_wait
    assert probe.data()["timing-mark"] == "silent"
    assert probe.data()["offered-options"] == []


def test_the_same_board_has_the_same_hash_and_another_one_another():
    assert asked(Board()).fingerprint == asked(Board(banner=b"Hello")).fingerprint
    assert asked(Board()).fingerprint != asked(Board((Binary, Echo))).fingerprint


@given(st.integers(1, 50))
def test_pieces_do_not_matter(piece):
    assert asked(Board((Binary, Echo)), piece=piece).data() == asked(Board((Binary, Echo))).data()


def test_a_full_scan_asks_more_and_says_so():
    quick, full = asked(Board()), asked(Board(), ProbeSettings(scan="full"))

    assert full.data()["scan-type"] == "full"
    assert len(full.data()["refused-options"]) > len(quick.data()["refused-options"])


def test_nothing_harmful_is_asked():
    assert not {code for code, _ in (*QUICK, *FULL)} & NEVER
    assert (OptionCode.ECHO, Side.LOCAL) not in FULL  # each end would repeat the other for ever


def test_the_banner_is_complete_after_silence_and_cut_at_its_bound():
    probe = asked(Board(banner=b"x" * 100), ProbeSettings(banner_bytes=60, encoding="cp437"))

    assert probe.session()["banner"] == "x" * 60


def test_a_board_that_asks_where_the_cursor_is_gets_an_answer():
    board = Board(banner=b"\x1b[6n", typed={b"\x1b[1;1R": b"ANSI it is. Welcome!"})

    assert "Welcome!" in asked(board).session()["banner"]


def test_a_petscii_banner_is_told_as_text_and_as_ansi():
    probe = asked(Board(banner=b"\x1cHELLO\x05"), ProbeSettings(encoding="petscii"))  # red, white

    told = probe.session()
    assert told["encoding"] == "petscii"
    assert "hello" in told["banner"].lower()
    assert "\x1b[" in told["banner-ansi"]
    assert "38;2;" in told["banner-ansi"]


def test_a_cp437_banner_becomes_unicode():
    told = asked(Board(banner=b"\xc9\xcd\xbb\r\n\x1b[31mred"), ProbeSettings(encoding="cp437")).session()

    assert "╔═╗" in told["banner"]
    assert "\x1b[31mred" in told["banner-ansi"]


def test_mssp_by_the_option():
    board = Board((*STANDARD, Mssp(mssp_encode({"NAME": "Attic", "PLAYERS": 3}))))

    assert asked(board).session()["mssp"] == {"NAME": "Attic", "PLAYERS": "3"}


def test_mssp_by_its_words_only_if_told_to():
    reply = b"\r\nMSSP-REPLY-START\r\nNAME\tAttic\r\nPLAYERS\t3\r\nMSSP-REPLY-END\r\n"
    board = Board((Binary,), typed={b"MSSP-REQUEST\r\n": reply})

    assert asked(board).session()["mssp"] == {}
    board = Board((Binary,), typed={b"MSSP-REQUEST\r\n": reply})
    assert asked(board, ProbeSettings(ask_mssp=True)).session()["mssp"] == {"NAME": "Attic", "PLAYERS": "3"}


def test_a_huge_mssp_is_cut():
    board = Board((*STANDARD, Mssp(mssp_encode({f"V{n}": "x" for n in range(5000)}))))

    assert len(asked(board).session()["mssp"]) == MAX_FINGERPRINT_ITEMS


def test_a_board_that_talks_without_end_is_hung_up_on():
    probe = ServerProbe(ProbeSettings(), now=0)

    sent = 0
    while not probe.finished:
        probe.receive(b"spam " * 10_000, now=0)
        sent += 50_000

    assert sent <= MAX_SERVER_TALK + 50_000
    assert probe.ended == "it talks without end"


def test_a_board_that_hangs_up_leaves_what_was_found():
    probe = ServerProbe(ProbeSettings(), now=0)
    probe.receive(b"\xff\xfb\x01Busy.", now=0)  # IAC WILL ECHO

    probe.receive_eof()

    assert probe.finished
    assert probe.data()["offered-options"] == ["ECHO"]
    assert probe.session()["ended"] == "the board hung up"


def test_compression_is_understood():
    assert "MCCP2" in asked(Board(ALL)).data()["offered-options"]


def test_under_tls_nothing_is_compressed():
    data = asked(Board(ALL), ProbeSettings(encrypted=True)).data()

    assert "MCCP2" in data["offered-options"]


@pytest.mark.parametrize("answer", [True, False])
def test_an_option_that_we_asked_for_is_no_mistake_of_the_peers(answer):
    detail = "subnegotiation of KERMIT, which is not agreed on"

    assert is_our_doing(detail, {(OptionCode.KERMIT, Side.REMOTE): answer}) is answer


@given(st.lists(st.binary(max_size=80), max_size=12))
def test_whatever_a_board_sends_it_ends(chunks):
    probe = ServerProbe(ProbeSettings(), now=0)
    now = 0.0
    for chunk in chunks:
        probe.receive(chunk, now=now)
        probe.data_to_send()
    while not probe.finished:
        now = probe.deadline
        probe.tick(now=now)

    assert len(probe.fingerprint) == 16
    assert isinstance(probe.session()["banner"], str)
