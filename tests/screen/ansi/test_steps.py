"""What the fast loop knows by sight, and that it never knows too much."""

from __future__ import annotations

import pytest

from bbsterm import limits
from bbsterm.screen.ansi import steps
from bbsterm.screen.ansi.steps import Steps, is_harmless, step_of


@pytest.mark.parametrize(
    ("function", "step"),
    [
        ("\x1b[H", (steps.PLACE, 0, 0)),
        ("\x1b[0;7H", (steps.PLACE, 0, 6)),
        ("\x1b[25;80H", (steps.PLACE, 24, 79)),
        ("\x1b[3C", (steps.RIGHT, 3, None)),
        ("\x1b[A", (steps.VERTICAL, -1, None)),
        ("\x1b[5G", (steps.COLUMN, 4, None)),
        ("\x1b[K", (steps.ERASE, None, None)),
        ("\x1b[1;23r", (steps.REGION, 0, 23)),
        ("\r\n", (steps.LINE, None, None)),
    ],
)
def test_frequent_functions_can_be_done_in_place(function, step):
    assert step_of(function) == step


@pytest.mark.parametrize(
    "function",
    ["\x1b[0C", "\x1b[1K", "\x1b[r", "\x1b[5;5r", "\x1b[1;2;3H", "\x1b[99999H", "\x1b[?6C", "\x1b7", "\f"],
)
def test_others_are_left_to_the_dialect(function):
    assert step_of(function) is None


def test_what_switches_modes_is_not_harmless_but_for_modes_that_draw_nothing():
    assert is_harmless("5;5", "X")
    assert is_harmless("?25", "h")
    assert not is_harmless("?25;7", "l")
    assert not is_harmless("4", "h")
    assert not is_harmless("3", "b")  # REP asks what was drawn last


def test_not_more_than_a_bound_is_remembered():
    known = Steps(lambda function: (steps.CALL, None, function))

    for number in range(limits.MAX_STEPS + 10):
        assert known[f"\x1b[{number}z"] == (steps.CALL, None, f"\x1b[{number}z")

    assert len(known) <= limits.MAX_STEPS


def test_what_is_too_long_is_not_remembered():
    known = Steps(lambda function: (steps.CALL, None, function))

    known["\x1b[" + "1;" * limits.MAX_TRANSITION_KEY + "z"]

    assert not known
