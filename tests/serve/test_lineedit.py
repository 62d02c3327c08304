from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.serve.keys import Special
from bbsterm.serve.lineedit import Bell, LineEditor, RubOut, Show, cells


def typed(editor, text):
    return [edit for char in text for edit in editor.feed(char)]


def test_what_is_typed_is_shown():
    editor = LineEditor(10, 40)

    assert typed(editor, "Ann") == [Show("A"), Show("n"), Show("n")]
    assert editor.text == "Ann"


def test_backspace_takes_one_back_and_rings_at_the_start():
    editor = LineEditor(10, 40)
    typed(editor, "ab")

    assert editor.feed(Special.BACKSPACE) == [RubOut(1)]
    assert editor.feed(Special.DELETE) == [RubOut(1)]
    assert editor.feed(Special.BACKSPACE) == [Bell()]


def test_a_wide_character_is_two_cells():
    editor = LineEditor(10, 40)
    typed(editor, "漢")

    assert editor.feed(Special.BACKSPACE) == [RubOut(2)]


def test_words_and_lines_are_rubbed_out():
    editor = LineEditor(40, 40)
    typed(editor, "one two  ")

    assert editor.feed(Special.RUB_OUT_WORD) == [RubOut(6)]
    assert editor.text == "one"
    assert editor.feed(Special.RUB_OUT_LINE) == [RubOut(3)]


def test_a_full_line_rings_once():
    editor = LineEditor(2, 40)

    assert typed(editor, "abcd") == [Show("a"), Show("b"), Bell()]
    assert editor.text == "ab"
    assert editor.refused == 2


def test_a_long_line_moves_sideways():
    editor = LineEditor(100, 10)

    typed(editor, "abcdefghij")
    assert editor.feed("k") == [RubOut(10), Show("<fghijk")]
    assert editor.shown == "<fghijk"
    assert editor.text == "abcdefghijk"


def test_a_password_is_stars():
    editor = LineEditor(10, 40, hidden=True)

    assert typed(editor, "abc") == [Show("*")] * 3
    assert editor.text == "abc"


keys = st.characters() | st.sampled_from(list(Special))


@given(st.lists(keys, max_size=60), st.integers(1, 30), st.integers(1, 30))
def test_the_screen_always_shows_what_the_editor_says(pressed, longest, room):
    editor = LineEditor(longest, room)
    screen = ""

    for key in pressed:
        for edit in editor.feed(key):
            match edit:
                case Show(text):
                    screen += text
                case RubOut(count):
                    while count > 0:
                        count -= cells(screen[-1])
                        screen = screen[:-1]
                    assert count == 0

        assert screen == editor.shown
        assert cells(screen) <= max(room, 4)
        assert len(editor.text) <= longest
        assert screen.isprintable()
