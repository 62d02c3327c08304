from __future__ import annotations

from bbsterm import limits
from bbsterm.serve.tries import Tries


def test_a_few_and_then_one_a_minute():
    tries = Tries()

    assert [tries.allows("Ann", now=0) for _ in range(limits.PASSWORD_TRIES + 1)][-2:] == [True, False]
    assert not tries.allows("Ann", now=30)
    assert tries.allows("Bob", now=30)
    assert tries.allows("Ann", now=61)


def test_an_address_is_counted_over_all_accounts():
    tries = Tries()

    allowed = [tries.allows(f"account {name}", "address", now=0) for name in "abcdefgh"]

    assert allowed == [True] * limits.PASSWORD_TRIES + [False] * (8 - limits.PASSWORD_TRIES)


def test_the_right_password_wipes_the_slate():
    tries = Tries()
    for _ in range(limits.PASSWORD_TRIES):
        tries.allows("Ann", now=0)

    tries.forget("Ann")

    assert tries.allows("Ann", now=0)


def test_only_so_many_are_remembered(monkeypatch):
    monkeypatch.setattr(limits, "MAX_TRIED", 10)
    tries = Tries()

    for number in range(100):
        tries.allows(str(number), now=0)

    assert len(tries._buckets) == 10
