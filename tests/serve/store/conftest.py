from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bbsterm.serve.store.database import Database


@pytest.fixture
async def database():
    database = Database()
    await database.open()
    yield database
    await database.close()


@pytest.fixture
def now():
    return datetime(2026, 1, 1, 20, 30, tzinfo=UTC)
