from __future__ import annotations

import pytest

from bbsterm import limits
from bbsterm.book.history import CallRecord, History, Pin, Probe, Stats
from bbsterm.book.state import State


@pytest.fixture
def state(paths, clock):
    state = State(paths.state, now=clock)
    yield state
    state.close()


@pytest.fixture
def history(state, clock):
    return History(state, now=clock)


def call(entry="a", started=1000, seconds=60.0, result="hung up", received=10, sent=5):
    return CallRecord(entry, "a.org:23", started, seconds, result, received, sent)


def test_a_call_is_written_down_and_counted(history, state, clock):
    history.record(call(), connected=True)
    history.record(call(started=2000, seconds=30, received=1, sent=2), connected=True)

    for each in (history, History(state, now=clock)):
        assert each.stats == {"a": Stats(2, 2000, 90.0, 11, 7)}
        assert [found.started for found in each.of("a")] == [2000, 1000]


def test_a_call_that_was_never_connected_is_history_but_not_counted(history):
    history.record(call(seconds=0, result="BUSY"), connected=False)

    assert history.stats == {}
    assert [found.result for found in history.of("a")] == ["BUSY"]


def test_a_call_to_a_board_in_no_book_is_recent(history):
    history.record(call(entry=""), connected=True)

    assert history.stats == {}
    assert [found.address for found in history.recent()] == ["a.org:23"]


def test_an_old_call_does_not_become_the_last(history):
    history.record(call(started=2000), connected=True)
    history.record(call(started=1000), connected=True)

    assert history.stats["a"].last_call == 2000


def test_what_a_board_says_is_kept_short_and_visible(history):
    history.record(call(result="\x1b[2J" * 100), connected=True)

    assert history.recent()[0].result.startswith("^[[2J^[[2J")
    assert len(history.recent()[0].result) == 80


def test_only_so_many_calls_are_kept(history, monkeypatch):
    monkeypatch.setattr(limits, "MAX_CALLS_KEPT", 5)

    for number in range(12):
        history.record(call(started=number), connected=True)

    assert [found.started for found in history.recent()] == [11, 10, 9, 8, 7]
    assert history.stats["a"].calls == 12


def test_sums_of_imported_entries_never_replace_ones_own(history, state, clock):
    history.record(call(), connected=True)

    history.adopt({"a": Stats(99, 5), "b": Stats(3, 7), "c": Stats()})

    assert history.stats == {"a": Stats(1, 1000, 60.0, 10, 5), "b": Stats(3, 7)}
    assert History(state, now=clock).stats == history.stats


def test_a_probe_holds_for_an_hour(history, state, clock):
    history.record_probes([("A.org.", 23, Probe(int(clock.now), True, None, 12.5, "hash"))])

    assert history.probe("a.org", 23) == Probe(1_800_000_000, True, None, 12.5, "hash")
    assert History(state, now=clock).probe("a.org", 23) == history.probe("a.org", 23)
    clock.now += 3600
    assert history.probe("a.org", 23) is None


def test_another_banner_is_noticed(history, clock):
    now = int(clock.now)
    for banner, changed in (("one", False), ("one", False), ("two", True), ("", False), ("two", False)):
        history.record_probes([("a.org", 23, Probe(now, True, banner=banner))])
        assert history.probe("a.org", 23).banner_changed is changed


def test_a_key_is_pinned_with_the_day_it_was_first_seen(history, clock):
    assert history.pin("a.org", 992) is None

    history.trust("A.ORG", 992, "AB" * 32)
    clock.now += 100
    history.trust("a.org", 992, "ab" * 32)
    assert history.pin("a.org.", 992) == Pin("ab" * 32, 1_800_000_000, 1_800_000_100)

    history.trust("a.org", 992, "cd" * 32)
    assert history.pin("a.org", 992).first_seen == 1_800_000_100
    history.distrust("a.org", 992)
    assert history.pin("a.org", 992) is None
