from __future__ import annotations

import json
import os
import stat

import pytest

from bbsterm.errors import StorageError
from bbsterm.limits import MAX_MUD_CHARACTERS, MAX_MUD_FILE, MAX_MUD_WEAPONS
from bbsterm.serve.mud.store import Store
from bbsterm.serve.mud.things import FISTS, Player
from tests.serve.mud.conftest import STICK, SWORD, small_world


def test_a_character_comes_back_as_it_was(tmp_path):
    file = tmp_path / "new" / "characters.json"
    store = Store(file)
    ann = Player("Ann", 2, experience=30, health=7, weapons=[STICK, SWORD], wielded=SWORD)

    store.keep(ann)
    store.save()

    assert Store(file).load("Ann", small_world()) == ann
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["characters.json"]


def test_who_was_never_here_begins_at_the_start():
    assert Store().load("Zoe", small_world()) == Player("Zoe", 1)


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"room": 99, "experience": -1, "health": "x", "weapons": "stick", "wielded": 3},
        {"room": [1], "experience": 10**12, "weapons": [None, {}, ["stick"]], "wielded": "long sword"},
        {"health": 10**6},
        {"room": True, "weapons": None},
    ],
)
def test_what_makes_no_sense_is_left_out(tmp_path, kept):
    file = tmp_path / "characters.json"
    file.write_text(json.dumps({"version": 1, "characters": {"Ann": kept, "Bob": 7}}))

    player = Store(file).load("Ann", small_world())

    assert (player.room, player.experience, player.health, player.weapons) == (1, 0, 20, [])
    assert player.wielded is FISTS


def test_nobody_comes_back_with_more_than_can_be_carried(tmp_path):
    file = tmp_path / "characters.json"
    kept = {"weapons": ["stick"] * 1000}
    file.write_text(json.dumps({"version": 1, "characters": {"Ann": kept}}))

    assert len(Store(file).load("Ann", small_world()).weapons) == MAX_MUD_WEAPONS


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"{}", b"\xff\xfe", b'{"version": 2, "characters": {}}', b"[" * 100_000],
)
def test_a_file_that_is_not_ours_is_refused_and_left_alone(tmp_path, data):
    file = tmp_path / "characters.json"
    file.write_bytes(data)

    with pytest.raises(StorageError, match=r"characters\.json"):
        Store(file)

    assert file.read_bytes() == data


def test_a_file_too_large_is_refused(tmp_path):
    file = tmp_path / "characters.json"
    with file.open("wb") as sparse:
        sparse.truncate(MAX_MUD_FILE + 1)

    with pytest.raises(StorageError, match="too large"):
        Store(file)


def test_a_failed_save_is_said_and_loses_nothing(tmp_path):
    folder = tmp_path / "folder"
    folder.write_text("a file where a folder should be")

    store = Store.__new__(Store)
    store._path, store._kept = folder / "characters.json", {}

    with pytest.raises(StorageError):
        store.save()


def test_the_one_not_played_for_longest_is_forgotten():
    store = Store()
    for number in range(MAX_MUD_CHARACTERS + 1):
        store.keep(Player(f"P{number}", 1, experience=5))

    assert store.load("P0", small_world()).experience == 0
    assert store.load("P1", small_world()).experience == 5


def test_the_fullest_file_can_be_read_again():
    store = Store()
    weapons = [SWORD] * MAX_MUD_WEAPONS
    for number in range(MAX_MUD_CHARACTERS):
        store.keep(Player(f"Abcdefghijk{number:05}", 1, experience=10**9, weapons=weapons, wielded=SWORD))

    assert len(store.dump()) < MAX_MUD_FILE
