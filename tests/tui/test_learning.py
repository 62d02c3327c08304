from __future__ import annotations

from bbsterm.macros.writing import step_table
from bbsterm.screen import create_terminal
from bbsterm.tui.learning import Learning, before_cursor


class Line:
    """A call that says what the test says."""

    kind = "ansi"

    def __init__(self):
        self.terminal = create_terminal("ansi")
        self.taps = []

    def tap(self, callback):
        self.taps.append(callback)
        return lambda: self.taps.remove(callback)

    def say(self, data):
        self.terminal.feed(data)
        for tap in tuple(self.taps):
            tap(data)


def typed(learning, text, *, shown=False):
    for char in text:
        learning.key("enter" if char == "\n" else char, None if char == "\n" else char, shown=shown)


def tables(macro):
    return [step_table(step) for step in macro.steps]


def test_what_stands_before_the_cursor():
    terminal = create_terminal("ansi")
    terminal.feed(b"Welcome\r\nYour name: ____\x1b[4D")

    assert before_cursor(terminal) == "Welcome\nYour name: "


def test_an_empty_screen_has_nothing_before_the_cursor():
    assert before_cursor(create_terminal("ansi")).strip() == ""


def test_a_prompt_that_stands_there_already_counts():
    line = Line()
    line.say(b"Welcome\r\nYour name: ")
    learning = Learning(line, "ann")

    typed(learning, "ann\n")
    line.say(b"ann\r\nPassword: ")
    typed(learning, "hunter2\n")
    line.say(b"*******\r\nMain menu")

    assert tables(learning.finish("x", "X")) == [
        {"expect": "Your name:", "send": "{user}<enter>"},
        {"expect": "Password:", "send": "{secret}<enter>"},
    ]
    assert learning.secret.reveal() == "hunter2"
    assert line.taps == []


def test_what_we_echo_ourselves_is_no_secret():
    line = Line()
    line.say(b"Handle? ")
    learning = Learning(line)

    typed(learning, "zaphod\n", shown=True)
    line.say(b"\r\nWelcome, old friend. Command: ")

    assert tables(learning.finish("x", "X")) == [{"expect": "Handle?", "send": "zaphod<enter>"}]
    assert not learning.secret


def test_forgotten_it_listens_no_more():
    line = Line()
    learning = Learning(line)
    learning.close()

    assert line.taps == []
