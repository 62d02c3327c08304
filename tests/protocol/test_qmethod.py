from __future__ import annotations

from itertools import product

import pytest

from bbsterm.protocol.qmethod import TRANSITIONS, Happening, QState, Say, Step, step


def test_every_state_has_a_cell_for_every_happening():
    assert set(TRANSITIONS) == set(product(QState, Happening))


@pytest.mark.parametrize("happening", Happening)
@pytest.mark.parametrize("state", QState)
def test_nothing_is_said_unless_something_changes(state, happening):
    made = TRANSITIONS[state, happening]

    assert made.say is None or made.state is not state


@pytest.mark.parametrize(
    ("state", "happening"), [(QState.YES, Happening.PEER_YES), (QState.NO, Happening.PEER_NO)]
)
def test_a_state_in_force_is_never_acknowledged(state, happening):
    assert step(state, happening) == Step(state)


def test_an_unwelcome_option_is_refused():
    assert step(QState.NO, Happening.PEER_YES, welcome=False) == Step(QState.NO, Say.NO)


def test_what_we_asked_for_ourselves_is_welcome_whatever_we_say_to_others():
    assert step(QState.WANTYES, Happening.PEER_YES, welcome=False) == Step(QState.YES)


def test_a_mind_changed_twice_before_the_answer_says_nothing_more():
    wanted = step(QState.NO, Happening.WE_WANT)
    dropped = step(wanted.state, Happening.WE_DROP)
    wanted_again = step(dropped.state, Happening.WE_WANT)

    assert (wanted.say, dropped.say, wanted_again.say) == (Say.YES, None, None)
    assert wanted_again.state is QState.WANTYES


def test_a_peer_that_answers_no_with_yes_has_broken_a_rule():
    assert step(QState.WANTNO, Happening.PEER_YES).violation
