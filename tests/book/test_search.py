from __future__ import annotations

import pytest

from bbsterm.book.entry import DEMO, Entry
from bbsterm.book.history import Stats
from bbsterm.book.search import MINE, VIEWS, Index, Sort, Source, View

XIBALBA = Entry(
    "Xibalba", "xibalba.example", 44510, id="x", tags=("ftn", "ansi"), comment="ENiGMA WHQ", added=30
)
CAFE = Entry(
    "Café", "petscii.example", 6400, id="c", favourite=True, tags=("c64",), terminal="petscii", added=20
)
AMIS = Entry("Amis XE", "amis.example", 9000, id="a", tags=("atari", "FTNnet"), added=10)
LISTED = Entry("Zoo", "zoo.example", id="z")


@pytest.fixture
def index():
    index = Index()
    index.fill(
        [Source(MINE, [XIBALBA, CAFE, AMIS]), Source("world", [LISTED, XIBALBA]), Source(None, [DEMO])],
        {"a": Stats(5, 500), "z": Stats(9, 100), "x": Stats(1, 900, 1.0, 70, 7)},
    )
    return index


def found(index, text="", sort=Sort.NAME, view="all"):
    return [row.entry.id for row in index.search(text, sort, view)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", ["a", "c", "demo", "x", "z"]),
        ("XIB", ["x"]),
        ("example ami", ["a"]),
        ("cafe", ["c"]),
        ("enigma", ["x"]),
        ("44510", ["x"]),
        ("ftn", ["a", "x"]),
        ("tag:ftn", ["a", "x"]),
        ("tag:ftn xib", ["x"]),
        ("tag:ansi tag:ftn", ["x"]),
        ("tag:tn", []),
        ("tag:*", ["a", "c", "demo", "x", "z"]),
        ("tag:", ["a", "c", "demo", "x", "z"]),
        ("nowhere", []),
        ("xib zoo", []),
    ],
)
def test_every_word_must_be_found(index, text, ids):
    assert found(index, text) == ids


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        (Sort.NAME, ["a", "c", "demo", "x", "z"]),
        (Sort.LAST_CALL, ["c", "x", "a", "z", "demo"]),
        (Sort.CALLS, ["z", "a", "x", "c", "demo"]),
        (Sort.ADDED, ["x", "c", "a", "z", "demo"]),
        (Sort.CUSTOM, ["x", "c", "a", "z", "demo"]),
    ],
)
def test_sort_profiles(index, sort, ids):
    assert found(index, sort=sort) == ids


def test_virtual_lists(index):
    assert index.views() == [
        View("all", "All", 5),
        View("mine", "My entries", 3),
        View("favourites", "Favourites", 1),
        View("recent", "Recent", 3),
        View("never", "Never called", 2),
        View("demo", "Demo", 1),
        View("list:world", "world", 1),
    ]
    for view in index.views():
        assert len(found(index, view=view.key)) == view.rows
    assert set(VIEWS) <= {view.key for view in index.views()}


def test_ones_own_entry_hides_the_one_of_a_list(index):
    assert [row.list for row in index.rows if row.entry.id == "x"] == [MINE]


def test_rows_have_the_sums(index):
    row = next(row for row in index.rows if row.entry.id == "x")

    assert (row.calls, row.last_call, row.received, row.sent, row.place) == (1, 900, 70, 7, 0)


def test_tags_are_counted(index):
    assert index.tags()[0] == ("FTNnet", 1)
    assert dict(index.tags()) == {"ftn": 1, "ansi": 1, "c64": 1, "atari": 1, "FTNnet": 1}


def test_what_changed_is_found_anew(index):
    index.fill([Source(MINE, [XIBALBA.changed(name="Hades")])], {})

    assert found(index, "hades") == ["x"]
    assert found(index, "xibalba tag:ftn") == ["x"]  # the host still says so
    assert found(index, "cafe") == []
