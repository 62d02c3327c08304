from __future__ import annotations

import pytest

from bbsterm.errors import ConfigError, StorageError
from bbsterm.tui.settings_store import NEW_FILE, SettingsStore


@pytest.fixture
def store(paths):
    return SettingsStore(paths, environ={})


def test_a_change_makes_the_file_and_holds_at_once(paths):
    applied = []
    store = SettingsStore(paths, applied.append, environ={})

    store.change("dial.timeout", 5.0)

    assert paths.settings.read_text() == NEW_FILE + "\n[dial]\ntimeout = 5.0\n"
    assert store.loaded.settings.dial.timeout == 5
    assert applied == [store.loaded]


def test_comments_stay_and_the_last_version_is_kept(store, paths):
    paths.settings.write_text("# mine\n[dial]\ntimeout = 3 # slow\n")

    store.change("dial.timeout", 5)

    assert paths.settings.read_text() == "# mine\n[dial]\ntimeout = 5 # slow\n"
    assert [kept.read_text() for kept in paths.backups.glob("config.*.toml")] == [
        "# mine\n[dial]\ntimeout = 3 # slow\n"
    ]


def test_what_was_written_by_hand_meanwhile_is_kept(store, paths):
    store.change("dial.timeout", 5.0)
    paths.settings.write_text(paths.settings.read_text() + '\n[app]\ntheme = "amber"\n')

    store.change("dial.redial", 2)

    assert store.loaded.settings.app.theme == "amber"
    assert store.loaded.settings.dial.redial == 2


def test_a_reset_is_the_default_again(store, paths):
    store.change("dial.timeout", 5.0)
    store.reset("dial.timeout")
    store.reset("dial.family")

    assert store.loaded.settings.dial.timeout == 10
    assert "timeout" not in paths.settings.read_text()


def test_a_value_that_cannot_be_meant_changes_nothing(store, paths):
    with pytest.raises(ValueError, match="must be"):
        store.change("dial.timeout", 0)
    with pytest.raises(ValueError, match="must be a setting"):
        store.change("dial.speed", 0)
    assert not paths.settings.exists()


def test_a_broken_file_is_never_written_over(store, paths):
    paths.settings.write_text("[dial\n")

    with pytest.raises(ConfigError):
        store.change("dial.timeout", 5.0)
    assert paths.settings.read_text() == "[dial\n"


def test_a_folder_in_its_place_is_said(store, paths):
    paths.settings.mkdir(parents=True)

    with pytest.raises(ConfigError, match="not a regular file"):
        store.change("dial.timeout", 5.0)


def test_a_disk_that_cannot_be_written_is_said(store, paths, monkeypatch):
    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bbsterm.book.files.replace", full)

    with pytest.raises(StorageError, match="no space left"):
        store.change("dial.timeout", 5.0)
