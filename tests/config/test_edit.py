from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.config.edit import set_value, unset_value

TEXT = """\
# mine
[dial]   # how
timeout = 5.0 # slow line
family = "4"

[future]
x = 1
"""


def test_a_changed_value_keeps_every_comment():
    changed = set_value(TEXT, "dial.timeout", 7.5)

    assert changed == TEXT.replace("5.0", "7.5")


def test_a_new_value_joins_its_table():
    changed = set_value(TEXT, "dial.redial", 3)

    assert tomllib.loads(changed)["dial"] == {"timeout": 5.0, "family": "4", "redial": 3}
    assert changed.startswith("# mine\n[dial]   # how\ntimeout = 5.0 # slow line\n")


def test_a_new_table_comes_last():
    assert tomllib.loads(set_value(TEXT, "app.theme", "amber"))["app"] == {"theme": "amber"}
    assert set_value("", "app.motion", False) == "[app]\nmotion = false\n"


def test_a_folder_is_written_as_text():
    assert set_value("", "files.downloads", Path("/bbs")) == '[files]\ndownloads = "/bbs"\n'


def test_what_is_reset_is_gone_and_nothing_else():
    assert unset_value(TEXT, "dial.family") == TEXT.replace('family = "4"\n', "")
    assert unset_value(TEXT, "app.theme") == TEXT


@given(st.text(max_size=30))
def test_any_text_survives_the_way_through_the_file(value):
    assert tomllib.loads(set_value(TEXT, "app.editor", value))["app"]["editor"] == value
