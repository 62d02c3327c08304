"""Every macro, key and trigger in the guide is what the guide says: right, or wrong where it says so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bbsterm.book.fields import check
from bbsterm.config import read_settings
from bbsterm.macros import check_macro, compile_macro, read_macro
from bbsterm.macros.reading import KINDS
from bbsterm.macros.triggers import read_reactions

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
BLOCK = re.compile(r"^```toml\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
MACROS = BLOCK.findall((GUIDE / "macros.md").read_text(encoding="utf-8"))
SECRETS = BLOCK.findall((GUIDE / "secrets.md").read_text(encoding="utf-8"))

STEPS = [text for text in MACROS if "[[step]]" in text]


@pytest.mark.parametrize("text", STEPS)
def test_a_macro_of_the_guide_is_right_or_said_to_be_wrong(text):
    _, problems = check_macro(text, Path("macro.toml"))

    said = [problem.reason for problem in problems]
    wrong = ["'send' means nothing here; did you mean 'pause'?"] if "pause = 1.5\nsend" in text else []
    assert len(said) == len(wrong), said


def test_macros_that_are_whole_compile():
    for text in STEPS:
        if "pause = 1.5\nsend" not in text:
            compile_macro(
                read_macro(text, Path("m.toml")), lambda name: read_macro(STEPS[0], Path(f"{name}.toml"))
            )


def test_every_kind_of_step_has_an_example():
    used = {key for text in STEPS for step in tomllib.loads(text)["step"] for key in step}

    assert set(KINDS) <= used


def test_keys_and_triggers_are_right():
    (text,) = [text for text in MACROS if "[[trigger]]" in text]

    reactions = read_reactions(text)

    assert reactions.problems == ()
    assert (len(reactions.keys), len(reactions.triggers)) == (2, 2)


def test_the_entry_is_one():
    (text,) = [text for text in MACROS if "[[entry]]" in text]

    for name, value in tomllib.loads(text)["entry"][0].items():
        assert check(name, value) == value


@pytest.mark.parametrize("text", SECRETS)
def test_the_settings_are_settings(text, tmp_path):
    (tmp_path / "config.toml").write_text(text)

    loaded = read_settings(tmp_path / "config.toml", {})

    assert loaded.problems == ()
    assert loaded.settings.secrets.password_command.split()[0] in ("pass", "secret-tool")
