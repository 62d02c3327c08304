from __future__ import annotations

import asyncio
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bbsterm
from bbsterm.limits import (
    MAX_INTRODUCTIONS,
    MAX_VITAL_DIGITS,
    MAX_VITALS_PAYLOAD,
    MAX_VITALS_PER_SECOND,
)
from bbsterm.net.address import Address
from bbsterm.protocol.events import GmcpReceived, MsdpReceived, OptionChanged
from bbsterm.protocol.vocabulary import OptionCode, Side
from bbsterm.serve.mud import Mud
from bbsterm.session import Call, CallSettings, Vital, VitalsChanged
from bbsterm.session.vitals import Vitals

WILL_GMCP, DO_GMCP, DONT_GMCP = b"\xff\xfb\xc9", b"\xff\xfd\xc9", b"\xff\xfe\xc9"
WILL_MSDP, DO_MSDP = b"\xff\xfb\x45", b"\xff\xfd\x45"
GMCP_AGREED = OptionChanged(OptionCode.GMCP, Side.REMOTE, enabled=True)


def gmcp(text):
    return b"\xff\xfa\xc9" + text + b"\xff\xf0"  # IAC SB GMCP ... IAC SE


HELLO = (
    gmcp(b'Core.Hello {"client":"bbsterm","version":"%s"}' % bbsterm.__version__.encode())
    + gmcp(b'Core.Supports.Set ["Char 1","Room 1"]')
)  # fmt: skip
REPORT = (
    b"\xff\xfa\x45\x01REPORT\x02\x05"
    b"\x02HEALTH\x02HEALTH_MAX\x02MANA\x02MANA_MAX\x02MOVEMENT\x02MOVEMENT_MAX\x06\xff\xf0"
)


class Watch:
    """Vitals with a clock that stands still until the test moves it."""

    def __init__(self):
        self.told, self.planned, self.now = [], [], 100.0
        self.vitals = Vitals(
            tell=lambda event: self.told.append(event.vitals),
            later=lambda wait, do: self.planned.append((self.now + wait, do)),
            clock=lambda: self.now,
        )

    def gmcp(self, document, package="Char.Vitals"):
        self.vitals.hear(GmcpReceived(package, document))

    def msdp(self, payload):
        self.vitals.hear(MsdpReceived(payload))

    def pass_time(self, seconds):
        self.now += seconds
        due = [plan for plan in self.planned if plan[0] <= self.now + 1e-6]
        for plan in due:
            self.planned.remove(plan)
            plan[1]()


@pytest.fixture
def watch():
    return Watch()


# --- on the wire ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["ansi", "utf8", "vt"])
async def test_a_mud_that_offers_gmcp_is_told_who_we_are(board, calling, kind):
    call = Call(board.address, CallSettings(terminal=kind))
    async with calling(call):
        board.say(WILL_GMCP)
        await board.hears(HELLO)

        assert bytes(board.heard) == DO_GMCP + HELLO


async def test_a_mud_that_offers_msdp_is_asked_for_health(board, terminal, calling):
    call = Call(board.address, terminal=terminal)
    async with calling(call):
        board.say(WILL_MSDP)
        await board.hears(REPORT)

        assert bytes(board.heard) == DO_MSDP + REPORT


@pytest.mark.parametrize("kind", ["petscii", "atascii", "atarist"])
async def test_a_home_computer_plays_no_mud(board, calling, kind):
    call = Call(board.address, CallSettings(terminal=kind))
    async with calling(call):
        board.say(WILL_GMCP)
        await board.hears(DONT_GMCP)

        assert b"Core" not in board.heard


async def test_a_board_that_offers_neither_hears_nothing_of_them(board, terminal, calling):
    call = Call(board.address, terminal=terminal)
    async with calling(call):
        board.say(b"\xff\xfb\x01\xff\xfb\x03\xff\xf6")  # WILL ECHO, WILL SGA, AYT
        await board.until(lambda: len(board.heard) > 6)

        assert b"\xc9" not in board.heard
        assert b"\x45" not in board.heard


async def test_vitals_that_come_are_an_event(board, terminal, calling, seen):
    call = Call(board.address, terminal=terminal)
    events = []
    async with calling(call):
        call.listen(events.append)
        vitals = gmcp(b'Char.Vitals {"hp":25,"maxhp":30,"mp":"7"}')
        board.say(WILL_GMCP + b"A rat " + vitals + b"bites.")
        await seen(call, lambda: b"bites." in terminal.fed)

        assert VitalsChanged((Vital("HP", 25, 30), Vital("MP", 7))) in events
        assert terminal.fed == b"A rat bites."


async def test_what_no_parser_can_read_does_not_disturb_the_call(board, terminal, calling, seen):
    call = Call(board.address, terminal=terminal)
    events = []
    async with calling(call):
        call.listen(events.append)
        bad = (
            b"Char.Vitals {",
            b"Char.Vitals " + b"[" * 3000,
            b"Char.Vitals \xfe\x00",
            b"",
            b" ",
            b"Char.Vitals",
        )
        board.say(
            WILL_GMCP + WILL_MSDP + b"".join(map(gmcp, bad)) + b"\xff\xfa\x45\x03\x03\x01\x02\xff\xf0on"
        )
        await seen(call, lambda: terminal.fed == b"on")

        assert not any(isinstance(event, VitalsChanged) for event in events)
        assert call.mistakes == 0


async def test_the_mini_mud_tells_a_caller_how_it_fares(calling, seen):
    async with await bbsterm.create_server(
        "127.0.0.1", 0, shell=Mud(chance=random.Random(1)).shell
    ) as server:
        call = Call(
            Address(*server.sockets[0].getsockname()), CallSettings(terminal="utf8", encoding="utf-8")
        )
        heard, shown = [], bytearray()
        call.listen(lambda event: heard.append(event) if isinstance(event, VitalsChanged) else None)
        call.tap(shown.extend)
        async with asyncio.timeout(30), calling(call):
            await seen(call, lambda: b"known? " in shown)
            call.type("Ann\n")
            await seen(call, lambda: heard)

        (health,) = heard[0].vitals
        assert health.name == "HP"
        assert health.value == health.most == 20


# --- what is read -----------------------------------------------------------------------


def test_health_mana_and_moves_by_any_of_their_names(watch):
    watch.gmcp(b'{"moves":3,"mana":-2,"hp":"1"}', "char.vitals")
    watch.pass_time(1)
    watch.gmcp(b'{"maxhp":9,"maxmana":8,"maxmoves":7}', "char.maxstats")
    watch.pass_time(1)
    watch.msdp(b"\x01HEALTH\x025\x01HEALTH_MAX\x0210")

    assert [" ".join(map(str, vitals)) for vitals in watch.told] == [
        "HP 1 MP -2 MV 3",
        "HP 1/9 MP -2/8 MV 3/7",
        "HP 1/9 MP -2/8 MV 3/7",
    ]


def test_msdp_alone(watch):
    watch.msdp(b"\x01HEALTH\x0225\x01HEALTH_MAX\x0230\x01ROOM\x02\x03\x01VNUM\x021\x04")

    assert watch.told == [(Vital("HP", 25, 30),)]


@pytest.mark.parametrize(
    "document",
    [
        b'{"hp":1e999}',
        b'{"hp":NaN}',
        b'{"hp":true}',
        b'{"hp":null}',
        b'{"hp":[1]}',
        b'{"hp":"\\u0664"}',
        b'{"hp":"1\\u001b[2J"}',
        b'{"hp":"' + b"9" * (MAX_VITAL_DIGITS + 1) + b'"}',
        b'{"hp":1' + b"0" * MAX_VITAL_DIGITS + b"}",
        b'{"hp":' + b"9" * 4000 + b"}",
        b'["hp",5]',
        b'"hp"',
        b'{"hp":5,"x":"' + b"x" * MAX_VITALS_PAYLOAD + b'"}',
    ],
)
def test_what_is_no_number_is_not_shown(watch, document):
    watch.gmcp(document)

    assert watch.told == []


def test_the_longest_number_is_shown(watch):
    watch.gmcp(b'{"hp":' + b"9" * MAX_VITAL_DIGITS + b"}")

    assert watch.told[0][0].value == 10**MAX_VITAL_DIGITS - 1


def test_other_packages_and_no_news_tell_nothing(watch):
    watch.gmcp(b'{"hp":5}', "Room.Info")
    assert watch.told == []

    watch.gmcp(b'{"hp":5}')
    watch.pass_time(1)
    watch.gmcp(b'{"hp":5}')

    assert len(watch.told) == 1
    assert watch.planned == []


def test_a_flood_is_told_ten_times_a_second_and_its_last_word_counts(watch):
    for health in range(1000):
        watch.gmcp(b'{"hp":%d}' % health)
        watch.pass_time(0.001)
    watch.pass_time(1)

    assert len(watch.told) <= MAX_VITALS_PER_SECOND + 1
    assert watch.told[-1] == (Vital("HP", 999),)
    assert watch.planned == []


def test_who_begins_again_and_again_is_not_told_for_ever(watch):
    told = [watch.vitals.introduction(GMCP_AGREED) for _ in range(MAX_INTRODUCTIONS + 5)]

    assert sum(map(bool, told)) == MAX_INTRODUCTIONS


@given(st.binary(max_size=200))
def test_any_bytes_may_come(data):
    watch = Watch()
    for package in ("Char.Vitals", "char.maxstats", "X"):
        watch.gmcp(data, package)
    watch.msdp(data)
    watch.pass_time(1)

    assert all(abs(vital.value) < 10**MAX_VITAL_DIGITS for vitals in watch.told for vital in vitals)
