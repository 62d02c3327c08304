from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.tui.clean import printable_cells, printable_text


def test_cells_pass_unchanged():
    assert printable_cells("Xibalba ░▒▓█ ☺ ñ 界 \xa0") == "Xibalba ░▒▓█ ☺ ñ 界 \xa0"


def test_a_control_takes_a_cell_and_a_reordering_mark_none():
    assert printable_cells("a\x1b[2Jb") == "a\ufffd[2Jb"
    assert printable_cells("a\x9bb\x07") == "a\ufffdb\ufffd"
    assert printable_cells("abc\u202edef\u2066") == "abcdef"


def test_a_peer_s_string_shows_its_controls():
    assert printable_text("evil\x1b]52;c;?\x07") == "evil^[]52;c;?^G"
    assert printable_text("a\u202eb\x9b\n") == "a<U+202E>b<U+009B>^J"
    assert printable_text("no\xa0break\u2003space") == "no break space"


def test_a_peer_s_string_is_cut():
    assert printable_text("x" * 300, 10) == "x" * 9 + "…"
    assert printable_text("x" * 10, 10) == "x" * 10
    assert len(printable_text("\x1b" * 100_000)) == 256


@given(st.text(max_size=100))
def test_no_control_is_left_whatever_comes(text):
    for shown in (printable_cells(text), printable_text(text)):
        assert not any(c < " " or "\x7f" <= c <= "\x9f" for c in shown)
        assert not any(c in shown for c in "\u202e\u2066\u200f\u2028")
