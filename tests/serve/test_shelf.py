from __future__ import annotations

import os

import pytest

from bbsterm import limits
from bbsterm.serve.shelf import list_files, read_file


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "b.txt").write_text("bee")
    (folder / "A.ANS").write_bytes(b"\x1b[31mred")
    (folder / "FILES.BBS").write_text("b.txt   A bee,\n        and \x1b[2Jmore\nnone.txt nothing\n")
    return folder


def test_files_are_listed_by_name_with_what_files_bbs_says(folder):
    assert [(each.name, each.size, each.about) for each in list_files(folder)] == [
        ("A.ANS", 8, ""),
        ("b.txt", 3, "A bee, and [2Jmore"),
    ]


@pytest.mark.parametrize(
    "name", ["../secret.txt", "/etc/passwd", ".hidden", "", "a\0b", "a/b", "-x", "con\n"]
)
def test_only_safe_names_are_read(folder, name):
    with pytest.raises(OSError):
        read_file(folder, name)


@pytest.mark.skipif(os.name == "nt", reason="links and fifos are POSIX's")
def test_links_pipes_and_folders_are_neither_listed_nor_read(folder):
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / "dir.txt").mkdir()

    assert [each.name for each in list_files(folder)] == ["A.ANS", "b.txt"]
    for name in ("link.txt", "pipe.txt", "dir.txt"):
        with pytest.raises(OSError):
            read_file(folder, name)


def test_lists_and_files_have_an_end(folder, monkeypatch):
    monkeypatch.setattr(limits, "MAX_LISTED_FILES", 1)
    monkeypatch.setattr(limits, "MAX_VIEWED_FILE", 2)

    assert len(list_files(folder)) == 1
    assert read_file(folder, "b.txt") == b"be"
