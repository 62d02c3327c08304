from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from bbsterm.book.document import EMPTY, block_of, parse
from bbsterm.book.entry import Entry
from bbsterm.book.parsed import ParsedInState
from bbsterm.book.state import State


@pytest.fixture
def remembered(paths, clock):
    state = State(paths.state, now=clock)
    yield ParsedInState(state), state
    state.close()


def text_of(count):
    blocks = tuple(block_of(Entry(f"B{n}", "a.org", n + 1, id=f"{n}", tags=("x",))) for n in range(count))
    return replace(EMPTY, blocks=blocks).text()


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def put(memory, text, path):
    document = parse(text, path)
    memory.put(digest(text), text, document)
    return document


def test_a_large_book_is_remembered_by_its_text(remembered, paths):
    memory, _ = remembered
    text = text_of(150)

    document = put(memory, text, paths.entries)

    assert memory.get(digest(text), text) == document
    assert memory.get(digest(text + "x"), text + "x") is None


def test_only_one_book_is_remembered(remembered, paths):
    memory, state = remembered
    old, new = text_of(150), text_of(151)

    put(memory, old, paths.entries)
    put(memory, new, paths.entries)

    assert memory.get(digest(old), old) is None
    assert state.rows("SELECT COUNT(*) FROM parsed") == [(1,)]


def test_small_books_and_books_with_mistakes_are_not(remembered, paths):
    memory, _ = remembered
    small = text_of(3)
    wrong = text_of(150).replace("port = 77\n", "port = 99999\n")

    for text in (small, wrong):
        put(memory, text, paths.entries)
        assert memory.get(digest(text), text) is None


def test_a_spoiled_memory_is_as_good_as_none(remembered, paths):
    memory, state = remembered
    text = text_of(150)
    put(memory, text, paths.entries)

    for nonsense in ("{", '{"head": 1}', "[]"):
        with state.writing() as connection:
            connection.execute("UPDATE parsed SET document = ?", (nonsense,))
        assert memory.get(digest(text), text) is None
