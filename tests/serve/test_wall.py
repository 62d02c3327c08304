from __future__ import annotations

from datetime import UTC, datetime

from bbsterm import limits
from bbsterm.serve.store.database import Database
from bbsterm.serve.wall import OneLiner, Wall

NOW = datetime(2026, 1, 1, 20, 30, tzinfo=UTC)


async def opened(path=None):
    database = Database(path)
    await database.open()
    return Wall(database), database


async def test_the_wall_survives_a_restart(tmp_path):
    path = tmp_path / "board" / "board.sqlite3"
    first, database = await opened(path)
    await first.add(OneLiner(NOW, "Ann", "hello ░▒▓ 'quoted'"))
    await database.close()

    second, database = await opened(path)

    assert await second.latest(5) == [OneLiner(NOW, "Ann", "hello ░▒▓ 'quoted'")]
    await database.close()


async def test_the_newest_come_last_and_no_more_than_asked_for():
    wall, database = await opened()
    for number in range(5):
        await wall.add(OneLiner(NOW, "Ann", str(number)))

    assert [each.line for each in await wall.latest(3)] == ["2", "3", "4"]
    await database.close()


async def test_the_oldest_fall_off(monkeypatch):
    monkeypatch.setattr(limits, "MAX_WALL_ENTRIES", 3)
    wall, database = await opened()

    for number in range(10):
        await wall.add(OneLiner(NOW, "Ann", str(number)))

    assert [each.line for each in await wall.latest(100)] == ["7", "8", "9"]
    await database.close()
