"""A whole login with everything switched on: the password is in no file, on no screen, in no output.

What is planted is looked for in every file that was written, in what was printed, in the command line of the
process, and in the `repr` of everything of ours that is alive.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import gc
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bbsterm.book import Book, Entry
from bbsterm.cli.base import run_command
from bbsterm.cli.own_book import book_paths
from bbsterm.config import find_paths, load_settings
from bbsterm.secret import Secret
from bbsterm.vault import Owner, open_secrets

TOKEN = "Zq7-planted-Xw9"
PASSPHRASE = "correct horse battery"
TRACED = ["--loglevel", "trace", "--logfile", "trace.log"]

LOGIN = """
[[step]]
expect = "login:"
send = "{user}<enter>"
[[step]]
expect = "password:"
send = "{secret}<enter>"
[[step]]
expect = "welcome"
timeout = 5
[[step]]
capture = { region = [1, 1, 25, 80], into = "all" }
[[step]]
notify = "In: {all}"
"""

SCRIPT = """
async def main(call):
    await call.expect("login:")
    await call.type("{user}<enter>")
    await call.expect("password:")
    await call.send_secret()
    await call.press("enter")
    await call.expect("welcome", timeout=5)
    call.screenshot("script.html")
    return [call.screen.text, repr(call), repr(vars(call))]
"""


def silently(line):
    return [b"\r\n"]


def whole(line):
    return [line + b"\r\n"]


def in_bytes(line):
    return [line[at : at + 1] for at in range(len(line))] + [b"\r\n"]


def in_colours(line):
    return [b"".join(b"\x1b[1;3%dm%c" % (at % 8, char) for at, char in enumerate(line)) + b"\x1b[0m\r\n"]


def in_stars(line):
    return [b"*" * len(line) + b"\r\n"]


class EchoBoard:
    """Asks for a name and a password, shows the password in some way, and tells it once more."""

    def __init__(self, echo, *, ends=b"Welcome! Your password is %s, keep it.\r\n", calls=1):
        self._echo, self._ends, self._calls = echo, ends, calls
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(20)
        self.port = self._listening.getsockname()[1]
        self.heard = b""
        self.asked = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._listening.close()
        self._thread.join()

    def _serve(self):
        for _ in range(self._calls):
            with contextlib.suppress(OSError):  # a caller who hangs up, or never comes
                self._talk()

    def _talk(self):
        line, _ = self._listening.accept()
        line.settimeout(20)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with line:
            line.sendall(b"login: ")
            name = self._line(line)
            line.sendall(name + b"\r\nPassword: ")
            self.asked.set()
            self.heard = self._line(line)
            for piece in self._echo(self.heard):
                line.sendall(piece)
            line.sendall(self._ends % self.heard if b"%s" in self._ends else self._ends)
            while line.recv(4096):
                continue

    def _line(self, line):
        data = b""
        while not data.endswith(b"\r") and (more := line.recv(1)):
            data += more.strip(b"\n\0")  # what follows a CR belongs to the line before
        return data.strip(b"\r")


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("BBSTERM_VAULT_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr("bbsterm.vault.sealed._COST", 16)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def own_board(port, **fields):
    """An entry with a secret in the vault."""
    with Book.open(book_paths()) as book:
        entry = book.add(Entry("Echo", "127.0.0.1", port, user="ann", secret="file:echo", **fields))
    owner = Owner(entry.id, "Echo", "127.0.0.1", port, "ann")
    asyncio.run(open_secrets(load_settings(), find_paths()).store("file:echo", owner, Secret(TOKEN)))


def spellings(token):
    data = token.encode()
    half = len(token) // 2
    return {
        data,
        data.lower(),
        data[::-1],
        data.hex().encode(),
        data.hex(" ").encode(),
        base64.b64encode(data),
        data.decode().encode("utf-16-le"),
        data[:half] + b"\n" + data[half:],
    }


def assert_nowhere(folder, *texts):
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert written
    wanted = spellings(TOKEN)
    found = [path for path in written if any(each in path.read_bytes() for each in wanted)]
    said = [text for text in texts if any(each in text.encode() for each in wanted)]
    assert (found, said) == ([], [])


def assert_in_no_repr():
    ours = [
        each
        for each in gc.get_objects()
        if str(type(each).__module__).startswith("bbsterm") or isinstance(each, BaseException)
    ]
    assert ours
    assert [type(each) for each in ours if TOKEN in repr(each) or TOKEN in str(each)] == []


@pytest.mark.parametrize("what", ["login.toml", "login.py"])
@pytest.mark.parametrize("echo", [silently, whole, in_bytes, in_colours, in_stars])
def test_a_login_leaves_the_password_nowhere(home, capfd, echo, what):
    (home / "login.toml").write_text(LOGIN)
    (home / "login.py").write_text(SCRIPT)
    with EchoBoard(echo) as board:
        own_board(board.port)
        code = run_command(
            [
                "run",
                what,
                "--to",
                "Echo",
                "--json",
                "--screenshot",
                "last.svg",
                "--transcript",
                "said.txt",
                *TRACED,
            ]
        )
        told = capfd.readouterr()

    assert board.heard == TOKEN.encode()
    assert code == 0, told.err
    assert_nowhere(home, told.out, told.err)
    assert_in_no_repr()
    assert "******" in (home / "said.txt").read_text()
    assert "Password:" in (home / "said.txt").read_text()
    assert "2a 2a 2a" in (home / "trace.log").read_text()  # stars, in both directions


@pytest.mark.parametrize("echo", [whole, in_bytes])
@pytest.mark.parametrize("ends", [b"Wrong: %s is not it.\r\nlogin: ", b"no\r\n", b"%s", b""])
def test_a_login_that_fails_leaves_it_nowhere_either(home, capfd, echo, ends):
    (home / "login.toml").write_text(LOGIN.replace("timeout = 5", "timeout = 0.2"))
    with EchoBoard(echo, ends=ends) as board:
        own_board(board.port)
        code = run_command(
            ["run", "login.toml", "--to", "Echo", "--json", "--transcript", "said.txt", *TRACED]
        )
        told = capfd.readouterr()

    assert board.heard == TOKEN.encode()
    assert code == 1
    assert (home / "bbsterm-failed.svg").exists()
    assert_nowhere(home, told.out, told.err)
    assert_in_no_repr()


def test_a_plain_call_with_a_login_macro_shows_it_to_nobody(home):
    (home / "home" / "macros").mkdir(parents=True)
    (home / "home" / "macros" / "echo.toml").write_text(LOGIN)
    with EchoBoard(in_bytes) as board:
        own_board(board.port, login="echo")
        process = subprocess.Popen(
            [sys.executable, "-m", "bbsterm", "connect", "--plain", "Echo", "--linger", "0.1", *TRACED],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert board.asked.wait(20)
        command = Path(f"/proc/{process.pid}/cmdline")
        words = command.read_text() if command.exists() else ""
        environment = Path(f"/proc/{process.pid}/environ")
        around = environment.read_text() if environment.exists() else ""
        out, err = process.communicate(timeout=30)

    assert board.heard == TOKEN.encode()
    assert process.returncode == 0, err
    assert "Welcome" in out
    assert "anybody on the way can read it" in err  # the line is not protected, and that is said once
    assert_nowhere(home, out, err, words, around)


def test_the_warning_about_a_plain_line_comes_once_an_entry(home, capfd):
    (home / "login.toml").write_text(LOGIN)
    with EchoBoard(silently, calls=2) as board:
        own_board(board.port)
        codes, warned = [], []
        for _ in range(2):
            codes.append(run_command(["run", "login.toml", "--to", "Echo"]))
            warned.append("anybody on the way can read it" in capfd.readouterr().err)

    assert codes == [0, 0]
    assert warned == [True, False]


def test_an_entry_that_has_moved_does_not_take_its_password_along(home, capfd):
    (home / "login.toml").write_text(LOGIN)
    with EchoBoard(silently) as board:
        own_board(1)  # it was kept for another port
        with Book.open(book_paths()) as book:
            book.edit(book.find("Echo")[0], port=board.port)
        code = run_command(["run", "login.toml", "--to", "Echo"])

    assert code == 1
    assert board.heard == b""
    assert "is kept for 127.0.0.1:1, not for" in capfd.readouterr().err
