from __future__ import annotations

import pytest

from bbsterm.book import Entry
from bbsterm.errors import UsageError
from bbsterm.net.address import Address
from bbsterm.session.events import CallEnded
from bbsterm.session.settings import CallSettings


def test_a_call_to_an_entry_is_in_its_history(keeper):
    entry = keeper.book.add(Entry("BBS", "bbs.example", 2323, "telnets", terminal="utf8"))

    address, settings = keeper.how_to_call(entry)
    keeper.remember(address, settings, CallEnded("hung up", None, 12.0), 1000, 20, "/c/1.ans")

    assert address == Address("bbs.example", 2323, "telnets")
    assert (settings.name, settings.terminal, settings.entry) == ("BBS", "utf8", entry.id)
    (call,) = keeper.book.history(entry)
    assert (call.address, call.seconds, call.result) == ("telnets://bbs.example:2323", 12.0, "hung up")
    assert (call.received, call.sent, call.capture) == (1000, 20, "/c/1.ans")
    assert keeper.problems == []


def test_a_call_to_an_address_is_its_entry_s_if_there_is_one(keeper):
    entry = keeper.book.add(Entry("BBS", "bbs.example", 2323))

    keeper.remember(Address("bbs.example", 2323), CallSettings(), CallEnded("hung up", None, 12.0))

    assert keeper.book.stats(entry).calls == 1


def test_a_board_that_is_in_no_book_is_a_quick_call(keeper):
    keeper.remember(Address("else.example", 23), CallSettings(), CallEnded("no answer", None, 0.0))

    (row,) = (row for row in keeper.book.search() if row.list is not None)
    assert (row.entry.address, row.list, row.calls) == ("else.example:23", "Quick calls", 1)
    assert keeper.how_to_call(row.entry)[0] == Address("else.example", 23)


def test_the_demo_board_s_calls_are_its_own(keeper):
    keeper.remember(Address("127.0.0.1", 4711), CallSettings(entry="demo"), CallEnded("hung up", None, 3.0))

    assert [(row.entry.id, row.calls) for row in keeper.book.search()] == [("demo", 1)]


def test_nobody_called_yet_means_no_file(keeper, paths):
    assert keeper.as_chosen(Address("h"), CallSettings()) == CallSettings()
    assert not paths.state.exists()


def test_a_damaged_state_is_said_and_life_goes_on(keeper, paths):
    paths.state.parent.mkdir(parents=True, exist_ok=True)
    paths.state.write_bytes(b"this is no database, and never was" * 100)

    keeper.remember(Address("h.example"), CallSettings(), CallEnded("hung up", None, 1.0))

    assert len(keeper.problems) == 1
    assert paths.state.name in keeper.problems[0]
    assert [row.entry.host for row in keeper.book.rows()] == ["h.example", "demo"]


def test_settings_are_the_user_s(keeper, paths):
    paths.settings.write_text('[terminal]\nkind = "utf8"\nrows = 30\n[dial]\ntimeout = 3\nfamily = "6"\n')

    defaults = keeper.defaults()

    assert (defaults.terminal, defaults.rows, defaults.connect_timeout) == ("utf8", 30, 3.0)
    assert defaults.family.value == "6"


def test_settings_that_cannot_be_read_are_said_and_left_alone(keeper, paths):
    paths.settings.write_text("[terminal]\nrows = many\n")

    assert keeper.defaults() == CallSettings()
    assert f"{paths.settings}:2" in keeper.problems[0]
    assert paths.settings.read_text() == "[terminal]\nrows = many\n"


def test_what_cannot_be_dialled_yet_is_refused(keeper):
    with pytest.raises(UsageError, match="ssh"):
        keeper.how_to_call(Entry("x", "bbs.example", 22, "ssh"))


def test_a_chosen_encoding_counts_in_the_next_call(keeper):
    address = Address("bbs.example", 2323)
    keeper.remember(address, CallSettings(), CallEnded("hung up", None, 12.0))
    keeper.remember_encoding(address, "petscii", "petscii")

    assert keeper.as_chosen(address, CallSettings(rows=37)) == CallSettings(
        terminal="petscii", encoding="petscii", rows=37
    )
    assert keeper.as_chosen(Address("other.example", 23), CallSettings()) == CallSettings()
