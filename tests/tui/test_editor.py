from __future__ import annotations

import sys

import pytest

from bbsterm.tui.editor import editor_command, run_editor


@pytest.mark.parametrize(
    ("wish", "environ", "command"),
    [
        ("code -w", {"EDITOR": "vi"}, ["code", "-w"]),
        ("", {"VISUAL": "emacs", "EDITOR": "vi"}, ["emacs"]),
        ("", {"EDITOR": "vi"}, ["vi"]),
        ("it's", {}, ["it's"]),
        ("", {"PATH": ""}, []),
    ],
)
def test_the_wish_comes_before_the_environment(wish, environ, command):
    assert editor_command(wish, environ) == command


def test_an_editor_changes_the_file(tmp_path):
    path = tmp_path / "a.toml"
    script = tmp_path / "ed.py"
    script.write_text("import sys; open(sys.argv[1], 'w').write('changed')")

    assert run_editor(path, f'"{sys.executable}" "{script}"') == ""
    assert path.read_text() == "changed"


def test_an_editor_that_is_not_there_is_said(tmp_path):
    assert run_editor(tmp_path / "a", "/nonexistent/editor") == (
        "/nonexistent/editor: no such file or directory"
    )
