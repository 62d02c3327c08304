from __future__ import annotations

import pytest

from bbsterm.session.macro_files import MacroFiles
from bbsterm.tui.macro_checks import NEW_MACRO, NEW_SCRIPT, NEW_TRIGGERS, problems_of


@pytest.fixture
def files(tmp_path):
    return MacroFiles(tmp_path)


def test_what_a_new_file_begins_with_has_no_mistakes(files, tmp_path):
    assert problems_of(NEW_MACRO, tmp_path / "m.toml", files) == []
    assert problems_of(NEW_SCRIPT, tmp_path / "s.py", files) == []
    assert problems_of(NEW_TRIGGERS, tmp_path / "triggers.toml", files, triggers=True) == []


def test_the_examples_in_new_triggers_are_right(files, tmp_path):
    bare = "\n".join(line.removeprefix("# ") for line in NEW_TRIGGERS.splitlines()[3:]).replace("#\n", "\n")

    assert problems_of(bare, tmp_path / "triggers.toml", files, triggers=True) == []
    assert "[[key]]" in bare


def test_a_label_or_a_macro_that_is_missing_is_a_mistake_too(files, tmp_path):
    (one,) = problems_of('[[step]]\nlabel = "here"\ngoto = "hear"\n', tmp_path / "m.toml", files)
    assert (one.line, "Did you mean 'here'?" in one.reason) == (1, True)

    (other,) = problems_of('[[step]]\nrun = "gone"\n', tmp_path / "m.toml", files)
    assert "there is no macro 'gone'" in other.reason


def test_a_mistake_in_a_macro_that_it_runs_names_that_file(files, tmp_path):
    (tmp_path / "other.toml").write_text('[[step]]\nexpct = "x"\n')

    (one,) = problems_of('[[step]]\nrun = "other"\n', tmp_path / "m.toml", files)

    assert one.line is None
    assert "other.toml" in one.reason


@pytest.mark.parametrize(
    ("source", "line"),
    [("async def main(call)\n    pass\n", 1), ("x = (\n", 1), ("x = 1\n", None), ("\0", None)],
)
def test_a_script_is_checked_without_being_run(files, tmp_path, source, line):
    (one,) = problems_of(source, tmp_path / "s.py", files)

    assert one.line == line


def test_triggers_are_checked(files, tmp_path):
    (one,) = problems_of(
        '[[trigger]]\ntext = "x"\nhighlight = "pink"\n', tmp_path / "triggers.toml", files, triggers=True
    )

    assert "red, green" in one.reason
