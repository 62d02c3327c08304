"""Whatever name the guide to migration gives can be imported; and what it promises of telnetlib3 is there."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
import telnetlib3

import bbsterm

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "migration.md"
NAMES = sorted(set(re.findall(r"`(bbsterm(?:\.\w+)+)`", PAGE.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("name", NAMES)
def test_the_name_can_be_imported(name):
    found, rest = bbsterm, name.split(".")[1:]
    for at, part in enumerate(rest, 1):
        try:
            found = getattr(found, part)
        except AttributeError:
            found = importlib.import_module("bbsterm." + ".".join(rest[:at]))

    assert found is not None


@pytest.mark.parametrize("module", ["telopt", "mud", "sync", "slc", "stream_reader", "stream_writer"])
def test_telnetlib3s_public_names_are_there(module):
    theirs = importlib.import_module(f"telnetlib3.{module}")
    ours = bbsterm if module.startswith("stream") else importlib.import_module(f"bbsterm.{module}")

    missing = {name for name in theirs.__all__ if not hasattr(ours, name)}

    assert missing <= {"SLC_nosupport", "theNULL"}


def test_telnetlib3s_constants_are_there_at_the_top():
    theirs = {name for name in telnetlib3.__all__ if name in telnetlib3.telopt.__all__}

    constants = {name for name in theirs if isinstance(getattr(telnetlib3, name), bytes)}

    assert {name for name in constants if getattr(bbsterm, name) != getattr(telnetlib3, name)} == set()
    assert len(theirs) > 100


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'telnet_moon'"):
        bbsterm.telnet_moon  # noqa: B018
