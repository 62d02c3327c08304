from __future__ import annotations

import pytest

from bbsterm.tui import collector
from bbsterm.tui.collector import MANY, OLD_EVERY, QUIET, TOO_MANY, WORTH_IT, Collector


class FakeGc:
    def __init__(self) -> None:
        self.count = 0
        self.said: list[object] = []

    def get_count(self) -> tuple[int, int, int]:
        return self.count, 0, 0

    def collect(self, generation: int = 2) -> None:
        self.said.append(generation)
        self.count = 0

    def freeze(self) -> None:
        self.said.append("freeze")

    def unfreeze(self) -> None:
        self.said.append("unfreeze")

    def disable(self) -> None:
        self.said.append("disable")


@pytest.fixture
def fake(monkeypatch) -> FakeGc:
    fake = FakeGc()
    monkeypatch.setattr(collector, "gc", fake)
    return fake


def test_it_takes_over(fake):
    Collector().start()
    assert fake.said == [2, "freeze", "disable"]


def test_a_flood_is_not_disturbed_and_a_quiet_moment_is_used(fake):
    mine = Collector()
    for count in (QUIET * 2, QUIET * 4, QUIET * 6):
        fake.count = count
        mine.tick()
    assert fake.said == []

    fake.count += QUIET - 1
    mine.tick()
    assert fake.said == [1]

    mine.tick()  # nothing new
    assert fake.said == [1]


def test_memory_is_bounded_even_so(fake):
    mine = Collector()
    fake.count = TOO_MANY + 1
    mine.tick()
    assert fake.said == [0]


def test_old_objects_have_their_turn(fake):
    mine = Collector()
    for _ in range(OLD_EVERY):
        fake.count = WORTH_IT + 1
        mine.tick()
        fake.count = WORTH_IT + 1
        mine._seen = WORTH_IT
    assert fake.said[-3:] == ["unfreeze", 2, "freeze"]
    assert fake.said.count(2) == 1


def test_what_a_flood_has_left_is_not_walked_through_again(fake):
    mine = Collector()
    mine._seen = fake.count = MANY + 1
    mine.tick()
    assert fake.said == [1, "freeze"]
