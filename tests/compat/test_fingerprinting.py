"""telnetlib3's fingerprinting names, used as its users use them."""

from __future__ import annotations

import asyncio
import json

import pytest
from bbsterm.fingerprinting import ENVIRON_EXTENDED
from bbsterm.server_fingerprinting import fingerprinting_client_shell, probe_server_capabilities

import bbsterm


@pytest.fixture
async def line():
    """A server's client, connected to one of ours: (server side, client writer)."""
    async with await bbsterm.create_server("127.0.0.1", 0, connect_maxwait=1.0) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await bbsterm.open_connection("127.0.0.1", port, term="vt220", cols=100)
        client = await server.wait_for_client()
        yield client, writer
        writer.close()
        await writer.wait_closed()
        assert reader.at_eof() is not None


async def test_a_callers_options_are_asked_for(line):
    client, _ = line

    found = await bbsterm.probe_client_capabilities(
        client.writer, [(b"\x19", "EOR", "end of record"), (b"\x18", "TTYPE", ""), (b"\x2f", "KERMIT", "")]
    )

    assert found["EOR"] == {"status": "WILL", "opt": b"\x19", "description": "end of record"}
    assert found["TTYPE"]["already_negotiated"] is True
    assert found["KERMIT"]["status"] == "WONT"
    assert await bbsterm.probe_client_loop_detection(client.writer, found) == []


async def test_all_options_without_a_list(line):
    client, _ = line

    found = await bbsterm.probe_client_capabilities(client.writer)

    assert found["NAWS"]["status"] == "WILL"
    assert found["SUPDUP"]["status"] == "WONT"


async def test_a_servers_options_are_asked_for(line):
    _, writer = line

    found = await probe_server_capabilities(writer)

    assert found["SGA"]["status"] == "WILL"
    assert found["COM_PORT"]["status"] == "WONT"


async def test_what_a_caller_told(line):
    client, _ = line

    told = bbsterm.get_client_fingerprint(client.writer)

    assert told["ttype1"] == "vt220"
    assert told["cols"] == 100
    assert "NAWS" in told["supported-options"]


def test_nobody_is_asked_for_secrets():
    assert not [name for name in ENVIRON_EXTENDED if any(word in name for word in ("KEY", "TOKEN", "AUTH"))]


async def test_the_shell_keeps_its_files_where_the_variable_says(tmp_path, monkeypatch):
    monkeypatch.setenv("TELNETLIB3_DATA_DIR", str(tmp_path))
    shell = bbsterm.fingerprinting_server_shell
    async with await bbsterm.create_server("127.0.0.1", 0, bbsterm.FingerprintingServer, shell) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await bbsterm.open_connection("127.0.0.1", port, term="vt220")
        async with asyncio.timeout(20):
            heard = ""
            while "name (Return" not in heard:
                heard += await reader.read(1024)
        writer.close()
        await writer.wait_closed()

    (file,) = tmp_path.glob("client/*/*/*.json")
    assert json.loads(file.read_text())["telnet-probe"]["session_data"]["terminal-types"] == ["vt220"]


async def test_a_class_of_ones_own(tmp_path):
    class Mine(bbsterm.FingerprintingTelnetServer, bbsterm.TelnetServer):
        def on_ttype(self, ttype):
            super().on_ttype(ttype)
            names.append(ttype)

    names = []
    async with await bbsterm.create_server("127.0.0.1", 0, Mine) as server:
        port = server.sockets[0].getsockname()[1]
        _, writer = await bbsterm.open_connection("127.0.0.1", port, term="vt220")
        client = await server.wait_for_client()
        writer.close()
        await writer.wait_closed()

    assert names[0] == "vt220"
    assert client.fingerprint_probe.types == ["vt220"]


async def test_the_client_shell_prints_and_keeps_what_it_finds(tmp_path, capsys):
    async def shell(reader, writer):
        writer.write("Welcome!\r\n")
        await reader.read(1)

    async with await bbsterm.create_server("127.0.0.1", 0, shell=shell, raw_silence=0.1) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await bbsterm.open_connection("127.0.0.1", port)
        file = tmp_path / "found.json"
        await fingerprinting_client_shell(
            reader,
            writer,
            host="127.0.0.1",
            port=port,
            save_path=str(file),
            banner_quiet_time=0.2,
            mssp_wait=0.1,
        )

    assert json.loads(capsys.readouterr().out) == json.loads(file.read_text())
    assert "Welcome!" in file.read_text()


def test_the_post_script_shows_a_file_or_says_why_not(tmp_path, capsys):
    file = tmp_path / "x.json"
    file.write_text('{"program": "PuTTY"}')

    bbsterm.fingerprinting_post_script(file)
    bbsterm.fingerprinting_post_script(tmp_path / "nowhere.json")

    said = capsys.readouterr()
    assert "PuTTY" in said.out
    assert "no such file" in said.err
