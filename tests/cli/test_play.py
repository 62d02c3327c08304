from __future__ import annotations

import json

import pytest

from bbsterm.cli import main


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call_cast(here):
    head = {"version": 2, "width": 40, "height": 5, "title": "A call"}
    lines = [head, [0.1, "o", "\x1b[31mWelcome\x1b[0m\r\n"], [0.2, "o", "Name: "]]
    (here / "call.cast").write_text("\n".join(map(json.dumps, lines)))
    return "call.cast"


def test_a_recording_is_printed(call_cast, capsys):
    assert main(["play", call_cast, "--print"]) == 0
    assert capsys.readouterr().out == "Welcome\nName:\n"


def test_with_its_colours(call_cast, capsys):
    assert main(["play", call_cast, "--print", "--color"]) == 0
    assert "\x1b[" in capsys.readouterr().out


def test_an_art_file_is_printed_whole(here, capsys):
    (here / "a.ans").write_bytes(b"\xb0\xb1\xb2\xdb\r\n" * 40)
    assert main(["play", "a.ans", "--print"]) == 0
    assert capsys.readouterr().out == "░▒▓█\n" * 40


def test_a_picture_of_a_recording(call_cast, here):
    assert main(["shot", call_cast, "-o", "end.txt"]) == 0
    assert "Welcome" in (here / "end.txt").read_text()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nothing.cast"], 1, "nothing.cast: it cannot be read: no such file"),
        (["bad.cast"], 2, "bad.cast:1: no JSON"),
        (["bad.cast", "--speed", "0"], 2, "--speed takes a number from 0.05 to 100"),
        (["a.ans", "--print", "--baud", "nan"], 2, "--baud takes a number"),
        (["a.ans", "--print", "--terminal", "teletype"], 2, "no such terminal: teletype"),
        (["a.ans", "--print", "--encoding", "morse"], 2, "no such encoding: morse"),
        (["a.ans", "--color"], 2, "--color goes with --print"),
        (["a.ans"], 2, "--print"),
    ],
)
def test_what_cannot_be_played_is_said(here, words, code, said, capsys):
    (here / "bad.cast").write_text("no cast")
    (here / "a.ans").write_bytes(b"x")

    assert main(["play", *words]) == code
    assert said in capsys.readouterr().err
