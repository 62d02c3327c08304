"""Two engines against each other: whatever each wants and when, they agree, and then they are silent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.protocol import (
    ALL,
    SERVER,
    Charset,
    EndOfRecord,
    NewEnviron,
    OptionChanged,
    OptionCode,
    Policy,
    RequestOption,
    Role,
    Side,
    Strategy,
    SuppressGoAhead,
    TerminalType,
)
from bbsterm.testing import Pair, one_by_one, pair

SGA = OptionCode.SGA
MOVES = 6

# One move: one end wants something of one side, or a moment passes.
PASS = None
WANTS = [(role, side, wanted) for role in Role for side in Side for wanted in (True, False)]


def play(script, *, delay: int, welcome: bool) -> Pair:
    options = [SuppressGoAhead] if welcome else []
    both = pair(
        client=[option() for option in options],
        server=[option() for option in options],
        delay=delay,
        server_strategy=Strategy(),
    )
    both.seconds_per_tick = 1.0  # six moves of a person are no loop
    for move in script:
        if move is PASS:
            both.tick()
        else:
            role, side, wanted = move
            end = both.client if role is Role.CLIENT else both.server
            end.send(RequestOption(SGA, side, wanted))
    both.settle(ticks=60)
    return both


def agree(both: Pair, code: int) -> bool:
    return (
        both.client.enabled(code, Side.LOCAL) == both.server.enabled(code, Side.REMOTE)
        and both.client.enabled(code, Side.REMOTE) == both.server.enabled(code, Side.LOCAL)
        and both.client.settled
        and both.server.settled
    )


def in_force(events, code: int, side: Side) -> bool:
    """What somebody believes who has only listened to the events."""
    told = [event for event in events if isinstance(event, OptionChanged)]
    last = [event.enabled for event in told if (event.option, event.side) == (code, side)]
    return bool(last) and last[-1]


# One side is enough for all scripts: the table is the same for both (and the random ones below mix them).
ONE_SIDE = [PASS] + [
    (role, side, wanted)
    for role, side in ((Role.CLIENT, Side.LOCAL), (Role.SERVER, Side.REMOTE))
    for wanted in (True, False)
]


def scripts(length: int) -> Iterator[tuple]:
    """All scripts of that length. They begin with a wish: before the first one, nothing can happen."""
    wishes = [move for move in ONE_SIDE if move is not PASS and move[2]]
    return ((first, *rest) for first in wishes for rest in product(ONE_SIDE, repeat=length - 1))


@pytest.mark.parametrize("delay", [0, 2])
@pytest.mark.parametrize(
    ("welcome", "length"),
    [(True, length) for length in range(1, MOVES + 1)] + [(False, length) for length in range(1, MOVES)],
)
def test_every_script_ends_in_agreement_and_silence(length, delay, welcome):
    for script in scripts(length):
        both = play(script, delay=delay, welcome=welcome)

        assert agree(both, SGA), script
        assert in_force(both.client_events, SGA, Side.LOCAL) == both.client.enabled(SGA, Side.LOCAL), script


@given(
    script=st.lists(st.sampled_from([PASS, *WANTS]), max_size=12),
    delay=st.integers(0, 5),
    welcome=st.booleans(),
)
def test_random_scripts_on_both_sides_end_in_agreement_and_silence(script, delay, welcome):
    both = play(script, delay=delay, welcome=welcome)

    assert agree(both, SGA)
    for end, events in ((both.client, both.client_events), (both.server, both.server_events)):
        for side in Side:
            assert in_force(events, SGA, side) == end.enabled(SGA, side)


@given(script=st.lists(st.sampled_from([PASS, *WANTS]), max_size=12), delay=st.integers(0, 5))
def test_one_decision_makes_at_most_two_replies(script, delay):
    both = play(script, delay=delay, welcome=True)
    decisions = sum(move is not PASS for move in script)

    assert len(both.up.carried) + len(both.down.carried) <= 3 * 3 * decisions


@pytest.mark.parametrize("cut", [one_by_one, None])
@pytest.mark.parametrize("delay", [0, 3])
def test_everything_negotiated_at_once_settles(delay, cut):
    def options():
        given = {
            TerminalType: lambda: TerminalType(["XTERM", "ANSI"]),
            Charset: lambda: Charset(offers=["UTF-8"], accept=["UTF-8"]),
            NewEnviron: lambda: NewEnviron({"USER": "ann"}),
        }
        return [given.get(option, option)() for option in ALL]

    both = pair(client=options(), server=options(), delay=delay, **({"cut": cut} if cut else {}))
    both.client.begin()
    both.server.begin()
    codes = [option.code for option in ALL]
    for code in codes:
        for end in (both.client, both.server):
            for side in Side:
                end.send(RequestOption(code, side))
    both.seconds_per_tick = 0.5

    both.settle()

    assert all(agree(both, code) for code in codes)


def test_a_greeting_takes_six_crossings_at_most():
    both = pair(client=[option() for option in ALL], server=[option() for option in ALL])
    both.server.begin()
    ticks = 0
    while not both.silent:
        both.tick()
        ticks += 1

    assert both.server.settled
    assert both.server.mode == "kludge"
    assert ticks <= 8


@pytest.mark.parametrize("role", Role)
def test_two_ends_that_both_insist_are_no_loop(role):
    stubborn = Policy(always_will=frozenset({OptionCode.EOR}), always_do=frozenset({OptionCode.EOR}))
    unwilling = Policy(always_wont=frozenset({OptionCode.EOR}), always_dont=frozenset({OptionCode.EOR}))
    both = pair(
        client=[EndOfRecord()],
        server=[EndOfRecord()],
        client_policy=stubborn if role is Role.CLIENT else unwilling,
        server_policy=unwilling if role is Role.CLIENT else stubborn,
        server_strategy=SERVER,
    )
    both.client.begin()
    both.server.begin()
    both.settle()

    assert not both.client.enabled(OptionCode.EOR, Side.LOCAL)
    assert agree(both, OptionCode.EOR)
