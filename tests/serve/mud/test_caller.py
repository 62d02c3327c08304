from __future__ import annotations

import pytest

from bbsterm.limits import MAX_MUD_NAME, MAX_UNSENT
from bbsterm.serve.mud.caller import Caller
from bbsterm.serve.mud.game import Told
from bbsterm.serve.mud.play import _NAME


class Transport:
    def __init__(self, waiting=0):
        self.waiting = waiting
        self.aborted = False

    def get_write_buffer_size(self):
        return self.waiting

    def abort(self):
        self.aborted = True


class Writer:
    """What a caller needs of a writer, and what was written."""

    def __init__(self, transport=None, **info):
        self.transport = transport or Transport()
        self.info = info
        self.text = ""

    def write(self, text):
        self.text += text

    def get_extra_info(self, name, default=None):
        return self.info.get(name, default)

    def send_gmcp(self, package, data):
        return False


def caller(table, **options):
    made = Caller(Writer(**options), table.game, dict)
    made.name = "Ann"
    return made


def test_who_does_not_read_is_hung_up_on(table):
    ann = caller(table, transport=Transport(waiting=MAX_UNSENT + 1))

    ann.write("Bob shouts.\n")

    assert ann.writer.transport.aborted
    assert ann.writer.text == ""


def test_news_stand_below_the_prompt_and_the_prompt_below_the_news(table):
    table.enter("Ann")
    ann = caller(table)
    ann.flush(prompt=True)

    ann.hear(Told("Ann", "Bob arrives.\n"))
    ann.flush(prompt=True)
    ann.flush(prompt=True)  # nothing new

    assert ann.writer.text == "20/20> \r\nBob arrives.\r\n20/20> "


@pytest.mark.parametrize(
    ("term", "shown"),
    [("xterm", "\x1b[1;36mHall\x1b[0m\r\n"), ("DUMB", "Hall\r\n"), ("unknown", "Hall\r\n"), ("", "Hall\r\n")],
)
def test_colour_is_for_terminals_that_have_it(table, term, shown):
    ann = caller(table, TERM=term)

    ann.hear(Told("Ann", "Hall\n", "room"))
    ann.flush(prompt=False)

    assert ann.writer.text == shown


@pytest.mark.parametrize(("columns", "longest"), [(40, 39), (0, 79), (9999, 79)])
def test_long_text_is_wrapped_to_the_window(table, columns, longest):
    ann = caller(table, cols=columns)

    ann.hear(Told("Ann", "word " * 100 + "\n"))
    ann.flush(prompt=False)

    assert 30 < max(map(len, ann.writer.text.splitlines())) <= longest


def test_names_have_a_bound():
    assert _NAME.fullmatch("a" * MAX_MUD_NAME)
    assert not _NAME.fullmatch("a" * (MAX_MUD_NAME + 1))
