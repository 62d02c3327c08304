"""The removed `telnetlib`, by CPython's own tests where there are any, and by what they leave out."""

from __future__ import annotations

import io
import re
import socket
import subprocess
import sys
import threading

import pytest

import bbsterm.compat
from bbsterm import telnetlib
from bbsterm.telnetlib import DO, DONT, ECHO, IAC, SB, SE, WILL, WONT, Telnet

PATIENCE = 10


@pytest.fixture
def call():
    """Gives a `Telnet` and the socket at the other end."""
    pairs = []

    def start(sent=b"", *, hang_up=False):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            tn = Telnet("127.0.0.1", listener.getsockname()[1], PATIENCE)
            peer, _ = listener.accept()
        peer.settimeout(PATIENCE)
        pairs.append((tn, peer))
        peer.sendall(sent)
        if hang_up:
            peer.shutdown(socket.SHUT_WR)
        return tn, peer

    yield start
    for tn, peer in pairs:
        tn.close()
        peer.close()


RUN_CPYTHONS_TESTS = """
import sys, unittest, warnings
import bbsterm.compat
bbsterm.compat.install("telnetlib")
warnings.simplefilter("ignore", DeprecationWarning)
try:
    import test.test_telnetlib as tests
except ImportError:
    sys.exit(77)
assert tests.telnetlib.__name__ == "bbsterm.telnetlib", tests.telnetlib
result = unittest.TextTestRunner(verbosity=0).run(unittest.defaultTestLoader.loadTestsFromModule(tests))
print(result.testsRun)
sys.exit(not result.wasSuccessful())
"""


def test_cpythons_own_tests_pass():
    done = subprocess.run(
        [sys.executable, "-c", RUN_CPYTHONS_TESTS], capture_output=True, text=True, timeout=50, check=False
    )
    if done.returncode == 77:
        pytest.skip("this interpreter ships without test.test_telnetlib")

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 19


def test_every_name_of_the_module_is_there():
    theirs = pytest.importorskip("telnetlib") if sys.version_info < (3, 13) else None
    if theirs is None:
        pytest.skip("this Python has none to compare with")
    names = {name for name in dir(theirs) if not name.startswith("_")} - {
        # what it imports, and what it runs as a program
        *("sys", "socket", "selectors", "warnings", "test"),
    }

    assert {name for name in names if not hasattr(telnetlib, name)} == set()
    assert {name for name in dir(theirs.Telnet) if not hasattr(Telnet, name)} == set()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_old_import_finds_ours(monkeypatch):
    monkeypatch.setitem(sys.modules, "telnetlib", None)

    bbsterm.compat.install("telnetlib")
    import telnetlib as found

    assert found is telnetlib


def test_there_is_no_stand_in_for_everything():
    with pytest.raises(ValueError, match="no stand-in for 'ftplib'"):
        bbsterm.compat.install("ftplib")


# --- what a program does -----------------------------------------------------------------------


def test_logging_in(call):
    tn, peer = call(b"login: ")

    assert tn.read_until(b"login: ") == b"login: "
    tn.write(b"guest\n")
    assert peer.recv(100) == b"guest\n"
    peer.sendall(b"motd\r\n$ ")
    assert tn.expect([b"password", re.compile(rb"\$ $")], PATIENCE)[0] == 1


def test_an_iac_is_doubled(call):
    tn, peer = call()

    tn.write(b"a\xffb")

    assert peer.recv(100) == b"a\xff\xffb"


def test_every_option_is_refused(call):
    tn, peer = call(IAC + DO + ECHO + IAC + WILL + ECHO + b"text", hang_up=True)

    assert tn.read_all() == b"text"
    assert peer.recv(100) == IAC + WONT + ECHO + IAC + DONT + ECHO


def test_a_callback_decides_and_reads_subnegotiations(call):
    tn, _ = call(IAC + DO + ECHO + IAC + SB + b"\x18\x01" + IAC + SE + b"x", hang_up=True)
    heard = []

    def callback(sock, command, option):
        heard.append((command, option, tn.read_sb_data() if command == SE else None))

    tn.set_option_negotiation_callback(callback)

    assert tn.read_all() == b"x"
    assert heard == [(DO, ECHO, None), (SB, b"\0", None), (SE, b"\0", b"\x18\x01")]


def test_a_match_that_does_not_come_gives_what_there_is(call):
    tn, _ = call(b"something else")

    assert tn.read_until(b"never", 0.05) == b"something else"
    assert tn.expect([b"never"], 0.05) == (-1, None, b"")


def test_the_end_is_an_error_only_when_nothing_is_left(call):
    tn, _ = call(b"last words", hang_up=True)

    assert tn.read_until(b"never") == b"last words"
    with pytest.raises(EOFError):
        tn.read_until(b"never")
    for read in (tn.read_eager, tn.read_very_eager, tn.read_lazy, tn.read_very_lazy):
        with pytest.raises(EOFError, match="telnet connection closed"):
            read()
    assert tn.read_some() == b""


def test_debugging_says_what_goes_on(call, capsys):
    tn, _ = call(IAC + DO + ECHO, hang_up=True)

    tn.set_debuglevel(1)
    tn.read_all()
    tn.msg("%s is %d", "one", 1)
    tn.set_debuglevel(0)
    tn.msg("silence")

    said = capsys.readouterr().out
    assert "recv b'\\xff\\xfd\\x01'" in said
    assert "IAC DO 1" in said
    assert said.endswith("one is 1\n")


def test_a_terminal_of_two_threads(call, monkeypatch, capsys):
    tn, peer = call(b"hello\n", hang_up=True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("typed\n"))
    listening = threading.Thread(target=tn.listener)

    listening.start()
    listening.join(PATIENCE)
    tn.mt_interact()

    assert peer.recv(100) == b"typed\n"
    said = capsys.readouterr().out
    assert said.startswith("hello\n")
    assert "*** Connection closed by remote host ***" in said


@pytest.mark.skipif(sys.platform == "win32", reason="standard input cannot be waited for")
def test_a_terminal(call, monkeypatch, capsys):
    tn, peer = call()
    keyboard, typing = socket.socketpair()
    with keyboard, typing, keyboard.makefile("r") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        talking = threading.Thread(target=tn.interact)
        talking.start()
        typing.sendall(b"typed\n")
        assert peer.recv(100) == b"typed\n"
        peer.sendall(b"answer\n")
        peer.shutdown(socket.SHUT_WR)
        talking.join(PATIENCE)

    assert capsys.readouterr().out == "answer\n*** Connection closed by remote host ***\n"


def test_as_a_program(call, monkeypatch, capsys):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        monkeypatch.setattr(Telnet, "interact", lambda self: print("talking at level", self.debuglevel))
        telnetlib.main(["-d", "-d", "127.0.0.1", str(port)])

    assert "talking at level 2" in capsys.readouterr().out


def test_what_was_never_opened_can_be_closed():
    tn = Telnet()
    tn.close()

    assert tn.get_socket() is None
    assert tn.eof
