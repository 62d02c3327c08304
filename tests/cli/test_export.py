from __future__ import annotations

import csv
import io
import stat

import pytest

from bbsterm.book import Book, Entry
from bbsterm.book.importers import read_text
from bbsterm.cli import main
from bbsterm.cli.own_book import book_paths


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path / "home"))
    with Book.open(book_paths()) as book:
        book.add(Entry("Xibalba", "xibalba.example", 44510, comment="=cmd()", tags=("ftn",)))
        book.add(Entry("Shell", "unix.example", 22, "ssh"))
        plan = book.plan_import(read_text("listed.example 23\n"), source="x", target="x")
        book.apply_import(plan)


def test_own_entries_go_to_stdout_as_an_address_book(capsys):
    assert main(["export"]) == 0

    reading = read_text(capsys.readouterr().out)
    assert reading.format == "bbsterm"
    assert [found.entry.name for found in reading.entries] == ["Xibalba", "Shell"]


def test_views_and_words_choose(capsys):
    assert main(["export", "--format", "urls", "--view", "all"]) == 0
    assert len(capsys.readouterr().out.split("\n")) == 4
    assert main(["export", "--format", "urls", "tag:ftn"]) == 0
    assert capsys.readouterr().out == "telnet://xibalba.example:44510  Xibalba\n"
    assert main(["export", "--view", "x"]) == 2


def test_no_cell_of_a_table_is_a_formula(capsys):
    assert main(["export", "--format", "csv"]) == 0

    assert [row["comment"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))] == ["'=cmd()", ""]


def test_what_a_format_cannot_hold_is_said(capsys):
    assert main(["export", "--format", "hosts"]) == 0

    said = capsys.readouterr()
    assert said.out == "xibalba.example 44510 cp437\n"
    assert said.err == "bbsterm: hosts cannot hold 1 of 2: Shell\n"


def test_a_file_is_written_whole_and_replaced_only_if_told(tmp_path, capsys):
    path = tmp_path / "syncterm.lst"

    assert main(["export", "--format", "syncterm", "-o", str(path)]) == 0
    assert path.read_text().startswith("[Xibalba]\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert main(["export", "-o", str(path)]) == 2
    assert "is there already\n--force replaces it." in capsys.readouterr().err
    assert main(["export", "--force", "-o", str(path)]) == 0
    assert path.read_text().startswith("schema = 1")
    assert main(["export", "-o", str(tmp_path / "none" / "x")]) == 1
    assert "cannot write" in capsys.readouterr().err
