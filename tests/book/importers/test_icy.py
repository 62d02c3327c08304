from __future__ import annotations

import pytest

from bbsterm.book.history import Stats
from bbsterm.book.importers import read_text
from bbsterm.errors import ImportRefusedError

BOOK = """\
version = "1.1.0"

[[addresses]]
system_name = "Xibalba"
is_favored = true
address = "xibalba.example:44510"
protocol = "Telnet"
user_name = "ann"
password = "hunter2"
terminal_type = "Utf8Ansi"
screen_mode = "Unicode(100, 40)"
ice_mode = false
ansi_music = "Banana"
baud_emulation = "9600"
comment = "WHQ"
auto_login = "@W@N@P"
number_of_calls = 3
last_call = "2026-01-31T12:00:00+00:00"
created = "2026-01-01T00:00:00Z"
uploaded_bytes = 5
downloaded_bytes = 7
[addresses.IEMSI]
password = "second"

[[addresses]]
system_name = "C64"
address = "telnet://bob:pw@c64.example:6400"
terminal_type = "PETscii"
screen_mode = "Vic"

[[addresses]]
system_name = "Phone"
address = "555"
protocol = "Modem"

[[addresses]]
address = "wss.example:443"
protocol = "SecureWebsocket"
"""


def test_a_phone_book_is_read():
    reading = read_text(BOOK)

    assert reading.format == "icy"
    first, c64, wss = (found.entry for found in reading.entries)
    assert (first.name, first.place, first.user, first.favourite) == (
        "Xibalba",
        "xibalba.example:44510",
        "ann",
        True,
    )
    assert (first.terminal, first.size, first.ice, first.music, first.baud) == (
        "utf8",
        "100x40",
        False,
        "banana",
        9600,
    )
    assert (first.comment, first.added) == ("WHQ", 1767225600)
    assert reading.entries[0].stats == Stats(3, 1769860800, 0.0, 7, 5)
    assert (c64.terminal, c64.size, c64.user, c64.port) == ("petscii", "", "bob", 6400)
    assert (wss.name, wss.protocol) == ("wss.example", "wss")


def test_what_is_not_taken_is_counted_and_reported():
    reading = read_text(BOOK)

    assert reading.secrets == 3
    assert reading.left_out == {"login scripts": 1}
    assert reading.bad == [(31, "Modem is not a connection over the internet")]


@pytest.mark.parametrize(
    ("kind", "mode", "terminal"),
    [
        ("ATAscii", "XEP80", "atascii80"),
        ("ATAscii", "Antic", "atascii"),
        ("Mode7", "Mode7", "viewdata"),
        ("Rip", "Rip", "rip"),
        ("AtariST", "AtariST(Medium, false)", "atarist"),
        ("Unheard", "Default", "ansi"),
    ],
)
def test_terminals(kind, mode, terminal):
    text = f'[[addresses]]\naddress = "a.org"\nterminal_type = "{kind}"\nscreen_mode = "{mode}"\n'

    assert read_text(text).entries[0].entry.terminal == terminal


@pytest.mark.parametrize("text", ["[[addresses]]\naddress = ", "[[addresses]]\nx = " + "[" * 3000])
def test_a_broken_one_is_refused(text):
    with pytest.raises(ImportRefusedError, match="this phone book is no valid TOML"):
        read_text(text)


def test_wrong_types_cost_no_more_than_the_field():
    reading = read_text(
        '[[addresses]]\naddress = "a.org"\nsystem_name = 3\nlast_call = 5\nIEMSI = 1\nice_mode = "x"\n'
    )

    assert [found.entry.name for found in reading.entries] == ["a.org"]
