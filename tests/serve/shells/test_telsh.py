import asyncio

import pytest

import bbsterm
from bbsterm.serve.shells.telsh import character_dump, telnet_server_shell


@pytest.fixture
async def shell():
    """A function that types at telsh, as a caller that refuses every option, and returns what it shows."""
    server = await bbsterm.create_server("127.0.0.1", 0, shell=telnet_server_shell, never_send_ga=True)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"\xff\xfc\x18")  # IAC WONT TTYPE

    async def type_in(keys):
        writer.write(keys)
        shown = await asyncio.wait_for(reader.readuntil(b"tel:sh> "), 5)
        return shown.removesuffix(b"tel:sh> ")

    assert (await type_in(b"")).endswith(b"Ready.\r\n")
    type_in.rest = lambda: reader.read()
    yield type_in
    writer.close()
    async with server:
        pass


HELP = b"\r\nquit, writer, slc, linemode, toggle [option|all], reader, proto, version, whoami, dump\r\n"


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        (
            b"help\r",
            HELP,
        ),
        (
            b"\bhel\blp\r",
            HELP,
        ),
        (b"writer\r\n", b"\r\n<TelnetWriter server mode:local +lineflow -xon_any +slc_sim>\r\n"),
        (b"\r\n", b"\r\n"),
        (b"nonsense\n", b"\r\nno such command.\r\n"),
        (b"toggle nonsense\n", b"\r\ntoggle: not an option.\r\n"),
        (b"linemode\r", b"\r\nLinemode: not negotiated (mode:local)\r\n"),
        (b"version\r", b"\r\nbbsterm " + bbsterm.__version__.encode() + b"\r\n"),
    ],
)
async def test_a_command_and_its_answer(shell, keys, shown):
    assert await shell(keys) == shown


async def test_reader_and_proto_say_who_they_are(shell):
    assert b"<TelnetReaderUnicode" in await shell(b"reader\r")
    assert b"<Peer 127.0.0.1 " in await shell(b"proto\r")
    assert b"127.0.0.1 " in await shell(b"whoami\r")


async def test_special_characters_are_listed(shell):
    shown = await shell(b"slc\r")

    assert b"\r\n         SLC_AO: (^O, variable|flushout)\r\n" in shown
    assert b"\r\nUnset by client: SLC_BRK, SLC_EOR, SLC_SYNCH\r\n" in shown
    assert b"Not supported by server: SLC_EBOL," in shown


async def test_options_are_switched(shell):
    before = await shell(b"toggle\r")
    switched = await shell(b"toggle all\r")
    after = await shell(b"toggle\r")

    assert b"\r\ngoahead ON" in before
    assert b"\r\nlflow ON" in before
    assert b"\xff\xfb\x01" in switched  # IAC WILL ECHO
    assert b"\r\nlineflow disabled.\r\n" in switched
    assert b"\r\nlflow off" in after
    assert b"\r\nxon-any ON" in after


async def test_quit_says_goodbye_and_hangs_up(shell):
    with pytest.raises(asyncio.IncompleteReadError) as caught:
        await shell(b"quit\r")

    assert caught.value.partial == b"\r\nGoodbye.\r\n"


async def test_a_dump_tells_how_much_it_was(shell):
    assert b"wrote 0 bytes" in await shell(b"dump 0\r")
    shown = await shell(b"dump 1 0 drain\r")
    assert b"kb_limit=1, delay=0, drain=False, do_close=False" in shown
    assert b"\r\n1 OK\r\n" in shown


def test_a_dump_is_rows_of_slashes():
    rows = list(character_dump(1))

    assert rows[0] == "/" * 80 + "\r\n"
    assert rows[1] == "\\" * 80 + "\r\n"
    assert rows[-1].endswith("wrote 1066 bytes")


async def test_a_programs_own_stand_in_for_a_writer_will_do():
    class Reader:
        def __init__(self, typed):
            self.keys = list(typed)

        async def read(self, _):
            return self.keys.pop(0) if self.keys else ""

    class Writer:
        is_binary_writer = False
        written = ""

        def write(self, text):
            self.written += text

        echo = write

        async def drain(self):
            return

        def is_closing(self):
            return False

        def send_ga(self):
            return False

        def close(self):
            self.written += "<closed>"

        def get_extra_info(self, name, default=None):
            return default

    writer = Writer()
    await telnet_server_shell(Reader("quit\r"), writer)

    assert "Goodbye." in writer.written
