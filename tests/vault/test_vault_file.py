from __future__ import annotations

import json
import os
import stat

import pytest

from bbsterm import limits
from bbsterm.errors import SecretError, StorageError
from bbsterm.secret import Secret
from bbsterm.vault.vault_file import VaultFile

COST = 1 << 4  # scrypt's n: fast, and no more than that


class Person:
    """Answers what it is asked, and remembers the questions."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    async def __call__(self, question):
        self.asked.append(question)
        answer = self.answers.pop(0) if self.answers else None
        return None if answer is None else Secret(answer)


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def vault(tmp_path, clock):
    return VaultFile(tmp_path / "data" / "v.vault", tmp_path / "backups", idle=600, clock=clock, cost=COST)


def again(vault, clock):
    """The same file in another program."""
    return VaultFile(vault.path, vault._backups, idle=600, clock=clock, cost=COST)


async def test_a_new_vault_asks_for_a_passphrase_and_keeps_what_it_is_given(vault, clock, owner):
    person = Person("correct horse")
    await vault.store("xib", owner, Secret("hunter2"), person)

    assert [question.kind for question in person.asked] == ["new passphrase"]
    assert (await vault.fetch("xib", owner, None)).reveal() == "hunter2"  # it is open: nobody is asked

    other, person = again(vault, clock), Person("correct horse")
    assert (await other.fetch("xib", owner, person)).reveal() == "hunter2"
    assert await other.names(None) == {"xib": "bbs.example.org:2323"}


async def test_nothing_of_it_can_be_read_in_the_file_and_only_its_owner_can_read_that(vault, owner):
    await vault.store("xib", owner, Secret("hunter2"), Person("correct horse"))

    data = vault.path.read_bytes()
    assert b"hunter2" not in data
    assert b"xib" not in data
    assert b"example" not in data
    assert stat.S_IMODE(os.stat(vault.path).st_mode) == 0o600
    assert json.loads(data)["cipher"] == "AES-256-GCM"


async def test_the_same_contents_are_never_sealed_the_same_way(vault, owner):
    await vault.store("xib", owner, Secret("hunter2"), Person("correct horse"))
    first = json.loads(vault.path.read_bytes())
    await vault.store("xib", owner, Secret("hunter2"), None)
    second = json.loads(vault.path.read_bytes())

    assert first["nonce"] != second["nonce"]
    assert first["data"] != second["data"]


async def test_a_wrong_passphrase_is_told_and_asked_again_three_times(vault, clock, owner):
    await vault.store("xib", owner, Secret("hunter2"), Person("correct horse"))

    person = Person("wrong horse", "correct horse")
    assert (await again(vault, clock).fetch("xib", owner, person)).reveal() == "hunter2"
    assert [question.problem for question in person.asked] == [
        "",
        "wrong passphrase (or the vault was damaged)",
    ]

    with pytest.raises(SecretError, match="wrong passphrase"):
        await again(vault, clock).fetch("xib", owner, Person("a", "b", "c", "correct horse"))


async def test_a_short_passphrase_is_not_taken(vault, owner):
    person = Person("short", "long enough")
    await vault.store("xib", owner, Secret("hunter2"), person)

    assert [question.problem for question in person.asked] == ["", "at least 8 characters"]


async def test_it_locks_itself_after_a_while_without_use(vault, clock, owner):
    await vault.store("xib", owner, Secret("hunter2"), Person("correct horse"))
    clock.now = 599
    await vault.fetch("xib", owner, None)
    clock.now = 1198
    assert not vault.locked
    clock.now = 1199

    assert vault.locked
    with pytest.raises(SecretError, match="the vault is locked"):
        await vault.fetch("xib", owner, None)
    assert (await vault.fetch("xib", owner, Person("correct horse"))).reveal() == "hunter2"


async def test_it_can_be_locked_at_once(vault, owner):
    await vault.store("xib", owner, Secret("hunter2"), Person("correct horse"))
    vault.lock()

    with pytest.raises(SecretError, match="locked"):
        await vault.fetch("xib", owner, None)


async def test_a_password_is_for_its_host_only(vault, owner, moved):
    await vault.store("xib", owner, Secret("hunter2"), Person("correct horse"))

    with pytest.raises(SecretError, match=r"kept for bbs.example.org:2323, not for evil.example:2323"):
        await vault.fetch("xib", moved, None)


async def test_what_is_forgotten_is_gone_and_an_earlier_version_stays_sealed(vault, owner):
    await vault.store("xib", owner, Secret("hunter2"), Person("correct horse"))

    assert await vault.forget("xib", owner, None)
    assert not await vault.forget("xib", owner, None)
    with pytest.raises(SecretError, match="no secret 'xib'"):
        await vault.fetch("xib", owner, None)
    versions = list(vault._backups.iterdir())
    assert versions
    assert all(b"hunter2" not in version.read_bytes() for version in versions)


async def test_two_programs_do_not_lose_each_others_passwords(vault, clock, owner):
    await vault.store("one", owner, Secret("1"), Person("correct horse"))
    other = again(vault, clock)
    await other.store("two", owner, Secret("2"), Person("correct horse"))
    await vault.store("three", owner, Secret("3"), None)

    assert set(await other.names(None)) == {"one", "two", "three"}


async def test_without_a_vault_there_is_nothing_to_fetch(vault, owner):
    with pytest.raises(SecretError, match="there is no vault yet"):
        await vault.fetch("xib", owner, Person("x"))
    assert not await vault.forget("xib", owner, None)


DAMAGE = {
    "empty": lambda data: b"",
    "no JSON": lambda data: b"\xff\x00",
    "a list": lambda data: b"[]",
    "another format": lambda data: data.replace(b"bbsterm vault", b"something else"),
    "dear": lambda data: data.replace(b'"n": 16', b'"n": 1048576').replace(b'"r": 8', b'"r": 32'),
    "negative": lambda data: data.replace(b'"n": 16', b'"n": -16'),
    "a true": lambda data: data.replace(b'"p": 2', b'"p": true'),
    "no base64": lambda data: data.replace(b'"salt": "', b'"salt": "!'),
    "deep": lambda data: b"[" * 5000,
}


@pytest.mark.parametrize("how", DAMAGE)
async def test_a_damaged_vault_is_said_to_be_one_and_left_alone(vault, clock, owner, how):
    await vault.store("xib", owner, Secret("hunter2"), Person("correct horse"))
    damaged = DAMAGE[how](vault.path.read_bytes())
    vault.path.write_bytes(damaged)

    for use in (
        again(vault, clock).fetch,
        lambda *a: again(vault, clock).store("x", owner, Secret("y"), a[2]),
    ):
        with pytest.raises(SecretError):
            await use("xib", owner, Person("correct horse"))
    assert vault.path.read_bytes() == damaged


async def test_one_changed_bit_is_noticed(vault, clock, owner):
    await vault.store("xib", owner, Secret("hunter2"), Person("correct horse"))
    head = json.loads(vault.path.read_bytes())
    head["n"] = 32
    vault.path.write_text(json.dumps(head))

    with pytest.raises(SecretError, match="wrong passphrase"):
        await again(vault, clock).fetch("xib", owner, Person(*["correct horse"] * 3))


async def test_a_newer_vault_is_not_touched(vault, clock, owner):
    await vault.store("xib", owner, Secret("hunter2"), Person("correct horse"))
    vault.path.write_bytes(vault.path.read_bytes().replace(b'"version": 1', b'"version": 2'))

    with pytest.raises(SecretError, match="newer bbsterm"):
        await again(vault, clock).fetch("xib", owner, Person("correct horse"))


async def test_a_vault_has_a_bound(vault, owner, monkeypatch):
    await vault.store("xib", owner, Secret("hunter2"), Person("correct horse"))
    before = vault.path.read_bytes()
    monkeypatch.setattr("bbsterm.vault.vault_file.MAX_VAULT_FILE", len(before) + 100)

    with pytest.raises(SecretError, match="full"):
        await vault.store("more", owner, Secret("x" * limits.MAX_SECRET), None)
    assert vault.path.read_bytes() == before


async def test_a_folder_that_cannot_be_written_is_told(tmp_path, clock, owner):
    (tmp_path / "file").write_text("")
    vault = VaultFile(tmp_path / "file" / "v.vault", tmp_path / "b", idle=1, clock=clock, cost=COST)

    with pytest.raises((StorageError, SecretError, Exception)) as caught:
        await vault.store("xib", owner, Secret("hunter2"), Person("correct horse"))
    assert "hunter2" not in str(caught.value)
    assert type(caught.value).__module__ == "bbsterm.errors"
