"""The one private thing of Textual's that we look at."""

from __future__ import annotations

import queue
from types import SimpleNamespace

from textual.drivers._writer_thread import WriterThread

from bbsterm.tui.backlog import frames_behind


def test_it_counts_what_waits_for_the_terminal(tmp_path):
    with (tmp_path / "tty").open("w") as file:
        writer = WriterThread(file)  # not started: nobody takes anything away

        writer.write("one frame")
        writer.write("another")

        assert frames_behind(SimpleNamespace(_writer_thread=writer)) == 2


def test_a_driver_that_does_not_tell_is_never_behind():
    assert frames_behind(None) == 0
    assert frames_behind(object()) == 0
    assert frames_behind(SimpleNamespace(_writer_thread=None)) == 0
    assert frames_behind(SimpleNamespace(_writer_thread=SimpleNamespace(_queue=[]))) == 0
    assert frames_behind(SimpleNamespace(_writer_thread=SimpleNamespace(_queue=queue.Queue()))) == 0
