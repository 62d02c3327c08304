from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.config import SETTINGS
from bbsterm.config.kinds import Choice, Flag, Number, Whole


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Number(0, 10), "2.5", 2.5),
        (Whole(0, 10), "3", 3),
        (Flag(), "on", True),
        (Flag(), "0", False),
        (Choice(("a", "b")), "a", "a"),
    ],
)
def test_a_text_of_the_environment_is_a_value(kind, text, value):
    assert kind.check(kind.from_text(text)) == value


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        (Number(0, 10), float("nan"), "0 to 10"),
        (Number(0, 10), True, "a number"),
        (Whole(0, 10), 11, "whole number from 0 to 10"),
        (Flag(), 1, "true or false"),
        (Choice(("off", "nop", "ayt", "on")), "nopp", r"did you mean nop\?"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(kind, value, why):
    with pytest.raises(ValueError, match=why):
        kind.check(value)


@given(
    st.sampled_from(SETTINGS),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=99) | st.lists(st.text()),
)
def test_any_value_is_taken_or_refused_with_a_reason(setting, value):
    try:
        taken = setting.kind.check(value)
    except ValueError as error:
        reason = str(error)
    else:
        reason, _ = "must", setting.kind.check(taken)
    assert reason.startswith("must")
