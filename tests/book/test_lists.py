from __future__ import annotations

import pytest

from bbsterm.book.entry import Entry
from bbsterm.book.lists import ListChange, ListInfo, Lists
from bbsterm.book.state import State

A, B, C = (Entry(name, f"{name}.org", id=name) for name in "abc")


@pytest.fixture
def state(paths, clock):
    state = State(paths.state, now=clock)
    yield state
    state.close()


@pytest.fixture
def lists(state):
    lists = Lists(state)
    lists.apply([ListChange("one", "one.lst", {"a": A, "b": B})], 100)
    return lists


def test_lists_are_kept_in_the_order_they_came(lists, state):
    lists.apply([ListChange("another", "x.csv", {"c": C})], 200)

    for each in (lists, Lists(state)):
        assert each.infos() == [ListInfo("one", "one.lst", 100, 2), ListInfo("another", "x.csv", 200, 1)]
        assert list(each.entries("one").values()) == [A, B]
        assert each.find("c") == ("another", C)
        assert each.find("x") is None
        assert each.source("another") == "x.csv"


def test_entries_are_changed_in_place_and_added_at_the_end(lists):
    lists.apply([ListChange("one", "one.lst", {"a": A.changed(port=24), "c": C})], 200)

    assert list(lists.entries("one").values()) == [A.changed(port=24), B, C]


def test_what_comes_back_stands_where_it_stood(lists):
    position = lists.position("one", "a")
    lists.apply([ListChange("one", "one.lst", {"a": None})], 200)
    lists.apply([ListChange("one", "one.lst", {"a": A}, {"a": position})], 300)

    assert list(lists.entries("one").values()) == [A, B]


def test_a_list_goes_with_its_last_entry(lists):
    lists.apply([ListChange("one", "one.lst", {"a": None, "b": None})], 200)

    assert lists.infos() == []
    assert lists.entries("one") == {}
