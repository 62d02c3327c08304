from __future__ import annotations

import io
import json

import pytest

from bbsterm.screen import create_terminal
from bbsterm.secret import Secret
from bbsterm.session.call import Call
from bbsterm.session.capture import Capture
from bbsterm.session.settings import CallSettings


class Line:
    """A call, as far as a capture looks at it."""

    def __init__(self, kind="ansi") -> None:
        self.kind = kind
        self.terminal = create_terminal(kind)
        self.taps = []

    def tap(self, callback):
        self.taps.append(callback)
        return lambda: self.taps.clear()

    def say(self, data: bytes) -> None:
        for tap in tuple(self.taps):
            tap(data)


class File(io.BytesIO):
    """Keeps what it held when it was closed."""

    held = b""

    def close(self) -> None:
        self.held = self.getvalue() if not self.closed else self.held
        super().close()


@pytest.fixture
def line():
    return Line()


def test_a_text_capture_has_lines_and_no_sequences(line):
    capture = Capture(line, "txt", file := File(), clock=lambda: 0.0)
    line.say(b"\x1b[2J\x1b[1;31mHi \xb0\r\nthere")
    capture.close()

    assert file.held.decode() == "Hi ░\nthere"
    assert capture.closed
    assert not line.taps


def test_an_ans_capture_has_the_board_s_bytes(line):
    capture = Capture(line, "ans", file := File(), clock=lambda: 0.0)
    line.say(b"\x1b[1;31mHi \xb0\r\n")
    capture.close()

    assert file.held == b"\x1b[1;31mHi \xb0\r\n"
    assert capture.written == len(file.held)


def test_a_recording_is_an_asciicast(line):
    now = [5.0]
    capture = Capture(
        line, "cast", file := File(), clock=lambda: now[0], timestamp=1_000_000_000.5, title="Xibalba"
    )
    line.say(b"\x1b[1mHi \xb0")
    now[0] = 6.25
    line.say(b"\r\n\x1b]0;title\x07")
    capture.close()

    head, *events = map(json.loads, file.held.decode().splitlines())
    assert head == {
        "version": 2,
        "width": 80,
        "height": 25,
        "timestamp": 1_000_000_000,
        "title": "Xibalba",
        "env": {"TERM": "xterm-256color"},
    }
    assert events == [[0.0, "o", "\x1b[1mHi ░"], [1.25, "o", "\r\n"]]


def test_another_character_set_and_another_machine_are_followed(line):
    capture = Capture(line, "txt", file := File(), clock=lambda: 0.0)
    line.say(b"\xe1 ")
    line.terminal.encoding = "iso8859-1"
    line.say(b"\xe1 ")
    line.kind, line.terminal = "petscii", create_terminal("petscii")
    line.say(b"A\x0d")
    capture.close()

    assert file.held.decode() == "ß á a\n"


def test_a_full_disk_ends_it_and_is_said(line):
    reasons: list[str] = []
    file = File()
    capture = Capture(line, "ans", file, clock=lambda: 0.0, failed=reasons.append)
    file.write = lambda data: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    line.say(b"x")
    line.say(b"y")

    assert reasons == ["[Errno 28] No space left on device"]
    assert capture.closed


def test_a_forgotten_capture_does_not_fill_the_disk(line):
    reasons: list[str] = []
    capture = Capture(line, "ans", File(), clock=lambda: 0.0, failed=reasons.append, limit=1024 * 1024)
    for _ in range(3):
        line.say(bytes(512 * 1024))

    assert capture.written == 1024 * 1024
    assert reasons == ["it has reached 1 MiB"]


@pytest.mark.parametrize("kind", ["txt", "ans", "cast"])
async def test_a_password_that_comes_back_byte_by_byte_is_in_no_capture(kind, board, calling, seen, tmp_path):
    path = tmp_path / f"capture.{kind}"
    call = Call(board.address, CallSettings(detect=False))
    async with calling(call):
        await board.until(lambda: board.transport is not None)
        capture = Capture(call, kind, path.open("wb"), clock=lambda: 0.0)
        call.send_secret(Secret("Zq7-planted"))
        await board.hears(b"Zq7-planted")
        for byte in b"Zq7-planted":
            board.say(bytes([byte]))
        board.say(b"\r\nyou typed Zq7-planted.\r\n")
        await seen(call, lambda: "you typed" in "\n".join(call.terminal.display()))
        capture.close()

    text = path.read_text(encoding="utf-8", errors="replace")
    assert "planted" not in text
    assert "you typed ***********." in text
    assert "planted" not in "\n".join(call.terminal.display())
