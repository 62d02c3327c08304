from __future__ import annotations

from pathlib import Path

import pytest

from bbsterm.book.entry import TERMINALS, Entry
from bbsterm.book.fields import ENCODINGS
from bbsterm.config import DialSettings, Settings, TerminalSettings
from bbsterm.errors import UsageError
from bbsterm.net.address import Address, Family
from bbsterm.net.tls import TlsSettings
from bbsterm.session.encoding import new_terminal
from bbsterm.session.entries import address_of, defaults_of, settings_of
from bbsterm.session.modes import InputChoice
from bbsterm.session.settings import CallSettings, Home
from bbsterm.session.stream import StreamTerminal

FULL = Entry(
    "Xibalba",
    "xibalba.example",
    44510,
    "telnets",
    id="abcd1234",
    terminal="ansi",
    encoding="latin-1",
    size="132x37",
    palette="CGA",
    ice=True,
    wrap="pending",
    baud=2400,
    music="all",
    user="ann",
    secret="keyring",
    login="xib",
    mode="raw",
    backspace="del",
    line_ending="crlf",
    alt="send",
    family="6",
    tls_verify=False,
    tls_ca="/ca.pem",
    downloads="~/xib",
    keep_alive="ayt",
    keep_alive_every=45,
    redial=5,
)


def test_every_field_of_an_entry_reaches_the_call():
    settings = settings_of(FULL)

    assert settings == CallSettings(
        name="Xibalba",
        terminal="ansi",
        encoding="iso8859-1",
        columns=132,
        rows=37,
        mode=InputChoice.RAW,
        family=Family.IPV6,
        backspace="del",
        line_ending="crlf",
        alt="send",
        wrap="pending",
        ice=True,
        palette="cga",
        music="all",
        baud=2400,
        keep_alive="ayt",
        keep_alive_interval=45,
        redial=5,
        tls=TlsSettings(ca=Path("/ca.pem"), verify=False),
        user="ann",
        secret="keyring",
        login="xib",
        downloads="~/xib",
        entry="abcd1234",
        home=Home("xibalba.example", 44510, tls=True, verify=False),
    )
    assert address_of(FULL) == Address("xibalba.example", 44510, "telnets", "ann")


def test_where_an_entry_is_silent_the_defaults_hold():
    defaults = CallSettings(
        terminal="ansi",
        encoding="cp866",
        columns=100,
        rows=30,
        fit=True,
        family=Family.IPV4,
        mode=InputChoice.LINE,
        backspace="bs",
        keep_alive="nop",
        keep_alive_interval=90,
        baud=300,
        redial=3,
    )

    settings = settings_of(Entry("A", "a.example"), defaults)

    assert settings == CallSettings(
        name="A",
        home=Home("a.example", 23),
        terminal="ansi",
        encoding="cp866",
        columns=100,
        rows=30,
        fit=True,
        family=Family.IPV4,
        mode=InputChoice.LINE,
        backspace="bs",
        keep_alive="nop",
        keep_alive_interval=90,
        baud=300,
        redial=3,
    )


def test_an_encoding_of_the_defaults_is_for_their_emulation_only():
    assert settings_of(Entry("A", "a", terminal="utf8"), CallSettings(encoding="cp866")).encoding is None


def test_fit_and_a_size_of_its_own():
    assert settings_of(Entry("A", "a", size="fit")).fit
    fixed = settings_of(Entry("A", "a", size="80x25"), CallSettings(fit=True, columns=132, rows=50))
    assert (fixed.columns, fixed.rows, fixed.fit) == (80, 25, False)
    assert not settings_of(Entry("A", "a", terminal="petscii"), CallSettings(fit=True)).fit


@pytest.mark.parametrize(
    ("terminal", "kind", "encoding", "size"),
    [
        ("ansi", "ansi", None, (80, 25)),
        ("utf8", "utf8", None, (80, 25)),
        ("petscii", "petscii", None, (40, 25)),
        ("atascii", "atascii", None, (40, 24)),
        ("skypix", "ansi", "iso8859-1", (80, 25)),
        ("vt52", "vt", "ascii", (80, 25)),
        ("viewdata", "ansi", "ascii", (40, 25)),
    ],
)
def test_a_terminal_is_an_emulation_a_character_set_and_a_size(terminal, kind, encoding, size):
    settings = settings_of(Entry("A", "a", terminal=terminal))

    assert (settings.terminal, settings.encoding, (settings.columns, settings.rows)) == (kind, encoding, size)


@pytest.mark.parametrize("terminal", TERMINALS)
def test_every_terminal_of_the_book_can_be_made(terminal):
    settings = settings_of(Entry("A", "a", terminal=terminal))

    assert new_terminal(settings).columns == settings.columns


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_of_the_book_can_be_called_in(encoding):
    settings = settings_of(Entry("A", "a", encoding=encoding))

    assert new_terminal(settings).encoding == settings.encoding


@pytest.mark.parametrize("protocol", ["ssh", "rlogin", "demo"])
def test_a_protocol_that_is_not_spoken_is_refused_in_words(protocol):
    with pytest.raises(UsageError, match=f"{protocol} is not spoken yet"):
        address_of(Entry("A", "a", protocol=protocol))


def test_settings_of_the_file_become_defaults():
    settings = Settings(
        dial=DialSettings(timeout=3.0, family="6"),
        terminal=TerminalSettings(kind="utf8", encoding="utf-8", columns=132, rows=50),
    )

    assert defaults_of(settings) == CallSettings(
        terminal="utf8", encoding="utf-8", columns=132, rows=50, connect_timeout=3.0, family=Family.IPV6
    )


# --- what the terminal makes of them --------------------------------------------------------


def test_enter_sends_the_line_ending_of_the_entry():
    terminal = new_terminal(CallSettings(line_ending="crlf"))

    assert terminal.press("enter", "\r") == b"\r\n"
    assert terminal.encode("a\nb\n") == b"a\r\nb\r\n"
    assert new_terminal(CallSettings(line_ending="lf")).press("enter", "\r") == b"\n"
    assert new_terminal(CallSettings()).press("enter", "\r") == b"\r"


def test_a_home_computer_keeps_its_enter():
    assert new_terminal(CallSettings(terminal="atascii", line_ending="lf")).press("enter", "\r") == b"\x9b"


def test_ice_holds_from_the_start_and_after_a_reset():
    terminal = new_terminal(CallSettings(ice=True))
    for _ in range(2):
        terminal.feed(b"\x1b[5;44mx")
        assert terminal.line(0).spans()[0].paint.background == "#5454ff"
        terminal.feed(b"\x1bc")


def test_the_palette_is_the_entry_s():
    terminal = new_terminal(CallSettings(palette="xterm"))
    terminal.feed(b"\x1b[34mx")

    assert terminal.line(0).spans()[0].paint.foreground == "#0000ee"


def test_a_palette_nobody_knows_is_the_emulation_s():
    new_terminal(CallSettings(palette="nobody's")).feed(b"x")


def test_the_wrap_rule_is_the_entry_s():
    at_once, waits = new_terminal(CallSettings()), new_terminal(CallSettings(wrap="pending"))
    for terminal in (at_once, waits):
        terminal.feed(b"x" * 80)

    assert at_once.cursor[:2] == (1, 0)
    assert waits.cursor[:2] == (0, 79)


def test_the_bare_terminal_sends_the_entry_s_keys_too():
    terminal = StreamTerminal(
        "ansi", None, [].append, ansi=True, settings=CallSettings(line_ending="lf", backspace="del")
    )

    assert terminal.encode("a\n") == b"a\n"
    assert terminal.press("backspace", "\x7f") == b"\x7f"
