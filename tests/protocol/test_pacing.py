from __future__ import annotations

from bbsterm.protocol.pacing import Meter


def test_a_meter_counts_anew_every_second():
    meter = Meter()

    assert [meter.add(now) for now in (5.0, 5.5, 5.99, 6.0, 6.1)] == [1, 2, 3, 1, 2]


def test_a_meter_without_a_clock_counts_for_ever():
    meter = Meter()

    assert [meter.add(0.0) for _ in range(3)] == [1, 2, 3]


def test_a_clock_that_jumps_back_begins_a_new_second():
    meter = Meter()
    meter.add(100.0)

    assert meter.add(50.0) == 1
