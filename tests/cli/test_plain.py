from __future__ import annotations

import asyncio
import os
import signal
import socket
import ssl
import struct
import termios

import pytest
import trustme

from bbsterm.cli import main
from bbsterm.cli.base import ExitCode
from bbsterm.cli.console import Console
from bbsterm.cli.plain import PlainCall
from bbsterm.net.address import Address
from bbsterm.net.tls import TlsSettings
from bbsterm.protocol.events import FlowControlChanged
from bbsterm.session import CallSettings, InputChoice, modes
from bbsterm.session.modes import CHARACTER

LINE = InputChoice.LINE
WILL_ECHO_SGA = b"\xff\xfb\x01\xff\xfb\x03"


class Board(asyncio.Protocol):
    def __init__(self):
        self.heard = bytearray()
        self.changed = asyncio.Event()
        self.transport = None
        self.ended = self.gone = False

    def connection_made(self, transport):
        self.transport = transport
        self.changed.set()

    def data_received(self, data):
        self.heard += data
        self.changed.set()

    def eof_received(self):
        self.ended = True
        self.changed.set()
        return True

    def connection_lost(self, exc):
        self.gone = True
        self.changed.set()

    async def until(self, condition):
        while not condition():
            self.changed.clear()
            await self.changed.wait()

    async def hears(self, data):
        await self.until(lambda: data in self.heard)


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    for name in ("_TICK", "_PAUSE", "_SETTLED", "_GREETING"):
        monkeypatch.setattr(f"bbsterm.cli.plain.{name}", 0.01)


@pytest.fixture
async def board():
    the_board = Board()
    server = await asyncio.get_running_loop().create_server(lambda: the_board, "127.0.0.1", 0)
    async with server:
        the_board.address = Address("127.0.0.1", server.sockets[0].getsockname()[1])
        yield the_board
        if the_board.transport is not None:
            the_board.transport.abort()
            await the_board.until(lambda: the_board.gone)


class Pipes:
    """stdin and stdout of a plain call, as a script has them."""

    def __init__(self):
        self.stdin, self.to_stdin = os.pipe()
        self.from_stdout, self.stdout = os.pipe()
        self.console = Console(self.stdin, self.stdout)

    def output(self):
        os.set_blocking(self.from_stdout, False)
        return os.read(self.from_stdout, 65536).decode()


class Terminal:
    """A terminal with somebody before it."""

    def __init__(self):
        self.keyboard, self.tty = os.openpty()
        self.console = Console(self.tty, self.tty)
        self.before = termios.tcgetattr(self.tty)

    def type(self, data):
        os.write(self.keyboard, data)

    @property
    def local(self):
        return termios.tcgetattr(self.tty)[3]

    async def without(self, flag):
        while self.local & flag:  # noqa: ASYNC110  # nobody tells when a terminal changes its mode
            await asyncio.sleep(0)

    def output(self):
        os.set_blocking(self.keyboard, False)
        return os.read(self.keyboard, 65536).decode()


def descriptors(*numbers):
    for number in numbers:
        try:
            os.close(number)
        except OSError:
            continue


@pytest.fixture
def pipes():
    made = Pipes()
    yield made
    descriptors(made.stdin, made.to_stdin, made.from_stdout, made.stdout)


@pytest.fixture
def terminal():
    made = Terminal()
    yield made
    descriptors(made.keyboard, made.tty)


def call(board, side, *, linger=0.01, **settings) -> PlainCall:
    return PlainCall(board.address, CallSettings(**settings), side.console, linger=linger)


async def finish(plain: PlainCall, task: asyncio.Task) -> ExitCode:
    return plain.say_farewell(await task)


async def test_a_pipe_goes_to_the_board_and_the_board_to_a_pipe(board, pipes):
    plain = call(board, pipes, linger=30)
    task = asyncio.create_task(plain.run())
    await board.until(lambda: board.transport is not None)
    board.transport.write(b"\x1b[2J\x1b[31m\xdb Name?\x1b[0m\r\n")
    os.write(pipes.to_stdin, b"guest\r\nlook\n")
    await board.hears(b"guest\r\nlook\r\n")
    os.close(pipes.to_stdin)
    await board.until(lambda: board.ended)
    board.transport.write(b"bye\r\n")
    board.transport.close()

    assert await finish(plain, task) == ExitCode.OK
    assert pipes.output() == "█ Name?\nbye\n"
    assert bytes(board.heard) == b"guest\r\nlook\r\n"


async def test_at_the_end_of_the_input_a_silent_board_is_hung_up_on(board, pipes):
    plain = call(board, pipes)
    task = asyncio.create_task(plain.run())
    os.close(pipes.to_stdin)

    assert await finish(plain, task) == ExitCode.OK
    assert board.heard == b""


async def test_no_input_at_all_is_its_end(board, pipes):
    pipes.console = Console(None, pipes.stdout)
    plain = call(board, pipes)

    assert await finish(plain, asyncio.create_task(plain.run())) == ExitCode.OK


async def test_enter_is_what_the_board_wants(board, pipes):
    task = asyncio.create_task(call(board, pipes).run())
    await board.until(lambda: board.transport is not None)
    board.transport.write(WILL_ECHO_SGA)
    await board.hears(b"\xff\xfd\x03")
    os.write(pipes.to_stdin, b"guest\n")
    await board.hears(b"guest\r\0")
    os.close(pipes.to_stdin)
    await task


async def test_when_nobody_reads_the_call_ends(board, pipes):
    plain = call(board, pipes)
    task = asyncio.create_task(plain.run())
    os.close(pipes.from_stdout)
    await board.until(lambda: board.transport is not None)
    board.transport.write(b"hello")

    assert await finish(plain, task) == ExitCode.FAILED


async def test_a_typed_line_is_edited_by_the_terminal(board, terminal):
    task = asyncio.create_task(call(board, terminal).run())
    await board.until(lambda: board.transport is not None)
    terminal.type(b"lokk\x7f\x7fok\n")
    await board.hears(b"look\r\n")

    assert terminal.local & termios.ICANON
    assert terminal.local & termios.ECHO
    terminal.type(b"\x1d")
    await task


async def test_a_password_is_not_echoed(board, terminal):
    task = asyncio.create_task(call(board, terminal, mode=LINE).run())
    await board.until(lambda: board.transport is not None)
    board.transport.write(b"\xff\xfb\x01")  # IAC WILL ECHO
    await board.hears(b"\xff\xfd\x01")
    await terminal.without(termios.ECHO)
    terminal.type(b"secret\n")
    await board.hears(b"secret\r\n")
    terminal.type(b"\x1d")
    await task

    assert "secret" not in terminal.output()


async def test_every_key_goes_at_once_where_the_board_echoes_and_ctrl_bracket_ends_it(board, terminal):
    plain = call(board, terminal)
    with terminal.console.restored():
        task = asyncio.create_task(plain.run())
        await board.until(lambda: board.transport is not None)
        board.transport.write(WILL_ECHO_SGA)
        await board.hears(b"\xff\xfd\x03")
        await terminal.without(termios.ICANON)
        terminal.type(b"a\x03\x1b[A\r")
        await board.hears(b"a\x03\x1b[A\r\0")
        terminal.type(b"\x1d")
        code = await finish(plain, task)

    assert code == ExitCode.OK
    assert termios.tcgetattr(terminal.tty) == terminal.before
    assert "\x1b[?25h" in terminal.output()


async def test_local_echo_in_character_mode(board, terminal):
    task = asyncio.create_task(call(board, terminal).run())
    await board.until(lambda: board.transport is not None)
    board.transport.write(b"\xff\xfb\x03")  # IAC WILL SGA
    await board.hears(b"\xff\xfd\x03")
    await terminal.without(termios.ICANON)
    terminal.type(b"x")
    await board.hears(b"x")
    terminal.type(b"\x1d")
    await task

    assert "x" in terminal.output()


async def test_end_of_file_in_a_line_is_the_boards(board, terminal):
    task = asyncio.create_task(call(board, terminal).run())
    await board.until(lambda: board.transport is not None)
    terminal.type(b"\x04")
    await board.hears(b"\x04")
    terminal.type(b"\x1d")
    await task


async def test_linemode_makes_a_command_of_the_end_of_a_file(board, terminal):
    task = asyncio.create_task(call(board, terminal).run())
    await board.until(lambda: board.transport is not None)
    board.transport.write(b"\xff\xfd\x22\xff\xfa\x22\x01\x03\xff\xf0")  # DO LINEMODE, MODE EDIT TRAPSIG
    await board.hears(b"\xff\xfa\x22\x01\x07\xff\xf0")
    terminal.type(b"\x04")
    await board.hears(b"\xff\xec")  # IAC EOF
    terminal.type(b"\x1d")
    await task


def test_the_system_stops_and_starts_the_output_where_the_board_says_so(terminal):
    with terminal.console.restored():
        for flow, heeded in (
            (FlowControlChanged(enabled=True, restart_any=False), termios.IXON),
            (FlowControlChanged(enabled=True, restart_any=True), termios.IXON | termios.IXANY),
            (FlowControlChanged(enabled=False, restart_any=True), 0),
        ):
            for mode in (CHARACTER, modes.LINE):
                terminal.console.use(mode, flow)
                assert termios.tcgetattr(terminal.tty)[0] & (termios.IXON | termios.IXANY) == heeded


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
async def test_a_signal_ends_it_and_the_terminal_is_as_before(board, terminal, number):
    plain = call(board, terminal)
    with terminal.console.restored():
        task = asyncio.create_task(plain.run())
        await board.until(lambda: board.transport is not None)
        os.kill(os.getpid(), number)
        code = await finish(plain, task)

    assert code == 128 + number  # as a shell has it
    assert termios.tcgetattr(terminal.tty) == terminal.before


async def test_an_interrupt_is_the_boards_where_telnet_is_spoken(board, terminal):
    task = asyncio.create_task(call(board, terminal).run())
    await board.until(lambda: board.transport is not None)
    board.transport.write(b"\xff\xfd\x18")  # IAC DO TTYPE
    await board.hears(b"\xff\xfb\x18")
    os.kill(os.getpid(), signal.SIGINT)
    await board.hears(b"\xff\xf4")  # IAC IP
    terminal.type(b"\x1d")
    await task


async def test_a_line_that_is_cut_is_said_and_exits_3(board, pipes, capsys):
    plain = call(board, pipes)
    task = asyncio.create_task(plain.run())
    await board.until(lambda: board.transport is not None)
    sock = board.transport.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    board.transport.abort()

    assert await finish(plain, task) == ExitCode.CONNECTION
    assert "cut off: connection reset by peer" in capsys.readouterr().err


def test_a_refused_port_is_said_and_exits_3(capfd):
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]

    assert main(["connect", "--plain", f"127.0.0.1:{port}"]) == ExitCode.CONNECTION

    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith(f"bbsterm: could not reach 127.0.0.1:{port}: connection refused\n")
    assert "Traceback" not in err


def test_an_unknown_host_is_said_and_exits_3(capfd):
    assert main(["connect", "--plain", "no-such-board.invalid"]) == ExitCode.CONNECTION
    assert "could not reach no-such-board.invalid:23" in capfd.readouterr().err


async def test_a_name_mismatch_is_named_and_exits_3(capsys, tmp_path, pipes):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("other.example").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    loop = asyncio.get_running_loop()
    async with await loop.create_server(asyncio.Protocol, "127.0.0.1", 0, ssl=context) as server:
        address = Address("127.0.0.1", server.sockets[0].getsockname()[1], "telnets")
        settings = CallSettings(tls=TlsSettings(ca=tmp_path / "ca.pem"))
        plain = PlainCall(address, settings, pipes.console, linger=0.01)

        assert plain.say_farewell(await plain.run()) == ExitCode.CONNECTION

    err = capsys.readouterr().err
    assert "name mismatch: its certificate is not for '127.0.0.1'" in err
    assert "by the name in its certificate" in err


def test_an_unverified_call_is_warned_about(capfd):
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]

    main(["connect", "--plain", "--tls-no-verify", f"127.0.0.1:{port}"])

    assert "WARNING: the certificate is NOT verified" in capfd.readouterr().err


async def test_a_complaint_on_a_terminal_does_not_begin_in_the_boards_last_line(
    board, pipes, terminal, capsys
):
    side = Console(pipes.stdin, terminal.tty)
    os.close(pipes.to_stdin)
    plain = PlainCall(board.address, CallSettings(), side, linger=30)
    task = asyncio.create_task(plain.run())
    await board.until(lambda: board.ended)
    board.transport.write(b"half a li")
    lost = struct.pack("ii", 1, 0)
    board.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, lost)
    board.transport.abort()

    assert plain.say_farewell(await task) == ExitCode.CONNECTION

    assert capsys.readouterr().err.startswith("\nbbsterm: the call was cut off: connection reset by peer\n")


async def test_what_a_terminal_cannot_draw_is_drawn_more_simply(board, pipes):
    plain = PlainCall(board.address, CallSettings(), pipes.console, linger=0.01, glyphs="ascii")
    task = asyncio.create_task(plain.run())
    await board.until(lambda: board.transport is not None)
    board.transport.write(b"\xc9\xcd\xbb\r\n")
    board.transport.close()

    assert await finish(plain, task) == ExitCode.OK
    assert pipes.output() == "+=+\n"
