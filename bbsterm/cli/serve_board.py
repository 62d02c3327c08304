"""What `bbsterm serve` does once for a board of one's own: `--init DIR`, and `--sysop NAME`."""

from __future__ import annotations

import getpass
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bbsterm.cli.base import ExitCode
from bbsterm.errors import UsageError

if TYPE_CHECKING:
    from bbsterm.serve.settings import ServeSettings

__all__ = ["init_board", "make_sysop"]


def init_board(folder: str) -> ExitCode:
    """Write a starter board."""
    from bbsterm.serve.design.starting import write_starter

    count = write_starter(Path(folder))
    print(f"bbsterm: {count} files in {folder}. Read its README.md; then: bbsterm serve --board {folder}")
    return ExitCode.OK


def make_sysop(settings: ServeSettings, name: str) -> ExitCode:
    """Make a sysop of an account; make one where there is none, asking for a password."""
    import asyncio

    return asyncio.run(_make_sysop(settings, name))


async def _make_sysop(settings: ServeSettings, name: str) -> ExitCode:
    from datetime import UTC, datetime

    from bbsterm.limits import MAX_CALLER_NAME
    from bbsterm.serve.clean import line
    from bbsterm.serve.server import database_of
    from bbsterm.serve.store.users import Users

    clean = line(name, MAX_CALLER_NAME)
    if len(clean) < 2 or clean != " ".join(name.split()):
        raise UsageError(f"--sysop takes a name of 2 to {MAX_CALLER_NAME} characters, not {name!r}")
    database = database_of(settings)
    users = Users(database)
    try:
        await database.open()
        if (user := await users.find(clean)) is not None:
            await users.save(replace(user, sysop=True))
            print(f"bbsterm: {user.name} is a sysop now")
        else:
            password = _password(clean)
            await users.create(clean, password, now=datetime.now(UTC), sysop=True)
            print(f"bbsterm: {clean} has an account now, and is a sysop")
    finally:
        users.close()
        await database.close()
    return ExitCode.OK


def _password(name: str) -> str:
    """Ask for it twice; without a terminal it is the first line of stdin."""
    from bbsterm.limits import MAX_PASSWORD, MIN_PASSWORD

    if sys.stdin.isatty():
        password = getpass.getpass(f"A password for {name}: ")
        if getpass.getpass("Once more: ") != password:
            raise UsageError("those were two different ones")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise UsageError(f"a password has {MIN_PASSWORD} to {MAX_PASSWORD} characters")
    return password
