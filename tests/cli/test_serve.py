from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys

import pytest

from bbsterm.cli import main
from bbsterm.cli.base import ExitCode

PATIENCE = 20


@pytest.fixture
def serve(tmp_path):
    """Starts `bbsterm serve` on a free port; gives the process and its address."""
    running = []

    def start(*options):
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "bbsterm",
                "serve",
                "127.0.0.1",
                "0",
                "--data-dir",
                str(tmp_path),
                *options,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        place = re.search(r"on 127\.0\.0\.1:(\d+)\. Ctrl\+C closes it", process.stdout.readline())
        return process, ("127.0.0.1", int(place[1]))

    yield start
    for process in running:
        process.kill()
        process.communicate(timeout=PATIENCE)


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_board_and_callers_are_told(serve, number, tmp_path):
    process, address = serve("--name", "The Attic")
    with socket.create_connection(address, timeout=PATIENCE) as caller:
        caller.sendall(b"Ann\n")
        heard = b""
        while b"Your choice" not in heard:
            heard += caller.recv(65536)
        assert b"The Attic" in heard

        process.send_signal(number)

        while data := caller.recv(65536):
            heard += data
        assert b"The board closes now." in heard
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "Traceback" not in out + err
    assert err.endswith("bbsterm.serve: closed\n")
    assert [file.name for file in tmp_path.iterdir()] == ["board.sqlite3"]
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(address)


def test_the_log_goes_where_it_should_and_trace_shows_bytes(serve, tmp_path):
    process, address = serve("--loglevel", "trace", "--logfile", str(tmp_path / "logs" / "serve.log"))
    with socket.create_connection(address, timeout=PATIENCE) as caller:
        assert caller.recv(3) == b"\xff\xfd\x18"
    process.terminate()
    _, err = process.communicate(timeout=PATIENCE)

    log = (tmp_path / "logs" / "serve.log").read_text()
    assert "call from 127.0.0.1" in log
    assert "ff fd 18" in log
    assert err == "bbsterm: closing\n"


def test_a_port_that_is_taken(tmp_path, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        assert main(["serve", "127.0.0.1", port, "--data-dir", str(tmp_path)]) == ExitCode.FAILED

    said = capsys.readouterr()
    assert said.out == ""
    assert f"bbsterm: cannot listen on 127.0.0.1:{port}: address already in use\n" in said.err
    assert "try another port" in said.err


def test_a_data_folder_that_cannot_be_used(tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")

    assert main(["serve", "127.0.0.1", "0", "--data-dir", str(tmp_path / "file")]) == ExitCode.FAILED
    assert "board.sqlite3: file exists" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["127.0.0.1", "99999"], "PORT must be a whole number from 0 to 65535, not '99999'"),
        (["127.0.0.1", "http"], "PORT must be a whole number"),
        (["70000"], "PORT must be a whole number from 0 to 65535, not '70000'"),
        (["--timeout", "soon"], "--timeout must be a number"),
        (["--limit-callers", "0"], "--limit-callers must be a whole number from 1"),
        (
            ["--encoding", "klingon"],
            "--encoding must be a character set (utf-8, cp437, latin-1 ...) or false, not 'klingon'",
        ),
        (["--encoding", "base64"], "or false, not 'base64'"),
        (["--tls-key", "x.pem"], "--tls-key needs --tls-cert"),
        (["--tls-cert", "/absent.pem"], "/absent.pem is no usable certificate"),
        (["--terminal", "teletext"], "invalid choice: 'teletext'"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(argv, said, capsys):
    assert main(["serve", *argv]) == ExitCode.USAGE
    assert said in capsys.readouterr().err


def test_help_has_examples(capsys):
    assert main(["serve", "--help"]) == ExitCode.OK
    assert "bbsterm serve 0.0.0.0 2323" in capsys.readouterr().out
