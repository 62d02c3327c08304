"""What a server says and hears, on a line that goes nowhere: no sockets, no waiting."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bbsterm import limits
from bbsterm.net import BaseServer, LinemodeServer, TelnetServer
from bbsterm.protocol.policy import Policy
from bbsterm.protocol.vocabulary import OptionCode, Side
from bbsterm.telopt import (
    BINARY,
    CHARSET,
    DO,
    DONT,
    ECHO,
    GA,
    IAC,
    LINEMODE,
    LOGOUT,
    NAWS,
    NEW_ENVIRON,
    NOP,
    SB,
    SE,
    SGA,
    TSPEED,
    TTYPE,
    WILL,
    WONT,
    XDISPLOC,
)

IS, SEND = b"\x00", b"\x01"
GREETING = IAC + DO + TTYPE


def terminal(name):
    return IAC + SB + TTYPE + IS + name + IAC + SE


def variables(**told):
    listed = b"".join(b"\x03" + name.encode() + b"\x01" + value.encode() for name, value in told.items())
    return IAC + WILL + NEW_ENVIRON + IAC + SB + NEW_ENVIRON + IS + listed + IAC + SE


async def settle():
    for _ in range(5):
        await asyncio.sleep(0)


# --- the order of things -------------------------------------------------------------------


async def test_what_is_never_agreed_to_is_not_asked_for(connect, transport):
    never = Policy(always_wont=frozenset(ECHO), always_dont=frozenset(NAWS + NEW_ENVIRON))
    server = connect(TelnetServer(policy=never))

    server.data_received(IAC + WILL + TTYPE + terminal(b"xterm") + terminal(b"xterm"))
    server.data_received(IAC + WILL + NAWS)

    asked = transport.take()
    assert IAC + WILL + SGA in asked
    for question in (IAC + WILL + ECHO, IAC + DO + NAWS, IAC + DO + NEW_ENVIRON):
        assert question not in asked
    assert IAC + DONT + NAWS in asked
    assert not server.connection.enabled(OptionCode.NAWS, Side.REMOTE)


async def test_one_question_first(connect, transport):
    connect(TelnetServer())

    assert transport.take() == GREETING


async def test_the_rest_once_the_client_has_agreed_to_something(connect, transport):
    server = connect(TelnetServer())
    transport.take()

    server.data_received(IAC + WILL + TTYPE)

    asked = transport.take()
    assert asked.startswith(IAC + SB + TTYPE + SEND + IAC + SE)
    for question in (WILL + SGA, WILL + BINARY, DO + NAWS, WILL + CHARSET):
        assert IAC + question in asked
    assert IAC + WILL + ECHO not in asked
    server.data_received(IAC + DO + BINARY)
    assert transport.take() == IAC + DO + BINARY


async def test_echo_when_it_is_known_not_to_be_a_mud_client(connect, transport):
    server = connect(TelnetServer())
    server.data_received(IAC + WILL + TTYPE)
    transport.take()

    server.data_received(terminal(b"xterm"))

    asked = transport.take()
    assert IAC + WILL + ECHO in asked
    assert IAC + DO + NEW_ENVIRON in asked


@pytest.mark.parametrize(("second", "asks_for_user"), [(b"VT100", False), (b"ANSI", True), (b"VTNT", True)])
async def test_windows_telnet_is_not_asked_for_what_crashes_it(connect, transport, second, asks_for_user):
    server = connect(TelnetServer())
    server.data_received(IAC + WILL + TTYPE)
    server.data_received(terminal(b"ANSI"))
    asked = transport.take()
    assert IAC + WILL + ECHO in asked
    assert IAC + DO + NEW_ENVIRON not in asked

    server.data_received(terminal(second))
    assert IAC + DO + NEW_ENVIRON in transport.take()
    server.data_received(IAC + WILL + NEW_ENVIRON)

    asked = transport.take()
    assert b"\x00LOGNAME" in asked or b"\x03LOGNAME" in asked
    assert (b"\x00USER" in asked) is asks_for_user


async def test_a_mud_client_draws_its_own_input_line(connect, transport):
    server = connect(TelnetServer())
    server.data_received(IAC + WILL + TTYPE)

    server.data_received(terminal(b"Mudlet"))

    assert IAC + WILL + ECHO not in transport.take()


async def test_a_client_that_refuses_the_first_question_gets_its_shell_at_once(connect, transport):
    started = []
    server = connect(TelnetServer(lambda reader, writer: started.append(writer)))

    server.data_received(IAC + WONT + TTYPE)

    assert started == [server.writer]
    assert transport.take() == GREETING


async def test_the_shell_waits_until_every_question_is_answered(connect, transport):
    started = []
    server = connect(TelnetServer(lambda reader, writer: started.append(writer)))
    server.data_received(IAC + WILL + TTYPE + terminal(b"xterm") + terminal(b"xterm"))
    assert not started

    for refusal in (DONT + SGA, DONT + BINARY, WONT + NAWS, DONT + CHARSET, DONT + ECHO):
        server.data_received(IAC + refusal)
    assert not started
    server.data_received(IAC + WONT + NEW_ENVIRON)

    assert started


@pytest.mark.parametrize(("third", "begins"), [(b"MTTS 271", True), (b"xterm", False)])
async def test_a_mud_client_is_not_waited_for_that_has_no_variables_to_tell(connect, third, begins):
    started = []
    server = connect(TelnetServer(lambda reader, writer: started.append(writer), line_mode=True))
    server.data_received(IAC + WILL + TTYPE + terminal(b"TINTIN++") + terminal(b"xterm") + terminal(third))
    for answer in (DONT + BINARY, WONT + NAWS, DONT + CHARSET, WONT + LINEMODE):
        server.data_received(IAC + answer)

    server.data_received(IAC + WILL + NEW_ENVIRON)  # and no answer to what is asked then

    assert bool(started) is begins


async def test_a_silent_peer_gets_its_shell_after_a_short_silence(connect):
    started = asyncio.Event()
    connect(TelnetServer(lambda reader, writer: started.set(), raw_silence=0.001))

    async with asyncio.timeout(5):
        await started.wait()


async def test_a_peer_that_leaves_questions_open_gets_its_shell_all_the_same(connect):
    started = asyncio.Event()
    server = connect(TelnetServer(lambda *_: started.set(), raw_silence=0.001, connect_maxwait=0.002))
    server.data_received(IAC + WILL + TTYPE)

    async with asyncio.timeout(5):
        await started.wait()


async def test_in_line_mode_neither_sga_nor_echo_is_offered(connect, transport):
    server = connect(TelnetServer(line_mode=True))
    server.data_received(IAC + WILL + TTYPE + terminal(b"xterm"))

    asked = transport.take()
    assert IAC + WILL + SGA not in asked
    assert IAC + WILL + ECHO not in asked
    assert IAC + DO + NAWS in asked


async def test_bytes_need_no_character_set(connect, transport):
    server = connect(TelnetServer(encoding=False))
    server.data_received(IAC + WILL + TTYPE)

    assert CHARSET not in transport.take()


@pytest.mark.parametrize("make", [LinemodeServer, lambda: TelnetServer(line_mode=True)])
async def test_a_linemode_server_has_the_client_edit(connect, transport, make):
    server = connect(make())
    server.data_received(IAC + WILL + TTYPE)
    assert IAC + DO + LINEMODE in transport.take()

    server.data_received(IAC + WILL + LINEMODE)
    assert IAC + SB + LINEMODE + b"\x01\x03" + IAC + SE in transport.take()  # MODE EDIT TRAPSIG

    server.data_received(IAC + SB + LINEMODE + b"\x01\x07" + IAC + SE)  # ... ACK
    assert server.writer.mode == "local"
    assert server.writer.linemode.trapsig


async def test_a_base_server_asks_for_nothing_and_agrees(connect, transport):
    server = connect(BaseServer())
    assert transport.take() == b""

    server.data_received(IAC + DO + ECHO + IAC + DO + ECHO + IAC + WILL + NAWS)

    assert transport.take() == IAC + WILL + ECHO + IAC + DO + NAWS


async def test_compression_is_offered_only_when_wanted_and_never_under_tls(connect, transport):
    server = connect(TelnetServer(compression=True))
    server.data_received(IAC + WILL + TTYPE)
    assert IAC + WILL + b"\x56" in transport.take()


async def test_compression_is_refused_under_tls(connect, transport):
    transport.info["ssl_object"] = type("Tls", (), {"version": str, "cipher": list})()
    server = connect(TelnetServer(compression=True))
    server.data_received(IAC + WILL + TTYPE)
    assert IAC + WILL + b"\x56" not in transport.take()

    server.data_received(IAC + DO + b"\x56")

    assert transport.take() == IAC + WONT + b"\x56"


# --- what the client tells --------------------------------------------------------------------


async def test_what_nobody_told_is_what_the_server_was_given(connect):
    server = connect(TelnetServer(term="ansi", cols=40, rows=24, timeout=7, encoding="cp437"))

    told = [server.get_extra_info(name) for name in ("term", "cols", "rows", "timeout", "charset", "TERM")]

    assert told == ["ansi", 40, 24, 7, "cp437", None]
    assert server.get_extra_info("peername") == ("192.0.2.1", 5023)
    assert server.get_extra_info("nothing", "default") == "default"


async def test_window_and_terminal_and_speed(connect):
    server = connect(TelnetServer())
    server.data_received(IAC + WILL + TTYPE + IAC + WILL + NAWS + IAC + WILL + TSPEED + IAC + WILL + XDISPLOC)
    server.data_received(IAC + SB + NAWS + b"\x00\x64\x00\x1e" + IAC + SE)
    server.data_received(terminal(b"vt220"))
    server.data_received(IAC + SB + TSPEED + IS + b"9600,1200" + IAC + SE)
    server.data_received(IAC + SB + XDISPLOC + IS + b"host:0" + IAC + SE)

    names = ("cols", "rows", "TERM", "tspeed", "xdisploc")
    told = [server.writer.get_extra_info(name) for name in names]
    assert told == [100, 30, "vt220", "9600,1200", "host:0"]


@pytest.mark.parametrize(
    ("answers", "types", "term"),
    [
        (["ALPHA", "BETA", "GAMMA", "ALPHA"], ["ALPHA", "BETA", "GAMMA", "ALPHA"], "ALPHA"),
        (["ALPHA", "BETA", "GAMMA", "GAMMA"], ["ALPHA", "BETA", "GAMMA", "GAMMA"], "GAMMA"),
        (["TINTIN++", "xterm", "MTTS 137"], ["TINTIN++", "xterm", "MTTS 137"], "xterm"),
        (["ALPHA", ""], ["ALPHA"], "ALPHA"),
    ],
)
async def test_the_last_answer_is_what_the_client_emulates(connect, answers, types, term):
    server = connect(TelnetServer())
    server.data_received(IAC + WILL + TTYPE)
    for answer in answers:
        server.data_received(terminal(answer.encode()))

    assert [server.get_extra_info(f"ttype{number}") for number in range(1, len(types) + 1)] == types
    assert server.get_extra_info(f"ttype{len(types) + 1}") is None
    assert server.get_extra_info("TERM") == term


async def test_a_window_of_unknown_size_changes_nothing_and_a_giant_one_is_cut(connect):
    server = connect(TelnetServer())
    server.data_received(IAC + WILL + NAWS + IAC + SB + NAWS + b"\x00\x00\x00\x1e" + IAC + SE)
    assert (server.get_extra_info("cols"), server.get_extra_info("rows")) == (80, 30)

    server.data_received(IAC + SB + NAWS + b"\xfd\xe8\xfd\xe8" + IAC + SE)
    size = (server.get_extra_info("cols"), server.get_extra_info("rows"))
    assert size == (limits.MAX_COLUMNS, limits.MAX_ROWS)


async def test_the_environment_is_known_by_upper_case_names(connect):
    server = connect(TelnetServer())

    server.data_received(variables(user="ann", EMPTY=""))

    assert server.get_extra_info("USER") == "ann"
    assert server.get_extra_info("EMPTY") is None


async def test_the_environment_does_not_overrule_the_terminals_own_word(connect):
    server = connect(TelnetServer())
    server.data_received(IAC + WILL + TTYPE + terminal(b"vt220"))

    server.data_received(variables(TERM="xterm"))

    assert server.get_extra_info("TERM") == "vt220"


async def test_the_environment_has_a_bound(connect):
    server = connect(TelnetServer())
    server.data_received(IAC + WILL + NEW_ENVIRON)
    for number in range(3 * limits.MAX_VARIABLES):
        listed = b"\x03NAME%d\x01value" % number
        server.data_received(IAC + SB + NEW_ENVIRON + b"\x02" + listed + IAC + SE)  # INFO

    known = [name for name in server._extra if name.startswith("NAME")]
    assert len(known) == limits.MAX_VARIABLES


@pytest.mark.parametrize(
    ("lang", "encoding"),
    [
        ("uk_UA.KOI8-U", "KOI8-U"),
        ("en_IL", "utf8"),
        ("en_US.BOGUS-ENCODING", "utf8"),
        ("C.zlib", "utf8"),
        ("x.rot13", "utf8"),
    ],
)
async def test_lang_names_the_encoding_if_it_is_one(connect, lang, encoding):
    server = connect(TelnetServer(force_binary=True))

    server.data_received(variables(LANG=lang))

    assert server.encoding(incoming=True) == server.encoding(outgoing=True) == encoding
    assert server.get_extra_info("LANG") == lang


async def test_text_is_ascii_until_binary_is_agreed_on_in_its_direction(connect):
    server = connect(TelnetServer())
    assert server.encoding(incoming=True) == server.encoding(outgoing=True) == "US-ASCII"
    with pytest.raises(TypeError):
        server.encoding()

    server.data_received(IAC + WILL + BINARY)
    assert server.encoding(incoming=True) == "utf8"
    assert server.encoding(outgoing=True) == "US-ASCII"
    assert server.encoding(incoming=True, outgoing=True) == "US-ASCII"


async def test_an_agreed_character_set_needs_no_binary(connect, transport):
    server = connect(TelnetServer())
    server.data_received(IAC + WILL + TTYPE + IAC + DO + CHARSET)
    assert b"KOI8-U" in transport.take()

    server.data_received(IAC + SB + CHARSET + b"\x02KOI8-U" + IAC + SE)

    assert server.get_extra_info("charset") == "KOI8-U"
    assert server.encoding(outgoing=True) == "KOI8-U"


async def test_a_subclass_hears_what_it_overrides(connect):
    heard = []

    class Mine(TelnetServer):
        def on_naws(self, rows, cols):
            heard.append((rows, cols))

    server = connect(Mine())
    server.data_received(IAC + WILL + NAWS + IAC + SB + NAWS + b"\x00\x50\x00\x19" + IAC + SE)
    server.writer.set_ext_callback(NAWS, lambda rows, cols: heard.append("callback"))
    server.data_received(IAC + SB + NAWS + b"\x00\x50\x00\x19" + IAC + SE)

    assert heard == [(25, 80), "callback"]


async def test_a_subclass_says_what_is_asked(connect, transport):
    class Mine(TelnetServer):
        def on_request_charset(self):
            return ["cp437"]

        def on_request_environ(self):
            return []

    server = connect(Mine())
    server.data_received(IAC + WILL + TTYPE + terminal(b"x") + IAC + DO + CHARSET)

    sent = transport.take()
    assert IAC + SB + CHARSET + b"\x01 cp437" + IAC + SE in sent
    assert IAC + DO + NEW_ENVIRON not in sent


async def test_a_subclass_is_asked_when_the_terminal_is_known(connect, transport):
    class Mine(TelnetServer):
        def on_request_environ(self):
            return ["USER"] if self.get_extra_info("TERM") == "x" else None

    server = connect(Mine())
    server.data_received(IAC + WILL + NEW_ENVIRON)
    assert IAC + DONT + NEW_ENVIRON in transport.take()
    server.data_received(IAC + WILL + TTYPE + terminal(b"x"))
    assert IAC + DO + NEW_ENVIRON in transport.take()

    server.data_received(IAC + WILL + NEW_ENVIRON)

    assert transport.take() == IAC + SB + NEW_ENVIRON + SEND + b"\x00USER" + IAC + SE


async def test_a_mistake_in_a_subclass_costs_one_connection(connect, transport, caplog):
    class Broken(TelnetServer):
        def make_strategy(self):
            raise RuntimeError("oops")

    server = connect(Broken())
    await settle()

    assert transport.aborted
    assert "cannot begin" in caplog.text
    server.data_received(b"late")  # and nothing else happens


# --- the end of it ------------------------------------------------------------------------------


async def test_a_shell_that_returns_hangs_up(connect, transport):
    async def shell(reader, writer):
        writer.write("bye\r\n")

    server = connect(TelnetServer(shell))
    server.data_received(IAC + WONT + TTYPE)
    await settle()

    assert transport.take() == GREETING + b"bye\r\n"
    assert transport.closing


async def test_a_shell_that_raises_hangs_up_and_the_peer_sees_nothing_of_it(connect, transport, caplog):
    async def shell(reader, writer):
        raise RuntimeError("secret details")

    server = connect(TelnetServer(shell))
    server.data_received(IAC + WONT + TTYPE)
    await settle()

    assert transport.closing
    assert b"secret" not in transport.take()
    assert "secret details" in caplog.text


async def test_a_plain_function_may_leave_the_line_open(connect, transport):
    server = connect(TelnetServer(lambda reader, writer: writer.write("later")))
    server.data_received(IAC + WONT + TTYPE)
    await settle()

    assert not transport.closing


async def test_a_caller_who_hangs_up_on_the_shell_is_no_error(connect, transport, caplog):
    async def shell(reader, writer):
        await reader.readexactly(10)

    server = connect(TelnetServer(shell))
    server.data_received(IAC + WONT + TTYPE + b"abc")
    server.connection_lost(None)
    await settle()

    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_shell_that_does_not_notice_the_end_is_cancelled(connect, monkeypatch):
    monkeypatch.setattr("bbsterm.net.shell_protocol.SHELL_GRACE_SECONDS", 0.001)
    cancelled = asyncio.Event()

    async def shell(reader, writer):
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            cancelled.set()

    server = connect(TelnetServer(shell))
    server.data_received(IAC + WONT + TTYPE)
    await settle()
    server.connection_lost(None)

    async with asyncio.timeout(5):
        await cancelled.wait()


async def test_a_half_closed_line_is_answered(connect, transport):
    async def shell(reader, writer):
        writer.write("you said " + await reader.readline())

    server = connect(TelnetServer(shell))
    server.data_received(b"hi\r\n")
    stays = server.eof_received()
    await settle()

    assert stays
    assert transport.take() == GREETING + b"you said hi\r\n"
    assert transport.closing


async def test_a_half_closed_line_that_nobody_serves_is_closed(connect):
    assert not connect(TelnetServer()).eof_received()


async def test_who_falls_asleep_is_told_and_hung_up_on(connect, transport):
    server = connect(TelnetServer(timeout=0.01))

    async with asyncio.timeout(5):
        await server.waiter_closed

    assert transport.take() == GREETING + b"\r\nTimeout.\r\n"


async def test_who_types_is_not_asleep(connect, monkeypatch):
    server = connect(TelnetServer(timeout=100))
    now = server._loop.time()
    monkeypatch.setattr(server._loop, "time", lambda: now + 99)
    server.data_received(b"awake")
    monkeypatch.setattr(server._loop, "time", lambda: now + 150)

    server._check_idle()

    assert not server.is_closing()
    assert server.idle == pytest.approx(51, abs=1)
    assert server.duration == pytest.approx(150, abs=1)


async def test_the_time_out_can_be_changed_and_switched_off(connect):
    server = connect(TelnetServer(timeout=19.29))
    for value in (7, 0):
        server.set_timeout(value)
        assert server.get_extra_info("timeout") == value
    server.set_timeout()
    assert server.get_extra_info("timeout") == 0
    assert server._idle_timer is None


async def test_logout_hangs_up(connect, transport):
    server = connect(TelnetServer())
    server.data_received(IAC + DO + LOGOUT)

    assert transport.closing


async def test_a_tls_hello_on_a_plain_port_is_hung_up_on_with_a_reason(connect, transport, caplog):
    server = connect(TelnetServer())
    server.data_received(b"\x16\x03\x01\x00\x05hello")

    assert transport.aborted
    assert "TLS ClientHello" in caplog.text


async def test_only_the_first_bytes_can_be_a_tls_hello(connect, transport):
    server = connect(TelnetServer())
    server.data_received(IAC + NOP)
    server.data_received(b"\x16\x03\x01")

    assert not transport.closing
    assert await server.reader.read(10) == "\x16\x03\x01"


async def test_a_flood_ends_the_call_with_a_reason(connect, transport, caplog):
    server = connect(TelnetServer())
    for _ in range(4):
        server.data_received(IAC + SB + NAWS + bytes(limits.MAX_SUBNEGOTIATION + 1) + IAC + SE)

    assert transport.closing
    assert "closed" in caplog.text


# --- taking turns -------------------------------------------------------------------------------


async def prompting(reader, writer):
    while True:
        writer.write("> ")
        if not await reader.readline():
            return


async def refuse_sga(server):
    server.data_received(IAC + WILL + TTYPE + terminal(b"x") + terminal(b"x"))
    for refusal in (
        DONT + SGA,
        DONT + BINARY,
        WONT + NAWS,
        DONT + CHARSET,
        DONT + ECHO,
        WONT + NEW_ENVIRON,
    ):
        server.data_received(IAC + refusal)
    await settle()


async def test_a_client_that_refuses_sga_is_told_when_it_is_its_turn(connect, transport):
    server = connect(TelnetServer(prompting))
    await refuse_sga(server)
    assert transport.take().endswith(b"> " + IAC + GA)

    server.data_received(b"ping\r\n")
    await settle()

    assert transport.take() == b"> " + IAC + GA


async def test_ga_can_be_switched_off(connect, transport):
    server = connect(TelnetServer(prompting, never_send_ga=True))
    await refuse_sga(server)

    assert transport.take().endswith(b"> ")


@pytest.mark.parametrize("answers", [IAC + WONT + TTYPE, b"no telnet\r\n"])
async def test_nobody_else_sees_a_ga(connect, transport, answers):
    server = connect(TelnetServer(prompting, raw_silence=0))
    server.data_received(answers)
    await asyncio.sleep(0)
    await settle()

    sent = transport.take()
    assert b"> " in sent
    assert IAC + GA not in sent
