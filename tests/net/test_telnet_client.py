"""What a client says and hears, on a line that goes nowhere."""

from __future__ import annotations

import pytest

from bbsterm.net import TelnetClient, TelnetTerminalClient
from bbsterm.protocol.options import Msdp
from bbsterm.protocol.policy import Policy
from bbsterm.telopt import (
    BINARY,
    CHARSET,
    DO,
    DONT,
    ECHO,
    GMCP,
    IAC,
    MSDP,
    NAWS,
    NEW_ENVIRON,
    SB,
    SE,
    SGA,
    TSPEED,
    TTYPE,
    WILL,
    WONT,
    XDISPLOC,
    ZMP,
)

IS, SEND = b"\x00", b"\x01"


async def test_a_client_says_nothing_on_its_own(connect, transport):
    connect(TelnetClient())

    assert transport.take() == b""


@pytest.mark.parametrize(
    ("option", "answer"),
    [
        (TTYPE, IS + b"vt220"),
        (TSPEED, IS + b"9600,1200"),
        (XDISPLOC, IS + b"host:0"),
    ],
)
async def test_a_client_tells_what_it_was_given_when_it_is_asked(connect, transport, option, answer):
    client = connect(TelnetClient(term="vt220", tspeed=(9600, 1200), xdisploc="host:0"))

    client.data_received(IAC + DO + option + IAC + SB + option + SEND + IAC + SE)

    assert transport.take() == IAC + WILL + option + IAC + SB + option + answer + IAC + SE


async def test_the_window_is_told_at_once_and_whenever_it_changes(connect, transport):
    client = connect(TelnetClient(cols=40, rows=20))
    client.data_received(IAC + DO + NAWS)
    assert transport.take() == IAC + WILL + NAWS + IAC + SB + NAWS + b"\x00\x28\x00\x14" + IAC + SE

    client.resize(cols=132, rows=50)

    assert transport.take() == IAC + SB + NAWS + b"\x00\x84\x00\x32" + IAC + SE


@pytest.mark.parametrize(("cols", "sent"), [(65536, b"\xff\xff\xff\xff"), (-1, b"\x00\x00")])
async def test_an_impossible_window_is_cut_to_what_can_be_told(connect, transport, cols, sent):
    client = connect(TelnetClient(cols=cols, rows=1))
    client.data_received(IAC + DO + NAWS)

    assert IAC + SB + NAWS + sent + b"\x00\x01" + IAC + SE in transport.take()


async def test_only_listed_variables_are_told(connect, transport, monkeypatch):
    monkeypatch.setenv("SECRET", "do not tell")
    monkeypatch.setenv("COLORTERM", "truecolor")
    client = connect(TelnetClient(term="vt220", cols=80, rows=25, encoding="cp437"))
    client.data_received(IAC + DO + NEW_ENVIRON)
    transport.take()

    client.data_received(IAC + SB + NEW_ENVIRON + SEND + b"\x03SECRET\x03LANG\x03" + IAC + SE)

    told = transport.take()
    assert b"LANG\x01en_US.cp437" in told
    assert b"COLORTERM\x01truecolor" in told  # by the bare USERVAR: all that there are
    assert b"do not tell" not in told


@pytest.mark.parametrize(
    ("encoding", "offered", "taken"),
    [
        ("utf8", b" UTF-8 LATIN1", b"UTF-8"),
        ("cp437", b";US-ASCII;ibm437", b"ibm437"),
        ("latin1", b" illegal cp437", b"cp437"),
        ("latin1", b" cp437 ISO-8859-1", b"ISO-8859-1"),
        ("latin1", b"[TTABLE]\x01 UTF-8", b"UTF-8"),
        ("utf-16", b" utf-8 ascii", None),
        ("latin1", b" illegal this-is-no-good-either", None),
        (False, b" illegal UTF-8", b"UTF-8"),
    ],
)
async def test_a_character_set_is_taken_if_it_is_ours(connect, transport, encoding, offered, taken):
    client = connect(TelnetClient(encoding=encoding))
    client.data_received(IAC + WILL + CHARSET + IAC + SB + CHARSET + b"\x01" + offered + IAC + SE)

    answer = b"\x03" if taken is None else b"\x02" + taken
    assert transport.take() == IAC + DO + CHARSET + IAC + SB + CHARSET + answer + IAC + SE
    charset = client.get_extra_info("charset")
    assert charset == (taken.decode() if taken else (encoding or ""))


async def test_a_subclass_chooses_for_itself(connect, transport):
    class Mine(TelnetClient):
        def send_charset(self, offered):
            return offered[-1]

        def send_ttype(self):
            return "mine"

    client = connect(Mine())
    client.data_received(IAC + WILL + CHARSET + IAC + SB + CHARSET + b"\x01 a b KOI8-R" + IAC + SE)
    client.data_received(IAC + DO + TTYPE + IAC + SB + TTYPE + SEND + IAC + SE)

    sent = transport.take()
    assert IAC + SB + CHARSET + b"\x02KOI8-R" + IAC + SE in sent
    assert IAC + SB + TTYPE + IS + b"mine" + IAC + SE in sent


async def test_who_echoes_and_who_edits(connect):
    client = connect(TelnetClient())
    assert (client.writer.mode, client.writer.will_echo) == ("local", False)

    client.data_received(IAC + WILL + ECHO + IAC + WILL + SGA)

    assert (client.writer.mode, client.writer.will_echo) == ("kludge", True)
    assert client.writer.remote_option.enabled(ECHO)


async def test_a_server_that_asks_us_to_echo_is_refused(connect, transport):
    connect(TelnetClient()).data_received(IAC + DO + ECHO)

    assert transport.take() == IAC + WONT + ECHO


async def test_policy_has_the_last_word(connect, transport):
    policy = Policy(always_will=frozenset({BINARY[0]}), always_wont=frozenset({TTYPE[0]}))
    client = connect(TelnetClient(policy=policy))
    assert transport.take() == IAC + WILL + BINARY

    client.data_received(IAC + DO + TTYPE)

    assert transport.take() == IAC + WONT + TTYPE


async def test_gmcp_begins_with_a_hello(connect, transport):
    client = connect(TelnetClient(gmcp_modules=["Char 1"]))
    client.data_received(IAC + WILL + GMCP)

    sent = transport.take()
    assert sent.startswith(IAC + DO + GMCP + IAC + SB + GMCP + b'Core.Hello {"client":"bbsterm","version":"')
    assert sent.endswith(IAC + SB + GMCP + b'Core.Supports.Set ["Char 1"]' + IAC + SE)

    client.data_received(IAC + SB + GMCP + b'Char.Vitals {"hp":1,"mp":2}' + IAC + SE)
    client.data_received(IAC + SB + GMCP + b'Char.Vitals {"hp":3}' + IAC + SE)
    client.data_received(IAC + SB + GMCP + b"Char.Vitals {bad json" + IAC + SE)
    assert client.writer.ctx.gmcp_data == {"Char.Vitals": {"hp": 3, "mp": 2}}


async def test_zmp_says_what_is_supported(connect, transport):
    client = connect(TelnetClient(zmp_check_handler=lambda name: name == "mine.do"))
    client.data_received(IAC + WILL + ZMP)
    assert b"zmp.ident\0bbsterm\0" in transport.take()

    for name, answer in ((b"zmp.ping", b"support"), (b"mine.do", b"support"), (b"x.", b"no-support")):
        client.data_received(IAC + SB + ZMP + b"zmp.check\0" + name + b"\0" + IAC + SE)
        assert b"zmp." + answer + b"\0" + name + b"\0" in transport.take()


async def test_other_options_of_muds_are_declined_unless_wanted(connect, transport):
    connect(TelnetClient()).data_received(IAC + WILL + MSDP)
    assert transport.take() == IAC + DONT + MSDP


async def test_a_subclass_may_want_more_of_them(connect, transport):
    class Mine(TelnetClient):
        mud_options = (*TelnetClient.mud_options, Msdp)

    client = connect(Mine())
    client.data_received(IAC + WILL + MSDP + IAC + SB + MSDP + b"\x01HP\x025" + IAC + SE)

    assert transport.take() == IAC + DO + MSDP
    assert client.writer.ctx.msdp_data == {"HP": "5"}


async def test_the_terminals_own_size_where_there_is_a_terminal(connect, monkeypatch):
    class Size:
        columns, lines = 111, 44

    monkeypatch.setattr("os.get_terminal_size", lambda descriptor: Size)
    client = connect(TelnetTerminalClient())

    assert client.send_naws() == (44, 111)


async def test_the_given_size_where_there_is_none(connect, monkeypatch):
    def no_terminal(descriptor):
        raise OSError

    monkeypatch.setattr("os.get_terminal_size", no_terminal)

    assert connect(TelnetTerminalClient(cols=40, rows=24)).send_naws() == (24, 40)
