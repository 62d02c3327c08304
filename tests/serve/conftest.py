from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bbsterm.serve.board import Board


class Clock:
    """A wall clock and a monotonic one, both moved by hand."""

    def __init__(self):
        self.seconds = 0.0

    def now(self):
        return datetime(2026, 1, 1, 20, 30, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def monotonic(self):
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def board(clock):
    board = Board(now=clock.now, clock=clock.monotonic)
    await board.open()
    yield board
    await board.close()
