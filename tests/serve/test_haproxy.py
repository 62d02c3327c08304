"""The board behind a real haproxy, with PROXY v2; without haproxy these tests skip."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import shutil
import socket

import pytest

from bbsterm.serve.service import open_service
from bbsterm.serve.settings import ServeSettings

PROGRAM = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin")
PATIENCE = 10
CONFIG = """
global
    maxconn 100
defaults
    mode tcp
    timeout connect 5s
    timeout client 1h
    timeout server 1h
frontend telnet
    bind 127.0.0.1:{front}
    default_backend boards
backend boards
    balance roundrobin
    server one 127.0.0.1:{one} send-proxy-v2 check-send-proxy check inter 1s
    server two 127.0.0.1:{two} send-proxy-v2 check-send-proxy check inter 1s
"""

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="haproxy is not installed")


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextlib.asynccontextmanager
async def haproxy(tmp_path, one, two):
    front, config = free_port(), tmp_path / "haproxy.cfg"
    config.write_text(CONFIG.format(front=front, one=one, two=two))
    process = await asyncio.create_subprocess_exec(PROGRAM, "-db", "-f", str(config))
    try:
        yield front
    finally:
        process.terminate()
        await process.wait()


@contextlib.asynccontextmanager
async def calling(port, source):
    """Call from an address of this machine, as soon as somebody answers."""
    async with asyncio.timeout(PATIENCE):
        while True:
            with contextlib.suppress(OSError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
                break
            await asyncio.sleep(0.02)
    try:
        yield reader, writer
    finally:
        writer.close()


async def test_callers_are_shared_out_and_keep_their_own_address(tmp_path, caplog):
    caplog.set_level("INFO", logger="bbsterm.serve")
    settings = ServeSettings(
        port=0, proxy_protocol=(ipaddress.ip_network("127.0.0.1"),), data_dir=tmp_path / "data", drain=0.1
    )
    async with (
        open_service(settings) as one,
        open_service(settings) as two,
        haproxy(tmp_path, *(each.sockets[0].getsockname()[1] for each in (one, two))) as front,
    ):
        for number, source in enumerate(("127.0.0.71", "127.0.0.72")):
            async with calling(front, source) as (reader, writer), asyncio.timeout(PATIENCE):
                writer.write(b"Ann\n")
                await reader.readuntil(b"Your choice")
                assert f"call from {source}" in caplog.text
                if number == 0:
                    writer.write(b"o\nw\nfrom behind the proxy\n")
                    await reader.readuntil(b"from behind the proxy")
                else:  # on the other board, whose callers share the file
                    writer.write(b"o\n")
                    await reader.readuntil(b"from behind the proxy")
    assert "is no address of a proxy" not in caplog.text
