from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.screen import create_terminal
from bbsterm.screen.excerpt import cut
from bbsterm.screen.export import to_ansi, to_text

TEXT = st.text(st.sampled_from("ab é界語░█\u0301"), max_size=60)


def test_a_part_keeps_its_colours():
    terminal = create_terminal("ansi")
    terminal.feed(b"\x1b[31mred\x1b[32mgreen")

    part = cut(terminal.line(0), 1, 5)

    assert [(span.text, span.columns) for span in part.spans()] == [("ed", 2), ("gr", 2)]
    assert to_text([part]) == "edgr\n"
    assert "48;2;0;0;0med\x1b" in to_ansi([part])
    assert part.cells() == ["e", "d", "g", "r"]
    assert not part.blinks


def test_half_a_wide_character_is_a_whole_one():
    terminal = create_terminal("vt", encoding="utf-8")
    terminal.feed("a界b".encode())
    line = terminal.line(0)

    assert cut(line, 2, 4).text() == "界b"
    assert cut(line, 0, 2).text() == "a界"
    assert cut(line, 2, 3).spans()[0].columns == 2


def test_a_part_of_nothing_is_nothing():
    line = create_terminal("ansi").line(0)

    assert cut(line, 5, 5).spans() == ()
    assert cut(line, 70, 500).text() == ""
    assert cut(line, -3, 2).spans()[0].columns == 2


@given(TEXT, st.integers(0, 45), st.integers(0, 45))
def test_any_part_is_what_the_terminal_has_there(text, start, end):
    terminal = create_terminal("vt", columns=40, rows=4, encoding="utf-8")
    terminal.feed(text.encode())
    line = terminal.line(0)
    whole = line.text()

    part = cut(line, start, end)

    assert part.text() in whole
    assert cut(line, 0, 40).text() == whole
    assert sum(span.columns for span in part.spans()) >= max(0, min(end, 40) - start)
    if not line.wide:
        assert part.text() == whole.ljust(40)[start:end].rstrip()
