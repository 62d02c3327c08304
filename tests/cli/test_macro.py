from __future__ import annotations

import pytest

from bbsterm.cli.base import run_command

GOOD = '[[step]]\nexpect = "name:"\nsend = "{user}<enter>"\n'
BAD = """\
title = "x"
[[step]]
expekt = "login:"
[[step]]
expect = "name:"
send = "{user}<entr>"
[[step]]
pause = -1
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (folder := tmp_path / "home" / "macros").mkdir(parents=True)
    return folder


def test_every_mistake_is_told_with_file_line_and_the_nearest_word(tmp_path, capsys):
    (tmp_path / "bad.toml").write_text(BAD)
    (tmp_path / "good.toml").write_text(GOOD)

    assert run_command(["macro", "check", "bad.toml", "good.toml"]) == 2

    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "bbsterm: bad.toml:3: 'expekt' means nothing here; did you mean 'expect'?",
        "bbsterm: bad.toml:6: send: <entr> is no key; did you mean <enter>?",
        "bbsterm: bad.toml:8: pause: a number of seconds, more than 0 and at most 3600",
    ]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.toml", b"[[step", "a.toml:1: not TOML"),
        ("a.toml", b"\xff", "not UTF-8"),
        ("a.toml", b"", "at least one [[step]]"),
        ("a.toml", b'[[step]]\nrun = "b"\n', "no macro 'b'"),
        ("a.toml", b'[[step]]\nrun = "a"\n', "in a circle"),
        ("a.toml", b'[[step]]\ngoto = "x"\n', "no step has the label 'x'"),
        ("a.py", b"async def mian(call): ...\n", "no `async def main(call)`"),
        ("a.py", b"x = 1\nasync def main(call:\n", "a.py:2:"),
        ("a.py", b"\0", "a.py"),
        ("triggers.toml", b'[[trigger]]\ntekst = "x"\n', "triggers.toml:"),
    ],
)
def test_each_kind_of_file_has_its_own_mistakes(name, text, said, folder, capsys):
    (folder / name).write_bytes(text)

    assert run_command(["macro", "check", str(folder / name)]) == 2
    assert said in capsys.readouterr().err


def test_without_files_it_looks_at_all_of_the_users_own(folder, capsys):
    assert run_command(["macro", "check"]) == 0
    assert "there are no macros" in capsys.readouterr().out

    (folder / "good.toml").write_text(GOOD)
    (folder / "s.py").write_text("async def main(call): ...\n")
    assert run_command(["macro", "check"]) == 0
    assert capsys.readouterr().out == "nothing is wrong\n"

    (folder.parent / "triggers.toml").write_text("[[trigger]]\n")
    assert run_command(["macro", "check"]) == 2


def test_a_file_that_is_not_there(capsys):
    assert run_command(["macro", "check", "no.toml"]) == 2
    assert "no.toml: no such file" in capsys.readouterr().err


def test_the_list(folder, capsys):
    (folder / "good.toml").write_text('title = "Log in"\n' + GOOD)
    (folder / "bad.toml").write_text(BAD)
    (folder / "s.py").write_text("async def main(call): ...\n")

    assert run_command(["macro", "list"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("bad\t(broken: ")
    assert lines[1:] == ["good\tLog in", "s\tscript"]
