from __future__ import annotations

import pytest

from bbsterm.book.history import Stats
from bbsterm.book.importers import read_text
from bbsterm.errors import ImportRefusedError

LIST = """\
; my boards
BPSRate = 2400
UserName = ann

[Xibalba]
\tConnectionType=Telnet
\tAddress = xibalba.example
\tPort=44510
\tPassword=hunter2
\tSystemPassword=secret
\tAdded=Jan 31 2026 12:00:00
\tLastConnected=Feb  1 2026 00:00:00
\tTotalCalls=41
\tScreenMode=132x37
\tFont=Codepage 866 Russian
\tANSIMusic=2
\tForceLCF=true
\tAddressFamily=IPv6
\tComment=ENiGMA WHQ
\tDownloadPath=/home/ann
\tWrenScripts=x.wren

[PETSCII]
\tConnectionType = TelnetS
\tAddress = c64.example
\tScreenMode = C64
\tBPSRate = 0
\tUserName: "a\\x6en \\"q\\""

[Modem]
\tConnectionType=Modem
\tAddress=5551234

[Odd]
\tConnectionType=Telnet
\tAddress=a b
!include /etc/passwd
no key
!eof
[After]
\tAddress=after.example
"""


def read(text):
    reading = read_text(text, "syncterm")
    return reading, [found.entry for found in reading.entries]


def test_an_entry_is_read_with_the_defaults_above_it():
    reading, (xibalba, c64) = read(LIST)

    assert xibalba.changed(comment="", tags=()) == xibalba.changed(comment="")
    assert (xibalba.name, xibalba.host, xibalba.port, xibalba.protocol) == (
        "Xibalba",
        "xibalba.example",
        44510,
        "telnet",
    )
    assert (xibalba.user, xibalba.baud, xibalba.size, xibalba.encoding) == ("ann", 2400, "132x37", "cp866")
    assert (xibalba.font, xibalba.music, xibalba.wrap, xibalba.family) == (
        "Codepage 866 Russian",
        "all",
        "pending",
        "6",
    )
    assert (xibalba.comment, xibalba.added) == ("ENiGMA WHQ", 1769860800)
    assert reading.entries[0].stats == Stats(41, 1769904000)
    assert reading.entries[0].line == 5
    assert (c64.protocol, c64.port, c64.terminal, c64.baud, c64.user) == (
        "telnets",
        992,
        "petscii",
        0,
        'ann "q"',
    )


def test_what_is_not_taken_is_counted_or_reported_with_its_line():
    reading, _ = read(LIST)

    assert reading.secrets == 2
    assert reading.left_out == {"paths": 1, "scripts": 1}
    assert reading.bad == [
        (30, "Modem is not a connection over the internet"),
        (37, "includes are not followed"),
        (38, "neither a section nor KEY = VALUE"),
        (34, 'a host has no spaces or control characters: "a b"'),
    ]


@pytest.mark.parametrize(
    ("lines", "protocol", "port"),
    [
        ("ConnectionType=Raw", "raw", 23),
        ("ConnectionType=RLoginReversed", "rlogin", 513),
        ("ConnectionType=SSHNA", "ssh", 22),
        ("ConnectionType=Telnet\nBeDumb=true", "raw", 23),
        ("", "ssh", 22),
        ("Port=2323", "telnet", 2323),
    ],
)
def test_protocols(lines, protocol, port):
    _, (entry,) = read(f"[a]\nAddress=a.org\n{lines}\n")

    assert (entry.protocol, entry.port) == (protocol, port)


@pytest.mark.parametrize(
    ("mode", "terminal", "size"),
    [
        ("80x25", "ansi", ""),
        ("VGA80x25", "ansi", ""),
        ("80x50", "ansi", "80x50"),
        ("C128-80col", "petscii80", ""),
        ("Atari-XEP80", "atascii80", ""),
        ("AtariST40x25", "atarist", "40x25"),
        ("Prestel", "viewdata", ""),
        ("Current", "ansi", ""),
        ("nonsense", "ansi", ""),
    ],
)
def test_screen_modes(mode, terminal, size):
    _, (entry,) = read(f"[a]\nAddress=a.org\nPort=23\nScreenMode={mode}\n")

    assert (entry.terminal, entry.size) == (terminal, size)


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        ("Codepage 437 English", ""),
        ("Codepage 437 English, (thin)", ""),
        ("ISO-8859-15 West European, (thin)", "iso8859-15"),
        ("Russian koi8-r (b)", "koi8-r"),
        ("Ukrainian font cp866u", "cp866u"),
        ("ARMSCII-8 Character set", "armscii8"),
        ("Topaz Plus (Amiga)", "latin-1"),
        ("mO'sOul (Amiga)", "latin-1"),
        ("P0T NOoDLE (Amiga)", "latin-1"),
    ],
)
def test_fonts_stand_for_encodings(font, encoding):
    _, (entry,) = read(f"[a]\nAddress=a.org\nPort=23\nFont={font}\n")

    assert entry.encoding == encoding


def test_hostile_names_become_visible():
    _, (entry,) = read("[\x1b]0;evil\x07\u202e]\nAddress=a.org\nPort=23\nComment=\x1b[2J\n")

    assert entry.name == "^[]0;evil^G<U+202E>"
    assert entry.comment == "^[[2J"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("; Encrypted INI File v2, Algorithm: AES-256, KDF: scrypt-N15, Salt: 00ff\n", "(AES-256)"),
        ("; Encrypted INI File v2, Algorithm: ChaCha20, KDF: PBKDF2-SHA256-i100\n", "(ChaCha20)"),
        ("; Encrypted INI File v1\n", "encrypted"),
    ],
)
@pytest.mark.parametrize("format", [None, "syncterm"])
def test_an_encrypted_list_is_refused_politely(head, kind, format):
    with pytest.raises(ImportRefusedError, match="this SyncTERM list is encrypted") as refused:
        read_text(head + "\x00\x01garbage".replace("\x00", ""), format)

    assert kind in str(refused.value)
    assert "Switch the encryption" in refused.value.hint


def test_dates_that_are_none_are_none():
    reading, _ = read("[a]\nAddress=a.org\nPort=23\nAdded=Foo 99 2026 00:00:00\nLastConnected=Never\n")

    assert reading.entries[0].entry.added is None
    assert reading.entries[0].stats == Stats()
