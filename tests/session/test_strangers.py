"""Calls to programs that nobody here wrote: telnetlib3's server and inetutils' telnetd."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess

import pytest
import telnetlib3

from bbsterm.net.address import Address
from bbsterm.screen import create_terminal
from bbsterm.session import Call, CallSettings

TELNETD = shutil.which("telnetd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def shown(call: Call) -> str:
    return "\n".join(call.terminal.display())


@contextlib.asynccontextmanager
async def telnetlib3_server(shell, **options):
    server = await telnetlib3.create_server(host="127.0.0.1", port=0, shell=shell, **options)
    try:
        yield Address("127.0.0.1", server.sockets[0].getsockname()[1])
    finally:
        server.close()
        await server.wait_closed()


async def test_telnetlib3_learns_who_we_are_and_echoes_what_we_type(calling, seen):
    async def shell(reader, writer):
        told = [writer.get_extra_info(name) for name in ("TERM", "cols", "rows", "charset", "LANG")]
        writer.write(f"{told}\r\nName? ")
        name = await reader.readline()
        writer.write(f"\r\nHello, {name.strip()} ╬!\r\n")
        await writer.drain()
        writer.close()

    async with telnetlib3_server(shell) as address:
        call = Call(address, CallSettings(rows=24), terminal=create_terminal("ansi", rows=24))
        async with calling(call) as task:
            await seen(call, lambda: "Name?" in shown(call))
            assert not call.input_mode.line
            call.type("Ann\n")
            ended = await task

    assert "['ansi', 80, 24, 'UTF-8', 'en_US']" in shown(call)
    assert "Hello, Ann ╬!" in shown(call)
    assert ended.error is None


async def test_telnetlib3_in_line_mode_leaves_the_editing_to_us(calling, seen):
    async def shell(reader, writer):
        writer.write("Name? ")
        name = await reader.readline()
        writer.write(f"Hello, {name.strip()}!\r\n")
        await writer.drain()
        writer.close()

    async with telnetlib3_server(shell, line_mode=True) as address:
        call = Call(address)
        async with calling(call) as task:
            await seen(call, lambda: "Name?" in shown(call))
            assert call.input_mode.line
            assert call.local_echo
            for key in "Anm":
                call.press(key, key)
            call.press("backspace", "\x7f")
            call.type("n\n")
            await task

    assert call.terminal.display()[:2] == ["Name? Ann", "Hello, Ann!"]


@pytest.fixture
def telnetd(request):
    """An inetd for one call; its parameter is one more argument of telnetd's."""
    more = [request.param] if hasattr(request, "param") else []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        children = []

        def answer():
            peer, _ = listener.accept()
            with peer:
                command = [TELNETD, "-h", "-E", "/bin/sh -i", *more]
                children.append(subprocess.Popen(command, stdin=peer, stdout=peer, stderr=peer))

        yield Address("127.0.0.1", listener.getsockname()[1]), answer
        for child in children:
            child.wait(timeout=20)


@pytest.mark.skipif(TELNETD is None or not os.access("/dev/ptmx", os.W_OK), reason="telnetd is not installed")
async def test_inetutils_telnetd_runs_a_shell_for_us(telnetd, calling, seen):
    address, answer = telnetd
    call = Call(
        address, CallSettings(columns=90, rows=30), terminal=create_terminal("ansi", columns=90, rows=30)
    )
    async with calling(call) as task:
        await asyncio.to_thread(answer)
        await seen(call, lambda: not call.input_mode.line and shown(call).strip())
        call.type("echo $TERM $((6 * 7)); stty size\n")
        await seen(call, lambda: "30 90" in shown(call))
        assert "ansi 42" in shown(call)
        call.resize(100, 31)
        call.type("stty size\n")
        await seen(call, lambda: "31 100" in shown(call))
        call.type("exit\n")
        ended = await task

    assert ended.reason == "connection closed by host"


@pytest.mark.parametrize("telnetd", ["-l"], indirect=True)
@pytest.mark.skipif(TELNETD is None or not os.access("/dev/ptmx", os.W_OK), reason="telnetd is not installed")
async def test_inetutils_telnetd_has_lines_edited_here(telnetd, calling, seen):
    address, answer = telnetd
    call = Call(address, CallSettings(rows=24), terminal=create_terminal("ansi", rows=24))
    async with calling(call) as task:
        await asyncio.to_thread(answer)
        await seen(call, lambda: call.special_keys is not None and shown(call).strip())
        assert call.input_mode.line
        assert call.flow_control is not None
        for key in "ecjo":
            call.press(key, key)
        call.press("backspace", "\x7f")
        call.press("backspace", "\x7f")
        call.type("ho $((6 * 7))\n")
        await seen(call, lambda: "42" in shown(call))
        call.type("cat; echo $((7 * 7))\n")
        call.press("ctrl+d", None)  # IAC EOF ends cat
        await seen(call, lambda: "49" in shown(call))
        call.type("exit\n")
        ended = await task

    assert ended.reason == "connection closed by host"
