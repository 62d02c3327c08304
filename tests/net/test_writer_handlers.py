"""Methods of a writer that a subclass overrides, and factories that make such writers."""

from __future__ import annotations

import pytest

from bbsterm.net import (
    BaseServer,
    TelnetClient,
    TelnetReader,
    TelnetServer,
    TelnetWriter,
    TelnetWriterUnicode,
)
from bbsterm.slc import SLC_IP
from bbsterm.telopt import (
    AYT,
    CMD_EOR,
    COM_PORT_OPTION,
    DO,
    ECHO,
    GMCP,
    IAC,
    NAWS,
    NOP,
    SB,
    SE,
    SGA,
    TM,
    TSPEED,
    TTYPE,
    WILL,
    ZMP,
)


def logging_writer(base):
    class Logging(base):
        def __init__(self, *args, **kwargs):
            self.heard = []
            super().__init__(*args, **kwargs)

        def handle_ayt(self, cmd):
            self.heard.append(cmd)

        def handle_eor(self, cmd):
            self.heard.append(cmd)

        def handle_naws(self, rows, cols):
            self.heard.append((rows, cols))

        def handle_ip(self, cmd):
            self.heard.append(cmd)

    return Logging


SAID = (
    IAC + AYT + IAC + NOP + IAC + CMD_EOR + IAC + WILL + NAWS + IAC + SB + NAWS + b"\0\x50\0\x18" + IAC + SE
)


def test_a_subclass_of_a_writer_hears_by_its_methods(transport):
    writer = logging_writer(TelnetWriter)(transport, None, server=True)
    for byte in SAID:
        writer.feed_byte(bytes((byte,)))

    assert writer.heard == [AYT, CMD_EOR, (24, 80)]


@pytest.mark.parametrize("encoding", [False, "utf8"])
async def test_factories_make_reader_and_writer(connect, encoding):
    class Reader(TelnetReader):
        pass

    made = connect(
        BaseServer(
            encoding=encoding,
            reader_factory=Reader,
            writer_factory=logging_writer(TelnetWriter),
            writer_factory_encoding=logging_writer(TelnetWriterUnicode),
            reader_factory_encoding=None,
        )
    )
    made.data_received(SAID)

    assert made.writer.heard == [AYT, CMD_EOR, (24, 80)]
    assert isinstance(made.reader, Reader) is (encoding is False)
    assert made.get_extra_info("cols", "not told") == "not told"  # the writer's own method took it


def test_a_factory_of_another_name_is_a_mistake():
    with pytest.raises(TypeError, match="'paper_factory'"):
        TelnetServer(paper_factory=list)


def test_a_callback_goes_before_a_method(transport):
    writer = logging_writer(TelnetWriter)(transport, None, server=True)
    called = []
    writer.set_iac_callback(AYT, called.append)
    writer._feed(IAC + AYT)

    assert (called, writer.heard) == ([AYT], [])


async def test_special_characters_reach_a_method(connect):
    made = connect(BaseServer(encoding=False, writer_factory=logging_writer(TelnetWriter)))
    made.writer.set_slc_callback(b"\x0a", lambda byte: None)  # EC: to look at what is typed at all
    made.data_received(IAC + DO + ECHO + IAC + DO + SGA + b"\x03")

    assert made.writer.heard == [SLC_IP]


def test_what_nobody_asked_to_hear_is_kept_or_let_go(transport):
    writer = TelnetWriter(transport, None, client=True)
    for option, payload in ((GMCP, b"Room 1"), (ZMP, b"zmp.ping\0a\0"), (b"\x46", b"\x01NAME\x02Mud")):
        writer.handle_will(option)
        writer.handle_subnegotiation([option, *(bytes((byte,)) for byte in payload)])

    assert writer.ctx.gmcp_data == {"Room": 1}
    assert writer.zmp_data == {"zmp.ping": ["a"]}
    assert writer.mssp_data == {"NAME": "Mud"}
    writer.handle_ayt(AYT)
    writer.handle_naws(24, 80)
    assert writer.handle_send_naws() == (24, 80)
    assert writer.handle_send_server_charset() == ["UTF-8"]


@pytest.mark.parametrize("alone", [True, False])
async def test_what_a_method_keeps_stays_within_the_bound(connect, transport, monkeypatch, alone):
    monkeypatch.setattr("bbsterm.net.mud_info.MAX_MUD_MEMORY", 10_000)

    class Passing(TelnetWriter):
        def handle_gmcp(self, package, data):
            super().handle_gmcp(package, data)

    writer = Passing(transport, None, client=True)
    if not alone:
        writer = connect(TelnetClient(encoding=False, writer_factory=Passing)).writer
    writer.handle_will(GMCP)

    for number in range(1000):
        writer.handle_subnegotiation([GMCP, b"Room.%d 1" % number])

    assert 0 < len(writer.ctx.gmcp_data) < 200
    assert writer.ctx.gmcp_data["Room.999"] == 1


async def test_what_is_handed_to_a_connections_writer_its_connection_takes(connect, transport):
    made = connect(TelnetServer())
    transport.take()

    made.writer.handle_will(TTYPE)
    made.writer.handle_subnegotiation([TTYPE, b"\0", b"x"])

    assert made.get_extra_info("TERM") == "x"


def test_functions_that_hear_of_a_will_are_called_in_order(transport):
    writer = TelnetWriter(transport, None, server=True)
    called = []

    def first(opt):
        called.append(("first", opt))

    def second(opt):
        called.append(("second", opt))

    for function in (first, second, first):
        writer.add_will_callback(NAWS, function)
    writer.remove_will_callback(NAWS, second)
    assert writer.will_callbacks == {NAWS: [first, first]}

    writer.handle_will(NAWS)

    assert called == [("first", NAWS), ("first", NAWS)]
    writer.remove_will_callback(NAWS)
    writer.remove_will_callback(NAWS, first)
    assert writer.will_callbacks == {}


def test_a_program_may_keep_attributes_of_its_own(transport):
    writer = TelnetWriter(transport, None, server=True)
    reader = TelnetReader()

    writer.player = reader.player = "ann"

    assert (writer.player, reader.player) == ("ann", "ann")


# --- commands and options with ways of their own ------------------------------------------------


def test_a_timing_mark_is_heard_with_the_verb_that_it_came_with(transport):
    writer = TelnetWriter(transport, None, server=True)
    heard = []
    writer.set_iac_callback(TM, heard.append)

    writer.handle_do(TM)
    writer.iac(DO, TM)
    writer.handle_will(TM)

    assert heard == [DO, WILL]
    assert transport.take() == IAC + WILL + TM + IAC + DO + TM


def test_bytes_of_a_command_are_out_of_band_until_it_is_complete(transport):
    writer = TelnetWriter(transport, None, server=True)

    assert [(writer.feed_byte(bytes((byte,))), writer.is_oob) for byte in b"a" + IAC + NOP + b"b"] == [
        *((True, False), (False, True), (False, False), (True, False))
    ]


def test_who_is_told_to_log_out_hangs_up(transport):
    writer = TelnetWriter(transport, None, server=True)
    writer.handle_logout(WILL)
    assert not writer.is_closing()

    writer.handle_logout(DO)

    assert writer.is_closing()


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        (b"\x64MyDev", {"signature": "MyDev"}),
        (b"\x65\x00\x00\x25\x80", {"baudrate": 9600}),
        (b"\x66\x08", {"datasize": 8}),
        (b"\x67\x03", {"parity": "EVEN"}),
        (b"\x68\x03", {"stopsize": "1.5"}),
    ],
)
@pytest.mark.parametrize("alone", [True, False])
async def test_what_a_serial_port_says_is_kept(connect, transport, payload, told, alone):
    writer = (
        TelnetWriter(transport, None, client=True) if alone else connect(TelnetClient(encoding=False)).writer
    )
    assert writer.comport_data is None
    writer.handle_will(COM_PORT_OPTION)
    assert transport.take().endswith(IAC + SB + COM_PORT_OPTION + b"\0" + IAC + SE)

    writer.handle_subnegotiation([COM_PORT_OPTION, payload])

    assert writer.comport_data == told


def test_what_is_asked_twice_is_sent_once(transport):
    writer = TelnetWriter(transport, None, server=True)
    writer.remote_option[TSPEED] = True

    assert writer.request_tspeed()
    assert not writer.request_tspeed()
    assert transport.take() == IAC + SB + TSPEED + b"\x01" + IAC + SE

    writer.handle_subnegotiation([TSPEED, b"\x009600,9600"])
    assert writer.request_tspeed()


def test_an_option_for_the_other_end_is_refused_and_remembered(transport):
    writer = TelnetWriter(transport, None, server=True)
    writer.handle_do(NAWS)
    writer.handle_do(b"\xc5")

    assert writer.rejected_do == {NAWS, b"\xc5"}
    assert writer.directional_refusals == {NAWS}


def test_what_a_protocol_of_another_kind_does_not_know_the_line_may(transport):
    class Protocol:
        def get_extra_info(self, name, default=None):
            return {"mine": 1}.get(name, default)

    writer = TelnetWriter(transport, Protocol(), server=True)

    assert writer.get_extra_info("mine") == 1
    assert writer.get_extra_info("peername") == ("192.0.2.1", 5023)
    assert writer.get_extra_info("nothing", 3) == 3


def test_a_host_that_echoes_and_wants_no_ga_is_in_kludge_mode(transport):
    writer = TelnetWriter(transport, None, client=True)
    writer.remote_option[ECHO] = True
    assert writer.mode == "local"

    writer.local_option[SGA] = True

    assert writer.mode == "kludge"
