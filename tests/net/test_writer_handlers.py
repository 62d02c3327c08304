"""Methods of a writer that a subclass overrides, and factories that make such writers."""

from __future__ import annotations

import pytest

from bbsterm.net import BaseServer, TelnetReader, TelnetServer, TelnetWriter, TelnetWriterUnicode
from bbsterm.slc import SLC_IP
from bbsterm.telopt import AYT, CMD_EOR, DO, ECHO, GMCP, IAC, NAWS, NOP, SB, SE, SGA, TTYPE, WILL, ZMP


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
