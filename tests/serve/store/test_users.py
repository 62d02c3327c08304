from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bbsterm import limits
from bbsterm.errors import StorageError
from bbsterm.serve.store import passwords
from bbsterm.serve.store.users import NameTakenError, Users


@pytest.fixture
def users(database):
    users = Users(database)
    yield users
    users.close()


async def test_an_account_is_found_however_its_name_is_spelled(users, now):
    ann = await users.create("Ann Lee", "secret", now=now)

    assert await users.find("ANN  lee") == ann
    assert (ann.name, ann.created, ann.sysop, ann.banned) == ("Ann Lee", now, False, "")
    assert await users.find("Bob") is None


async def test_a_name_is_given_once(users, now):
    await users.create("Ann", "secret", now=now)

    with pytest.raises(NameTakenError):
        await users.create("ANN", "other", now=now)


async def test_the_password_is_checked_and_can_be_changed(users, now):
    ann = await users.create("Ann", "secret", now=now)

    assert await users.check("ann", "secret") == ann
    assert await users.check("ann", "Secret") is None
    assert await users.check("bob", "secret") is None

    await users.set_password("Ann", "another")

    assert await users.check("Ann", "secret") is None
    assert await users.check("Ann", "another") == ann


async def test_no_password_is_in_the_file(users, database, now):
    await users.create("Ann", "secret", now=now)

    dump = await database.read(lambda connection: "\n".join(connection.iterdump()))

    assert "secret" not in dump
    assert "scrypt$14$8$1$" in dump


async def test_an_old_hash_is_made_anew_when_its_password_comes_by(users, database, now, monkeypatch):
    monkeypatch.setattr(passwords, "_LOG_N", 10)
    await users.create("Ann", "secret", now=now)
    monkeypatch.undo()

    assert await users.check("Ann", "secret")

    kept = await database.read(lambda each: each.execute("SELECT password FROM users").fetchone()[0])
    assert kept.startswith("scrypt$14$")


async def test_calls_are_counted(users, now):
    ann = await users.create("Ann", "secret", now=now)

    later = await users.called(ann, now=now + timedelta(days=1))

    assert (later.calls, later.last_call) == (1, now + timedelta(days=1))
    assert await users.find("Ann") == later


async def test_settings_and_a_sysops_word_are_kept(users, now):
    ann = await users.create("Ann", "secret", now=now)
    changed = replace(
        ann, sysop=True, banned="why", location="here", about="me", pages=False, pause=False, news=False
    )

    await users.save(changed)

    assert await users.find("Ann") == changed


async def test_accounts_are_listed_by_name_in_parts(users, now):
    for name in ("Cy", "ann", "Bob"):
        await users.create(name, "secret", now=now)

    assert [user.name for user in await users.list(count=2)] == ["ann", "Bob"]
    assert [user.name for user in await users.list(after="Bob")] == ["Cy"]


async def test_there_are_only_so_many(users, now, monkeypatch):
    monkeypatch.setattr(limits, "MAX_USERS", 1)
    await users.create("Ann", "secret", now=now)

    with pytest.raises(StorageError, match="no room for more than 1"):
        await users.create("Bob", "secret", now=now)
