"""The folder of macros."""

from __future__ import annotations

import pytest

from bbsterm.errors import ConfigError, StorageError, UsageError
from bbsterm.session.macro_files import MacroFiles, load_macro_file


@pytest.fixture
def files(tmp_path):
    (tmp_path / "login.toml").write_text("[[step]]\nsend = 'x'\n")
    (tmp_path / "main.toml").write_text("[[step]]\nrun = 'login'\n")
    (tmp_path / "notes.txt").write_text("")
    return MacroFiles(tmp_path)


def test_macros_are_the_toml_files(files):
    assert files.names() == ["login", "main"]


def test_no_folder_is_no_macros(tmp_path):
    assert MacroFiles(tmp_path / "none").names() == []


def test_one_may_run_another(files):
    assert files.program("main").steps == 2


def test_a_name_that_is_nearly_right_is_told(files):
    with pytest.raises(UsageError) as caught:
        files.load("logn")

    assert "'login'" in caught.value.hint


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".hidden", "a\\b"])
def test_a_name_never_leaves_the_folder(files, name):
    with pytest.raises(UsageError):
        files.path(name)


def test_a_file_that_is_no_text_is_told_with_its_line(tmp_path):
    (path := tmp_path / "m.toml").write_bytes(b"title = 'x'\n\xff\xfe")

    with pytest.raises(ConfigError, match=r"m.toml:2: this is not UTF-8"):
        load_macro_file(path)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(StorageError, match=r"m\.toml"):
        load_macro_file(tmp_path / "m.toml")
