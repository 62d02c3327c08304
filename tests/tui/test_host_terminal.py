"""The application in a real pseudo-terminal: what reaches the host terminal, and how it is left.

Every byte that the application writes while a board sends it each hostile sequence is compared with an
allow-list; and on every way out the terminal must be as it was.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")

PATIENCE = 30.0

# Make the terminal ours (sessions have one), then become the application.
CHILD = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
sys.exit(__import__("bbsterm.app").app.run_app({call}))
"""
CALL = '(__import__("bbsterm.net.address").net.address.parse_address("127.0.0.1:{port}"), {settings})'
SETTINGS = (
    '__import__("bbsterm.session.settings").session.settings.CallSettings(name="Host", terminal={kind!r})'
)

SEQUENCE = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI
    rb"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC, DCS, SOS, PM, APC
    rb"|\x1b."  # anything else that begins with ESC
)

# What an application of Textual's may say to its terminal, and nothing else.
ALLOWED = re.compile(
    rb"\x1b\[[0-9;]*m"  # colours and attributes; what may stand in them is checked below
    rb"|\x1b\[[0-9]+;[0-9]+H"  # cursor position
    rb"|\x1b\[\?(?:1049|1000|1003|1015|1006|1016|25|1004|2004|2048|2026|7)[hl]"  # its own modes, at both ends
    rb"|\x1b\[\?(?:2026|2048)\$p"  # which of them are there
    rb"|\x1b\[>25u|\x1b\[<u"  # kitty keys
    rb"|\x1b\]22;[a-z-]+\x07"  # mouse pointer over our own rows
)
SGR = {b"", *(str(n).encode() for n in (0, 1, 2, 3, 4, 9, 53))}


class Terminal:
    """The other side of a pseudo-terminal, as deaf and dumb as an old one."""

    def __init__(self, code: str, home: Path, columns: int = 80, rows: int = 26) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._slave = slave
        self._descriptors = [self._master, slave]
        self.before = termios.tcgetattr(slave)
        environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("TEXTUAL", "COLOR", "NO_COLOR"))},
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "BBSTERM_HOME": str(home),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", code], stdin=slave, stdout=slave, stderr=slave, env=environ
        )
        self.output = b""
        os.set_blocking(self._master, False)

    def read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            if not data:
                return
            self.output += data

    async def until(self, condition) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, (
                f"waited in vain; the end of what was written: {self.output[-2000:]!r}"
            )
            self.read()
            await asyncio.sleep(0.01)

    async def shows(self, text: bytes) -> None:
        await self.until(lambda: text in self.plain())

    def plain(self) -> bytes:
        return SEQUENCE.sub(b"", self.output)

    def type(self, data: bytes) -> None:
        os.write(self._master, data)

    async def end(self) -> int:
        await self.until(lambda: self.process.poll() is not None)
        self.read()
        return self.process.returncode

    def after(self) -> list[object]:
        return termios.tcgetattr(self._slave)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.hang_up()

    def hang_up(self) -> None:
        """The window is closed: SIGHUP, and nothing to write to."""
        while self._descriptors:
            os.close(self._descriptors.pop())


def left_on(output: bytes) -> set[bytes]:
    """The private modes that are not as a shell expects them."""
    modes = {b"25": b"h", b"7": b"h"}
    for number, switch in re.findall(rb"\x1b\[\?(\d+)([hl])", output):
        modes[number] = switch
    usual = {b"25": b"h", b"7": b"h"}
    return {number for number, switch in modes.items() if switch != usual.get(number, b"l")}


@pytest.fixture
async def board():
    """A host that sends what it is told, and remembers what it got."""

    class Board:
        def __init__(self) -> None:
            self.heard = b""
            self.writers: list[asyncio.StreamWriter] = []

        async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.writers.append(writer)
            writer.write(b"\xff\xfb\x01\xff\xfb\x03READY\r\n")  # IAC WILL ECHO, IAC WILL SGA
            while data := await reader.read(4096):
                self.heard += data

        async def say(self, data: bytes) -> None:
            self.writers[-1].write(data.replace(b"\xff", b"\xff\xff"))
            await self.writers[-1].drain()

    made = Board()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    yield made
    server.close()
    for writer in made.writers:
        writer.close()
    await server.wait_closed()


@pytest.fixture
def start(tmp_path, board):
    terminals: list[Terminal] = []

    def start(*, kind: str = "ansi", prepare: str = "") -> Terminal:
        call = CALL.format(port=board.port, settings=SETTINGS.format(kind=kind))
        terminals.append(Terminal(prepare + CHILD.format(call=call), tmp_path))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.close()


STRINGS = [
    b"0;title", b"1;icon", b"2;title", b"4;1;rgb:ff/00/00", b"7;file:///etc", b"8;;http://evil\x1b\\link\x1b]8;;",
    b"9;notify", b"10;?", b"11;?", b"12;red", b"50;font", b"52;c;ZXZpbA==", b"52;c;?", b"104", b"133;A",
    b"777;notify;a;b", b"1337;File=inline=1:AAAA", b"22;pointer", b"5522;type=read", b"99;i=1;evil",
]  # fmt: skip
HOSTILE = [
    *(b"\x1b]" + string + end for string in STRINGS for end in (b"\x07", b"\x1b\\")),
    *(b"\x1b" + kind + b"+q544e" + b"\x1b\\" for kind in (b"P", b"X", b"^", b"_")),
    b"\x1bP$qm\x1b\\", b"\x1bP1$r0m\x1b\\", b"\x1b_Gi=1,a=T;AAAA\x1b\\", b"\x1bPq#0;2;0;0;0~\x1b\\",
    b"\x1bPtmux;\x1b\x1b]52;c;ZXZpbA==\x07\x1b\\", b"\x1bP1;0;0!z\x1b]0;evil\x07\x1b\\\x1b[1*z",
    *(b"\x1b[?%dh" % mode for mode in (1, 3, 5, 9, 12, 25, 47, 1000, 1002, 1003, 1004, 1005, 1006, 1007)),
    *(b"\x1b[?%dh" % mode for mode in (1015, 1016, 1034, 1047, 1048, 1049, 2004, 2026, 2027, 2031, 2048)),
    *(b"\x1b[%dt" % op for op in (1, 2, 3, 5, 9, 11, 14, 18, 19, 20, 21, 22, 23)), b"\x1b[8;50;200t",
    b"\x1b[c", b"\x1b[>c", b"\x1b[=c", b"\x1b[5n", b"\x1b[6n", b"\x1b[?6n", b"\x1b[x", b"\x1b[>q", b"\x05",
    b"\x1b[5i", b"\x1b[4i", b"\x1b[?5i", b"\x1b[>1u", b"\x1b[<u", b"\x1b[=1u", b"\x1b[?u", b"\x1b[>4;2m",
    b"\x1bc", b"\x1b#8", b"\x1b%G", b"\x1b%@", b"\x1b(0", b"\x1b)0", b"\x0e", b"\x0f", b"\x1b=", b"\x1b>",
    b"\x1b[!p", b"\x1b[1;1;5;5$r", b"\x1b[2 q", b"\x1b[1\"q", b"\x1b[62\"p", b"\x1b[?1$p", b"\x1b[1$}",
    b"\x1b[31", b"\x1b[", b"\x1b", b"\x18", b"\x1a", b"\x1b[999999999999999999m",
    b"\x1b[" + b"1;" * 500 + b"m",
    b"\x9b31m", b"\x9d0;c1\x9c", b"\x90q\x9c", b"\x85", b"\x8d", b"\x00" * 10, b"\x7f" * 5,
    b"[red]markup[/red] [link='x']", b"\x1b[38;2;1;2;3m\x1b[48;5;300m",
    b"\x1b[1;2;3;4;5;6;7;8;9;21;53mx\x1b[m",
]  # fmt: skip
ENDED = b"\x18\x1b\\\x1b[m"  # of whatever is still open
ROWS = 20
UTF8_HOSTILE = [
    "\x9b31m\x9d0;c1\x9c\x90q\x9c".encode(),
    "\u202eevil\u2066\u200f\u2028\u2029\ufeff\U000e0041".encode(),
    ("a" + "\u0301" * 100 + "\u200d" * 50).encode(),
    b"\xed\xa0\x80\xc0\xaf\xf8\x88\x80\x80\x80",
]


@pytest.mark.parametrize(
    ("kind", "hostile"), [("ansi", HOSTILE), ("utf8", HOSTILE + UTF8_HOSTILE), ("vt", HOSTILE + UTF8_HOSTILE)]
)
async def test_nothing_but_cells_reaches_the_host_terminal(start, board, kind, hostile):
    terminal = start(kind=kind)
    await terminal.shows(b"READY")

    for start_of_page in range(0, len(hostile), ROWS):
        for row, sequence in enumerate(hostile[start_of_page : start_of_page + ROWS], 2):
            await board.say(b"\x1b[%d;1H" % row + sequence + ENDED)
        await board.say(b"\x1b[Hpage %d." % start_of_page)
        await terminal.shows(b"page %d." % start_of_page)  # painted, with whatever the sequences left
        await board.say(b"\x1b[2J")
    terminal.type(b"\x1dx")  # ^] x: exit
    await terminal.shows(b"Quit?")
    terminal.type(b"y")
    assert await terminal.end() == 0

    sequences = SEQUENCE.findall(terminal.output)
    strange = {sequence for sequence in sequences if not ALLOWED.fullmatch(sequence)}
    assert strange == set()
    for sequence in sequences:
        if sequence.endswith(b"m"):
            assert attributes_of(sequence[2:-1]) <= SGR, sequence
    text = terminal.plain()
    controls = set(text) & set(range(0x20))
    assert controls <= {0x07, 0x0A, 0x0D}, controls
    assert text.count(b"\x07") <= 20
    decoded = text.decode("utf-8")
    assert not re.search("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029\ufeff]", decoded)
    assert b"evil" not in b"".join(sequences)
    assert left_on(terminal.output) == set()


def attributes_of(parameters: bytes) -> set[bytes]:
    """What an SGR says beside its 24-bit colours."""
    return set(re.sub(rb"[34]8;2;\d+;\d+;\d+", b"", parameters).split(b";"))


@pytest.mark.parametrize(
    ("way", "code"),
    [("^] x", 0), ("SIGTERM", 143), ("SIGINT", 130), ("SIGHUP", 129), ("hang up, then q", 0)],
)
async def test_the_terminal_is_left_as_it_was(start, board, way, code):
    terminal = start()
    await terminal.shows(b"READY")
    assert left_on(terminal.output)  # there is something to put back

    if way == "^] x":
        terminal.type(b"\x1dx")
        await terminal.shows(b"Quit?")
        terminal.type(b"y")
    elif way.startswith("SIG"):
        terminal.process.send_signal(getattr(signal, way))
    else:
        terminal.type(b"\x1dh")
        await terminal.shows(b"Hung up")
        terminal.type(b"q")

    assert await terminal.end() == code
    assert left_on(terminal.output) == set()
    assert terminal.output.count(b"\x1b[>25u") == terminal.output.count(b"\x1b[<u")
    assert terminal.after() == terminal.before
    assert b"Traceback" not in terminal.output


BREAK = """
from bbsterm.tui.pages.call_page import CallPage
def broken(self, message):
    secret = "what the user typed"
    raise ZeroDivisionError("a bug of ours")
CallPage._pressed = broken
from bbsterm.tui.widgets.terminal_view import TerminalView
CallPage._decorated_handlers[TerminalView.KeyPressed] = [(broken, {})]
"""


async def test_an_error_of_ours_leaves_the_terminal_clean_and_tells_no_values(start, board):
    terminal = start(prepare=BREAK)
    await terminal.shows(b"READY")
    terminal.type(b"x")

    assert await terminal.end() == 1
    assert left_on(terminal.output) == set()
    assert terminal.after() == terminal.before
    assert b"a bug of ours" in terminal.output
    assert b"Please report it" in terminal.output
    assert b"what the user typed" not in terminal.output


@pytest.mark.parametrize("flooded", [False, True])
async def test_a_closed_window_ends_the_program(start, board, flooded):
    terminal = start()
    await terminal.shows(b"READY")
    if flooded:  # and frames wait for a terminal that will never take them
        board.writers[-1].write(b"\x1b[31mx\x1b[44my\r\n" * 200_000)
        await asyncio.sleep(0.2)
    terminal.hang_up()

    assert await asyncio.to_thread(terminal.process.wait, PATIENCE) is not None


async def test_every_key_reaches_the_board(start, board):
    terminal = start()
    await terminal.shows(b"READY")
    board.heard = b""

    terminal.type(b"\t\x03\x11\x10\x1a\x13\x1b[A\x1bOP")
    await terminal.until(lambda: b"\t\x03\x11\x10\x1a\x13\x1b[A" in board.heard)
    terminal.type(b"\x1b")  # alone
    await terminal.until(lambda: board.heard.endswith(b"\x1b"))
    terminal.type(b"\x1d\x1d")
    await terminal.until(lambda: board.heard.endswith(b"\x1d"))
