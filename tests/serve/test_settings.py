from __future__ import annotations

from dataclasses import fields

import pytest

from bbsterm.serve.settings import GROUPS, OPTIONS, ServeSettings, find_option


def test_every_field_is_an_option_of_a_known_group():
    assert [option.name for option in OPTIONS] == [each.name for each in fields(ServeSettings)]
    assert {option.group for option in OPTIONS} <= set(GROUPS)


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.key)
def test_every_default_is_a_value_that_may_be_given(option):
    if option.default is not None:
        assert option.kind.check(option.default) == option.default


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.key)
def test_every_option_says_what_it_is(option):
    assert option.help
    assert option.kind.allowed
    assert option.kind.schema()


def test_a_key_may_be_spelled_with_dashes_or_underscores():
    assert find_option("limit-callers") is find_option("limit_callers")
    assert find_option("nonsense") is None
