from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.screen import create_terminal
from bbsterm.tui.marking import Mark, Spot, marked, word_around
from bbsterm.tui.past import Past

SPOTS = st.builds(Spot, st.integers(0, 12), st.integers(0, 19))


def board() -> Past:
    terminal = create_terminal("ansi", columns=20, rows=5)
    terminal.feed(b"\r\n".join(b"line %d \x1b[3%dmof many" % (n, n % 8) for n in range(12)))
    return Past(terminal)


def test_running_text_goes_from_one_place_to_the_other_whichever_was_first():
    past = board()
    there, back = Mark(Spot(1, 5), Spot(3, 3)), Mark(Spot(3, 3), Spot(1, 5))

    assert [part.text() for part in marked(there, past.line)] == ["1 of many", "line 2 of many", "line"]
    assert marked(there, past.line) == marked(back, past.line)


def test_a_rectangle_has_the_same_columns_in_every_line():
    mark = Mark(Spot(3, 7), Spot(1, 0), rectangular=True)

    assert [part.text() for part in marked(mark, board().line)] == ["line 1 o", "line 2 o", "line 3 o"]


def test_whole_lines():
    mark = Mark(Spot(1, 7), Spot(2, 0), whole_lines=True)

    assert [part.text() for part in marked(mark, board().line)] == ["line 1 of many", "line 2 of many"]


def test_lines_that_are_gone_are_left_out():
    assert marked(Mark(Spot(-5, 0), Spot(-1, 3)), board().line) == []
    assert marked(Mark(Spot(11, 0), Spot(90, 3)), board().line)[0].text() == "line 11 of many"


def test_a_word_ends_at_blanks():
    cells = list("one  two")
    assert word_around(cells, 1) == (0, 2)
    assert word_around(cells, 3) == (3, 4)
    assert word_around(cells, 7) == (5, 7)


@given(SPOTS, SPOTS, st.booleans())
def test_what_is_marked_is_the_terminal_s_text(anchor, head, rectangular):
    past = board()
    rows = [line.text().ljust(20) for line in past.lines()]
    mark = Mark(anchor, head, rectangular=rectangular)

    found = [part.text() for part in marked(mark, past.line)]

    start, end = sorted((anchor, head))
    if rectangular:
        left, right = sorted((anchor.column, head.column))
        wanted = [row[left : right + 1].rstrip() for row in rows[start.line : end.line + 1]]
    else:
        flat = "".join(rows)[start.line * 20 + start.column : end.line * 20 + end.column + 1]
        joined = " " * start.column + flat
        wanted = [joined[at : at + 20].rstrip() for at in range(0, len(joined), 20)]
        if found:
            found[0] = (" " * start.column + found[0]).rstrip()
        wanted = wanted[: len(found)]
    assert found == wanted
