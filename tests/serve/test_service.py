from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
import socket
import ssl
import stat
import struct
from dataclasses import replace

import pytest

from bbsterm.errors import ListenError, StorageError, UsageError
from bbsterm.limits import MAX_LOGGED_REFUSALS
from bbsterm.serve.meeting import SHELLS, open_meeting
from bbsterm.serve.option_kinds import Networks
from bbsterm.serve.selfsigned import certificate
from bbsterm.serve.service import open_service
from bbsterm.serve.settings import ServeSettings
from bbsterm.serve.sockets import inherited, sharing

PATIENCE = 20
LOCAL = Networks().check("127.0.0.0/8,::1")
ECHO = ServeSettings(port=0, shell="echo", status_interval=0)
QUIET = b"\xff\xfc\x18"  # IAC WONT TTYPE


@contextlib.asynccontextmanager
async def serving(settings=ECHO, **changes):
    async with asyncio.timeout(PATIENCE), open_service(replace(settings, **changes)) as server:
        yield server, server.sockets[0].getsockname()[:2]


@contextlib.asynccontextmanager
async def calling(place, **options):
    reader, writer = await asyncio.open_connection(*place, **options)
    try:
        yield reader, writer
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def heard(reader):
    """Everything until the line ends, however it ends."""
    said = bytearray()
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            said += data
    return bytes(said)


# --- shells -----------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", [shell.name for shell in SHELLS if shell.name != "fingerprint"])
async def test_every_shell_begins_with_a_telnet_question_and_says_something(shell, tmp_path):
    async with serving(shell=shell, data_dir=tmp_path) as (_, place), calling(place) as (reader, writer):
        writer.write(QUIET + (b"x" if shell in ("echo", "binary") else b""))
        assert await reader.readexactly(3) == b"\xff\xfd\x18"  # IAC DO TTYPE
        assert await reader.read(100)


async def test_echo_makes_whole_lines_of_any_enter():
    async with serving() as (_, place), calling(place) as (reader, writer):
        writer.write(QUIET + b"one\r\0two\nthree\r\n")
        assert (await reader.readuntil(b"three\r\n")).endswith(b"one\r\ntwo\r\nthree\r\n")


async def test_binary_gives_every_byte_back():
    everything = bytes(range(255)) + b"\xff\xff"
    async with serving(shell="binary", connect_maxwait=0.2) as (_, place), calling(place) as (reader, writer):
        writer.write(b"\xff\xfc\x18\xff\xfb\x00" + everything)
        said = await reader.readuntil(b"\xff\xff")
        assert everything in said or everything[1:] in said


def test_a_shell_that_is_not_known_names_the_nearest():
    with pytest.raises(UsageError, match="no shell 'bord'") as refused:
        open_meeting(replace(ECHO, shell="bord"))
    assert refused.value.hint == "Did you mean board?"


async def test_a_robot_does_not_reach_the_shell(caplog):
    caplog.set_level(logging.INFO, "bbsterm.serve")
    async with serving(robot_check=True) as (_, place):
        async with calling(place) as (reader, writer):
            writer.write(QUIET)
            await reader.readuntil(b"\x1b[6n")
            writer.write(b"\x1b[1;1R")
            await reader.readuntil(b"\x1b[6n")
            writer.write(b"\x1b[1;9R")  # a blank of eight cells
            assert b"robots" in await reader.readuntil(b"[yn]")
        async with calling(place) as (reader, writer):
            writer.write(QUIET)
            await reader.readuntil(b"\x1b[6n")
            writer.write(b"\x1b[1;1R")
            await reader.readuntil(b"\x1b[6n")
            writer.write(b"\x1b[1;2Rhello\r\n")
            await reader.readuntil(b"hello")
    assert sum("did not pass the robot check" in message for message in caplog.messages) == 1


async def test_the_log_says_who_called_and_for_how_long(caplog):
    caplog.set_level(logging.INFO, "bbsterm.serve")
    async with serving(shell="telsh") as (_, place), calling(place) as (reader, writer):
        writer.write(QUIET + b"quit\r\n")
        await heard(reader)
    said = [message for message in caplog.messages if "127.0.0.1:" in message]
    assert [message.rpartition(": ")[2] for message in said] == ["call", "hung up on after 0 s"]


# --- stopping ----------------------------------------------------------------------------------


async def test_draining_lets_nobody_in_tells_everybody_and_cuts_off():
    async with serving(drain=0.2) as (server, place):
        caller = await asyncio.open_connection(*place)
        caller[1].write(QUIET + b"x")
        await caller[0].readuntil(b"x")
    assert b"This server closes now." in await heard(caller[0])
    caller[1].close()
    with pytest.raises(OSError):
        await asyncio.open_connection(*place)
    assert not server.is_serving()


# --- TLS -----------------------------------------------------------------------------------------


def trusting(tmp_path):
    context = ssl.create_default_context(cafile=str(tmp_path / "tls.pem"))
    return {"ssl": context, "server_hostname": "localhost"}


async def test_a_certificate_is_made_once_and_for_us_alone(tmp_path, caplog):
    pytest.importorskip("cryptography")
    caplog.set_level(logging.INFO, "bbsterm.serve")
    folder = tmp_path / "new"
    for _ in range(2):
        async with (
            serving(tls_selfsigned=True, data_dir=folder) as (_, place),
            calling(place, **trusting(folder)) as (reader, writer),
        ):
            writer.write(QUIET + b"secret\r\n")
            await reader.readuntil(b"secret")
            digest = hashlib.sha256(writer.get_extra_info("ssl_object").getpeercert(True)).hexdigest()
    assert len({message for message in caplog.messages if "SHA-256" in message}) == 1
    assert certificate(folder, "localhost").fingerprint.replace(":", "").lower() == digest
    assert stat.S_IMODE((folder / "tls.key").stat().st_mode) == 0o600
    assert sorted(file.name for file in folder.iterdir()) == ["tls.key", "tls.pem"]


async def test_tls_and_plain_callers_on_one_port(tmp_path):
    pytest.importorskip("cryptography")
    async with serving(tls_selfsigned=True, tls_auto=0.05, data_dir=tmp_path, shell="telsh") as (_, place):
        async with calling(place, **trusting(tmp_path)) as (reader, writer):
            writer.write(QUIET + b"quit\r\n")
            assert b"Ready (secure: TLSv1.3)." in await heard(reader)
        async with calling(place) as (reader, writer):  # speaks first
            writer.write(QUIET + b"quit\r\n")
            assert b"Ready.\r\n" in await heard(reader)
        async with calling(place) as (reader, writer):  # waits to be greeted
            assert await reader.readexactly(3) == b"\xff\xfd\x18"


@pytest.mark.parametrize("hello", [b"\x16\x03\x01\x00\x05hello", b"\x16" * 4000, b"\x16\x03\x01\xff\xff"])
@pytest.mark.parametrize("auto", [0.0, 0.5])
async def test_a_bad_hello_is_closed_with_one_line(hello, auto, tmp_path, caplog):
    pytest.importorskip("cryptography")
    async with serving(tls_selfsigned=True, tls_auto=auto, data_dir=tmp_path) as (_, place):
        async with calling(place) as (reader, writer):
            writer.write(hello)
            writer.write_eof()
            assert b"\xff\xfd" not in await heard(reader)  # not a plain byte
        async with calling(place, **trusting(tmp_path)) as (reader, writer):
            assert await reader.readexactly(3) == b"\xff\xfd\x18"
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tls_key": "k"}, "--tls-key needs --tls-cert"),
        ({"tls_auto": 0.5}, "--tls-auto needs a certificate"),
        ({"tls_cert": "/absent.pem"}, "/absent.pem is no usable certificate: No such file"),
        ({"tls_cert": "/dev/null"}, "is no usable certificate"),
        ({"tls_cert": "x", "tls_selfsigned": True}, "choose"),
    ],
)
async def test_tls_that_cannot_be_is_refused(changes, said):
    with pytest.raises(UsageError, match=said):
        async with serving(**changes):
            pass


# --- ports and files -------------------------------------------------------------------------------


async def test_a_port_that_is_taken():
    async with serving() as (_, place):
        with pytest.raises(ListenError, match="address already in use"):
            async with serving(port=place[1]):
                pass


@pytest.mark.skipif(os.name == "nt", reason="POSIX files")
@pytest.mark.parametrize("changes", [{"shell": "board"}, {"tls_selfsigned": True}])
async def test_a_data_folder_that_cannot_be_written(changes, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError):
        async with serving(data_dir=tmp_path / "file" / "below", **changes):
            pytest.fail("it must not begin")


@pytest.mark.skipif(not hasattr(socket, "SO_REUSEPORT"), reason="no SO_REUSEPORT here")
def test_sockets_that_share_a_port_refuse_one_that_is_taken():
    made = sharing("127.0.0.1", 0, 3)
    try:
        assert len({each.getsockname() for each in made}) == 1
        with pytest.raises(ListenError, match="address already in use"):
            sharing("127.0.0.1", made[0].getsockname()[1], 2)
    finally:
        for each in made:
            each.close()


def test_systemds_sockets_are_for_us_only_if_it_says_so():
    environ = {"LISTEN_FDS": "1", "LISTEN_PID": "1", "LISTEN_FDNAMES": "x"}
    assert inherited(environ) == []
    assert environ == {}
    assert inherited({"LISTEN_FDS": "many", "LISTEN_PID": str(os.getpid())}) == []


async def test_one_server_on_several_sockets():
    made = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    async with asyncio.timeout(PATIENCE), open_service(ECHO, made) as server:
        places = [each.getsockname() for each in server.sockets]
        assert len(set(places)) == 2
        for place in places:
            async with calling(place) as (reader, _):
                assert await reader.readexactly(3) == b"\xff\xfd\x18"
    assert all(each.fileno() < 0 for each in made)


# --- behind a proxy ----------------------------------------------------------------------------------


async def whoami(place, header, **options):
    async with calling(place) as (reader, writer):
        writer.write(header + QUIET + b"whoami\r\nquit\r\n")
        return await heard(reader)


async def test_the_proxys_word_is_the_callers_address():
    v2 = (
        b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c" + bytes([192, 0, 2, 9, 1, 1, 1, 1]) + struct.pack("!HH", 77, 23)
    )
    async with serving(shell="telsh", proxy_protocol=LOCAL) as (_, place):
        assert b"192.0.2.7 5" in await whoami(place, b"PROXY TCP4 192.0.2.7 10.0.0.1 5 23\r\n")
        assert b"192.0.2.9 77" in await whoami(place, v2)
        assert b"127.0.0.1 " in await whoami(place, b"PROXY UNKNOWN\r\n")


async def test_limits_count_the_callers_not_the_proxy():
    async with (
        serving(proxy_protocol=LOCAL, limit_per_address=1) as (_, place),
        calling(place) as (reader, writer),
        calling(place) as (other, another),
    ):
        writer.write(b"PROXY TCP4 192.0.2.7 10.0.0.1 5 23\r\n")
        assert await reader.readexactly(3) == b"\xff\xfd\x18"
        another.write(b"PROXY TCP4 192.0.2.8 10.0.0.1 5 23\r\n")
        assert await other.readexactly(3) == b"\xff\xfd\x18"
        assert b"busy" in await whoami(place, b"PROXY TCP4 192.0.2.8 10.0.0.1 6 23\r\n")


@pytest.mark.parametrize(
    "header", [b"\xff\xfb\x18 hello, no header here", b"GET / HTTP/1.1\r\n\r\n", b"PROXY TCP4 a b c d\r\n"]
)
async def test_who_sends_no_header_is_closed_without_a_byte(header, caplog):
    async with serving(proxy_protocol=LOCAL) as (_, place), calling(place) as (reader, writer):
        writer.write(header)
        assert await heard(reader) == b""
    assert "PROXY" in caplog.text


async def test_who_is_no_proxy_is_closed_without_a_byte(caplog):
    async with (
        serving(proxy_protocol=Networks().check("192.0.2.1")) as (_, place),
        calling(place) as (reader, _),
    ):
        assert await heard(reader) == b""
    assert "is no proxy that we trust" in caplog.text


async def test_a_proxy_before_tls(tmp_path):
    pytest.importorskip("cryptography")
    for auto in (0.0, 0.5):
        async with (
            serving(
                shell="telsh", proxy_protocol=LOCAL, tls_selfsigned=True, tls_auto=auto, data_dir=tmp_path
            ) as (_, place),
            calling(place) as (reader, writer),
        ):
            writer.write(b"PROXY TCP4 192.0.2.7 10.0.0.1 5 23\r\n")
            await writer.start_tls(trusting(tmp_path)["ssl"], server_hostname="localhost")
            writer.write(QUIET + b"whoami\r\nquit\r\n")
            said = await heard(reader)
            assert b"secure: TLSv1" in said
            assert b"192.0.2.7 5" in said


# --- a flood of refused callers ------------------------------------------------------------------------


async def test_refused_callers_are_a_few_lines_of_the_log(caplog):
    async with serving(limit_callers=1) as (_, place), calling(place) as (reader, writer):
        writer.write(QUIET + b"x")
        await reader.readuntil(b"x")
        for _ in range(30):
            async with calling(place) as (other, _):
                assert b"busy" in await heard(other)
        writer.write(b"still here\r\n")
        await reader.readuntil(b"still here")
    assert sum("turned away" in message for message in caplog.messages) <= 3 * MAX_LOGGED_REFUSALS


async def test_who_has_not_said_what_it_is_does_not_outlive_the_server(tmp_path):
    pytest.importorskip("cryptography")
    for changes in ({"tls_selfsigned": True, "tls_auto": 10.0}, {"proxy_protocol": LOCAL}):
        async with serving(data_dir=tmp_path, **changes) as (server, place):
            reader, writer = await asyncio.open_connection(*place)
            halfway, other = await asyncio.open_connection(*place)
            other.write(b"\x16\x03" if "tls_auto" in changes else b"PROXY TCP4")
            while len(server._undecided) < 2:  # noqa: ASYNC110  # nobody tells us
                await asyncio.sleep(0)
        assert await heard(reader) == b""
        assert await heard(halfway) == b""
        writer.close()
        other.close()
