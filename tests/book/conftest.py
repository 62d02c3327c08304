from __future__ import annotations

import pytest

from bbsterm.book import Book, BookPaths


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def paths(tmp_path):
    return BookPaths.under(tmp_path / "config", tmp_path / "state")


@pytest.fixture
def opened(paths, clock):
    """Opens the same book again and again; closes all of them at the end."""
    books = []

    def open_book() -> Book:
        books.append(Book.open(paths, now=clock))
        return books[-1]

    yield open_book
    for book in books:
        book.close()


@pytest.fixture
def book(opened):
    return opened()


@pytest.fixture
def written(paths):
    """Writes dialing.toml as an editor would."""

    def write(text: str | bytes) -> None:
        paths.entries.parent.mkdir(exist_ok=True)
        data = text.encode() if isinstance(text, str) else text
        paths.entries.write_bytes(data)
        paths.entries.chmod(0o600)

    return write
