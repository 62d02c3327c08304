from __future__ import annotations

import pytest

from bbsterm.errors import StorageError, UsageError
from bbsterm.serve.design.starting import write_starter


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(UsageError, match="not empty, and nothing was changed"):
        write_starter(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(StorageError, match=r"not a directory|file exists"):
        write_starter(tmp_path / "file" / "board")
