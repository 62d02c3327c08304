"""Calls over loopback to and from programs that nobody here wrote; they must still say what is on record.

A program is given as much time as it wants, but not for ever, and packets may be cut otherwise than when the
transcript was written. So what is compared is what was said, not when: the events, and what we sent.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import queue
import select
import shlex
import shutil
import socket
import struct
import subprocess
import termios
import threading
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import pytest
import telnetlib3

from bbsterm.protocol import Connection, TextReceived
from bbsterm.protocol.parser import Parser
from bbsterm.testing.spelling import read_bytes
from bbsterm.testing.transcript import _Player

TRANSCRIPTS = Path(__file__).parent.parent / "transcripts"
SEARCH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin:/usr/games"
PATIENCE = 15.0


def program(name: str, *ask: str, is_: str):
    """Where a program is, and a mark that skips what needs it where it is not, or not the one on record."""
    path = shutil.which(name, path=SEARCH)
    told = ""
    if path is not None:
        told = subprocess.run([path, *ask], capture_output=True, text=True, timeout=PATIENCE).stdout
    return pytest.mark.skipif(is_ not in told, reason=f"needs {name} {is_}"), path or name


class Conversation:
    """One transcript, played against the program itself."""

    def __init__(self, name: str, sock: socket.socket) -> None:
        self.sock = sock
        self.lines = [
            line.partition(" ")[::2] for line in (TRANSCRIPTS / name).read_text("utf-8").splitlines() if line
        ]
        self.player = _Player()
        self.received = self.sent = b""
        self.events: list = []
        self._deadline = time.monotonic() + PATIENCE

    @property
    def connection(self) -> Connection:
        return self.player.connection

    def play(self, type_keys=lambda step: None) -> None:
        """Go through the lines; `type_keys` is told each thing that we start ourselves."""
        wanted = 0
        for mark, rest in self.lines:
            if mark == "%":
                self.player._set(*shlex.split(rest))
            elif mark == "<":
                wanted += len(read_bytes(rest))
            elif mark == "!":
                self._hear(lambda wanted=wanted: len(self.received) >= wanted)
                self.player._start(*rest.split(" ", 1))
                self._speak()
                type_keys(rest)
        events, _ = self.on_record()
        self._hear(lambda: said(self.events) == said(events))

    def on_record(self) -> tuple[list, bytes]:
        """The events of the transcript, and what we say in it."""
        player, sent, events = _Player(), b"", []
        for mark, rest in self.lines:
            if mark == ">":
                sent += read_bytes(rest)
            elif mark == "<":
                events += player.connection.receive_data(read_bytes(rest))
            elif mark == "!":
                player._start(*rest.split(" ", 1))
            elif mark == "%":
                player._set(*shlex.split(rest))
        return events, sent

    def _speak(self) -> None:
        data = self.connection.data_to_send()
        self.sent += data
        self.sock.sendall(data)

    def _hear(self, enough) -> None:
        while not enough():
            ready, _, _ = select.select([self.sock], [], [], max(0, self._deadline - time.monotonic()))
            data = self.sock.recv(65536) if ready else b""
            if not data:
                return  # what is missing, the comparison shows
            self.received += data
            self.events += self.connection.receive_data(data, now=time.monotonic())
            self._speak()


def as_on_record(live: Conversation) -> bool:
    """Compare with the transcript, whatever the order and the packets."""
    events, sent = live.on_record()
    assert said(live.events) == said(events)
    assert Counter(Parser().feed(live.sent)) == Counter(Parser().feed(sent))
    return True


def said(events: list) -> tuple[bytes, Counter]:
    text = b"".join(event.data for event in events if isinstance(event, TextReceived))
    return text, Counter(repr(event) for event in events if not isinstance(event, TextReceived))


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as made:
        made.settimeout(PATIENCE)
        yield made


class Typist:
    """A program in a terminal of 80 x 25, and somebody who types."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 25, 80, 0, 0))
        clean = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", **environment}
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=clean, start_new_session=True
        )
        os.close(slave)
        self.watcher = threading.Thread(target=self._watch, daemon=True)
        self.watcher.start()

    def _watch(self) -> None:
        try:
            while os.read(self.master, 65536):
                pass
        except OSError:
            return  # the terminal is gone

    def type(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def close(self) -> None:
        self.process.kill()
        self.process.wait(timeout=PATIENCE)
        self.watcher.join(timeout=PATIENCE)
        os.close(self.master)


HAS_TELNET, TELNET = program("telnet", "--version", is_="(GNU inetutils) 2.4")
HAS_TELNETD, TELNETD = program("telnetd", "--version", is_="(GNU inetutils) 2.4")
HAS_TINTIN, TINTIN = program("tt++", "-V", is_="2.02.20")


@pytest.fixture
def telnetlib3_server():
    """The address of telnetlib3's server, in a loop of its own; its shell greets and repeats one line."""
    addresses: queue.Queue = queue.Queue()

    async def shell(reader, writer):
        writer.write("Ready.\r\n")
        writer.write(f"You said: {await reader.readline()}\r\n")
        await writer.drain()
        await reader.read()

    async def serve():
        server = await telnetlib3.create_server("127.0.0.1", 0, shell=shell, connect_maxwait=PATIENCE)
        done = asyncio.Event()
        addresses.put((server.sockets[0].getsockname(), asyncio.get_running_loop(), done))
        await done.wait()
        server.close()
        await server.wait_closed()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    address, loop, done = addresses.get(timeout=PATIENCE)
    yield address
    loop.call_soon_threadsafe(done.set)
    thread.join(timeout=PATIENCE)


@pytest.mark.skipif(version("telnetlib3") != "5.0.1", reason="needs telnetlib3 5.0.1")
def test_we_call_telnetlib3(telnetlib3_server):
    with socket.create_connection(telnetlib3_server) as sock:
        live = Conversation("telnetlib3-server.telnet", sock)
        live.play()

    assert as_on_record(live)


@HAS_TELNET
def test_inetutils_telnet_calls_us(listener):
    port = str(listener.getsockname()[1])
    caller = Typist([TELNET, "127.0.0.1", port], {"TERM": "xterm", "DISPLAY": "bbs.example:0"})
    try:
        with listener.accept()[0] as sock:
            live = Conversation("inetutils-telnet.telnet", sock)
            live.play(lambda step: caller.type(b"ann\r") if "login" in step else None)
            assert as_on_record(live)
    finally:
        caller.close()


@HAS_TELNETD
@pytest.mark.skipif(not os.access("/dev/ptmx", os.W_OK), reason="no terminals to give out")
def test_we_call_inetutils_telnetd(listener):
    with socket.create_connection(listener.getsockname()) as sock:
        peer, _ = listener.accept()
        with peer:
            command = [TELNETD, "-h", "-E", "/bin/cat"]
            served = subprocess.Popen(command, stdin=peer, stdout=peer, stderr=subprocess.DEVNULL)
        live = Conversation("inetutils-telnetd.telnet", sock)
        live.play()
    served.wait(timeout=PATIENCE)

    assert as_on_record(live)


@HAS_TINTIN
def test_tintin_calls_us(listener, tmp_path):
    session = f"#session mud 127.0.0.1 {listener.getsockname()[1]}"
    caller = Typist([TINTIN, "-e", session], {"TERM": "xterm-256color", "HOME": str(tmp_path)})
    try:
        with listener.accept()[0] as sock:
            live = Conversation("tintin.telnet", sock)
            live.play(lambda step: caller.type(b"look\r") if "Welcome" in step or "MXP" in step else None)
            assert as_on_record(live)
    finally:
        caller.close()
