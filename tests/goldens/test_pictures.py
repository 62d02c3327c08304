"""Hundreds of small streams and what they must look like, cell by cell (see `tests.goldens.pictures`).

What is written down was compared with what SyncTERM shows for the same bytes. Where we differ on purpose, it
is what we show; `deviations.toml` lists those, with what decides.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.goldens.pictures import picture_of, pictures

ALL = pictures()
GIVEN = ("name", "mode", "emulation", "size", "stream")


@pytest.mark.parametrize("picture", ALL, ids=[picture["name"] for picture in ALL])
def test_what_a_stream_looks_like(picture):
    assert picture_of(*(picture[key] for key in GIVEN)) == picture


def test_there_are_many_and_their_names_differ():
    names = [picture["name"] for picture in ALL]
    assert len(names) == len(set(names)) > 400


def test_every_deviation_says_what_decides():
    text = (Path(__file__).parent / "deviations.toml").read_text("utf-8")
    for deviation in tomllib.loads(text)["deviation"]:
        assert deviation.keys() == {"cases", "ours", "theirs", "source"}
        assert all(deviation.values())
