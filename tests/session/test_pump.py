from __future__ import annotations

from bbsterm.session.pump import BUDGET, HOLD, LARGEST_SLICE, SMALLEST_SLICE, Pump


class Bench:
    """A pump with a clock that each slice moves on, and a loop that runs by hand."""

    def __init__(self, data: bytes, *, cost: float) -> None:
        self.data, self.cost, self.now = data, cost, 0.0
        self.slices: list[int] = []
        self.planned: list = []
        self.turns = self.drains = 0
        self.pump = Pump(
            self.take,
            self.feed,
            after_turn=self.after_turn,
            drained=self.drained,
            call_soon=self.planned.append,
            clock=lambda: self.now,
        )

    def take(self, limit):
        taken, self.data = self.data[:limit], self.data[limit:]
        return taken

    def feed(self, data):
        self.slices.append(len(data))
        self.now += self.cost * len(data)

    def after_turn(self):
        self.turns += 1

    def drained(self):
        self.drains += 1

    def run_one(self):
        self.planned.pop(0)()


def test_a_turn_keeps_to_its_budget_and_comes_back():
    bench = Bench(bytes(20 * LARGEST_SLICE), cost=BUDGET / 2 / LARGEST_SLICE)
    bench.pump.wake()
    bench.run_one()

    assert bench.slices == [LARGEST_SLICE] * 2
    assert len(bench.planned) == 1
    assert (bench.turns, bench.drains) == (1, 0)


def test_it_goes_on_until_everything_is_fed():
    bench = Bench(bytes(100_000), cost=BUDGET / LARGEST_SLICE)
    bench.pump.wake()
    while bench.planned:
        bench.run_one()

    assert sum(bench.slices) == 100_000
    assert bench.drains == 1


def test_a_slow_terminal_gets_smaller_slices_and_a_fast_one_larger_again():
    bench = Bench(bytes(100_000), cost=BUDGET / 100)
    bench.pump.wake()
    while len(bench.slices) < 6:
        bench.run_one()
    assert bench.slices[-1] == SMALLEST_SLICE

    bench.cost = BUDGET / 100_000_000
    while bench.planned:
        bench.run_one()
    assert LARGEST_SLICE in bench.slices[6:]


def test_waking_twice_is_waking_once():
    bench = Bench(b"", cost=0)
    bench.pump.wake()
    bench.pump.wake()

    assert len(bench.planned) == 1


def test_a_turn_without_anything_says_only_that():
    bench = Bench(b"", cost=0)
    bench.pump.wake()
    bench.run_one()

    assert (bench.turns, bench.drains) == (0, 1)


def test_a_stopped_pump_feeds_nothing():
    bench = Bench(b"abc", cost=0)
    bench.pump.wake()
    bench.pump.stop()
    bench.run_one()
    bench.pump.wake()

    assert bench.slices == []
    assert bench.planned == []


def test_a_key_on_its_way_is_waited_for_but_not_for_ever():
    bench = Bench(bytes(LARGEST_SLICE), cost=0.0)
    bench.pump.wake()
    bench.pump.hold()
    bench.run_one()
    assert bench.slices == []
    assert len(bench.planned) == 1

    bench.now += HOLD
    while bench.planned:
        bench.run_one()
    assert bench.slices == [LARGEST_SLICE]


def test_what_waited_for_a_frame_does_not_wait_for_us_too():
    bench = Bench(bytes(LARGEST_SLICE), cost=0.0)
    bench.pump.wake()

    bench.now += 2 * BUDGET  # something else held the loop since
    bench.run_one()
    assert bench.slices == []

    bench.run_one()
    bench.now += 2 * BUDGET  # but we give way only once
    bench.run_one()
    assert bench.slices == [LARGEST_SLICE]


def test_the_key_has_arrived():
    bench = Bench(bytes(LARGEST_SLICE), cost=0.0)
    bench.pump.wake()
    bench.pump.hold()
    bench.pump.release()
    bench.run_one()
    assert bench.slices == [LARGEST_SLICE]
