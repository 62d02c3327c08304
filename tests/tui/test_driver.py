from __future__ import annotations

import os
import sys
from types import SimpleNamespace

import pytest

from bbsterm.tui.driver import MOUSE_PIXELS_OFF, RESTORE, clean_driver, terminal_restored

pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")


@pytest.fixture
def tty(monkeypatch):
    """A terminal that is the program's own, and its other side."""
    master, slave = pty.openpty()
    with os.fdopen(os.dup(slave), "r") as stdin, os.fdopen(os.dup(slave), "w") as stderr:
        monkeypatch.setattr(sys, "__stdin__", stdin)
        monkeypatch.setattr(sys, "__stderr__", stderr)
        os.set_blocking(master, False)
        yield SimpleNamespace(master=master, slave=slave)
    os.close(master)
    os.close(slave)


def written(tty) -> bytes:
    try:
        return os.read(tty.master, 65536)
    except BlockingIOError:
        return b""


def test_a_terminal_left_in_the_middle_is_put_back(tty):
    before = termios.tcgetattr(tty.slave)

    def break_off() -> None:
        changed = termios.tcgetattr(tty.slave)
        changed[3] &= ~termios.ECHO
        termios.tcsetattr(tty.slave, termios.TCSANOW, changed)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), terminal_restored(SimpleNamespace(in_application_mode=True)):
        break_off()

    assert termios.tcgetattr(tty.slave) == before
    assert written(tty) == RESTORE.encode()


def test_a_terminal_that_was_left_in_good_order_is_not_touched(tty):
    with terminal_restored(SimpleNamespace(in_application_mode=False)):
        pass

    assert written(tty) == b""


def test_a_terminal_that_is_gone_is_nobody_s_problem(monkeypatch):
    monkeypatch.setattr(sys, "__stdin__", None)
    monkeypatch.setattr(sys, "__stderr__", open(os.devnull))  # noqa: SIM115  # cannot be written to

    with terminal_restored(SimpleNamespace(in_application_mode=True)):
        pass
    sys.__stderr__.close()


class FakeDriver:
    """As much of Textual's driver as ours is about."""

    def __init__(self) -> None:
        self.log: list[str] = []

    def start_application_mode(self) -> None:
        self.log.append("start")

    def stop_application_mode(self) -> None:
        self.log.append("stop")

    def write(self, data: str) -> None:
        self.log.append(data)


def test_our_driver_knows_whether_the_terminal_is_the_application_s():
    made = clean_driver(FakeDriver)
    driver = made()

    assert not made.in_application_mode
    driver.start_application_mode()
    assert made.in_application_mode
    driver.stop_application_mode()
    assert not made.in_application_mode
    assert driver.log == ["start", "stop"]


def test_the_mouse_s_pixel_mode_is_turned_off_where_it_was_on():
    driver = clean_driver(FakeDriver)()
    driver._mouse_pixels = True

    driver.stop_application_mode()

    assert driver.log == [MOUSE_PIXELS_OFF, "stop"]


def test_nothing_waits_for_a_writer_that_has_died():
    driver = clean_driver(FakeDriver)()

    driver._writer_thread = SimpleNamespace(is_alive=lambda: True)
    driver.write("one")
    driver._writer_thread = SimpleNamespace(is_alive=lambda: False)
    driver.write("two")

    assert driver.log == ["one"]
