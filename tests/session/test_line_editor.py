from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.protocol.vocabulary import Command
from bbsterm.session.line_editor import (
    MAX_LINE,
    Back,
    Draw,
    LineEditor,
    Order,
    PassOn,
    Submit,
    Wipe,
    cell_width,
)


def typed(*keys: str) -> tuple[LineEditor, list]:
    """Press keys: a name in angle brackets, or text."""
    editor, acts = LineEditor(), []
    for key in keys:
        if key.startswith("<"):
            acts += editor.press(key[1:-1], None)
        else:
            for letter in key:
                acts += editor.press(letter, letter)
    return editor, acts


def sent(acts: list) -> list[str]:
    return [act.text for act in acts if isinstance(act, Submit)]


def test_a_line_is_shown_as_it_is_typed_and_sent_when_it_is_done():
    _, acts = typed("hi", "<enter>")

    assert acts == [Draw("h"), Draw("i"), Submit("hi")]


def test_an_empty_line_is_a_line():
    assert typed("<enter>")[1] == [Submit("")]


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("helo", "<backspace>", "lo"), "hello"),
        (("helo", "<left>", "l", "<end>", "!"), "hello!"),
        (("ello", "<home>", "h"), "hello"),
        (("ello", "<ctrl+a>", "h", "<ctrl+e>", "!"), "hello!"),
        (("hhello", "<home>", "<delete>"), "hello"),
        (("hello big world", "<ctrl+w>", "board"), "hello big board"),
        (("hello big  ", "<ctrl+w>", "old"), "hello old"),
        (("hello", "<ctrl+u>", "bye"), "bye"),
        (("hello", "<left>", "<left>", "<right>", "-"), "hell-o"),
        (("a\tb",), "a\tb"),
        (("x", "<home>", "<left>", "<backspace>", "<end>", "<right>", "<delete>"), "x"),
    ],
)
def test_a_line_can_be_edited(keys, line):
    assert sent(typed(*keys, "<enter>")[1]) == [line]


def test_rubbing_out_closes_the_gap():
    editor, _ = typed("abc", "<left>")

    assert editor.press("backspace", None) == [Back(1), Draw("c"), Wipe(1), Back(1)]


def test_a_wide_character_takes_two_cells_back():
    editor, _ = typed("漢")

    assert editor.press("backspace", None) == [Back(2), Wipe(2)]


def test_interrupt_is_an_order_and_forgets_the_line():
    editor, _ = typed("abc")

    assert editor.press("ctrl+c", None) == [Back(3), Wipe(3), Order(Command.IP, b"\x03")]
    assert editor.text == ""


def test_end_of_file_sends_what_is_there_and_the_byte():
    assert typed("abc", "<ctrl+d>")[1][-2:] == [Submit("abc", enter=False), PassOn("ctrl+d", None)]
    assert typed("<ctrl+d>")[1] == [PassOn("ctrl+d", None)]


def test_keys_that_edit_nothing_belong_to_the_board():
    editor = LineEditor()

    assert editor.press("f1", None) == [PassOn("f1", None)]
    assert editor.press("left", None) == [PassOn("left", None)]
    assert editor.press("escape", "\x1b") == [PassOn("escape", "\x1b")]
    assert editor.press("backspace", "\x7f") == []


def test_a_half_typed_line_can_be_taken():
    editor, _ = typed("abc", "<left>")

    assert editor.take() == [Draw("c"), Submit("abc", enter=False)]
    assert editor.take() == []


def test_a_line_has_an_end():
    editor = LineEditor()
    editor.insert("x" * (MAX_LINE + 10))

    assert len(editor.text) == MAX_LINE
    assert editor.insert("y") == []


_NAMED = ["enter", "backspace", "delete", "left", "right", "home", "end", "up", "f1"]
_NAMED += [f"ctrl+{letter}" for letter in "uwaecd"]
_KEYS = st.sampled_from(_NAMED).map(lambda key: (key, None)) | st.characters().map(lambda key: (key, key))


@given(st.lists(_KEYS, max_size=40))
def test_the_screen_always_shows_the_line(keys):
    """Follow the drawing on a strip of cells: the line, with the cursor in its place."""
    editor, strip, at = LineEditor(), [], 0
    for key, character in keys:
        for act in editor.press(key, character):
            match act:
                case Draw(text):
                    for letter in text:
                        width = cell_width(letter)
                        strip[at : at + width] = [letter] * width
                        at += width
                case Back(cells):
                    at -= cells
                    assert at >= 0
                case Wipe(cells):
                    strip[at : at + cells] = [" "] * cells
                case Submit():
                    strip, at = [], 0
                case Order() | PassOn():
                    pass
    shown = "".join(letter * cell_width(letter) for letter in editor.text.replace("\t", " "))
    assert at == cell_width(editor.text[: editor.at])
    assert "".join(strip).rstrip(" ") == shown.rstrip(" ")


def test_up_and_down_walk_through_the_lines_that_were_sent():
    editor, acts = typed("hidden", "<enter>")
    editor.remembers = True

    def walk(*keys: str) -> list[str]:
        for key in keys:
            for name, letter in [(key[1:-1], None)] if key.startswith("<") else [(c, c) for c in key]:
                acts.extend(editor.press(name, letter))
        return [editor.text, "".join(act.text for act in acts if isinstance(act, Submit))]

    assert walk("<up>")[0] == ""  # nothing was kept while they were not to be
    walk("look", "<enter>", "north", "<enter>", "<enter>", "north", "<enter>", "begun")

    assert walk("<up>")[0] == "north"
    assert walk("<up>")[0] == walk("<up>")[0] == "look"
    assert walk("<down>")[0] == "north"
    assert walk("<down>")[0] == walk("<down>")[0] == "begun"
    assert walk("<up>", "<up>", "!", "<enter>")[1].endswith("look!")


def test_only_so_many_lines_are_kept():
    editor, _ = typed()
    editor.remembers = True
    for number in range(limits.MAX_LINE_HISTORY + 5):
        for letter in str(number):
            editor.press(letter, letter)
        editor.press("enter", None)
    for _ in range(limits.MAX_LINE_HISTORY + 5):
        editor.press("up", None)

    assert editor.text == "5"
