"""What a writer writes, asks, waits for and hears."""

from __future__ import annotations

import asyncio

import pytest
import pytest_asyncio

from bbsterm.net import BaseServer, TelnetServer, TelnetSessionContext, TelnetWriter, TelnetWriterUnicode
from bbsterm.protocol.vocabulary import Command
from bbsterm.slc import SLC, SLC_EC, SLC_IP, SLC_VARIABLE, Linemode
from bbsterm.telopt import (
    AYT,
    BINARY,
    CHARSET,
    CMD_EOR,
    DO,
    DONT,
    ECHO,
    EOR,
    GA,
    GMCP,
    IAC,
    LFLOW,
    LINEMODE,
    MSDP,
    MSSP,
    NAWS,
    NEW_ENVIRON,
    NOP,
    SB,
    SE,
    SGA,
    STATUS,
    TTYPE,
    WILL,
    WONT,
    ZMP,
)


@pytest_asyncio.fixture
async def server(connect, transport):
    """A server that has asked nothing yet."""
    made = connect(BaseServer(encoding=False))
    transport.take()
    return made


# --- writing ------------------------------------------------------------------------------


async def test_bytes_go_as_they_are_and_only_iac_is_doubled(server, transport):
    server.writer.write(b"a\nb\r\nc\rd\0\xff")
    server.writer.writelines([b"e", b"f"])

    assert transport.take() == b"a\nb\r\nc\rd\0\xff\xffef"


async def test_whatever_holds_bytes_is_written_and_nothing_else(server, transport):
    server.writer.write(bytearray(b"a\xff"))
    server.writer.write(memoryview(b"b\xff"))
    assert transport.take() == b"a\xff\xffb\xff\xff"

    for thing in ("text", 3, [1]):
        with pytest.raises(TypeError, match="encoding=False"):
            server.writer.write(thing)


async def test_text_is_encoded_and_what_cannot_be_is_replaced(connect, transport):
    made = connect(TelnetServer(encoding="cp437"))
    transport.take()
    made.writer.write("é")
    assert transport.take() == b"?"  # US-ASCII: nobody agreed to BINARY

    made.data_received(IAC + DO + BINARY)
    transport.take()
    made.writer.write("é☭")
    made.writer.writelines(["x", "y"])
    assert transport.take() == b"\x82?xy"
    with pytest.raises(UnicodeEncodeError):
        made.writer.write("☭", errors="strict")


async def test_echo_is_sent_only_by_who_has_agreed_to_echo(server, transport):
    server.writer.echo(b"x")
    assert transport.take() == b""

    server.data_received(IAC + DO + ECHO)
    transport.take()
    server.writer.echo(b"x")

    assert transport.take() == b"x"


async def test_after_the_end_writing_does_nothing_and_drain_tells(server, transport):
    server.writer.close()
    server.writer.write(b"late")
    await server.writer.wait_closed()

    assert transport.take() == b""
    assert server.writer.is_closing()
    with pytest.raises(ConnectionError):
        await server.writer.drain()


@pytest.mark.parametrize("end", ["close", "write_eof"])
async def test_after_the_end_nothing_is_negotiated_and_nothing_piles_up(server, transport, end):
    getattr(server.writer, end)()
    transport.take()

    said = server.writer.iac(DO, NAWS), server.writer.send_ga(), server.writer.request_status()

    assert said == (False, False, False)
    assert transport.take() == b""
    assert server.connection.data_to_send() == b""
    assert not server.connection.pending


async def test_drain_waits_while_the_peer_is_behind(server):
    await server.writer.drain()
    server.pause_writing()
    draining = asyncio.ensure_future(server.writer.drain())
    await asyncio.sleep(0)
    assert not draining.done()

    server.resume_writing()

    await draining


async def test_a_peer_that_is_behind_is_not_read_from(server, transport):
    server.pause_writing()
    assert not transport.paused  # it may be done in a moment: a server that sends much is here all the time
    server.data_received(b"more")
    assert transport.paused
    server.resume_writing()
    assert not transport.paused


async def test_a_drain_that_waits_hears_of_the_end(server):
    server.pause_writing()
    draining = asyncio.ensure_future(server.writer.drain())
    await asyncio.sleep(0)

    server.connection_lost(ConnectionResetError("gone"))

    with pytest.raises(ConnectionResetError, match="gone"):
        await draining


async def test_wait_closed_may_be_asked_by_many_and_cancelled_by_one(server):
    first, second = (asyncio.ensure_future(server.writer.wait_closed()) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    server.writer.close()

    await second


def test_a_writer_is_a_clients_or_a_servers():
    for roles in ({}, {"client": True, "server": True}):
        with pytest.raises(TypeError, match="either"):
            TelnetWriter(None, None, **roles)


def test_a_writer_tells_what_it_is():
    assert repr(TelnetWriter(None, None, server=True)) == (
        "<TelnetWriter server mode:local +lineflow -xon_any +slc_sim>"
    )


async def test_a_writer_tells_what_is_agreed_and_what_is_missing(connect):
    made = connect(TelnetServer())
    assert repr(made.writer) == (
        "<TelnetWriter server mode:local +lineflow -xon_any +slc_sim failed-reply:DO TTYPE>"
    )
    made.data_received(IAC + WILL + TTYPE + IAC + DO + ECHO)
    assert "client-will:TTYPE server-will:ECHO" in repr(made.writer)
    assert isinstance(made.writer, TelnetWriterUnicode)


async def test_every_connection_has_a_place_for_what_is_ones_own(server):
    class Mine(TelnetSessionContext):
        pass

    assert server.writer.ctx.raw_mode is None
    server.writer.ctx = mine = Mine()
    mine.gmcp_data["a"] = 1
    assert server.writer.ctx is mine
    mine.forget()
    assert mine.gmcp_data == {}


# --- asking ----------------------------------------------------------------------------------


async def test_iac_asks_and_does_not_ask_again(server, transport):
    assert server.writer.iac(DO, NAWS)
    assert not server.writer.iac(DO, NAWS)
    assert transport.take() == IAC + DO + NAWS
    assert server.writer.pending_option.enabled(DO + NAWS)
    assert not server.writer.pending_option.enabled(WILL + NAWS)

    server.data_received(IAC + WILL + NAWS)
    assert server.writer.remote_option[NAWS]
    assert NAWS in server.writer.remote_option
    assert list(server.writer.remote_option.items()) == [(NAWS, True)]
    assert server.writer.remote_option.get(ECHO) is None
    assert len(server.writer.pending_option) == 0

    assert server.writer.iac(DONT, NAWS)
    assert transport.take() == IAC + DONT + NAWS


@pytest.mark.parametrize("words", [(NOP,), (NOP, NAWS), (DO,), (DO, b"ab")])
async def test_iac_takes_a_verb_and_an_option(server, words):
    with pytest.raises(ValueError, match="WILL, WONT, DO or DONT"):
        server.writer.iac(*words)


async def test_commands_without_an_option(server, transport):
    server.writer.send_iac(IAC + NOP)
    assert transport.take() == IAC + NOP
    for wrong in (IAC + DO, IAC + SB, NOP, IAC + NOP + NOP, b""):
        with pytest.raises(ValueError, match="without an option"):
            server.writer.send_iac(wrong)


async def test_ga_until_it_is_suppressed(server, transport):
    assert server.writer.send_ga()
    assert transport.take() == IAC + GA

    server.data_received(IAC + DO + SGA)
    transport.take()

    assert not server.writer.send_ga()
    assert transport.take() == b""


async def test_eor_only_for_who_wants_it(server, transport):
    assert not server.writer.send_eor()
    server.data_received(IAC + DO + EOR)
    transport.take()

    assert server.writer.send_eor()
    assert transport.take() == IAC + CMD_EOR


async def test_reports_are_asked_for_once_they_may_be(server, transport):
    assert not server.writer.request_status()
    assert not server.writer.request_ttype()
    server.data_received(IAC + WILL + STATUS)
    transport.take()

    assert server.writer.request_status()
    assert transport.take() == IAC + SB + STATUS + b"\x01" + IAC + SE


async def test_what_to_offer_may_come_from_a_callback(server, transport):
    server.data_received(IAC + WILL + CHARSET + IAC + DO + CHARSET + IAC + WILL + NEW_ENVIRON)
    transport.take()
    server.writer.set_ext_offer_callback(CHARSET, lambda: ["cp437"])
    server.writer.set_ext_offer_callback(NEW_ENVIRON, lambda: ["USER"])

    assert server.writer.request_charset()
    assert server.writer.request_environ()

    sent = transport.take()
    assert IAC + SB + CHARSET + b"\x01 cp437" + IAC + SE in sent
    assert IAC + SB + NEW_ENVIRON + b"\x01\x03USER" + IAC + SE in sent


async def test_a_question_that_waits_for_its_answer_is_pending(connect):
    made = connect(TelnetServer())
    made.data_received(IAC + WILL + TTYPE)
    pending = made.writer.pending_option

    assert pending.enabled(TTYPE)
    assert pending.enabled(SB + TTYPE)
    assert not pending.enabled(DO + TTYPE)
    assert (SB + TTYPE, True) in list(pending.items())
    assert "SB TTYPE" in repr(pending)


# --- waiting -----------------------------------------------------------------------------------


async def test_waiting_for_what_is_already_so(server):
    server.data_received(IAC + WILL + NAWS)

    assert await server.writer.wait_for(remote={"naws": True, "TTYPE": False}, pending={"NAWS": False})
    assert await server.writer.wait_for_condition(lambda writer: writer.server)


async def test_waiting_for_what_comes(server):
    waiting = asyncio.ensure_future(server.writer.wait_for(remote={"NAWS": True}, local={"ECHO": True}))
    asking = asyncio.ensure_future(server.writer.wait_for_condition(lambda writer: writer.mode == "kludge"))
    await asyncio.sleep(0)

    server.data_received(IAC + WILL + NAWS)
    await asyncio.sleep(0)
    assert not waiting.done()
    server.data_received(IAC + DO + ECHO)
    assert await waiting
    server.data_received(IAC + DO + SGA)
    assert await asking
    assert len(server.writer._waiters) == 0


async def test_waiting_for_an_option_that_does_not_exist(server):
    with pytest.raises(KeyError):
        await server.writer.wait_for(remote={"INVALID": True})


async def test_waiting_ends_with_the_line(server):
    waiting = asyncio.ensure_future(server.writer.wait_for(remote={"ECHO": True}))
    await asyncio.sleep(0)

    server.writer.close()

    with pytest.raises(asyncio.CancelledError):
        await waiting
    with pytest.raises(asyncio.CancelledError):
        await server.writer.wait_for(remote={"ECHO": True})


async def test_a_condition_that_fails_fails_for_who_waits(server):
    answers = iter([False])
    waiting = asyncio.ensure_future(server.writer.wait_for_condition(lambda writer: next(answers)))
    await asyncio.sleep(0)

    server.data_received(IAC + WILL + NAWS)

    with pytest.raises(RuntimeError, match="StopIteration"):
        await waiting


async def test_giving_up_leaves_nothing_behind(server):
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.001):
            await server.writer.wait_for(remote={"ECHO": True})

    assert len(server.writer._waiters) == 0


# --- hearing -----------------------------------------------------------------------------------


async def test_commands_and_options_can_be_heard(server, transport):
    heard = []
    server.writer.set_iac_callback(AYT, heard.append)
    server.writer.add_will_callback(NAWS, heard.append)
    server.writer.set_ext_callback(GMCP, lambda package, data: heard.append((package, data)))

    server.data_received(IAC + AYT + IAC + NOP + IAC + WILL + NAWS + IAC + WONT + NAWS + IAC + DO + GMCP)
    server.data_received(IAC + SB + GMCP + b"Core.Ping" + IAC + SE)

    assert heard == [AYT, NAWS, ("Core.Ping", None)]
    assert b"[Yes]" in transport.take()
    server.writer.remove_will_callback(NAWS, heard.append)
    server.data_received(IAC + WILL + NAWS)
    assert len(heard) == 3


async def test_all_that_hear_of_an_option_may_be_coroutines(server):
    heard = asyncio.Queue()
    server.writer.add_will_callback(NAWS, heard.put)
    server.writer.add_will_callback(NAWS, heard.put)
    server.writer.set_ext_callback(TTYPE, heard.put)

    server.data_received(IAC + WILL + NAWS + IAC + WILL + TTYPE + IAC + SB + TTYPE + b"\0xterm" + IAC + SE)

    assert [await heard.get() for _ in range(3)] == [NAWS, NAWS, "xterm"]


async def test_a_callback_may_be_a_coroutine(server):
    heard = asyncio.Event()

    async def callback(command):
        heard.set()

    server.writer.set_iac_callback(NOP, callback)
    server.data_received(IAC + NOP)

    async with asyncio.timeout(5):
        await heard.wait()


# --- editing -----------------------------------------------------------------------------------


async def test_the_server_edits_and_hears_of_special_characters(server, transport):
    heard = []
    server.writer.set_slc_callback(SLC_IP, heard.append)
    server.writer.iac(DO, LINEMODE)
    server.data_received(IAC + WILL + LINEMODE)
    server.data_received(IAC + SB + LINEMODE + b"\x01\x14" + IAC + SE)  # MODE LIT_ECHO ACK
    assert server.writer.mode == "remote"
    assert server.writer.linemode.remote
    assert server.writer.linemode.lit_echo

    server.data_received(b"ab\x03cd")

    assert heard == [SLC_IP]
    assert await server.reader.read(10) == b"ab\x03cd"
    transport.take()
    assert server.writer.request_linemode_change(edit=True, trapsig=True)
    assert transport.take() == IAC + SB + LINEMODE + b"\x01\x13" + IAC + SE  # and no ACK: it is a question


async def test_special_characters_are_simulated_in_kludge_mode(server):
    heard = []
    server.data_received(IAC + DO + ECHO + IAC + DO + SGA)
    server.data_received(b"\x03")
    server.writer.set_slc_callback(SLC_IP, heard.append)
    server.data_received(b"\x03\x04")

    assert heard == [SLC_IP]
    assert await server.reader.read(10) == b"\x03\x03\x04"


async def test_special_characters_can_be_changed(server, transport):
    server.writer.iac(DO, LINEMODE)
    server.data_received(IAC + WILL + LINEMODE)
    transport.take()

    assert server.writer.request_slc(SLC_EC, SLC(SLC_VARIABLE, b"\x08"))
    assert transport.take() == IAC + SB + LINEMODE + b"\x03\x0a\x02\x08" + IAC + SE
    assert server.writer.slctab[SLC_EC].val == b"\x08"


async def test_a_forward_mask_is_that_of_the_special_characters(server, transport):
    server.writer.iac(DO, LINEMODE)
    server.data_received(IAC + WILL + LINEMODE)
    transport.take()

    assert server.writer.request_forwardmask(b"\x00\x08\x7f")

    sent = transport.take()
    assert sent.startswith(IAC + SB + LINEMODE + DO + b"\x02")
    assert sent[5:21] == b"\x80\x80" + bytes(13) + b"\x01"
    assert server.writer.request_forwardmask()
    assert any(transport.take()[5:21])


async def test_flow_control_is_told_to_the_client(server, transport):
    server.data_received(IAC + WILL + LFLOW)
    transport.take()
    server.writer.lflow = False
    server.writer.xon_any = True

    assert server.writer.send_lineflow_mode()

    assert transport.take() == IAC + SB + LFLOW + b"\x00" + IAC + SE + IAC + SB + LFLOW + b"\x02" + IAC + SE
    assert "-lineflow +xon_any" in repr(server.writer)


async def test_a_suggested_mode_goes_by_its_bits(server, transport):
    server.writer.iac(DO, LINEMODE)
    server.data_received(IAC + WILL + LINEMODE)
    transport.take()

    assert server.writer.send_linemode(Linemode(b"\x01"))

    assert transport.take() == IAC + SB + LINEMODE + b"\x01\x01" + IAC + SE


# --- MUDs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "say", "payload"),
    [
        (GMCP, lambda w: w.send_gmcp("Char.Vitals", {"hp": 1}), b'Char.Vitals {"hp":1}'),
        (GMCP, lambda w: w.send_gmcp("Core.Ping"), b"Core.Ping"),
        (MSDP, lambda w: w.send_msdp({"HP": [1, 2]}), b"\x01HP\x02\x05\x021\x022\x06"),
        (MSSP, lambda w: w.send_mssp({"NAME": "x"}), b"\x01NAME\x02x"),
        (ZMP, lambda w: w.send_zmp("zmp.ping", "a"), b"zmp.ping\0a\0"),
        (b"\xc8", lambda w: w.send_atcp("Room.Brief", "A hall"), b"Room.Brief A hall"),
        (b"\x66", lambda w: w.send_aardwolf(100, 3), b"\x64\x03"),
        (b"\x5b", lambda w: w.send_mxp(), b""),
        (b"\x5a", lambda w: w.send_msp(b"!!SOUND(x)"), b"!!SOUND(x)"),
    ],
)
async def test_messages_of_muds_are_sent_once_they_are_agreed_on(server, transport, option, say, payload):
    assert not say(server.writer)
    assert transport.take() == b""
    server.data_received(IAC + DO + option)
    transport.take()

    assert say(server.writer)

    assert transport.take() == IAC + SB + option + payload + IAC + SE


@pytest.mark.parametrize(
    ("option", "payload", "name", "value"),
    [
        (MSDP, b"\x01HP\x025", "msdp_data", {"HP": "5"}),
        (ZMP, b"zmp.ping\0", "zmp_data", {"zmp.ping": []}),
        (b"\xc8", b"Room.Name Hall", "atcp_data", [("Room.Name", "Hall")]),
        (b"\x66", b"\x65\x01", "aardwolf_data", [{"channel": "tick", "channel_byte": 101, "data_byte": 1}]),
        (b"\x5b", b"", "mxp_data", [b""]),
    ],
)
async def test_what_the_other_end_tells_is_kept(server, option, payload, name, value):
    server.data_received(IAC + DO + option + IAC + SB + option + payload + IAC + SE)

    assert getattr(server.writer.ctx, name) == value


async def test_what_is_kept_has_a_bound(server, monkeypatch):
    monkeypatch.setattr("bbsterm.net.mud_info.MAX_MUD_MEMORY", 10_000)
    server.data_received(IAC + DO + GMCP)
    for number in range(500):
        server.data_received(IAC + SB + GMCP + b'P%d {"a":"%s"}' % (number, b"x" * 100) + IAC + SE)

    assert 0 < len(server.writer.ctx.gmcp_data) < 50


async def test_commands_are_named_alike():
    assert bytes([Command.GA]) == GA


# --- without a connection -----------------------------------------------------------------


@pytest.fixture
def alone(transport):
    return TelnetWriter(transport, None, server=True)


async def test_a_writer_alone_is_fed_by_hand(alone, transport):
    alone.iac(DO, NAWS)
    assert transport.take() == IAC + DO + NAWS

    said = IAC + WILL + NAWS + b"a"
    assert [alone.feed_byte(said[at : at + 1]) for at in range(4)] == [False, False, False, True]

    assert alone.remote_option.enabled(NAWS)
    assert alone.remote_option == {NAWS: True, ECHO: False}
    assert alone.pending_option == {}


async def test_a_writer_alone_calls_back(alone, transport):
    heard = []
    alone.set_ext_callback(GMCP, lambda *message: heard.append(message))

    for byte in (
        IAC + DO + GMCP + IAC + SB + GMCP + b'Room {"n":1}' + IAC + SE + IAC + SB + GMCP + b"R {" + IAC + SE
    ):
        alone.feed_byte(bytes([byte]))

    assert transport.take() == IAC + WILL + GMCP
    assert heard == [("Room", {"n": 1})]
    assert alone.zmp_data == {}
    assert not alone.connection_closed


async def test_a_writer_alone_is_told_what_the_peer_wants(alone, transport):
    assert alone.handle_do(SGA)
    alone.handle_will(NAWS)
    assert transport.take() == IAC + WILL + SGA + IAC + DO + NAWS

    alone.handle_dont(SGA)
    alone.handle_wont(NAWS)
    assert transport.take() == IAC + WONT + SGA + IAC + DONT + NAWS
    assert not alone.handle_do(b"\xf0")
