from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.screen import create_terminal
from bbsterm.tui import search as module
from bbsterm.tui.past import Past
from bbsterm.tui.search import Match, Search, compile_pattern


def find(past: Past, text: str, *, regex: bool = False, lines: int = 1000) -> Search:
    search = Search(compile_pattern(text, regex=regex), past.line, past.first, past.screen, past.end)
    while not search.done:
        search.work(lines)
    return search


def past_of(*lines: str, encoding: str = "cp437") -> Past:
    terminal = create_terminal("vt" if encoding == "utf-8" else "ansi", columns=40, rows=3, encoding=encoding)
    terminal.feed("\r\n".join(lines).encode(encoding))
    return Past(terminal)


def test_case_does_not_matter_and_signs_mean_themselves():
    past = past_of("Hello (world)", "x", "HELLO", "again: hello hello")

    assert find(past, "hello").matches == [Match(0, 0, 5), Match(2, 0, 5), Match(3, 7, 12), Match(3, 13, 18)]
    assert find(past, "(world)").matches == [Match(0, 6, 13)]
    assert find(past, "h.llo").matches == []
    assert len(find(past, "h.llo", regex=True).matches) == 4


def test_columns_are_cells():
    past = past_of("界界 found", encoding="utf-8")

    assert find(past, "found").matches == [Match(0, 5, 10)]
    assert find(past, "界").matches == [Match(0, 0, 2), Match(0, 2, 4)]


def test_the_newest_lines_come_first():
    past = past_of(*(f"row {n}" for n in range(20)))
    search = Search(compile_pattern("row", regex=False), past.line, past.first, past.screen, past.end)

    search.work(5)

    assert [match.line for match in search.matches] == [15, 16, 17, 18, 19]
    assert not search.done


def test_walking_goes_round_the_ends():
    search = find(past_of("a", "b a", "c", "a"), "a")

    assert search.from_here(0, 1, forward=True) == 1
    assert search.from_here(3, 1, forward=True) == 0
    assert search.from_here(0, 0, forward=False) == 2
    assert search.index(Match(1, 2, 3)) == 1
    assert search.index(Match(1, 0, 3)) is None
    assert find(past_of("b"), "a").from_here(0, forward=True) is None


def test_what_a_board_shows_later_is_found_and_what_it_takes_back_is_not():
    past = past_of("a", "x", "a", "a")
    search = find(past, "a")

    past.terminal.feed(b"\x1b[Hxxx\x1b[3;1H\r\na\r\na")
    search.go_on(past.first, past.screen, past.end)
    search.work(search.left)

    wanted = [n for n in range(past.first, past.end) if "a" in past.line(n).text()]
    assert [match.line for match in search.matches] == wanted


def test_matches_are_bounded(monkeypatch):
    monkeypatch.setattr(module, "MAX_MATCHES", 50)
    search = find(past_of(*("a" * 39 for _ in range(20))), "a")

    assert len(search.matches) == 50
    assert not search.complete
    assert search.matches[-1] == Match(19, 38, 39)


@pytest.mark.parametrize("text", ["(a+)+", "(a*b*)*", "(", "[", r"(a)\1", ".*.*.*.*.*x", "(?P<x>a)(?P=x)"])
def test_an_expression_that_could_take_for_ever_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        compile_pattern(text, regex=True)


def test_too_long_a_text_is_refused():
    with pytest.raises(ValueError, match="longer than"):
        compile_pattern("a" * (limits.MAX_PATTERN + 1), regex=False)


@pytest.mark.parametrize(
    "text", [r"\d+\.\d+\.\d+\.\d+", "foo.*bar", "(ab)+c?", r"\bnode [0-9]{1,3}\b", "a|b|c"]
)
def test_useful_expressions_are_not(text):
    assert compile_pattern(text, regex=True)


@given(st.text(max_size=20))
def test_any_text_is_an_expression_or_an_explanation(text):
    with contextlib.suppress(ValueError):
        assert isinstance(compile_pattern(text, regex=True), re.Pattern)
    assert compile_pattern(text, regex=False).search("x" + text) or not text
