"""Who has called lately, and from where nobody may call."""

from __future__ import annotations

import ipaddress
import itertools
import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, TypeAlias

from bbsterm import limits
from bbsterm.serve.store.database import Database

__all__ = ["Bans", "LastCall", "LastCalls"]

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class LastCall:
    """One call. `ended` is None while it lasts, and for ever where the process was killed."""

    began: datetime
    name: str
    machine: str
    address: str
    ended: datetime | None = None


class LastCalls:
    """The last `limits.MAX_BOARD_CALLS` calls.

    A call is noted at once and written by `flush`, with others: nobody waits for the disk at the door.
    """

    def __init__(self, database: Database) -> None:
        self._database: Final = database
        self._began: Final[dict[int, tuple[LastCall, int | None]]] = {}
        self._ended: Final[dict[int, datetime]] = {}
        self._rows: Final[dict[int, int]] = {}
        self._tokens: Final = itertools.count(1)

    def begin(self, call: LastCall, user: int | None) -> int:
        """Note a call; return its token, for `end`."""
        token = next(self._tokens)
        self._began[token] = (call, user)
        while len(self._began) > limits.MAX_BOARD_CALLS:  # the disk has been away for long
            del self._began[next(iter(self._began))]
        return token

    def end(self, token: int, *, now: datetime) -> None:
        """The call is over."""
        if token in self._began:
            call, user = self._began[token]
            self._began[token] = (replace(call, ended=now), user)
        elif token in self._rows:
            self._ended[self._rows.pop(token)] = now

    async def flush(self) -> None:
        """Write what has been noted, in one transaction.

        Raises:
            StorageError: It cannot be written; it stays noted.
        """
        began, ended = dict(self._began), dict(self._ended)
        if not began and not ended:
            return
        rows = await self._database.write(lambda connection: _write(connection, began, ended))
        for row in ended:
            self._ended.pop(row, None)
        for token, row in rows.items():
            call, _ = self._began.pop(token, (None, None))
            if call is None or call.ended == began[token][0].ended is not None:
                continue
            if call.ended is not None:  # meanwhile
                self._ended[row] = call.ended
            else:
                self._rows[token] = row

    async def latest(self, count: int) -> list[LastCall]:
        """The newest calls, newest first.

        Raises:
            StorageError: The board's file cannot be read or written.
        """
        await self.flush()
        rows = await self._database.read(
            lambda connection: connection.execute(
                "SELECT began, name, machine, address, ended FROM calls ORDER BY id DESC LIMIT ?", (count,)
            ).fetchall()
        )
        return [
            LastCall(datetime.fromisoformat(began), name, machine, address, _when(ended))
            for began, name, machine, address, ended in rows
        ]

    async def count(self) -> int:
        """How many calls there have been since the board was made, and were written.

        Raises:
            StorageError: The board's file cannot be read.
        """
        (count,) = await self._database.read(
            lambda connection: connection.execute("SELECT COALESCE(MAX(id), 0) FROM calls").fetchone()
        )
        return int(count)


def _write(
    connection: sqlite3.Connection,
    began: dict[int, tuple[LastCall, int | None]],
    ended: dict[int, datetime],
) -> dict[int, int]:
    """Write calls; return the row of each by its token."""
    rows: dict[int, int] = {}
    for token, (call, user) in began.items():
        values = (call.began.astimezone(UTC).isoformat(), _text(call.ended), call.name, user)
        rows[token] = (
            connection.execute(
                "INSERT INTO calls (began, ended, name, user, machine, address) VALUES (?, ?, ?, ?, ?, ?)",
                (*values, call.machine, call.address),
            ).lastrowid
            or 0
        )
    for row, when in ended.items():
        connection.execute("UPDATE calls SET ended = ? WHERE id = ?", (_text(when), row))
    connection.execute(
        "DELETE FROM calls WHERE id <= (SELECT MAX(id) FROM calls) - ?", (limits.MAX_BOARD_CALLS,)
    )
    return rows


class Bans:
    """Networks that nobody may call from. What the file says is kept at hand by `load`."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database
        self._networks: tuple[Network, ...] = ()

    async def load(self) -> None:
        """Read the file."""
        rows = await self._database.read(
            lambda connection: connection.execute("SELECT network FROM bans").fetchall()
        )
        self._networks = tuple(ipaddress.ip_network(network) for (network,) in rows)

    @property
    def networks(self) -> tuple[str, ...]:
        """What is banned, for a sysop to read."""
        return tuple(map(str, self._networks))

    def shuts_out(self, address: str) -> bool:
        """Whether a caller from here is not let in."""
        try:
            found = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        mapped = getattr(found, "ipv4_mapped", None) or found
        return any(mapped in network for network in self._networks)

    async def add(self, text: str, *, by: str, now: datetime, reason: str = "") -> str:
        """Ban an address or a network (``192.0.2.0/24``); return it as it is kept.

        Raises:
            ValueError: It is neither, or there are `limits.MAX_BANS` already.
        """
        network = str(ipaddress.ip_network(text.strip(), strict=False))
        if len(self._networks) >= limits.MAX_BANS:
            raise ValueError(f"there are {limits.MAX_BANS} bans already")
        row = (network, now.astimezone(UTC).isoformat(), by, reason)
        await self._database.write(
            lambda connection: connection.execute("INSERT OR REPLACE INTO bans VALUES (?, ?, ?, ?)", row)
        )
        await self.load()
        return network

    async def remove(self, text: str) -> bool:
        """Lift a ban; say whether there was one."""
        network = str(ipaddress.ip_network(text.strip(), strict=False))
        known = network in self.networks
        await self._database.write(
            lambda connection: connection.execute("DELETE FROM bans WHERE network = ?", (network,))
        )
        await self.load()
        return known


def _when(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _text(when: datetime | None) -> str | None:
    return when.astimezone(UTC).isoformat() if when else None
