"""`bbsterm fingerprint`: as a person and as a script use it."""

from __future__ import annotations

import asyncio
import json
import socket
import threading

import pytest

from bbsterm.cli import main
from bbsterm.fingerprint import Names, Store

A, B, C = "a" * 16, "b" * 16, "c" * 16


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path))
    monkeypatch.delenv("TELNETLIB3_DATA_DIR", raising=False)
    return tmp_path / "fingerprints"


@pytest.fixture
def port():
    """A board in a thread of its own: it says hello, and no to everything."""
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    found = []

    async def hello(reader, writer):
        writer.write(b"\xff\xfb\x01\xc9\xcdHello\xcd\xbb")  # IAC WILL ECHO
        while data := await reader.read(4096):
            no = data.replace(b"\xff\xfd", b"\xff\xfc").replace(b"\xff\xfb", b"\xff\xfe")
            writer.write(no.replace(b"\xff\xfc\x01", b""))
        writer.close()

    async def serve():
        server = await asyncio.start_server(hello, "127.0.0.1", 0)
        found.append(server.sockets[0].getsockname()[1])
        ready.set()
        async with server:
            await over.wait()

    over = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    ready.wait(10)
    yield found[0]
    loop.call_soon_threadsafe(over.set)
    thread.join(10)
    loop.close()


QUICKLY = ("--banner-quiet-time", "0.2", "--encoding", "cp437")


def test_a_board_becomes_json_and_a_file(folder, port, capsys):
    assert main(["fingerprint", "127.0.0.1", str(port), *QUICKLY]) == 0

    document = json.loads(capsys.readouterr().out)
    probe = document["server-probe"]
    assert probe["fingerprint-data"]["offered-options"] == ["ECHO"]
    assert "╔═Hello═╗" in probe["session_data"]["banner"]
    kept = folder / "server" / probe["fingerprint"] / f"{document['session']}.json"
    assert json.loads(kept.read_text()) == document


def test_a_banner_in_petscii(folder, port, capsys):
    assert main(["fingerprint", "127.0.0.1", str(port), *QUICKLY[:2], "--encoding", "petscii"]) == 0

    told = json.loads(capsys.readouterr().out)["server-probe"]["session_data"]
    assert told["encoding"] == "petscii"
    assert "\x1b[" in told["banner-ansi"]


def test_silent_says_nothing_and_save_json_says_where(folder, port, tmp_path, capsys):
    file = tmp_path / "found.json"

    where = ("fingerprint", f"127.0.0.1:{port}", *QUICKLY, "--silent", "--save-json", str(file))
    assert main([*where, "--set-name", "The Attic"]) == 0

    assert capsys.readouterr().out == ""
    found = json.loads(file.read_text())["server-probe"]["fingerprint"]
    assert Names(folder).known() == {found: "The Attic"}
    assert not (folder / "server").exists()


def test_a_folder_that_cannot_be_written_is_said_and_the_json_printed_all_the_same(tmp_path, port, capsys):
    (tmp_path / "file").write_text("")

    assert main(["fingerprint", "127.0.0.1", str(port), *QUICKLY, "--data-dir", str(tmp_path / "file")]) == 1

    said = capsys.readouterr()
    assert "not a directory" in said.err
    assert json.loads(said.out)


def test_nobody_there_is_3(folder, capsys):
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        assert main(["fingerprint", "127.0.0.1", str(line.getsockname()[1])]) == 3

    assert "connection refused" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("host", "0"),
        ("host", "x"),
        ("host", "23", "--connect-timeout", "soon"),
        ("host", "23", "--banner-max-bytes", "0"),
        ("host", "23", "--banner-max-bytes", "99999999"),
        ("host", "23", "--encoding", "klingon"),
        ("host", "23", "--encoding", "base64"),
        ("host", "23", "--encoding", "rot13"),
        ("host", "23", "--send-env", "USER"),
        ("host", "23", "--ttype", "x\x1b"),
        ("host", "23", "--always-do", "nonsense"),
        ("host", "23", "--accept", "abc"),
        ("list", "--drop", "abc"),
        ("moderate", "--accept", "abc"),
        ("moderate", "--rename", "abc"),
        ("show", "abc"),
        ("show",),
    ],
)
def test_what_cannot_be_meant_is_2(folder, words, capsys):
    assert main(["fingerprint", *words]) == 2

    assert capsys.readouterr().err.startswith("bbsterm: ")


def test_list_and_show(folder, capsys):
    Store(folder).save("client", (A, B), C, {"program": "PuTTY\x1b[2J", "sessions": [1, 2]})
    Store(folder).save("server", (B,), C, {"address": {"host": "bbs.example.org", "port": 23}})
    (folder / "server" / B / f"{'d' * 16}.json").write_text("broken")

    assert main(["fingerprint", "list"]) == 0
    listed = capsys.readouterr().out
    assert f"{A} {B}" in listed
    assert "bbs.example.org:23" in listed
    assert "not JSON" in listed
    assert "\x1b" not in listed

    assert main(["fingerprint", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["sessions"] == 2
    assert main(["fingerprint", "show", A[:4]]) == 0
    assert "PuTTY" in capsys.readouterr().out


def test_moderating_by_flags(folder, capsys):
    names = Names(folder)
    for of, name in ((A, "PuTTY"), (B, "kitty?"), (C, "rude")):
        names.suggest(of, "telnet", name)
    ids = {each.name: each.id for each in names.suggestions()}

    assert main(["fingerprint", "moderate"]) == 0
    assert ids["rude"] in capsys.readouterr().out
    words = ["--accept", ids["PuTTY"], "--rename", f"{ids['kitty?']}=kitty", "--drop", ids["rude"]]
    assert main(["fingerprint", "moderate", *words]) == 0

    assert names.known() == {A: "PuTTY", B: "kitty"}
    assert names.suggestions() == []


def test_one_wrong_id_changes_nothing(folder):
    names = Names(folder)
    names.suggest(A, "telnet", "PuTTY")
    words = ["--accept", names.suggestions()[0].id, "--drop", "nonsense"]

    assert main(["fingerprint", "moderate", *words]) == 2

    assert names.known() == {}


def test_moderating_by_keyboard(folder, monkeypatch, capsys):
    names = Names(folder)
    for of, name in ((A, "PuTTY"), (B, "kitty?"), (C, "rude")):
        names.suggest(of, "telnet", name)
    Store(folder).save("client", (A, B), C, {})
    keys = iter(["?", "a", "r", "", "r", "kitty", "d"])
    monkeypatch.setattr("builtins.input", lambda _: next(keys))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    assert main(["fingerprint", "moderate"]) == 0

    assert names.known() == {A: "PuTTY", B: "kitty"}
    assert names.suggestions() == []
    assert "There is no file of" in capsys.readouterr().out


@pytest.mark.parametrize("keys", [["q"], [EOFError]])
def test_the_moderator_may_leave(folder, monkeypatch, keys):
    names = Names(folder)
    names.suggest(A, "telnet", "PuTTY")

    def press(_):
        key = keys[0]
        if key is EOFError:
            raise EOFError
        return key

    monkeypatch.setattr("builtins.input", press)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    assert main(["fingerprint", "moderate"]) == 0
    assert len(names.suggestions()) == 1


def test_nothing_to_moderate(folder, capsys):
    assert main(["fingerprint", "moderate"]) == 0

    assert "No names wait" in capsys.readouterr().err
