from __future__ import annotations

import pytest

from bbsterm.book.history import Stats
from bbsterm.book.importers import read_text

BOOK = """\
# Qodem Phonebook
#
[entry]
name=Vertrauen
address=vert.example
port=
username=ann
password=hunter2
method=TELNET
emulation=ANSI
codepage=CP437
times_on=12
last_call=1769860800
notes=<<<END
first
 END
last
END
script_filename=x.pl
capture_filename=
keybindings_filename=

[entry]
name=Shell
address=
method=LOCAL

[entry]
name=Linux
address=unix.example
port=22
method=SSH
emulation=X_UTF8
codepage=CP437

[entry]
name=Raw
address=raw.example
port=99
method=SOCKET
emulation=VT100
codepage=KOI8_R
"""


def test_a_phone_book_is_read():
    reading = read_text(BOOK)

    assert reading.format == "qodem"
    vert, linux, raw = (found.entry for found in reading.entries)
    assert (vert.name, vert.place, vert.user, vert.notes) == (
        "Vertrauen",
        "vert.example:23",
        "ann",
        "first\n END\nlast",
    )
    assert (vert.terminal, vert.encoding) == ("ansi", "")
    assert reading.entries[0].stats == Stats(12, 1769860800)
    assert (linux.protocol, linux.terminal, linux.charset) == ("ssh", "vt", "utf-8")
    assert (raw.protocol, raw.terminal, raw.encoding) == ("raw", "vt", "koi8-r")


def test_what_is_not_taken_is_counted_and_reported():
    reading = read_text(BOOK)

    assert reading.secrets == 1
    assert reading.left_out == {"scripts": 1}
    assert reading.bad == [(23, "LOCAL is not a connection over the internet")]


@pytest.mark.parametrize(
    ("emulation", "codepage", "terminal", "encoding"),
    [
        ("PETSCII", "CP437", "petscii", ""),
        ("ATASCII", "CP437", "atascii", ""),
        ("TTY", "ISO8859_1", "ascii", "latin-1"),
        ("VT220", "DEC", "vt", "latin-1"),
        ("ANSI", "CP866", "ansi", "cp866"),
        ("NEW", "NEW", "ansi", ""),
    ],
)
def test_emulations_and_code_pages(emulation, codepage, terminal, encoding):
    text = f"[entry]\naddress=a.org\nmethod=TELNET\nemulation={emulation}\ncodepage={codepage}\n"
    entry = read_text(text).entries[0].entry

    assert entry.terminal == terminal
    assert entry.encoding in (encoding, "" if terminal in ("petscii", "atascii") else encoding, "cp437")
    if terminal not in ("petscii", "atascii"):
        assert entry.encoding == encoding


def test_notes_that_never_end_end_with_the_file():
    reading = read_text("[entry]\naddress=a.org\nmethod=TELNET\nnotes=<<<END\none\ntwo")

    assert reading.entries[0].entry.notes == "one\ntwo"
