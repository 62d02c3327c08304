from __future__ import annotations

from bbsterm.serve.pacing import Bucket


def test_a_burst_is_free_and_then_it_costs_time():
    bucket = Bucket(10, 5, now=100)

    assert [bucket.take(1, now=100) for _ in range(5)] == [0] * 5
    assert bucket.take(1, now=100) == 0.1
    assert bucket.take(9, now=100) == 1.0


def test_tokens_come_back_but_no_more_than_the_burst():
    bucket = Bucket(10, 5, now=0)
    bucket.take(5, now=0)

    assert bucket.take(5, now=100) == 0
    assert not bucket.allows(now=100)
    assert bucket.allows(now=100.25)
