from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.tui.key_names import key_name, parse_key, textual_name


@pytest.mark.parametrize(
    ("text", "shown", "textual"),
    [
        ("/", "/", "slash"),
        ("slash", "/", "slash"),
        ("h", "h", "h"),
        ("H", "h", "h"),
        ("^P", "^P", "ctrl+p"),
        ("ctrl+p", "^P", "ctrl+p"),
        ("C-p", "^P", "ctrl+p"),
        ("Ctrl+]", "^]", "ctrl+right_square_bracket"),
        ("ctrl+right_square_bracket", "^]", "ctrl+right_square_bracket"),
        ("ctrl+\\", "^\\", "ctrl+backslash"),
        ("F1", "F1", "f1"),
        ("esc", "Esc", "escape"),
        ("pgup", "PgUp", "pageup"),
        ("alt+a", "Alt+A", "alt+a"),
        ("shift+tab", "S-Tab", "shift+tab"),
    ],
)
def test_a_key_has_one_spelling(text, shown, textual):
    assert parse_key(text) == shown
    assert textual_name(shown) == textual
    assert key_name(textual, None) == shown


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("alt+1", "Alt with a digit"),
        ("alt+b", r"Ctrl\+Left"),
        ("alt+=", "drop Alt"),
        ("alt+enter", "drop Alt"),
        ("ctrl+1", "Ctrl with a digit"),
        ("ctrl+i", "same as Tab"),
        ("ctrl+m", "same as Enter"),
        ("ctrl+[", "same as Esc"),
        ("ctrl+h", "same as Backspace"),
        ("ctrl+enter", "do not send"),
        ("ctrl+shift+a", "two modifiers"),
        ("shift+a", "Shift"),
        ("f13", "F13"),
        ("left_shift", "by itself"),
        ("hyper", "is no key"),
        ("", "is no key"),
    ],
)
def test_what_most_terminals_cannot_send_is_refused_with_the_reason(text, why):
    with pytest.raises(ValueError, match=why):
        parse_key(text)


@given(st.text(max_size=20))
def test_any_text_is_a_key_or_a_reason(text):
    try:
        shown = parse_key(text)
    except ValueError:
        return
    assert parse_key(shown) == shown
