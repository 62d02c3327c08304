from __future__ import annotations

from pathlib import Path

import pytest

from bbsterm.config import SETTINGS
from bbsterm.config.schema import markdown, plain, schema

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_manual_says_what_the_table_says():
    assert PAGE.read_text() == markdown(), "run: python -m bbsterm.config.schema > docs/settings.md"


def test_the_schema_has_every_setting():
    tables = schema()["properties"]

    for setting in SETTINGS:
        assert setting.key in tables[setting.table]["properties"]
    assert tables["dial"]["properties"]["timeout"] == {
        "type": "number",
        "minimum": 0.1,
        "maximum": 600,
        "description": "Seconds to find and reach a board.",
        "default": 10.0,
    }


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_default_is_one_that_may_be_set(setting):
    if setting.default is not None:
        assert setting.kind.check(setting.default) == setting.default
    assert setting.help.endswith(".")


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "found out"), (True, "true"), (10.0, "10"), ("", "none"), (Path.home() / "BBS", "~/BBS")],
)
def test_values_are_written_for_people(value, text):
    assert plain(value) == text
