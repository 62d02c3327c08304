from __future__ import annotations

import os
import pty
import threading
from types import SimpleNamespace

import pytest

from bbsterm.screen.glyphs import PROBE
from bbsterm.tui import host_glyphs
from bbsterm.tui.host_glyphs import find_glyphs, probe


@pytest.fixture
def host():
    ours, theirs = pty.openpty()
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


def answering(ours: int, answer: bytes) -> threading.Thread:
    """A terminal that waits for the whole question."""

    def run() -> None:
        asked = b""
        while PROBE.rstrip(b"\r") not in asked:
            asked += os.read(ours, 256)
        os.write(ours, answer)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.parametrize(
    ("answer", "level"),
    [
        (b"\x1b[1;2R\x1b[1;2R", "full"),
        (b"\x1b[1;5R\x1b[1;2R", "basic"),
        (b"\x1b[1;5R\x1b[1;4R", "ascii"),
    ],
)
def test_a_terminal_is_asked(host, answer, level):
    ours, theirs = host
    thread = answering(ours, answer)

    assert probe(theirs, theirs, patience=30) == level

    thread.join()


def test_a_terminal_that_says_nothing_is_not_waited_for(host):
    _, theirs = host

    assert probe(theirs, theirs, patience=0.01) is None


def test_what_is_no_terminal_is_not_asked(tmp_path):
    with (tmp_path / "file").open("w") as file:
        assert probe(file.fileno(), file.fileno()) is None


def test_a_locale_with_utf8_is_believed(monkeypatch):
    monkeypatch.setattr(host_glyphs, "probe", None)  # calling it would fail

    assert find_glyphs({"LANG": "de_DE.UTF-8", "TERM": "xterm-256color"}) == "full"


def test_without_one_the_terminal_has_the_last_word(monkeypatch):
    monkeypatch.setattr(host_glyphs, "probe", lambda *_: "full")
    monkeypatch.setattr("sys.stdin", SimpleNamespace(fileno=lambda: 0))
    monkeypatch.setattr("sys.stdout", SimpleNamespace(fileno=lambda: 1))

    assert find_glyphs({}) == "full"

    monkeypatch.setattr(host_glyphs, "probe", lambda *_: None)
    assert find_glyphs({}) == "ascii"
