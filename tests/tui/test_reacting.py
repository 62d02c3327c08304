from __future__ import annotations

import pytest

from bbsterm.limits import MAX_TRIGGERED_PER_MINUTE
from bbsterm.macros import parse_template
from bbsterm.macros.triggers import read_reactions
from bbsterm.screen import create_terminal
from bbsterm.tui.reacting import Reacting, told


class Line:
    """A call that says what the test says."""

    kind = "ansi"

    def __init__(self, encoding=None):
        self.terminal = create_terminal("ansi", encoding=encoding)
        self.taps = []

    def tap(self, callback):
        self.taps.append(callback)
        return lambda: self.taps.remove(callback)

    def say(self, data):
        for tap in tuple(self.taps):
            tap(data)


MAIL = '[[trigger]]\ntext = "new mail"\nbell = true\n'


@pytest.fixture
def fired():
    return []


def reacting(line, text, fired, now=lambda: 0.0):
    return Reacting(line, read_reactions(text), fired.append, clock=now)


@pytest.mark.parametrize("cut", range(1, 17))
def test_words_are_found_wherever_they_are_cut(cut, fired):
    line = Line()
    reacting(line, MAIL, fired)
    data = b"New \x1b[1;31mma\x1b[0mil\r\n"

    line.say(data[:cut])
    line.say(data[cut:])

    assert [one.line for one in fired] == ["New mail"]


def test_a_flood_fires_so_often_a_minute_and_no_oftener(fired):
    line = Line()
    reacting(line, MAIL, fired)

    for _ in range(500):
        line.say(b"new mail\r\n")

    assert len(fired) == MAX_TRIGGERED_PER_MINUTE


def test_another_character_set_is_followed(fired):
    line = Line()
    reacting(line, '[[trigger]]\ntext = "gr\u00fc\u00dfe"\nbell = true\n', fired)
    line.terminal = create_terminal("ansi", encoding="latin_1")
    line.say("Gr\u00fc\u00dfe\r\n".encode("latin_1"))

    assert len(fired) == 1


def test_without_triggers_nothing_is_read(fired):
    line = Line()
    reacting(line, '[[key]]\nkey = "f5"\nsend = "x"\n', fired)

    assert line.taps == []


def test_closed_it_reads_no_further(fired):
    line = Line()
    made = reacting(line, MAIL, fired)
    made.close()
    line.say(b"new mail\r\n")

    assert fired == []


def test_a_message_has_its_variables_and_never_a_secret():
    message = parse_template("{name}: {line} {unknown}<enter>")

    assert told(message, {"name": "Xibalba", "line": "new mail {secret}"}) == "Xibalba: new mail {secret}"
