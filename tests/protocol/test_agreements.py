from __future__ import annotations

from bbsterm.limits import (
    MAX_FLIPS_PER_SECOND,
    MAX_MUTED_SECONDS,
    MAX_NEGOTIATION_REPLIES_PER_SECOND,
    MAX_NEGOTIATIONS_PER_SECOND,
)
from bbsterm.protocol.agreements import NOTHING, Agreements, Outcome
from bbsterm.protocol.qmethod import Say
from bbsterm.protocol.vocabulary import Side

ECHO, NAWS = 1, 31


def hear(
    agreements: Agreements,
    option: int = ECHO,
    side: Side = Side.REMOTE,
    *,
    yes: bool = True,
    welcome: bool = True,
    now: float = 0.0,
) -> Outcome:
    return agreements.hear(option, side, yes=yes, welcome=lambda option, side: welcome, now=now)


def test_a_welcome_option_is_agreed_to_and_in_force():
    agreements = Agreements()

    assert hear(agreements) == Outcome(say=Say.YES, enabled=True)
    assert agreements.enabled(ECHO, Side.REMOTE)
    assert not agreements.enabled(ECHO, Side.LOCAL)


def test_a_no_is_always_acknowledged_when_the_option_was_on():
    agreements = Agreements()
    hear(agreements)

    assert hear(agreements, yes=False) == Outcome(say=Say.NO, enabled=False)
    assert hear(agreements, yes=False) is NOTHING


def test_an_unwelcome_option_is_refused_once_and_not_twice():
    agreements = Agreements()

    assert hear(agreements, welcome=False) == Outcome(say=Say.NO, unwelcome=True)
    assert [hear(agreements, welcome=False, now=tenth / 10) for tenth in range(9)] == [NOTHING] * 9


def test_who_asks_anew_later_is_answered_anew():
    agreements = Agreements()
    hear(agreements, welcome=False, now=5.0)

    assert hear(agreements, welcome=False, now=5.9) is NOTHING
    assert hear(agreements, welcome=False, now=6.0) == Outcome(say=Say.NO, unwelcome=True)


def test_what_we_refused_we_may_still_ask_for_ourselves():
    agreements = Agreements()
    hear(agreements, welcome=False)

    assert agreements.decide(ECHO, Side.REMOTE, wanted=True) == Outcome(say=Say.YES)
    assert hear(agreements, welcome=False) == Outcome(enabled=True)


def test_a_refusal_of_what_we_asked_is_told():
    agreements = Agreements()
    agreements.decide(ECHO, Side.REMOTE, wanted=True)

    assert agreements.pending == {(ECHO, Side.REMOTE)}
    assert hear(agreements, yes=False) == Outcome(refused=True)
    assert agreements.pending == frozenset()


def test_a_peer_performs_until_it_has_acknowledged_our_no():
    agreements = Agreements()
    hear(agreements)
    agreements.decide(ECHO, Side.REMOTE, wanted=False)

    assert not agreements.enabled(ECHO, Side.REMOTE)
    assert agreements.performing(ECHO, Side.REMOTE)
    hear(agreements, yes=False)
    assert not agreements.performing(ECHO, Side.REMOTE)


def test_an_option_turned_on_and_off_too_often_is_frozen():
    agreements = Agreements()
    outcomes = [hear(agreements, yes=turn % 2 == 0, now=turn / 100) for turn in range(50)]

    assert [outcome.looping for outcome in outcomes].count(True) == 1
    assert sum(outcome.say is not None for outcome in outcomes) == MAX_FLIPS_PER_SECOND + 1
    assert not agreements.enabled(ECHO, Side.REMOTE)
    assert agreements.decide(ECHO, Side.REMOTE, wanted=True) is NOTHING


def test_a_password_prompt_every_second_is_no_loop():
    agreements = Agreements()
    outcomes = [hear(agreements, yes=turn % 2 == 0, now=turn / 2) for turn in range(100)]

    assert not any(outcome.looping for outcome in outcomes)


def test_one_frozen_option_leaves_the_others_alone():
    agreements = Agreements()
    for turn in range(50):
        hear(agreements, yes=turn % 2 == 0)

    assert hear(agreements, NAWS) == Outcome(say=Say.YES, enabled=True)


def test_after_so_many_answers_in_a_second_we_are_mute_until_the_next():
    agreements = Agreements()
    sides = [(option, side) for option in range(256) for side in Side]
    outcomes = [hear(agreements, option, side, welcome=False) for option, side in sides]

    assert sum(outcome.say is not None for outcome in outcomes) == MAX_NEGOTIATION_REPLIES_PER_SECOND
    assert sum(outcome.violation is not None for outcome in outcomes) == 1
    assert hear(agreements, *sides[-1], welcome=False, now=1.0).say is Say.NO


def test_a_flood_of_requests_is_hopeless_and_said_once():
    agreements = Agreements()
    outcomes = [hear(agreements) for _ in range(MAX_NEGOTIATIONS_PER_SECOND + 10)]

    assert [outcome.hopeless for outcome in outcomes].count(True) == 1
    assert outcomes[MAX_NEGOTIATIONS_PER_SECOND].hopeless


def test_being_mute_for_many_seconds_in_a_row_is_hopeless():
    agreements = Agreements()
    hopeless = []
    for second in range(MAX_MUTED_SECONDS + 2):
        for option in range(256):
            agreements.forget(option, Side.LOCAL)
            outcome = hear(agreements, option, Side.LOCAL, now=float(second))
            if outcome.hopeless:
                hopeless.append(second)

    assert hopeless == [MAX_MUTED_SECONDS]


def test_performed_lists_the_options_of_one_side_in_order():
    agreements = Agreements()
    hear(agreements, NAWS)
    hear(agreements, ECHO)
    hear(agreements, 3, Side.LOCAL)

    assert agreements.performed(Side.REMOTE) == (ECHO, NAWS)
    assert agreements.performed(Side.LOCAL) == (3,)
