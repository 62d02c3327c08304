from __future__ import annotations

from datetime import UTC, datetime

from bbsterm.book.entry import Entry
from bbsterm.book.plain import from_json, from_json_rows, to_json


def test_an_entry_goes_through_json():
    entry = Entry(
        "Xi", "a.org", 24, tags=("a", "b"), ice=False, extra=(("path", "/ws"), ("n", [1, {"x": 2}]))
    )

    assert from_json(to_json(entry)) == entry
    assert from_json_rows([to_json(entry), to_json(Entry("b", "b.org"))]) == [entry, Entry("b", "b.org")]
    assert from_json_rows([]) == []


def test_dates_in_unknown_keys_become_texts():
    entry = Entry("a", "a.org", extra=(("seen", datetime(2026, 1, 31, tzinfo=UTC)),))

    assert from_json(to_json(entry)).extra == (("seen", "2026-01-31 00:00:00+00:00"),)
