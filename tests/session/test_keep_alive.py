from __future__ import annotations

from bbsterm.protocol.vocabulary import Command
from bbsterm.session.keep_alive import KeepAlive


def test_a_silent_line_gets_a_nop_each_interval():
    line = KeepAlive("nop", 60, now=0)

    assert line.deadline == 60
    assert line.tick(59) is None
    assert line.tick(60) is Command.NOP
    assert line.deadline == 120
    assert line.unanswered == 0  # nobody answers a NOP


def test_whatever_comes_or_goes_puts_it_off():
    line = KeepAlive("nop", 60, now=0)
    line.heard(30)
    assert line.deadline == 90
    line.said(50)
    assert line.deadline == 110


def test_questions_are_counted_until_anything_is_heard():
    line = KeepAlive("ayt", 60, now=0)
    assert [line.tick(60), line.tick(120)] == [Command.AYT] * 2
    assert line.unanswered == 2
    assert line.quiet(150) == 150
    assert line.idle(150) == 30

    line.heard(151)

    assert line.unanswered == 0
    assert line.quiet(151) == 0


def test_off_is_off():
    line = KeepAlive("off", 60, now=0)

    assert line.deadline is None
    assert line.tick(1e9) is None
