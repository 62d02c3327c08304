from __future__ import annotations

from bbsterm.book.importers import read_text

LIST = """\
# boards
a.example.org 23
b.example.org 6400 petscii
c.example.org 2323 topaz 80 25   # Amiga
d.example.org 23 utf-8 132 37
2001:db8::1 23 gbk
bad host 23
e.example.org 99999
f.example.org 23 klingon
g.example.org
"""


def test_each_line_is_a_board():
    reading = read_text(LIST)

    assert reading.format == "hosts"
    told = [
        (f.entry.host, f.entry.port, f.entry.terminal, f.entry.encoding, f.entry.size)
        for f in reading.entries
    ]
    assert told == [
        ("a.example.org", 23, "ansi", "", ""),
        ("b.example.org", 6400, "petscii", "", ""),
        ("c.example.org", 2323, "ansi", "latin-1", "80x25"),
        ("d.example.org", 23, "utf8", "", "132x37"),
        ("2001:db8::1", 23, "ansi", "gbk", ""),
        ("g.example.org", 23, "ansi", "", ""),
    ]
    assert reading.entries[2].entry.font == "topaz"


def test_bad_lines_are_reported():
    assert read_text(LIST).bad == [
        (7, 'port must be 1..65535, found "host"'),
        (8, 'port must be 1..65535, found "99999"'),
        (9, 'unknown encoding "klingon"'),
    ]
