from __future__ import annotations

import asyncio
import contextlib
import os
from dataclasses import replace

import pytest

if os.name == "nt":
    pytest.skip("POSIX only", allow_module_level=True)

from bbsterm.errors import UsageError
from bbsterm.serve.pty.process import account
from bbsterm.serve.pty.shell import Host
from bbsterm.serve.service import open_service
from bbsterm.serve.settings import ServeSettings

PATIENCE = 20
ME = account("root").name if os.geteuid() == 0 else None
SETTINGS = ServeSettings(port=0, run_as=ME, connect_maxwait=1.0, status_interval=0)


@contextlib.asynccontextmanager
async def calling(program, *arguments, **changes):
    settings = replace(SETTINGS, pty_exec=program, pty_args=arguments, **changes)
    async with asyncio.timeout(PATIENCE), open_service(settings) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
        try:
            yield reader, writer, server
        finally:
            writer.close()


async def test_a_program_gets_a_terminal_of_the_callers_size_that_is_followed():
    size = "stty size; read x; stty size"
    async with calling("sh", "-c", size) as (reader, writer, _):
        writer.write(b"\xff\xfb\x1f\xff\xfa\x1f\x00\x64\x00\x28\xff\xf0")  # NAWS 100 40
        await reader.readuntil(b"40 100\r\n")
        writer.write(b"\xff\xfa\x1f\x00\x50\x00\x18\xff\xf0")  # NAWS 80 24
        await asyncio.sleep(0)
        writer.write(b"x\r\0")

        assert b"24 80\r\n" in await reader.read()


async def test_raw_by_default_and_cooked_with_echo_in_line_mode():
    async with calling("sh", "-c", "stty -a; cat") as (reader, writer, _):
        modes = await reader.readuntil(b"-echoprt")
        assert b"-icanon" in modes
        assert b" -echo " in modes

    async with calling("cat", line_mode=True) as (reader, writer, _):
        writer.write(b"hello\r\n")
        assert b"hello\r\nhello\r\n" in await reader.readuntil(b"hello\r\nhello\r\n")


async def test_a_cooked_one_echoes_and_rubs_out_by_either_key():
    async with calling("cat", pty_cooked=True) as (reader, writer, _):
        writer.write(b"hellp\x08o!\x7f\r\0")
        said = await reader.readuntil(b"\r\nhello\r\n")
        assert said.endswith(b"hellp\x08 \x08o!\x08 \x08\r\nhello\r\n")


async def test_a_client_that_echoes_itself_is_not_echoed_twice():
    async with calling("cat", line_mode=True) as (reader, writer, _):
        writer.write(b"\xff\xfb\x1f\xff\xfa\x1f\x00\x64\x00\x28\xff\xf0\xff\xfc\x18")  # telnet, WONT TTYPE
        writer.write(b"\xff\xfc\x00\xff\xfe\x00\xff\xfe\x03\xff\xfc\x27\xff\xfc\x2a")
        writer.write(b"hello\r\nend\r\n\x04")
        said = await reader.readuntil(b"end\r\n")
        assert said.count(b"hello") == 1


async def test_the_environment_is_ours_whatever_the_caller_says():
    async with calling("env", accept_env=("COLORTERM",)) as (reader, writer, _):
        writer.write(b"\xff\xfb\x27")  # WILL NEW-ENVIRON
        writer.write(
            b"\xff\xfa\x27\x00\x00USER\x01evil\x03LD_PRELOAD\x01/evil.so\x03COLORTERM\x01truecolor\xff\xf0"
        )
        said = await reader.read()

    assert b"evil" not in said
    assert b"BBSTERM_CALLER=127.0.0.1\r\n" in said
    assert b"TERM=ansi\r\n" in said or b"TERM=vt100\r\n" in said or b"TERM=dumb\r\n" in said


async def test_the_end_of_the_program_is_the_end_of_the_call_even_with_children_behind():
    async with calling("sh", "-c", "sleep 30 & echo bye; exit 3") as (reader, _, _server):
        assert (await reader.read()).endswith(b"bye\r\n")


async def test_hanging_up_ends_the_whole_group_even_what_ignores_it():
    script = "trap '' HUP; sh -c 'trap \"\" HUP; echo child $$; sleep 60' & echo ready $$; wait"
    async with calling("sh", "-c", script) as (reader, writer, _server):
        said = await reader.readuntil(b"ready")
        said += await reader.readuntil(b"\n")
        while b"child" not in said:
            said += await reader.readuntil(b"\n")
        words = said.split()
        numbers = [int(words[at + 1]) for at, word in enumerate(words) if word in (b"ready", b"child")]
        writer.close()
        await writer.wait_closed()
    # the service waits for what it started
    for number in numbers:
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


async def test_the_fork_limit_keeps_further_callers_waiting():
    async with calling("cat", pty_fork_limit=1) as (reader, writer, server):
        writer.write(b"x\r\n")
        await reader.readuntil(b"x")
        second, other = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
        assert await second.readuntil(b"do not touch! ")
        other.close()


async def test_a_program_that_writes_without_end_waits_for_its_caller():
    async with calling("yes") as (reader, writer, server):
        await reader.readuntil(b"y\r\ny\r\n")
        writer.transport.pause_reading()
        client = server.clients[0]
        before = -1
        while client.tx_bytes != before:  # until it stands still
            before = client.tx_bytes
            await asyncio.sleep(0.3)  # nobody tells when a program waits
        assert client._transport.get_write_buffer_size() <= 256 * 1024
        writer.transport.resume_reading()
        await reader.readexactly(100_000)


async def test_interrupt_is_a_key_on_the_terminal():
    async with calling(
        "sh", "-c", "trap 'echo caught; exit' INT; echo ready; while :; do sleep 0.05; done"
    ) as (
        reader,
        writer,
        _,
    ):
        await reader.readuntil(b"ready")
        writer.write(b"\xff\xf4")  # IAC IP
        assert b"caught" in await reader.read()


async def test_ga_marks_the_callers_turn_after_silence():
    async with calling("sh", "-c", "printf '? '; cat") as (reader, writer, _):
        writer.write(b"\xff\xfb\x1f\xff\xfa\x1f\x00\x64\x00\x28\xff\xf0\xff\xfe\x03\xff\xfe\x01\xff\xfc\x18")
        assert (await reader.readuntil(b"\xff\xf9")).endswith(b"? \xff\xf9")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pty_exec": "no-such-program-here"}, "there is no program 'no-such-program-here'"),
        ({"pty_exec": "cat", "run_as": "no-such-user"}, "there is no user 'no-such-user'"),
        ({"pty_exec": "cat", "accept_env": ("LD_PRELOAD",)}, "LD_PRELOAD cannot come from a caller"),
        ({"pty_args": ("-l",)}, "need --pty-exec"),
    ],
)
async def test_what_cannot_be_run_is_refused_before_anything_listens(changes, said):
    with pytest.raises(UsageError, match=said):
        async with open_service(replace(SETTINGS, **changes)):
            pass


def test_root_must_name_whom_programs_run_as(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    with pytest.raises(UsageError, match="as root would give every caller this machine"):
        account(None)


async def test_a_caller_waits_for_programs_that_are_ending_and_not_for_later_ones():
    host = Host(replace(SETTINGS, pty_exec="cat"))
    over, never = asyncio.Event(), asyncio.Event()
    first, later = (asyncio.ensure_future(each.wait()) for each in (over, never))
    host._ending.add(first)
    waiting = asyncio.ensure_future(host.ended())
    await asyncio.sleep(0)
    host._ending.add(later)
    assert not waiting.done()

    over.set()

    await waiting
    later.cancel()
