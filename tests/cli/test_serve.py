from __future__ import annotations

import contextlib
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


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_a_full_disk_costs_the_log_and_no_callers(serve, phones):
    process, address = serve("--shell", "telsh", "--logfile", "/dev/full", "--loglevel", "trace")
    for _ in range(3):
        _hears(address, b"tel:sh> ", phones)
    process.terminate()
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert err.count("the log cannot be written: no space left on device") == 1
    assert "Traceback" not in err


# --- workers -------------------------------------------------------------------------------------------


def _hears(address, words, phones):
    """A caller who hears these words, and stays as long as `phones`."""
    caller = phones.enter_context(socket.create_connection(address, timeout=PATIENCE))
    caller.sendall(b"\xff\xfc\x18")  # IAC WONT TTYPE
    heard = b""
    while words not in heard:
        data = caller.recv(65536)
        assert data, heard
        heard += data
    return caller


@pytest.fixture
def phones():
    """Closes what is entered into it."""
    with contextlib.ExitStack() as stack:
        yield stack


def _is_open(caller):
    caller.settimeout(0.3)
    try:
        while caller.recv(65536):
            continue
        return False
    except TimeoutError:
        return True
    except ConnectionError:
        return False


@pytest.mark.skipif(not hasattr(socket, "SO_REUSEPORT"), reason="no SO_REUSEPORT here")
def test_a_killed_worker_loses_only_its_callers_and_is_started_again(serve, tmp_path, phones):
    log = tmp_path / "serve.log"
    process, address = serve(
        *["--workers", "2", "--shell", "telsh", "--limit-per-address", "100", "--logfile"], str(log)
    )
    callers = [_hears(address, b"tel:sh> ", phones) for _ in range(16)]
    numbers = re.findall(r"worker \d is process (\d+)", log.read_text())
    assert len(numbers) == 2

    os.kill(int(numbers[0]), signal.SIGKILL)

    left = [caller for caller in callers if _is_open(caller)]
    assert 0 < len(left) < len(callers)
    for _ in range(16):
        _hears(address, b"tel:sh> ", phones)
    assert "was ended by signal 9: its callers are lost" in log.read_text()
    assert len(re.findall(r"worker \d is process", log.read_text())) == 3
    process.send_signal(signal.SIGTERM)
    left[0].settimeout(PATIENCE)
    assert b"This server closes now." in left[0].recv(65536)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "Traceback" not in out + err + log.read_text()
    for number in numbers:
        with pytest.raises(ProcessLookupError):
            os.kill(int(number), 0)


@pytest.mark.skipif(not hasattr(socket, "SO_REUSEPORT"), reason="no SO_REUSEPORT here")
def test_workers_that_cannot_begin_are_not_started_for_ever(tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    run = subprocess.run(
        [
            *f"{sys.executable} -m bbsterm serve 127.0.0.1 0 --workers 2 --data-dir".split(),
            str(tmp_path / "file"),
        ],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == ExitCode.FAILED
    assert "file exists" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.skipif(not hasattr(socket, "SO_REUSEPORT"), reason="no SO_REUSEPORT here")
def test_workers_do_not_outlive_their_parent(serve, tmp_path):
    log = tmp_path / "serve.log"
    process, _ = serve("--workers", "2", "--shell", "telsh", "--logfile", str(log))

    process.kill()

    process.communicate(timeout=PATIENCE)  # ends when nobody has its output open any more
    assert log.read_text().count("bbsterm.serve: closed") == 2


# --- systemd -------------------------------------------------------------------------------------------

ACTIVATED = """
import os, socket, sys
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
os.dup2(listener.fileno(), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.executable, [sys.executable, "-m", "bbsterm", "serve", "--shell", "telsh"])
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX only")
def test_systemd_gives_us_the_socket(phones):
    process = subprocess.Popen(
        [sys.executable, "-c", ACTIVATED], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        address = ("127.0.0.1", int(process.stdout.readline()))
        _hears(address, b"tel:sh> ", phones)  # even before it runs: that is the point
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert f"telsh on 127.0.0.1:{address[1]}." in out
    assert process.returncode == 0
    assert "Traceback" not in err


# --- flags and files -----------------------------------------------------------------------------------


def settings_of(*argv):
    import argparse

    from bbsterm.cli.base import Parser
    from bbsterm.cli.serve import _settings, add_to

    commands = Parser(prog="bbsterm").add_subparsers(parser_class=Parser)
    assert isinstance(commands, argparse._SubParsersAction)
    add_to(commands)
    return _settings(commands.choices["serve"].parse_args(list(argv)))


@pytest.mark.parametrize(
    ("words", "host", "port"),
    [
        (["2323"], "127.0.0.1", 2323),
        (["0.0.0.0"], "0.0.0.0", 6023),
        (["0.0.0.0", "2323"], "0.0.0.0", 2323),
        (["0.0.0.0:2323"], "0.0.0.0", 2323),
        ([":2323"], "127.0.0.1", 2323),
        (["::1"], "::1", 6023),
        (["[::1]"], "::1", 6023),
        (["[::1]:2323"], "::1", 2323),
    ],
)
def test_where_to_listen_is_said_as_people_say_it(words, host, port):
    found = settings_of(*words)

    assert (found.host, found.port) == (host, port)


def test_the_command_line_wins_over_the_file(tmp_path):
    file = tmp_path / "board.toml"
    file.write_text('port = 2323\ntimeout = 60\nname = "The Attic"\n')

    found = settings_of("--config", str(file), "--timeout", "90")

    assert (found.port, found.timeout, found.name, found.limit_callers) == (2323, 90.0, "The Attic", 200)


@pytest.mark.parametrize(
    ("argv", "seconds", "port"),
    [
        (["--tls-auto", "2323"], 0.5, 2323),
        (["--tls-auto=1.5", "2323"], 1.5, 2323),
        (["--tls-auto", "1.5"], 1.5, 6023),
        (["--tls-auto", "127.0.0.1", "2323"], 0.5, 2323),
        (["127.0.0.1", "2323", "--tls-auto"], 0.5, 2323),
    ],
)
def test_tls_auto_takes_its_seconds_and_no_ports(argv, seconds, port):
    found = settings_of(*argv)
    assert (found.tls_auto, found.port) == (seconds, port)


def test_words_after_two_dashes_are_the_programs():
    found = settings_of("2323", "--pty-exec", "bash", "--", "-l", "--name", "--", "x")
    assert (found.pty_exec, found.pty_args, found.port) == ("bash", ("-l", "--name", "--", "x"), 2323)


def test_a_mistake_in_the_file_is_said_with_its_line(tmp_path, capsys):
    file = tmp_path / "board.toml"
    file.write_text("port = 2323\nlimt-callers = 5\n")

    assert main(["serve", "--config", str(file)]) == ExitCode.USAGE
    assert "board.toml:2: limt-callers is not known; did you mean limit-callers?" in capsys.readouterr().err
