from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.net.admission import Admission, Doorkeeper


def door(**rules):
    return Doorkeeper(Admission(**rules))


def test_without_bounds_everybody_may_come():
    keeper = door()

    assert all(keeper.admit("192.0.2.1", now=0) is None for _ in range(1000))


def test_so_many_in_all():
    keeper = door(total=2)
    assert keeper.admit("192.0.2.1", now=0) is None
    assert keeper.admit("192.0.2.2", now=0) is None
    assert keeper.admit("192.0.2.3", now=0) == "all 2 lines are busy"

    keeper.leave("192.0.2.1")

    assert keeper.admit("192.0.2.3", now=0) is None


def test_so_many_from_one_address():
    keeper = door(per_address=1)
    assert keeper.admit("192.0.2.1", now=0) is None
    assert keeper.admit("192.0.2.1", now=0) == "1 connections from 192.0.2.1 already"
    assert keeper.admit("192.0.2.2", now=0) is None

    keeper.leave("192.0.2.1")

    assert keeper.admit("192.0.2.1", now=0) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2", True),
        ("local", "local", True),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_a_home_is_one_ipv4_address_or_a_64_of_ipv6(one, other, same):
    keeper = door(per_address=1)
    keeper.admit(one, now=0)

    assert (keeper.admit(other, now=0) is not None) is same


def test_so_many_a_second_after_a_burst():
    keeper = door(per_second=2, burst=3)
    assert [keeper.admit("192.0.2.1", now=10) is None for _ in range(5)] == [True] * 3 + [False] * 2
    assert keeper.admit("192.0.2.1", now=10.4) == "192.0.2.1 connects too fast"
    assert keeper.admit("192.0.2.1", now=11) is None


def test_addresses_that_stay_away_are_forgotten():
    keeper = door(per_second=10, burst=10, per_address=5)
    for number in range(2000):
        host = f"10.0.{number // 250}.{number % 250}"
        keeper.admit(host, now=number)
        keeper.leave(host)

    assert len(keeper._buckets) < 300
    assert not keeper._by_address


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.booleans()), max_size=40))
def test_the_count_is_that_of_those_inside(moves):
    keeper, inside = door(total=5, per_address=3), []
    for host, comes in moves:
        if comes:
            allowed = len(inside) < 5 and inside.count(host) < 3
            assert (keeper.admit(host, now=0) is None) is allowed
            if allowed:
                inside.append(host)
        elif host in inside:
            inside.remove(host)
            keeper.leave(host)
