"""A call without asyncio."""

from __future__ import annotations

import contextlib
import socket
import threading

import pytest

from bbsterm.errors import BusyError
from bbsterm.scripts import BlockingCall, ExpectError


@pytest.fixture
def url():
    """A board that asks once, says hello and waits for the end."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve():
        line, _ = listening.accept()
        with line, contextlib.suppress(OSError):  # a caller may leave without a word
            line.sendall(b"Your name: ")
            line.sendall(b"Hello " + line.recv(100))
            line.recv(1)

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"raw://127.0.0.1:{listening.getsockname()[1]}"
    thread.join()
    listening.close()


def test_it_waits_types_and_looks(url, tmp_path):
    with BlockingCall(url) as call:
        call.expect("name")
        call.send("Ann\n")

        assert call.expect("hello ann").text == "Hello Ann"
        assert call.screen.find("name") == (0, 5)
        assert call.screenshot(tmp_path / "s.txt").exists()
        with pytest.raises(ExpectError):
            call.expect("more", timeout=0.01)
        call.hang_up()
        assert not call.connected


def test_nothing_is_left_behind(url):
    before = set(threading.enumerate())
    with BlockingCall(url) as call:
        call.type("x<enter>")

    assert set(threading.enumerate()) <= before


def test_nobody_there_is_told_and_nothing_is_left_behind():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    before = set(threading.enumerate())

    with pytest.raises(BusyError), BlockingCall(f"127.0.0.1:{port}"):
        pass

    assert set(threading.enumerate()) <= before


def test_outside_of_with_there_is_no_call():
    with pytest.raises(RuntimeError, match="with statement"):
        BlockingCall("localhost").send("x")
