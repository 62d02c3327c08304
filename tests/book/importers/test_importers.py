"""What is true of every importer: it takes any text, and makes good entries or a report."""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.book.entry import Entry
from bbsterm.book.exporters import EXPORTERS, Exported, write
from bbsterm.book.fields import problems
from bbsterm.book.history import Stats
from bbsterm.book.importers import IMPORTERS, decode, read_source, read_text
from bbsterm.book.text import is_plain
from bbsterm.errors import ImportRefusedError, UsageError

NAMES = [importer.name for importer in IMPORTERS]
SAMPLES = [
    write(
        [Exported(Entry("Böard", "a.org", 99, tags=("x",), comment="=hi", notes="a\nb"), Stats(1, 99))],
        each.name,
    ).text
    for each in EXPORTERS
]
_BITS = st.sampled_from(
    [
        "[[entry]]",
        "[entry]",
        "[[addresses]]",
        "[x]",
        "\n",
        "=",
        ":",
        ",",
        '"',
        "'",
        '"""',
        "host",
        "address",
        "Port",
        "a.org",
        "23",
        "99999",
        "telnet://",
        "ssh://a:b@c",
        "\x1b[2J",
        "\u202e",
        "\x00",
        "{",
        "}",
        "\\x",
        "notes=<<<END",
        "password",
        "ConnectionType=Telnet",
        "Address=",
        "method=TELNET",
        ";",
        "#",
        "!include x",
        "\t",
        " ",
        "é",
        "\ud7ff",
    ]
)


@st.composite
def mutations(draw):
    text = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + draw(_BITS) + text[end:]
    return text


@given(mutations() | st.lists(_BITS, max_size=30).map("".join) | st.text(), st.sampled_from([None, *NAMES]))
def test_any_text_is_read_or_refused(text, format):
    try:
        reading = read_text(text, format)
    except ImportRefusedError:
        return

    for found in reading.entries:
        assert problems(found.entry) == []
        assert found.line >= 0
        assert "hunter2" not in repr(found)
    for bad in reading.bad:
        assert is_plain(bad.reason)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data):
    try:
        text = decode(data)
    except ImportRefusedError:
        return
    assert "\0" not in text
    assert "\r" not in text


@pytest.mark.parametrize("sample", SAMPLES, ids=[exporter.name for exporter in EXPORTERS])
def test_what_is_exported_is_recognised(sample):
    assert read_text(sample).format == EXPORTERS[SAMPLES.index(sample)].name


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfa\r\nb\rc", "a\nb\nc"),
        ("ä".encode("utf-16"), "ä"),
        (b"\x84", "ä"),  # CP437
    ],
)
def test_files_are_read_in_whatever_they_were_written(data, text):
    assert decode(data) == text


@pytest.mark.parametrize("data", [b"a\x00b", b"NetRunner Phone Book\x1a1.00\x00\x01"])
def test_binary_files_are_refused(data):
    with pytest.raises(ImportRefusedError):
        decode(data)


def test_only_regular_files_of_a_size_are_read(tmp_path):
    os.mkfifo(tmp_path / "fifo")
    with (tmp_path / "big").open("wb") as file:
        file.truncate(limits.MAX_IMPORT_FILE + 1)

    for name, reason in (("fifo", "not a regular file"), ("big", "too large")):
        with pytest.raises(ImportRefusedError, match=reason):
            read_source(str(tmp_path / name))
    with pytest.raises(ImportRefusedError, match="not a regular file"):
        read_source("/dev/zero")
    with pytest.raises(UsageError, match="there is no file"):
        read_source(str(tmp_path / "none"))


def test_an_address_is_a_list_of_one():
    assert read_source("telnet://a.org").entries[0].entry.host == "a.org"


@pytest.mark.parametrize("text", ["", " \n", "Dear Ann,\nhow are you?\n"])
def test_what_is_no_list_is_refused(text):
    with pytest.raises(ImportRefusedError):
        read_text(text)


def test_an_unknown_format_is_named_with_the_known_ones():
    with pytest.raises(UsageError, match="no such format: phn") as refused:
        read_text("x", "phn")

    assert all(name in refused.value.hint for name in NAMES)


def test_entries_and_reports_have_bounds(monkeypatch):
    monkeypatch.setattr(limits, "MAX_IMPORT_ENTRIES", 5)
    monkeypatch.setattr(limits, "MAX_IMPORT_PROBLEMS", 3)

    reading = read_text("".join(f"a{number}.org 23\n" for number in range(20)))

    assert len(reading.entries) == 5
    assert len(reading.bad) == 3
    assert reading.more_bad == 12
    assert "more than 5 entries" in reading.bad[0].reason


@pytest.mark.parametrize("format", NAMES)
@pytest.mark.parametrize(
    "hostile",
    [
        "A" + " " * 100_000,
        "[" + "]" * 100_000 + "x",
        "\n" * 100_000,
        "a." * 50_000,
        "[[entry]]\n" * 10_000,
        '"' * 100_000,
        "telnet://" * 10_000,
        "," * 50_000,
        "[entry]\n" * 10_000,
        "x=1\n" * 20_000,
        "a.org:" * 20_000,
    ],
    ids=[
        "blanks",
        "brackets",
        "newlines",
        "dots",
        "entries",
        "quotes",
        "urls",
        "commas",
        "sections",
        "keys",
        "colons",
    ],
)
def test_no_text_takes_time_that_grows_faster_than_it(format, hostile):
    start = time.process_time()
    try:
        read_text(hostile, format)
    except ImportRefusedError:
        refused = True
    else:
        refused = False

    assert time.process_time() - start < 1, refused
