"""Who has called lately, and from where nobody may call."""

from __future__ import annotations

import ipaddress
import sqlite3
from dataclasses import dataclass
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

    Raises:
        StorageError: From every method: the board's file cannot be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    async def begin(self, call: LastCall, user: int | None) -> int:
        """Note a call; return its number, for `end`."""
        row = (call.began.astimezone(UTC).isoformat(), call.name, user, call.machine, call.address)

        def work(connection: sqlite3.Connection) -> int:
            number = connection.execute(
                "INSERT INTO calls (began, name, user, machine, address) VALUES (?, ?, ?, ?, ?)", row
            ).lastrowid
            number = number or 0
            connection.execute("DELETE FROM calls WHERE id <= ?", (number - limits.MAX_BOARD_CALLS,))
            return number

        return await self._database.write(work)

    async def end(self, number: int, *, now: datetime) -> None:
        """The call is over."""
        when = now.astimezone(UTC).isoformat()
        await self._database.write(
            lambda connection: connection.execute("UPDATE calls SET ended = ? WHERE id = ?", (when, number))
        )

    async def latest(self, count: int) -> list[LastCall]:
        """The newest calls, newest first."""
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
        """How many calls there have been since the board was made."""
        (count,) = await self._database.read(
            lambda connection: connection.execute("SELECT COALESCE(MAX(id), 0) FROM calls").fetchone()
        )
        return int(count)


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
