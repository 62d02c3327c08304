import asyncio

import pytest

from bbsterm.limits import MAX_EDITED_LINE
from bbsterm.serve.shells.typed import LineEditor, filter_ansi, readline, readline_async


class Keyboard:
    """Gives what was typed, a character at a time."""

    def __init__(self, typed):
        self.left = typed

    async def read(self, n):
        taken, self.left = self.left[:n], self.left[n:]
        return taken


class Screen:
    """Keeps what was echoed."""

    def __init__(self, *, is_binary_writer=False):
        self.is_binary_writer = is_binary_writer
        self.shown = []

    def echo(self, data):
        self.shown.append(data)


async def typed(keys, **options):
    return await readline_async(Keyboard(keys), Screen(), **options)


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\r\0"])
async def test_every_end_of_line_ends_one_line(end):
    keyboard = Keyboard(f"one{end}two{end}")

    assert await readline_async(keyboard, Screen()) == "one"
    assert await readline_async(keyboard, Screen()) == "two"
    assert await readline_async(keyboard, Screen()) is None


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("a\x7fb\r", "b"),
        ("\b\x7fx\r", "x"),
        ("aコ\bb\r", "ab"),
        ("cafe\u0301\bx\r", "cafx"),
        ("x\U0001f468\u200d\U0001f469\by\r", "xy"),
        ("x\U0001f1fa\U0001f1f8\by\r", "xy"),
        ("ab\x1b[1;2Hc\x1bOPd\x1b]0;title\x07e\x1bPq\x1b\\f\x1b(Bg\r", "abcdefg"),
    ],
)
async def test_a_line_is_what_was_left_of_typing(keys, line):
    assert await typed(keys) == line


async def test_a_wide_character_is_rubbed_out_in_both_its_cells():
    screen = Screen()

    await readline_async(Keyboard("コ\b\r"), screen)

    assert screen.shown == ["コ", "\b \b\b \b"]


async def test_a_line_takes_no_more_cells_than_it_may():
    assert await typed("aコx\r", max_visible_width=3) == "aコ"


def test_a_line_without_end_is_bounded():
    editor = LineEditor()

    for _ in range(MAX_EDITED_LINE + 100):
        editor.feed("x")

    assert editor.feed("\r") == ("", "x" * MAX_EDITED_LINE)


async def test_an_escape_sequence_without_end_is_given_up():
    assert await filter_ansi(Keyboard("\x1b[" + "0" * 254 + "x"), Screen()) == "x"


@pytest.mark.parametrize(("keys", "character"), [("\x1b!x", "!"), ("\x1b", ""), ("\x1b[", ""), ("", "")])
async def test_what_is_no_sequence_goes_on_as_it_can(keys, character):
    assert await filter_ansi(Keyboard(keys), Screen()) == character


def test_the_generator_takes_characters_and_gives_lines():
    screen = Screen(is_binary_writer=True)
    line = readline(None, screen)
    next(line)

    assert [line.send(each) for each in ("h", b"i", "\r", "\n", "\r")] == [None, None, "hi", None, ""]
    assert screen.shown == [b"h", b"i"]


async def test_bytes_are_read_as_well():
    assert await asyncio.wait_for(typed(b"hi\r"), 1) == "hi"
