"""Every name of telnetlib3 that belongs to the library is here under the same name."""

import asyncio
import importlib
import logging
import os
import socket
import subprocess
import sys

import pytest
import telnetlib3

import bbsterm
from bbsterm.compat.telnetlib3 import client_shell
from bbsterm.errors import UsageError

ELSEWHERE = ("terminalshell",)
"""How its client handles the terminal that it runs in is its own."""

MODULES = (
    *("accessories", "client", "client_base", "client_shell", "guard_shells", "mud", "server", "server_base"),
    *("fingerprinting", "fingerprinting_display", "server_fingerprinting"),
    *("server_shell", "slc", "stream_reader", "stream_writer", "sync", "telnetlib", "telopt"),
)


@pytest.mark.parametrize("name", sorted(telnetlib3.__all__))
def test_every_public_name_is_here(name):
    if any(word in name.lower() for word in ELSEWHERE) or name == "_TelnetSelector":
        assert not hasattr(bbsterm, name)
    else:
        assert getattr(bbsterm, name) is not None


@pytest.mark.parametrize("module", MODULES)
def test_every_old_module_can_be_imported(module):
    theirs = importlib.import_module(f"telnetlib3.{module}")
    ours = importlib.import_module(f"bbsterm.{module}")

    names = {name for name in theirs.__all__ if name != "TelnetTerminalShell"}
    assert {name for name in names if not hasattr(ours, name)} <= {"theNULL"}


OLD_MODULES = tuple(name for name in MODULES if hasattr(telnetlib3, name))


def test_old_modules_are_there_without_importing_them_by_name():
    line = f"import bbsterm; print(*(getattr(bbsterm, name).__name__ for name in {OLD_MODULES!r}))"
    seen = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True)

    assert len(seen.stdout.split()) == len(OLD_MODULES)
    assert len(OLD_MODULES) > 10


def test_an_old_module_is_one_module_under_both_names():
    old = importlib.import_module("bbsterm.server_pty_shell")

    assert old is importlib.import_module("bbsterm.compat.telnetlib3.server_pty_shell")
    assert old.PTYSpawnError is bbsterm.PTYSpawnError
    assert old.__spec__.name == "bbsterm.compat.telnetlib3.server_pty_shell"


def test_an_old_module_runs_as_a_program():
    line = [sys.executable, "-m", "bbsterm.fingerprinting_display"]
    seen = subprocess.run(line, capture_output=True, text=True, check=False)

    assert (seen.returncode, seen.stderr.strip()) == (1, "usage: fingerprinting_display FILE")


def test_codecs_are_known_once_their_old_module_is_imported():
    line = (
        "import bbsterm.encodings as e; print('petscii' in e.FORCE_BINARY_ENCODINGS, b'A'.decode('petscii'))"
    )
    seen = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True)

    assert seen.stdout.split() == ["True", "a"]


def test_a_name_that_is_nowhere_is_an_error():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = bbsterm.nonsense


def test_importing_bbsterm_loads_nothing():
    seen = subprocess.run(
        [sys.executable, "-c", "import bbsterm, sys; print([m for m in sys.modules if 'bbsterm.' in m])"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert seen.stdout.strip() == "[]"


# --- small helpers ---------------------------------------------------------------------------


class Tty:
    """A standard input of which only this much is known."""

    def __init__(self, number):
        self.number = number

    def fileno(self):
        if self.number is None:
            raise ValueError("detached")
        return self.number


async def test_on_a_terminal_the_window_is_the_terminals_own(monkeypatch):
    keyboard, terminal = os.openpty()
    try:
        async with await bbsterm.create_server("127.0.0.1", 0) as server:
            address = server.sockets[0].getsockname()
            for stdin, size, kind in (
                (Tty(terminal), {}, bbsterm.TelnetTerminalClient),
                (Tty(terminal), {"cols": 132}, bbsterm.TelnetClient),
                (Tty(None), {}, bbsterm.TelnetClient),
                (object(), {}, bbsterm.TelnetClient),
                (None, {}, bbsterm.TelnetClient),
            ):
                monkeypatch.setattr(sys, "stdin", stdin)
                assert bbsterm.accessories.is_a_tty() is (getattr(stdin, "number", None) is not None)
                _, writer = await bbsterm.open_connection(*address, **size)
                assert type(writer.protocol) is kind
                writer.close()
                await writer.wait_closed()
    finally:
        os.close(keyboard)
        os.close(terminal)


@pytest.mark.parametrize("character", [chr(code) for code in (0, 1, 27, 29, 32, 65, 126, 127, 128, 255)])
def test_characters_are_named_alike(character):
    assert bbsterm.accessories.name_unicode(character) == telnetlib3.accessories.name_unicode(character)


@pytest.mark.parametrize("data", [b"", b"abc", bytes(range(40)), b"x" * 32])
def test_dumps_look_alike(data):
    assert bbsterm.accessories.hexdump(data, "<< ") == telnetlib3.accessories.hexdump(data, "<< ")


@pytest.mark.parametrize("mapping", [{}, {"b": 1, "a": "two words"}, {"list": [1, 2], "none": None}])
def test_mappings_look_alike(mapping):
    assert bbsterm.accessories.repr_mapping(mapping) == telnetlib3.accessories.repr_mapping(mapping)


def test_a_byte_in_binary():
    assert bbsterm.accessories.eightbits(5) == "0b00000101"


def test_a_logger_writes_to_its_file(tmp_path, monkeypatch):
    monkeypatch.setattr(logging.root, "handlers", [])
    file = tmp_path / "log.txt"

    logger = bbsterm.accessories.make_logger("some.name", "trace", str(file))
    logger.log(bbsterm.accessories.TRACE, "every byte")
    logging.root.handlers[0].close()

    assert "TRACE" in file.read_text()
    with pytest.raises(ValueError, match="no log level 'loud'"):
        bbsterm.accessories.make_logger("some.name", "loud")


async def test_a_reader_task_reads():
    reader = bbsterm.TelnetReader()
    reader.feed_data(b"hello")

    assert await bbsterm.accessories.make_reader_task(reader, 2) == b"he"


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("shell", "not MODULE.FUNCTION: 'shell'"),
        ("no_such_module.shell", "no module 'no_such_module', asked for by 'no_such_module.shell'"),
        ("os.no_such.shell", "no module 'os.no_such', asked for by 'os.no_such.shell'"),
        ("os.no_such_function", "module 'os' has no function 'no_such_function'"),
        ("os.environ", "'os.environ' is not a function but _Environ"),
    ],
)
def test_a_function_that_is_not_there_is_named(name, problem):
    with pytest.raises(UsageError) as caught:
        bbsterm.accessories.function_lookup(name)

    assert str(caught.value) == problem


# --- servers ---------------------------------------------------------------------------------


def test_the_command_line_becomes_arguments(monkeypatch):
    line = (
        "server 0.0.0.0 2323 --encoding=false --line-mode --timeout 5 --no-compression --shell os.path.join"
    )
    monkeypatch.setattr(sys, "argv", line.split())

    found = bbsterm.parse_server_args(lambda parser: parser.add_argument("--extra"))

    assert found["shell"] is importlib.import_module("os").path.join
    told = {"host": "0.0.0.0", "port": 2323, "encoding": False, "line_mode": True, "timeout": 5}
    told |= {"force_binary": True}
    assert told.items() <= found.items()
    assert (found["compression"], found["extra"], found["ssl"]) == (False, None, None)


async def test_a_server_runs_until_it_is_cancelled(unused_tcp_port, monkeypatch):
    monkeypatch.setattr(logging.root, "handlers", [])
    serving = asyncio.ensure_future(
        bbsterm.run_server("127.0.0.1", unused_tcp_port, never_send_ga=True, loglevel="error")
    )
    reader = writer = None
    while reader is None and not serving.done():
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", unused_tcp_port)
        except ConnectionRefusedError:
            await asyncio.sleep(0)
    writer.write(b"\xff\xfc\x18quit\r")  # IAC WONT TTYPE

    assert (await reader.read()).endswith(b"Goodbye.\r\n")
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    writer.close()
    await writer.wait_closed()


async def test_a_system_without_pseudo_terminals_says_so(monkeypatch):
    assert bbsterm.PTY_SUPPORT is telnetlib3.PTY_SUPPORT
    monkeypatch.setattr(bbsterm.server, "PTY_SUPPORT", False)

    with pytest.raises(NotImplementedError, match="PTY support is not available"):
        await bbsterm.run_server(pty_exec="sh")


async def test_a_program_that_is_not_there_is_said_in_words():
    with pytest.raises(bbsterm.PTYSpawnError, match="there is no program 'no-such-program'"):
        await bbsterm.run_server(pty_exec="no-such-program")


async def test_what_fails_before_the_program_begins_is_said_to_the_client_and_in_the_log(caplog):
    def fail():
        raise ValueError("no such thing")

    shell = bbsterm.make_pty_shell("sh", preexec_fn=fail)
    async with await bbsterm.create_server(
        "127.0.0.1", 0, shell=shell, encoding=False, raw_silence=0
    ) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        async with asyncio.timeout(20):
            assert b"Nothing can be started here" in await reader.read()
        writer.close()
        await writer.wait_closed()
    assert "cannot be started: Exception occurred in preexec_fn" in caplog.text


@pytest.mark.parametrize("encoding", ["utf8", False])
async def test_a_program_on_a_pty_for_each_client(encoding):
    program = ["-c", "read line; echo heard $line; umask"]
    shell = bbsterm.make_pty_shell("sh", program, lambda: os.umask(0o027) and None, raw_mode=True)
    async with await bbsterm.create_server(
        "127.0.0.1", 0, shell=shell, encoding=encoding, force_binary=True, raw_silence=0
    ) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"\xff\xfc\x18h\xc3\xa9llo\r\n")  # IAC WONT TTYPE
        async with asyncio.timeout(20):
            assert b"heard h\xc3\xa9llo\r\n0027\r\n" in await reader.read()
        writer.close()
        await writer.wait_closed()


def test_a_command_line_with_a_program_and_its_arguments(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["serve", "127.0.0.1", "--pty-exec", "sh", "--", "-c", "exit 1"])

    found = bbsterm.parse_server_args()

    assert (found["pty_exec"], found["pty_args"], found["pty_raw"]) == ("sh", ["-c", "exit 1"], True)


def test_keys_are_translated_also_in_pieces():
    keys = bbsterm.InputFilter({b"\x1b[A": b"\x91", b"\x1b[B": b"\x11"}, {0x7F: 0x14})

    typed = (b"a\x7fb", b"\x1b", b"[A", b"\x1b[", b"x", b"\x1b[Bq", b"\x1b[C", b"\x1b")
    assert [keys.feed(each) for each in typed] == [
        *(b"a\x14b", b"", b"\x91", b"", b"\x1b[x", b"\x11q", b"\x1b[C", b"")
    ]
    assert keys.has_pending
    assert keys.flush() == b"\x1b"
    assert not keys.has_pending


def test_the_names_of_modes_and_of_no_support():
    assert str(bbsterm.Linemode(b"\x01")) == "local"
    assert str(bbsterm.Linemode(b"\x10")) == "remote"
    assert bbsterm.SLC_nosupport().nosupport
    assert bbsterm.BSD_SLC_TAB[bbsterm.SLC_AO].mask == telnetlib3.slc.BSD_SLC_TAB[bbsterm.SLC_AO].mask


async def test_the_status_tells_who_is_there():
    server = await bbsterm.create_server("127.0.0.1", 0)
    async with server:
        status = bbsterm.StatusLogger(server, 0)
        assert status._format_status(status._get_status()) == "0 clients connected"

        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"\xff\xfc\x18")  # IAC WONT TTYPE
        await server.wait_for_client()
        now = status._get_status()

        assert now["count"] == 1
        assert status._status_changed(now)
        assert "127.0.0.1:" in status._format_status(now)
        writer.close()
        await writer.wait_closed()


# --- their commands, called as functions ------------------------------------------------------


async def answer(reader, writer):
    writer.write(f"{writer.get_extra_info('TERM')}\r\n")
    await writer.drain()
    writer.close()


def without_a_keyboard(monkeypatch):
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(sys, "stdin", None)


@pytest.mark.parametrize("flags", [["--ssl-no-verify"], ["--ssl", "--ssl-cafile", "CA"], None])
async def test_the_client_command_trusts_whom_it_is_told_to(flags, tls, tmp_path, capfdbinary, monkeypatch):
    without_a_keyboard(monkeypatch)
    authority = tmp_path / "ca.pem"
    tls.ca.cert_pem.write_to_path(authority)
    async with await bbsterm.create_server(
        "127.0.0.1", 0, shell=answer, ssl=tls.server if flags else None
    ) as server:
        port = server.sockets[0].getsockname()[1]
        told = [str(authority) if flag == "CA" else flag for flag in flags or []]
        await bbsterm.run_client(["localhost", str(port), "--term=vt52", *told])

    assert b"vt52" in capfdbinary.readouterr().out


def test_the_client_command_says_that_nobody_answers(unused_tcp_port, monkeypatch):
    without_a_keyboard(monkeypatch)
    monkeypatch.setattr(sys, "argv", ["client", "127.0.0.1", str(unused_tcp_port)])

    with pytest.raises(SystemExit, match="Error: "):
        bbsterm.client.main()


def test_the_server_command_says_that_it_cannot_listen(monkeypatch):
    without_a_keyboard(monkeypatch)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(sys, "argv", ["server", "127.0.0.1", str(port), "--loglevel=error"])
        with pytest.raises(SystemExit, match="Error: "):
            bbsterm.server.main()


@pytest.mark.parametrize(("asked", "sent"), [(None, b"hi\r\n"), (True, b"hi\r"), (False, b"hi\r\n")])
async def test_raw_mode_can_be_asked_for_whatever_is_negotiated(asked, sent, monkeypatch):
    keyboard, terminal = os.openpty()
    typed = []

    async def shell(reader, writer):
        typed.append(await reader.readexactly(len(sent)))
        writer.close()

    try:
        monkeypatch.setattr(sys, "stdin", Tty(terminal))
        factory = bbsterm.BaseServer
        async with await bbsterm.create_server("127.0.0.1", 0, factory, shell, encoding=False) as server:
            reader, writer = await bbsterm.open_connection(*server.sockets[0].getsockname(), encoding=False)
            writer.ctx.raw_mode = asked
            calling = asyncio.ensure_future(bbsterm.telnet_client_shell(reader, writer))
            await asyncio.sleep(0)
            os.write(keyboard, b"hi\r")
            async with asyncio.timeout(20):
                await calling
    finally:
        os.close(keyboard)
        os.close(terminal)

    assert typed == [sent]


async def test_a_character_that_is_typed_in_two_pieces_is_one():
    keyboard, typist = os.pipe()
    pieces = [b"caf\xc3", b"\xa9\n"]
    sent = []

    class Writer:
        ctx, will_echo, mode = None, True, "kludge"
        encode = staticmethod(str.encode)
        write = sent.append

        async def drain(self):
            if pieces:
                os.write(typist, pieces.pop(0))
            else:
                os.close(typist)

    os.write(typist, pieces.pop(0))
    try:
        await client_shell._send_all(keyboard, Writer(), terminal=False)
    finally:
        os.close(keyboard)

    assert "".join(sent) == "caf\u00e9\n"
