from __future__ import annotations

import os

import pytest

from bbsterm import limits
from bbsterm.tui.trigger_file import TriggerFile

BELL = '[[trigger]]\ntext = "new mail"\nbell = true\n'


@pytest.fixture
def said():
    return []


@pytest.fixture
def file(tmp_path, said):
    return TriggerFile(tmp_path / "triggers.toml", said.append)


def write(file, text, at):
    """Save it at a moment of its own: two saves may fall into one tick of the file system's clock."""
    file.path.write_bytes(text if isinstance(text, bytes) else text.encode())
    os.utime(file.path, ns=(at, at))


def test_no_file_is_no_reactions(file, said):
    assert file.reactions() is None
    assert said == []


def test_a_saved_file_works_at_once_and_is_read_once(file):
    write(file, BELL, 1_000)
    first = file.reactions()
    assert file.reactions() is first
    assert len(first.triggers) == 1

    write(file, BELL + BELL.replace("mail", "post"), 2_000)

    assert len(file.reactions().triggers) == 2


def test_a_file_that_is_taken_away_has_no_triggers_any_more(file):
    write(file, BELL, 1_000)
    file.reactions()
    file.path.unlink()

    assert file.reactions() is None


def test_problems_are_said_once_with_file_and_line(file, said):
    write(file, BELL + '\n[[trigger]]\ntxt = "x"\n\n[[key]]\nsend = "x"\n', 1_000)

    for _ in range(3):
        assert len(file.reactions().triggers) == 1  # the good one works

    assert len(said) == 1
    assert said[0].startswith(f"{file.path}:5: 'txt' means nothing here")
    assert said[0].endswith("And 1 more: the editor shows all.")


def test_bytes_that_are_no_text_are_said_with_their_line(file, said):
    write(file, b"# fine\n\xff\n", 1_000)

    assert file.reactions().triggers == ()
    assert said == [f"{file.path}:2: this is not UTF-8 text"]


def test_a_huge_file_is_not_read(file, said):
    write(file, b"#" * (limits.MAX_MACRO_FILE + 1), 1_000)

    assert file.reactions().triggers == ()
    assert "larger than" in said[0]


def test_a_folder_in_its_place_is_said(tmp_path, said):
    (tmp_path / "triggers.toml").mkdir()

    assert TriggerFile(tmp_path / "triggers.toml", said.append).reactions().triggers == ()
    assert len(said) == 1
