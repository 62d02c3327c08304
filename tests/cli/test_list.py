from __future__ import annotations

import json

import pytest

from bbsterm.book import Book, Entry
from bbsterm.cli import main
from bbsterm.cli.own_book import book_paths


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def two():
    with Book.open(book_paths()) as book:
        a = book.add(
            Entry("Xibalba", "xibalba.example", 44510, tags=("ftn",), favourite=True, added=1769860800)
        )
        book.add(Entry("Café", "petscii.example", 6400, terminal="petscii"))
        book.record_call(a, address=a.address, started=1769860800, seconds=9, result="hung up")


def test_in_a_pipe_the_columns_are_separated_by_tabs(two, capsys):
    assert main(["list"]) == 0

    lines = capsys.readouterr().out.split("\n")
    assert lines[0].split("\t")[:4] == ["*", "Xibalba", "xibalba.example:44510", "telnet/cp437"]
    assert lines[1].split("\t") == [" ", "Café", "petscii.example:6400", "telnet/petscii", "never", "0"]
    assert lines[2:] == [""]


def test_on_a_terminal_the_list_fits_it(two, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["list"]) == 0

    lines = capsys.readouterr().out.split("\n")
    assert lines[0].startswith("* Xibalba")
    assert max(map(len, lines)) <= 80


def test_words_and_views_choose(two, capsys):
    assert main(["list", "cafe"]) == 0
    assert capsys.readouterr().out.count("\n") == 1
    assert main(["list", "--view", "favourites", "tag:ftn"]) == 0
    assert "Xibalba" in capsys.readouterr().out
    assert main(["list", "--view", "demo"]) == 0
    assert "Demo BBS" in capsys.readouterr().out
    assert main(["list", "--sort", "name"]) == 0
    assert capsys.readouterr().out.startswith(" \tCafé")


def test_json_is_for_programs(two, capsys):
    assert main(["list", "--json"]) == 0

    first, second = json.loads(capsys.readouterr().out)
    assert first == {
        "id": first["id"],
        "name": "Xibalba",
        "address": "xibalba.example:44510",
        "url": "telnet://xibalba.example:44510",
        "host": "xibalba.example",
        "port": 44510,
        "protocol": "telnet",
        "terminal": "ansi",
        "encoding": "cp437",
        "size": "",
        "user": "",
        "secret": "",
        "tags": ["ftn"],
        "favourite": True,
        "comment": "",
        "notes": "",
        "list": None,
        "calls": 1,
        "last_call": "2026-01-31T12:00:00Z",
        "added": "2026-01-31T12:00:00Z",
    }
    assert second["last_call"] is None


def test_an_empty_book_is_an_empty_list(capsys, home):
    assert main(["list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert not (home / "dialing.toml").exists()


def test_an_unknown_view_is_refused(capsys):
    assert main(["list", "--view", "x"]) == 2
    assert "no such view: x" in capsys.readouterr().err


def test_a_wrong_entry_is_reported_the_others_are_listed(home, capsys):
    (home / "dialing.toml").write_text(
        '[[entry]]\nhost = "a.org"\n\n[[entry]]\nhost = "b.org"\nport = 99999\n'
    )

    assert main(["list"]) == 2

    said = capsys.readouterr()
    assert "a.org" in said.out
    assert "bbsterm: dialing.toml:6: port must be 1..65535, found 99999\n" in said.err


def test_a_broken_book_is_reported_and_left_as_it_is(home, two, capsys):
    (home / "dialing.toml").write_bytes(b"[[entry]\n")

    assert main(["list"]) == 2

    said = capsys.readouterr()
    assert "dialing.toml:1: expected ']]'" in said.err
    assert "Shown is dialing.000001" in said.err
    assert "Xibalba" in said.out
    assert (home / "dialing.toml").read_bytes() == b"[[entry]\n"
