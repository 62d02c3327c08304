"""Callers of all kinds, over loopback: those who mean well, and those who do not."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
import socket
import struct
import tempfile
from pathlib import Path

import pytest
import telnetlib3

import bbsterm
from bbsterm.fingerprint import FingerprintingServer, Names, fingerprint_shell
from bbsterm.fingerprint.hashing import NOTHING
from bbsterm.fingerprint.store import Store, read_json
from bbsterm.limits import MAX_CALLER_TALK, MAX_FINGERPRINT_FILE, MAX_TERMINAL_TYPES

IAC_DO, IAC_WILL, IAC_WONT, IAC_DONT = b"\xff\xfd", b"\xff\xfb", b"\xff\xfc", b"\xff\xfe"
SE = b"\xff\xf0"
COMMAND = re.compile(rb"\xff([\xfb-\xfe])(.)|\xff\xfa(.)(.*?)\xff\xf0|\x1b\[(c|6n|<c)", re.DOTALL)
SYNCTERM = {b"c": b"\x1b[=67;84;101;114;109;1;323c", b"6n": b"\x1b[1;2R", b"<c": b"\x1b[<0;1;2c"}
PERFORMS = b"\x00\x03\x18\x1f"  # BINARY SGA TTYPE NAWS
ACCEPTS = b"\x00\x01\x03"  # BINARY ECHO SGA


class Caller:
    """A telnet client in one screen: it answers what it is asked, in the words it is given."""

    def __init__(self, port, *, types=(b"syncterm",), screen=SYNCTERM, columns=80):
        self.port, self.types, self.screen, self.columns = port, types, screen, columns
        self.asked = 0
        self.text = b""

    async def __aenter__(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self

    async def __aexit__(self, *_):
        self.writer.close()
        with contextlib.suppress(ConnectionError):
            await self.writer.wait_closed()

    async def until(self, wanted):
        async with asyncio.timeout(20):
            while wanted not in self.text:
                data = await self.reader.read(65536)
                if not data:
                    raise EOFError(self.text[-500:])
                self.text += data
                self.writer.write(b"".join(self.answer(match) for match in COMMAND.finditer(data)))

    def answer(self, match):
        verb, option = match[1], match[2]
        if verb == b"\xfd":
            told = b"\xff\xfa\x1f" + struct.pack("!HH", self.columns, 25) + SE if option == b"\x1f" else b""
            return (IAC_WILL if option in PERFORMS else IAC_WONT) + option + told
        if verb == b"\xfb":
            return (IAC_DO if option in ACCEPTS else IAC_DONT) + option
        if match[3] == b"\x18":
            name = self.types[min(self.asked, len(self.types) - 1)]
            self.asked += 1
            return b"\xff\xfa\x18\x00" + name + SE
        return self.screen.get(match[5], b"")


@pytest.fixture
async def port(tmp_path):
    async for each in served(fingerprint_shell(tmp_path)):
        yield each


async def served(shell, **options):
    factory = options.pop("protocol_factory", FingerprintingServer)
    options = {"connect_maxwait": 1.0, **options}
    async with await bbsterm.create_server("127.0.0.1", 0, factory, shell, **options) as server:
        yield server.sockets[0].getsockname()[1]


def stored(folder):
    return [read_json(entry.path) for entry in Store(folder).entries("client")]


def hashes(folder):
    return [entry.hashes for entry in Store(folder).entries("client")]


async def test_a_caller_is_shown_what_was_found_and_it_is_kept(port, tmp_path):
    async with Caller(port) as caller:
        await caller.until(b"name (Return")

    (document,) = stored(tmp_path)
    data = document["telnet-probe"]["fingerprint-data"]
    assert data["supported-options"] == ["BINARY", "NAWS", "SGA", "TTYPE"]
    assert data["terminal-types"] == ["syncterm"]
    assert document["program"] == "SyncTERM"
    assert document["terminal-probe"]["fingerprint-data"]["kind"] == "cterm"
    assert document["sessions"][0]["ip"] == "127.0.0.1"
    assert document["telnet-probe"]["fingerprint"].encode() in caller.text
    assert b"SyncTERM" in caller.text


async def test_the_same_caller_twice_is_one_fingerprint_and_one_file(port, tmp_path):
    for columns in (80, 132):
        async with Caller(port, columns=columns) as caller:
            await caller.until(b"name (Return")

    (document,) = stored(tmp_path)
    assert len(document["sessions"]) == 2


async def test_other_callers_are_other_fingerprints(port, tmp_path):
    for types in ((b"syncterm",), (b"netrunner",), (b"ANSI", b"PCANSI")):
        async with Caller(port, types=types) as caller:
            await caller.until(b"name (Return")

    assert len({telnet for telnet, _ in hashes(tmp_path)}) == 3


async def test_a_server_of_another_kind_finds_the_same(port, tmp_path):
    async with Caller(port) as caller:
        await caller.until(b"name (Return")
    shell = fingerprint_shell(tmp_path / "late")
    async for late in served(shell, protocol_factory=bbsterm.TelnetServer):
        async with Caller(late) as caller:
            await caller.until(b"name (Return")

    assert hashes(tmp_path / "late") == hashes(tmp_path)


async def test_a_name_is_suggested(port, tmp_path):
    async with Caller(port) as caller:
        await caller.until(b"program's name (Return")
        caller.writer.write(b"SyncTERN\x08M 1.3\r\n")
        await caller.until(b"terminal's name (Return")
        caller.writer.write(b"\r\n")
        await caller.until(b"Goodbye.")

    (waiting,) = Names(tmp_path).suggestions()
    assert (waiting.what, waiting.name) == ("telnet", "SyncTERM 1.3")
    assert b"SyncTERN\b \bM 1.3" in caller.text


async def test_what_has_a_name_is_not_asked_for(port, tmp_path):
    async with Caller(port) as caller:
        await caller.until(b"program's name (Return")
    (pair,) = hashes(tmp_path)
    (tmp_path / "fingerprint_names.json").write_text(json.dumps(dict.fromkeys(pair, "My SyncTERM")))

    async with Caller(port) as caller:
        await caller.until(b"Goodbye.")

    assert b"My SyncTERM" in caller.text
    assert b"name (Return" not in caller.text


@pytest.mark.parametrize("columns", [40, 80])
async def test_the_report_fits(port, columns):
    async with Caller(port, columns=columns) as caller:
        await caller.until(b"name (Return")

    report = caller.text[caller.text.rindex(b"\x1b[2J") :]
    rows = COMMAND.sub(b"", report).replace(b"\x1b[2J\x1b[H", b"").split(b"\r\n")
    assert len(rows) <= 24
    assert max(map(len, rows)) <= columns


@pytest.mark.parametrize(("types", "end"), [((b"petscii",), b"\r"), ((b"atascii",), b"\x9b")])
async def test_home_computers_are_read_to_in_their_own_characters(port, tmp_path, types, end):
    async with Caller(port, types=types, columns=40) as caller:
        await caller.until({b"petscii": b"NAME (", b"atascii": b"name ("}[types[0]])
        caller.writer.write(b"CCGMS" + end)
        await caller.until({b"petscii": b"gOODBYE", b"atascii": b"Goodbye"}[types[0]])

    assert hashes(tmp_path)[0][1] == NOTHING
    assert b"\x1b" not in COMMAND.sub(b"", caller.text).replace(b"\xff", b"")
    assert Names(tmp_path).suggestions()[0].name.upper() == "CCGMS"


async def test_telnetlib3s_own_client_is_found_the_same_twice(port, tmp_path):
    async def call():
        reader, writer = await telnetlib3.open_connection("127.0.0.1", port, term="xterm", connect_minwait=0)
        async with asyncio.timeout(20):
            heard = ""
            while "name (Return" not in heard:
                heard += await reader.read(1024)
        writer.close()

    await asyncio.gather(call(), call())

    assert len(hashes(tmp_path)) == 1
    assert stored(tmp_path)[0]["program"] == "telnetlib3"


async def test_our_own_client_is_found_the_same_twice(port, tmp_path):
    async def call():
        reader, writer = await bbsterm.open_connection("127.0.0.1", port, term="xterm")
        async with asyncio.timeout(20):
            heard = ""
            while "name (Return" not in heard:
                heard += await reader.read(1024)
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(call(), call())

    assert len(hashes(tmp_path)) == 1


async def test_a_program_without_telnet_gets_its_report_too(port, tmp_path):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    async with asyncio.timeout(20):
        await reader.readuntil(b"name (Return")
    writer.close()

    data = stored(tmp_path)[0]["telnet-probe"]["fingerprint-data"]
    assert data["supported-options"] == data["refused-options"] == []


async def test_no_folder_nothing_kept():
    async for port in served(fingerprint_shell(None)):
        async with Caller(port) as caller:
            await caller.until(b"Goodbye.")

    assert b"name (Return" not in caller.text


async def test_a_folder_that_cannot_be_written_costs_no_caller_its_report(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    async for port in served(fingerprint_shell(tmp_path / "file")):
        async with Caller(port) as caller:
            with caplog.at_level(logging.WARNING, "bbsterm.fingerprint"):
                await caller.until(b"Goodbye.")

    assert b"could not be kept" in caller.text
    assert "not a directory" in caplog.text


# --- hostile callers -------------------------------------------------------------------------


class Endless(Caller):
    """Every time another terminal."""

    def answer(self, match):
        if match[3] == b"\x18":
            self.asked += 1
            return b"\xff\xfa\x18\x00T%d" % self.asked + SE
        return super().answer(match)


async def test_an_endless_cycle_of_terminals_ends(port, tmp_path):
    async with Endless(port) as caller:
        await caller.until(b"name (Return")

    types = stored(tmp_path)[0]["telnet-probe"]["fingerprint-data"]["terminal-types"]
    assert len(types) == MAX_TERMINAL_TYPES
    assert caller.asked <= 2 * MAX_TERMINAL_TYPES


class Flooding(Caller):
    """Answers every question with a great deal of everything."""

    def answer(self, match):
        return super().answer(match) + b"\xff\xfa\x46\x01" + b"M" * 4000 + SE + b"\x1b]11;" + b"x" * 4000


async def test_a_flood_is_bounded(port, tmp_path):
    async with Flooding(port) as caller:
        with contextlib.suppress(EOFError, ConnectionError):
            await caller.until(b"name (Return")

    for entry in Store(tmp_path).entries("client"):
        assert entry.path.stat().st_size < MAX_FINGERPRINT_FILE


async def test_who_talks_without_end_is_hung_up_on(port, caplog):
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"\xff\xfb\x18\xff\xfa\x27\x00")  # IAC WILL TTYPE, IAC SB NEW-ENVIRON IS, and no end of it
    sent = 0
    with contextlib.suppress(ConnectionError):
        async with asyncio.timeout(20):
            while sent < 64 * MAX_CALLER_TALK:
                writer.write(b"x" * 60_000)
                sent += 60_000
                await writer.drain()
    writer.transport.abort()

    assert sent < 64 * MAX_CALLER_TALK
    assert "talks without end" in caplog.text


async def test_who_vanishes_in_the_middle_leaves_the_others_alone(port, tmp_path, caplog):
    for after in (0, 1, 10, 60):
        line = socket.create_connection(("127.0.0.1", port))
        line.setblocking(False)
        loop = asyncio.get_running_loop()
        if after:
            await loop.sock_recv(line, after)
            await loop.sock_sendall(line, b"\xff\xfb\x18\xff\xfb\x1f")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()  # RST

    async with Caller(port) as caller:
        await caller.until(b"name (Return")

    assert len(hashes(tmp_path)) == 1
    assert "Traceback" not in caplog.text


async def test_a_name_that_never_ends_is_given_up(port, tmp_path):
    async with Caller(port) as caller:
        await caller.until(b"program's name (Return")
        caller.writer.write(b"A" * 5000)
        await caller.until(b"Goodbye.")

    assert Names(tmp_path).suggestions() == []


# --- ucs-detect ------------------------------------------------------------------------------

FAKE = """#!/bin/sh
for word in "$@"; do case "$word" in --save-yaml=*) echo "software: fake" > "${word#*=}";; esac; done
echo "measured"
"""


@pytest.fixture
def programs():
    """A folder that everybody may look into, also the user that programs run as where we are root."""
    with tempfile.TemporaryDirectory(prefix="bbsterm-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


async def test_ucs_detect_is_used_when_it_is_there(port, tmp_path, programs, monkeypatch):
    program = programs / "ucs-detect"
    program.write_text(FAKE)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")

    async with Caller(port) as caller:
        await caller.until(b"name (Return")

    assert b"measured" in caller.text
    assert "software: fake" in stored(tmp_path)[0]["terminal-probe"]["session_data"]["ucs-detect"]
