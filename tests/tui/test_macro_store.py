from __future__ import annotations

import pytest

from bbsterm.errors import StorageError, UsageError
from bbsterm.tui.macro_store import MacroStore

GOOD = 'title = "Log in"\n[[step]]\nexpect = "login:"\n'


@pytest.fixture
def store(paths):
    return MacroStore(paths)


def test_a_folder_that_is_not_there_has_no_macros(store):
    assert store.listed() == []


def test_what_is_saved_is_listed_with_its_title(store):
    store.save(store.path("xibalba"), GOOD)
    store.save(store.path("look", script=True), '"""Looks who is on."""\nasync def main(call): ...\n')

    assert [(one.path.name, one.title, one.is_script) for one in store.listed()] == [
        ("look.py", "Looks who is on.", True),
        ("xibalba.toml", "Log in", False),
    ]


def test_a_macro_with_mistakes_is_listed_with_the_first_of_them(store):
    store.save(store.path("bad"), '[[step]]\nexpct = "login:"\n')

    (one,) = store.listed()

    assert one.problem.startswith("line ")
    assert "'expect'" in one.problem


def test_a_save_keeps_the_version_before_in_a_folder_of_its_own(store, paths):
    store.save(store.path("config"), GOOD)
    store.save(store.path("config"), GOOD + "# more\n")

    (kept,) = (paths.backups / "macros").glob("config.*.toml")
    assert kept.read_text() == GOOD
    assert list(paths.backups.glob("config.*")) == []  # that is what versions of config.toml are called


def test_what_is_deleted_is_still_with_the_backups(store, paths):
    path = store.path("old")
    store.save(path, GOOD)

    store.delete(path)

    assert not path.exists()
    assert [kept.read_text() for kept in (paths.backups / "macros").glob("old.*")] == [GOOD]


@pytest.mark.parametrize("name", ["", ".x", "a/b", "..", "a\\b", "auto", "iemsi", "off", "x" * 65, "a\nb"])
def test_names_that_are_none_are_refused(store, name):
    with pytest.raises(UsageError):
        store.path(name)


def test_a_file_that_is_no_text_is_said_and_not_read(store):
    path = store.path("binary")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff\xfe")

    assert store.listed()[0].problem == "it is not UTF-8 text"
    with pytest.raises(StorageError):
        store.read(path)


def test_a_folder_that_cannot_be_written_is_said(store, paths):
    paths.macros.parent.mkdir(parents=True, exist_ok=True)
    paths.macros.write_text("a file where the folder should be")

    with pytest.raises(StorageError):
        store.save(store.path("x"), GOOD)
