"""Every format, written and read back by its importer."""

from __future__ import annotations

import csv
import io
import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.book.address import PROTOCOLS
from bbsterm.book.edit import changed_fields
from bbsterm.book.entry import TERMINALS, Entry
from bbsterm.book.exporters import EXPORTERS, Exported, write
from bbsterm.book.exporters.table import quoted
from bbsterm.book.history import Stats
from bbsterm.book.importers import IMPORTERS, read_text
from bbsterm.book.importers.table import unquoted
from bbsterm.errors import UsageError

FULL = Entry(
    'A Böard "x" =z',
    "bbs.example.org",
    2323,
    favourite=True,
    tags=("ftn", "mud"),
    comment="=1+2, nice; yes",
    notes="one\nEND\nE\n three",
    user="ann",
    added=1769860800,
    encoding="cp866",
    size="132x37",
    ice=False,
    wrap="pending",
    baud=2400,
    music="all",
    family="4",
    mode="raw",
    secret="keyring",
    downloads="/home/ann",
)
STATS = Stats(7, 1769860800)

KEPT = {
    "bbsterm": {"secret", "downloads"},
    "syncterm": {"secret", "downloads", "font", "ice", "mode", "tags", "favourite", "notes"},
    "icy": {"secret", "downloads", "encoding", "wrap", "mode", "family", "tags", "notes"},
    "csv": {"secret", "downloads", "ice", "wrap", "baud", "music", "family", "mode"},
    "telix": set(FULL.plain()) - {"name", "host", "port", "encoding", "favourite", "ice", "mode"},
    "qodem": set(FULL.plain()) - {"name", "host", "port", "encoding", "user"},
    "hosts": set(FULL.plain()) - {"host", "port", "encoding", "size"},
    "urls": set(FULL.plain()) - {"name", "host", "port"},
}
"""What each format has no words for; everything else comes back."""


def back(entry, format, stats=STATS):
    (found,) = read_text(write([Exported(entry, stats)], format).text, format).entries
    return found


def test_there_is_an_exporter_for_every_importer():
    assert {each.name for each in EXPORTERS} == {each.name for each in IMPORTERS} == set(KEPT)


@pytest.mark.parametrize("format", KEPT)
def test_what_a_format_can_say_comes_back(format):
    assert set(changed_fields(FULL, back(FULL, format).entry)) <= KEPT[format]


@pytest.mark.parametrize("format", ["syncterm", "icy", "qodem", "csv"])
def test_calls_come_back(format):
    assert back(FULL, format).stats == STATS


@pytest.mark.parametrize("format", KEPT)
@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_terminal_and_protocol_is_written_or_left_by_name(format, terminal, protocol):
    entry = Entry("A", "a.org", 99, protocol, terminal=terminal)

    writing = write([Exported(entry)], format)

    read = read_text(writing.text, format).entries
    assert [found.entry.place for found in read] == ([] if writing.left else ["a.org:99"])
    assert writing.left in ([], ["A"])
    if not writing.left:
        assert read[0].entry.protocol == protocol


@pytest.mark.parametrize("format", KEPT)
def test_no_secrets_and_no_folders_are_written(format):
    text = write([Exported(FULL)], format).text

    assert "keyring" not in text
    assert "/home/ann" not in text


@pytest.mark.parametrize("format", KEPT)
def test_an_empty_book_is_an_empty_list(format):
    assert read_text(write([], format).text or "#", format).entries == []


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "'-"])
def test_no_cell_is_a_formula(cell):
    assert quoted(cell) == "'" + cell
    assert unquoted(quoted(cell)) == cell


@given(st.text())
def test_any_cell_comes_back(cell):
    assert unquoted(quoted(cell)) == cell
    assert not quoted(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_csv_is_csv():
    text = write([Exported(FULL, STATS)], "csv").text

    (row,) = csv.DictReader(io.StringIO(text))
    assert row["comment"] == "'=1+2, nice; yes"
    assert (row["tags"], row["favourite"], row["calls"]) == ("ftn mud", "yes", "7")


def test_json_and_toml_are_what_the_others_read():
    assert json.loads(write([Exported(FULL)], "telix").text)["bbs.example.org:2323"]["port"] == 2323
    assert (
        tomllib.loads(write([Exported(FULL)], "icy").text)["addresses"][0]["address"]
        == "bbs.example.org:2323"
    )


def test_syncterm_names_are_short_and_unlike():
    long = [Entry("x" * 40 + str(number), f"{number}.org") for number in range(3)]

    text = write(
        [Exported(entry) for entry in [*long, Entry("[a]", "a.org"), Entry("[]", "b.org")]], "syncterm"
    ).text

    names = [line[1:-1] for line in text.split("\n") if line.startswith("[")]
    assert names == ["x" * 30, "x" * 28 + " 2", "x" * 28 + " 3", "a", "board"]


def test_qodem_notes_never_end_early():
    assert " END\n E\n three\nEND\n" in write([Exported(FULL)], "qodem").text


def test_an_unknown_format_is_refused():
    with pytest.raises(UsageError, match="no such format: phn"):
        write([], "phn")
