from __future__ import annotations

from datetime import timedelta

import pytest

from bbsterm import limits
from bbsterm.serve.store.calls import Bans, LastCall, LastCalls


async def test_the_newest_call_comes_first_with_its_end(database, now):
    calls = LastCalls(database)
    first = await calls.begin(LastCall(now, "Ann", "ANSI", "192.0.2.1"), None)
    await calls.begin(LastCall(now, "Bob", "PETSCII", "::1"), 7)

    await calls.end(first, now=now + timedelta(minutes=3))

    assert await calls.latest(5) == [
        LastCall(now, "Bob", "PETSCII", "::1"),
        LastCall(now, "Ann", "ANSI", "192.0.2.1", now + timedelta(minutes=3)),
    ]
    assert await calls.count() == 2


async def test_only_so_many_are_remembered(database, now, monkeypatch):
    monkeypatch.setattr(limits, "MAX_BOARD_CALLS", 2)
    calls = LastCalls(database)
    for number in range(5):
        await calls.begin(LastCall(now, str(number), "", ""), None)

    assert [call.name for call in await calls.latest(9)] == ["4", "3"]
    assert await calls.count() == 5


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
