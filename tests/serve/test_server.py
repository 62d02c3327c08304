from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from contextlib import asynccontextmanager

import pytest
import trustme

from bbsterm import limits
from bbsterm.errors import ListenError, StorageError, UsageError
from bbsterm.net import Admission
from bbsterm.serve.board import Board, BoardSettings
from bbsterm.serve.caller import Patience
from bbsterm.serve.server import Listening, open_board, tls_context
from bbsterm.serve.store.database import Database
from tests.serve.memory import PATIENCE

# What a terminal answers: WILL TTYPE, SB TTYPE IS ANSI twice (the end of the cycle), DO SGA, DO BINARY,
# WILL BINARY, WILL NAWS 80x24, WONT CHARSET, DO ECHO, WONT NEW-ENVIRON.
SEND = b"\xff\xfa\x18\x01\xff\xf0"  # IAC SB TTYPE SEND IAC SE
DO_NEW_ENVIRON = b"\xff\xfd\x27"
WILL_TTYPE = b"\xff\xfb\x18"
TTYPE_ANSI = b"\xff\xfa\x18\x00ANSI\xff\xf0"
AGREED = (
    b"\xff\xfd\x03\xff\xfd\x00\xff\xfb\x00"
    b"\xff\xfb\x1f\xff\xfa\x1f\x00\x50\x00\x18\xff\xf0"
    b"\xff\xfc\x2a\xff\xfe\x2a\xff\xfd\x01\xff\xfc\x27"
)


class Phone:
    """The other end of a socket."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.heard = b""

    async def hears(self, wanted):
        """Read until `wanted` has come; return what came with it."""
        async with asyncio.timeout(PATIENCE):
            while wanted not in self.heard:
                data = await self.reader.read(65536)
                assert data, f"{wanted!r} never came after {self.heard[-300:]!r}"
                self.heard += data
        shown, _, self.heard = self.heard.partition(wanted)
        return shown + wanted

    def type(self, data):
        self.writer.write(data)

    async def over(self):
        async with asyncio.timeout(PATIENCE):
            try:
                while data := await self.reader.read(65536):
                    self.heard += data
            except ConnectionError:
                return

    async def log_in(self, name=b"Ann"):
        """Negotiate as an ANSI terminal does, answer the probe, give a name."""
        await self.hears(b"\xff\xfd\x18")  # IAC DO TTYPE
        self.type(WILL_TTYPE)
        await self.hears(SEND)
        self.type(TTYPE_ANSI)
        await self.hears(SEND)
        self.type(TTYPE_ANSI)
        await self.hears(DO_NEW_ENVIRON)  # after the second name: Windows' telnet calls itself ANSI, too
        self.type(AGREED)
        await self.hears(b"\x1b[6n")
        self.type(b"\x1b[1;4R")
        await self.hears(b"Your name")
        self.type(name + b"\r\0")
        await self.hears(b"Your choice")


@asynccontextmanager
async def serving(settings=None, database=None, **listening):
    board = Board(settings or BoardSettings(), database=database)
    options = {"host": "127.0.0.1", "port": 0, "admission": Admission()} | listening
    async with open_board(board, Listening(**options)) as address:
        yield board, address


@asynccontextmanager
async def phoning(address, **options):
    phone = Phone(*await asyncio.open_connection(*address, **options))
    try:
        yield phone
    finally:
        phone.writer.close()


async def test_negotiation_byte_for_byte_and_the_welcome():
    async with serving() as (_, address), phoning(address) as phone:
        assert await phone.hears(b"\xff\xfd\x18") == b"\xff\xfd\x18"  # IAC DO TTYPE, and nothing before it
        phone.type(WILL_TTYPE)
        asked = await phone.hears(SEND)
        phone.type(TTYPE_ANSI)
        asked += await phone.hears(b"\xff\xfb\x01")  # IAC WILL ECHO
        for offer in (b"\xff\xfb\x03", b"\xff\xfb\x00", b"\xff\xfd\x1f", b"\xff\xfb\x2a"):
            assert offer in asked  # WILL SGA, WILL BINARY, DO NAWS, WILL CHARSET
        phone.type(TTYPE_ANSI)
        await phone.hears(DO_NEW_ENVIRON)
        phone.type(AGREED)
        await phone.hears(b"\x1b[6n")
        phone.type(b"\x1b[1;4R")

        welcome = await phone.hears(b"Your name")

        assert b"\x1b[2J\x1b[H" in welcome
        assert b"\xdb\xdb\xdb" in welcome  # CP437 blocks
        assert b"ANSI, CP437" in welcome
        assert b"80x24" in welcome


async def test_two_callers_talk_over_real_sockets():
    async with serving() as (_, address), phoning(address) as ann, phoning(address) as bob:
        await ann.log_in(b"Ann")
        await bob.log_in(b"Bob")
        ann.type(b"c")
        await ann.hears(b"has come in")
        bob.type(b"c")
        await bob.hears(b"Ann, Bob")
        ann.type(b"hello \xff\xffBob\r\0")  # IAC IAC is a byte of CP437: a hard space
        await bob.hears(b"hello Bob")


async def test_the_wall_survives_a_restart(tmp_path):
    for line in (b"alpha", b"omega"):
        database = Database(tmp_path / "board.sqlite3")
        async with serving(database=database) as (_, address), phoning(address) as phone:
            await phone.log_in()
            phone.type(b"ow")
            shown = await phone.hears(b"Your line")
            assert (b"alpha" in shown) == (line == b"omega")
            phone.type(line + b"\r\0")
            await phone.hears(line)
            await phone.hears(b"rite a line")


async def test_a_program_that_closes_its_side_is_still_answered():
    async with serving() as (_, address), phoning(address) as phone:
        phone.type(b"Ann\nt\n\ng\n")
        phone.writer.write_eof()

        await phone.hears(b"Your terminal")
        await phone.hears(b"NO CARRIER")
        await phone.over()


async def test_when_the_board_closes_callers_are_told_and_the_port_is_free():
    async with serving() as (_, address):
        phone = Phone(*await asyncio.open_connection(*address))
        await phone.log_in()
    await phone.hears(b"The board closes now.")
    await phone.over()
    phone.writer.close()

    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(address)


async def test_a_port_that_is_taken_is_said():
    async with serving() as (_, address):
        with pytest.raises(ListenError, match=r"cannot listen on 127\.0\.0\.1:\d+: address already in use"):
            async with serving(port=address[1]):
                pytest.fail("two boards on one port")


async def test_an_address_that_is_not_ours_gets_another_hint_than_a_taken_port():
    with pytest.raises(ListenError, match=r"cannot listen on 192\.0\.2\.1:0: ") as refused:
        async with open_board(Board(), Listening("192.0.2.1", 0)):  # TEST-NET-1, RFC 5737
            pytest.fail("a board on somebody else's address")

    assert "an address of this machine" in refused.value.hint


async def test_a_wall_that_cannot_be_opened_is_said_before_the_port_is_taken(tmp_path):
    (tmp_path / "board.sqlite3").write_bytes(b"no database" * 99)

    with pytest.raises(StorageError):
        async with serving(database=Database(tmp_path / "board.sqlite3")):
            pytest.fail("opened")


async def test_an_encrypted_board_says_that_it_is(tmp_path):
    ca = trustme.CA()
    certificate = ca.issue_cert("127.0.0.1")
    certificate.private_key_and_cert_chain_pem.write_to_path(tmp_path / "board.pem")
    context = ssl.create_default_context()
    ca.configure_trust(context)

    async with (
        serving(tls=tls_context(tmp_path / "board.pem", None)) as (_, address),
        phoning(address, ssl=context, server_hostname="127.0.0.1") as phone,
    ):
        await phone.log_in()
        phone.type(b"t")
        await phone.hears(b"from 127.0.0.1, TLSv1.3, TLS_")


def test_a_certificate_that_is_none_is_said(tmp_path):
    (tmp_path / "board.pem").write_text("nothing")

    with pytest.raises(UsageError, match="is no usable certificate"):
        tls_context(tmp_path / "board.pem", None)
    with pytest.raises(UsageError, match="No such file"):
        tls_context(tmp_path / "absent.pem", None)


async def test_callers_beyond_the_bounds_are_told_so():
    async with serving(admission=Admission(per_address=1, busy=b"busy\r\n")) as (_, address):
        async with phoning(address) as first:
            await first.hears(b"\xff\xfd\x18")
            async with phoning(address) as second:
                await second.hears(b"busy")
                await second.over()
        async with asyncio.timeout(PATIENCE):
            while True:
                async with phoning(address) as third:
                    if (await third.reader.read(3)) == b"\xff\xfd\x18":
                        break


# --- hostile callers: each does its worst while Ann goes on as if nothing were ---------------------


async def alone(board):
    """Wait until nobody but Ann is on."""
    async with asyncio.timeout(PATIENCE):
        while len(board.nodes) > 1:
            await asyncio.wait(board.visits, return_when=asyncio.FIRST_COMPLETED)


@asynccontextmanager
async def ann_unharmed(address):
    """Ann is on the board before and after, and is answered all the time."""
    async with phoning(address) as ann:
        await ann.log_in()

        async def walk():
            while True:  # each answer within the patience of `hears`
                ann.type(b"w")
                await ann.hears(b"Press a key")
                ann.type(b" ")
                await ann.hears(b"Your choice")

        walking = asyncio.create_task(walk())
        yield ann
        assert not walking.done(), walking.result()
        walking.cancel()
        await asyncio.wait([walking])
    ann.type(b"g")


async def _pour(phone, data, times):
    """Send, until the board hangs up; return whether it did."""
    try:
        for _ in range(times):
            phone.type(data)
            async with asyncio.timeout(1.0):
                await phone.writer.drain()
    except (ConnectionError, TimeoutError):
        return True
    return False


@pytest.mark.parametrize(
    "flood",
    [
        b"\xff\xfb\x1f\xff\xfc\x1f" * 5000,  # WILL NAWS, WONT NAWS
        b"\xff\xfd\x01\xff\xfe\x01" * 5000,  # DO ECHO, DONT ECHO
        b"\xff\xfb\xc8\xff\xfd\xc8" * 5000,  # an option nobody has
        b"\xff\xfa\x18\x00" + b"x" * 60000,  # a subnegotiation without end
        b"\xff\xf6" * 20000,  # AYT
    ],
    ids=["naws", "echo", "unknown", "endless", "ayt"],
)
async def test_floods_of_negotiation(flood):
    async with serving() as (board, address), ann_unharmed(address):
        async with phoning(address) as eve:
            await _pour(eve, flood, 10)  # 10^5 requests, or what the board takes of them
        await alone(board)


async def test_a_line_of_ten_megabytes_ends_the_call_or_waits():
    async with serving() as (_, address), ann_unharmed(address), phoning(address) as eve:
        await eve.log_in(b"Eve")
        eve.type(b"c")
        await eve.hears(b"> ")
        assert await _pour(eve, b"x" * 65536, 160)


async def test_a_caller_who_never_reads_is_left_behind(monkeypatch, caplog):
    monkeypatch.setattr(limits, "MAX_PAGES_PER_SECOND", 10**6)
    caplog.set_level("INFO", "bbsterm.serve")
    settings = BoardSettings(patience=Patience(sending=0.2))
    async with serving(settings) as (board, address), ann_unharmed(address):
        with socket.socket() as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sock.setblocking(False)
            await asyncio.get_running_loop().sock_connect(sock, address)
            eve = Phone(*await asyncio.open_connection(sock=sock, limit=1024))
            await eve.log_in(b"Eve")
            eve.type(b"a" + b"1 " * 4000)  # picture after picture, and none of them looked at
            await alone(board)
            eve.writer.close()
    assert "Eve: has not read for 0.2 s" in caplog.text


@pytest.mark.parametrize("after", [0, 3, 40, 2000])
async def test_a_reset_at_any_moment(after, caplog):
    async with serving() as (board, address), ann_unharmed(address):
        for _ in range(5):
            with socket.create_connection(address) as eve:
                eve.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                eve.setblocking(False)
                eve.send(b"\xff\xfb\x18\xff\xfb")
                if after:
                    await asyncio.get_running_loop().sock_recv(eve, after)
        await alone(board)
    assert "Traceback" not in caplog.text


async def test_a_caller_who_types_one_byte_at_a_time():
    async with serving() as (_, address), phoning(address) as slow:
        await slow.hears(b"\xff\xfd\x18")
        for data in (WILL_TTYPE, TTYPE_ANSI, TTYPE_ANSI + AGREED, b"\x1b[1;4RSlow\r\0"):
            for byte in data:
                slow.type(bytes((byte,)))
                await slow.writer.drain()
                await asyncio.sleep(0)
            if data != b"\x1b[1;4RSlow\r\0":
                await slow.hears(b"\x1b[6n" if AGREED in data else SEND)
        await slow.hears(b"Slow, node 1")


async def test_garbage_is_nobody_s_problem():
    import random

    noise = random.Random(6023).randbytes(200_000)
    async with serving() as (board, address), ann_unharmed(address):
        async with phoning(address) as eve:
            await _pour(eve, noise, 3)
        await alone(board)
