"""Phase one: events and time in, questions and a hash out."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.fingerprint.client_probe import AFTER_MARK, LONGEST, QUIET, UNDEFINED, ClientProbe, terminal_kind
from bbsterm.fingerprint.questions import CALLER, FEW, NEVER
from bbsterm.limits import MAX_FINGERPRINT_ITEMS, MAX_FINGERPRINT_TEXT
from bbsterm.protocol.events import (
    CharactersChanged,
    DisplayReceived,
    EnvironReceived,
    EnvironRequested,
    OptionChanged,
    OptionDeclined,
    OptionRefused,
    ProtocolViolation,
    RequestOption,
    TerminalSpeedReceived,
    TerminalTypeReceived,
    TimingMarkReceived,
    WindowSize,
    WindowSizeChanged,
)
from bbsterm.protocol.slc import Level, Setting, SlcFunction
from bbsterm.protocol.vocabulary import OptionCode, Side

L, R = Side.LOCAL, Side.REMOTE
MARK = RequestOption(OptionCode.TIMING_MARK, R)

ANSWERS = [
    OptionChanged(OptionCode.NAWS, R, enabled=True),
    WindowSizeChanged(WindowSize(80, 24)),
    OptionChanged(OptionCode.TSPEED, R, enabled=True),
    TerminalSpeedReceived(38400, 38400),
    OptionRefused(OptionCode.CHARSET, R),
    OptionDeclined(OptionCode.STATUS, L),
    OptionRefused(OptionCode.GMCP, L),
]


def probed(events, *, types=("xterm",)):
    probe = ClientProbe()
    probe.witness([TerminalTypeReceived(name) for name in types])
    probe.begin(now=0)
    probe.witness(events, now=0.1)
    probe.tick(now=LONGEST)
    return probe


def test_every_option_is_asked_for_once_and_a_timing_mark_comes_last():
    asked = ClientProbe().begin(now=0)

    assert asked == [*(RequestOption(code, side) for code, side in CALLER), MARK]


def test_what_is_known_is_not_asked_again():
    probe = ClientProbe()
    probe.witness([OptionChanged(OptionCode.NAWS, R, enabled=True), OptionRefused(OptionCode.SGA, L)])

    asked = probe.begin(now=0)

    assert RequestOption(OptionCode.NAWS, R) not in asked
    assert RequestOption(OptionCode.SGA, L) not in asked


def test_nobody_is_asked_to_log_out_or_to_begin_a_handshake():
    assert not {code for code, _ in (*CALLER, *FEW)} & NEVER


def test_microsofts_telnet_is_asked_only_what_it_knows():
    probe = ClientProbe()
    probe.witness([TerminalTypeReceived("ANSI"), TerminalTypeReceived("VT100")])

    assert probe.begin(now=0) == [RequestOption(code, side) for code, side in FEW]


def test_a_client_with_an_environment_is_asked_for_a_variable_that_nobody_has():
    probe = ClientProbe()
    probe.witness([OptionChanged(OptionCode.NEW_ENVIRON, R, enabled=True)])

    assert EnvironRequested((), (UNDEFINED,)) in probe.begin(now=0)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((), "silent"),
        ((EnvironReceived((), ((UNDEFINED, None),)),), "names what is undefined"),
        ((EnvironReceived((("USER", "ann"),), ()),), "leaves out what is undefined"),
    ],
)
def test_how_a_client_answers_for_a_variable_that_it_does_not_have(answer, words):
    events = [OptionChanged(OptionCode.NEW_ENVIRON, R, enabled=True), *answer]

    assert probed(events).data()["environment"] == words


def test_the_order_of_answers_does_not_matter():
    shuffled = list(ANSWERS)
    random.Random(7).shuffle(shuffled)

    assert probed(ANSWERS).fingerprint == probed(shuffled).fingerprint


def test_window_speed_variables_and_the_users_terminal_are_in_no_fingerprint():
    here = [WindowSizeChanged(WindowSize(80, 24)), TerminalSpeedReceived(38400, 38400)]
    there = [WindowSizeChanged(WindowSize(132, 50)), TerminalSpeedReceived(9600, 9600)]
    told = [EnvironReceived((("USER", "ann"),), ())], [EnvironReceived((("USER", "bob"),), ())]

    one = probed([*here, *told[0]], types=("xterm-256color", "MTTS 271"))
    other = probed([*there, *told[1]], types=("linux", "MTTS 15"))

    assert one.fingerprint == other.fingerprint
    assert one.session() != other.session()


def test_a_hash_does_not_change_between_versions_of_python():
    assert probed(ANSWERS).fingerprint == "3cbc1a60fdf0af63"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("xterm-256color", "terminfo"),
        ("XTERM", "TERMINFO"),
        ("MTTS 2825", "MTTS"),
        ("syncterm", "syncterm"),
        ("ANSI", "ANSI"),
        ("MTTS 12x", "MTTS 12x"),
    ],
)
def test_what_a_terminal_is_called_on_this_machine_is_left_out(name, kind):
    assert terminal_kind(name) == kind


def test_clients_that_name_themselves_differ():
    assert (
        probed(ANSWERS, types=("syncterm",)).fingerprint != probed(ANSWERS, types=("TINTIN++",)).fingerprint
    )


def test_an_answer_and_silence_differ():
    assert probed(ANSWERS).fingerprint != probed(ANSWERS[:-1]).fingerprint


def test_whether_there_is_a_display_is_in_no_fingerprint():
    there = [OptionChanged(OptionCode.XDISPLOC, R, enabled=True), DisplayReceived("ws:0")]

    assert probed(there).fingerprint == probed([OptionRefused(OptionCode.XDISPLOC, R)]).fingerprint
    assert probed(there).session()["display"] == "ws:0"


def test_special_characters_that_are_settings_are_told_and_not_hashed():
    nobodys = ((SlcFunction.BRK, Setting(Level.NOSUPPORT)), (SlcFunction.MCL, Setting(Level.VALUE, 2)))
    sttys = ((SlcFunction.EC, Setting(Level.VALUE, 0x7F)), (SlcFunction.AYT, Setting(Level.NOSUPPORT)))
    linemode = OptionChanged(OptionCode.LINEMODE, R, enabled=True)

    one = probed([linemode, CharactersChanged(nobodys)])
    other = probed([linemode, CharactersChanged(nobodys + sttys)])

    assert one.data()["characters"] == {"supported": ["MCL"], "unsupported": ["BRK"]}
    assert one.fingerprint == other.fingerprint
    assert other.session()["characters"] == {"supported": ["EC", "MCL"], "unsupported": ["AYT", "BRK"]}


# --- time ------------------------------------------------------------------------------------


def test_silence_ends_it():
    probe = ClientProbe()
    probe.begin(now=10)

    assert probe.deadline == 10 + QUIET
    assert probe.tick(now=10 + QUIET - 0.01) == []
    assert not probe.finished
    probe.tick(now=10 + QUIET)
    assert probe.finished
    assert probe.deadline is None


def test_the_mark_ends_it_sooner():
    probe = ClientProbe()
    probe.begin(now=10)

    probe.witness([TimingMarkReceived(agreed=False)], now=10.2)

    assert probe.deadline == pytest.approx(10.2 + AFTER_MARK)


def test_an_option_that_was_agreed_to_is_given_time_to_speak():
    probe = ClientProbe()
    probe.begin(now=10)

    probe.witness(
        [OptionChanged(OptionCode.TSPEED, R, enabled=True), TimingMarkReceived(agreed=True)], now=10.2
    )

    assert probe.deadline == pytest.approx(10.2 + QUIET)


def test_who_never_stops_is_cut_short():
    probe = ClientProbe()
    probe.begin(now=0)

    for tenth in range(100):
        probe.witness([ProtocolViolation("again", b"", "RFC 854")], now=tenth / 10)
        probe.tick(now=tenth / 10)

    assert probe.finished


def test_what_was_agreed_to_for_the_probe_is_taken_back():
    probe = ClientProbe()
    probe.begin(now=0)
    probe.witness(
        [OptionChanged(OptionCode.NAWS, R, enabled=True), OptionChanged(OptionCode.LINEMODE, R, enabled=True)]
    )

    assert probe.tick(now=LONGEST) == [RequestOption(OptionCode.LINEMODE, R, enabled=False)]


# --- bounds ----------------------------------------------------------------------------------


def test_what_a_client_tells_is_bounded():
    probe = ClientProbe()
    probe.begin(now=0)
    for number in range(1000):
        name = f"{number}" + "x" * 5000
        probe.witness(
            [
                TerminalTypeReceived(name),
                EnvironReceived(((name, name),), ()),
                ProtocolViolation(name, b"", ""),
            ]
        )

    told = probe.session()

    assert len(told["terminal-types"]) == len(told["environment"]) == len(told["violations"])
    assert len(told["terminal-types"]) == MAX_FINGERPRINT_ITEMS
    assert max(map(len, told["terminal-types"])) == MAX_FINGERPRINT_TEXT


EVENTS = st.one_of(
    st.builds(OptionChanged, st.integers(0, 255), st.sampled_from(Side), st.booleans()),
    st.builds(OptionRefused, st.integers(0, 255), st.sampled_from(Side)),
    st.builds(OptionDeclined, st.integers(0, 255), st.sampled_from(Side)),
    st.builds(TerminalTypeReceived, st.text(max_size=40)),
)


@given(st.lists(EVENTS, max_size=30))
def test_anything_that_happens_becomes_data(events):
    probe = probed(events)

    assert len(probe.fingerprint) == 16
    assert probe.finished
