from __future__ import annotations

import pytest

from bbsterm.limits import MAX_REDIALS
from bbsterm.session.redial import FIRST_WAIT, LONGEST_WAIT, Redial


def test_each_wait_is_twice_the_one_before_up_to_a_bound():
    redial = Redial(8, chance=lambda: 0.5)

    waits = [redial.next_wait() for _ in range(9)]

    assert waits == [3, 6, 12, 24, 48, 96, 120, 120, None]
    assert redial.made == 8


@pytest.mark.parametrize(("chance", "factor"), [(0.0, 0.75), (1.0, 1.25)])
def test_no_two_callers_keep_the_same_time(chance, factor):
    assert Redial(1, chance=lambda: chance).next_wait() == FIRST_WAIT * factor


def test_nobody_dials_for_ever():
    redial = Redial(10**9, chance=lambda: 0.5)
    waits = [redial.next_wait() for _ in range(MAX_REDIALS + 1)]

    assert waits[-1] is None
    assert waits[-2] == LONGEST_WAIT
