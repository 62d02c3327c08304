from __future__ import annotations

from datetime import timedelta

import pytest

from bbsterm import limits
from bbsterm.errors import StorageError
from bbsterm.serve.store.calls import Bans, LastCall, LastCalls


async def test_the_newest_call_comes_first_with_its_end(database, now):
    calls = LastCalls(database)
    first = calls.begin(LastCall(now, "Ann", "ANSI", "192.0.2.1"), None)
    calls.begin(LastCall(now, "Bob", "PETSCII", "::1"), 7)

    calls.end(first, now=now + timedelta(minutes=3))

    assert await calls.latest(5) == [
        LastCall(now, "Bob", "PETSCII", "::1"),
        LastCall(now, "Ann", "ANSI", "192.0.2.1", now + timedelta(minutes=3)),
    ]
    assert await calls.count() == 2


async def test_only_so_many_are_remembered(database, now, monkeypatch):
    monkeypatch.setattr(limits, "MAX_BOARD_CALLS", 2)
    calls = LastCalls(database)
    for number in range(5):
        calls.begin(LastCall(now, str(number), "", ""), None)

    assert [call.name for call in await calls.latest(9)] == ["4", "3"]
    calls.begin(LastCall(now, "5", "", ""), None)
    assert [call.name for call in await calls.latest(9)] == ["5", "4"]
    assert await calls.count() == 3


async def test_calls_are_written_together_and_their_ends_later(database, now):
    calls = LastCalls(database)
    first = calls.begin(LastCall(now, "Ann", "", ""), None)
    second = calls.begin(LastCall(now, "Bob", "", ""), None)
    calls.end(second, now=now)
    await calls.flush()
    await calls.flush()
    calls.end(first, now=now + timedelta(hours=1))
    calls.end(first, now=now + timedelta(hours=2))
    calls.end(99, now=now)
    await calls.flush()

    other = LastCalls(database)
    assert [call.ended for call in await other.latest(5)] == [now, now + timedelta(hours=1)]
    assert [calls._began, calls._ended, calls._rows] == [{}, {}, {}]


async def test_what_cannot_be_written_stays_noted_within_bounds(database, now, monkeypatch):
    monkeypatch.setattr(limits, "MAX_BOARD_CALLS", 3)
    calls = LastCalls(database)
    for number in range(10):
        calls.begin(LastCall(now, str(number), "", ""), None)
    await database.close()

    with pytest.raises(StorageError):
        await calls.flush()

    assert [call.name for call, _ in calls._began.values()] == ["7", "8", "9"]


@pytest.mark.parametrize(
    ("ban", "out", "in_"),
    [
        ("192.0.2.1", ["192.0.2.1", "::ffff:192.0.2.1"], ["192.0.2.2", "", "nonsense"]),
        ("192.0.2.77/24", ["192.0.2.1"], ["198.51.100.1", "::1"]),
        ("2001:db8::/32", ["2001:db8::1", "2001:db8::1%eth0"], ["192.0.2.1"]),
    ],
)
async def test_a_ban_is_for_an_address_or_a_network(database, now, ban, out, in_):
    bans = Bans(database)
    await bans.add(ban, by="Sue", now=now)
    other = Bans(database)  # another worker's
    await other.load()

    for each in (bans, other):
        assert all(each.shuts_out(address) for address in out)
        assert not any(each.shuts_out(address) for address in in_)
    assert await bans.remove(ban)
    assert not await bans.remove(ban)
    assert not bans.shuts_out(out[0])


async def test_what_is_no_address_is_refused_and_there_are_only_so_many(database, now, monkeypatch):
    bans = Bans(database)
    with pytest.raises(ValueError):
        await bans.add("Ann", by="Sue", now=now)
    monkeypatch.setattr(limits, "MAX_BANS", 1)
    await bans.add("192.0.2.1", by="Sue", now=now)

    with pytest.raises(ValueError, match="1 bans"):
        await bans.add("192.0.2.2", by="Sue", now=now)
