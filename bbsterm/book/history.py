"""What happened: every call, how often and when each board was called, and what probes found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from bbsterm import limits
from bbsterm.book.address import join, same_host
from bbsterm.book.state import State
from bbsterm.book.text import one_line

__all__ = ["NO_STATS", "PROBE_FRESH", "CallRecord", "History", "Pin", "Probe", "Stats"]

PROBE_FRESH: Final = 3600
"""Seconds that a probe holds: a host is not asked again before."""

_FORGOTTEN: Final = "forgotten "
_BANNER: Final = 128
"""Characters kept of a banner's hash."""


class CallRecord(NamedTuple):
    """One call.

    Attributes:
        entry: The entry's id; empty for a board that is in no book.
        address: Where the call went.
        started: Seconds since 1970.
        seconds: How long it was connected; 0 if it never was.
        result: How it ended, a word or two: "hung up", "closed by host", "BUSY" ...
        received: Bytes from the board.
        sent: Bytes to it.
        capture: The recording's path; empty if there is none.
    """

    entry: str
    address: str
    started: int
    seconds: float
    result: str
    received: int = 0
    sent: int = 0
    capture: str = ""


class Stats(NamedTuple):
    """An entry's sums. `last_call` is in seconds since 1970; None if it was never called."""

    calls: int = 0
    last_call: int | None = None
    seconds: float = 0.0
    received: int = 0
    sent: int = 0


NO_STATS: Final = Stats()


class Probe(NamedTuple):
    """What the last probe of a place found. `up` is whether it answered; None for what was not tried."""

    checked: int
    up: bool
    tls: bool | None = None
    milliseconds: float | None = None
    banner: str = ""
    banner_changed: bool = False


class Pin(NamedTuple):
    """The public key that a board showed first: SHA-256 in hexadecimal, and when it was seen."""

    sha256: str
    first_seen: int
    last_seen: int


class History:
    """Calls, statistics, probes and pins of the state database; statistics and probes in memory too."""

    def __init__(self, state: State, *, now: Callable[[], float]) -> None:
        self._state = state
        self._now = now
        self.stats: dict[str, Stats] = {}
        self.probes: dict[str, Probe] = {}
        self.load()

    def load(self) -> None:
        """Read statistics and probes anew."""
        rows = self._state.rows("SELECT entry, calls, last_call, seconds, received, sent FROM stats")
        self.stats = {row[0]: Stats(*row[1:]) for row in rows}
        self.probes = {row[0]: _probe(*row[1:]) for row in self._state.rows("SELECT * FROM probes")}

    # --- calls ----------------------------------------------------------------------

    def record(self, call: CallRecord, *, connected: bool) -> None:
        """Write a call down. It counts in the statistics if it was connected.

        Raises:
            BookError: The state cannot be saved.
        """
        call = call._replace(result=one_line(call.result, 80), address=one_line(call.address, 300))
        with self._state.writing() as connection:
            connection.execute(
                "INSERT INTO calls (entry, address, started, seconds, result, received, sent, capture)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                call,
            )
            connection.execute(
                "DELETE FROM calls WHERE number <= (SELECT MAX(number) FROM calls) - ?",
                (limits.MAX_CALLS_KEPT,),
            )
            if connected and call.entry:
                old = self.stats.get(call.entry, NO_STATS)
                connection.execute(
                    "INSERT INTO stats (entry, calls, last_call, seconds, received, sent)"
                    " VALUES (:entry, 1, :started, :seconds, :received, :sent)"
                    " ON CONFLICT (entry) DO UPDATE SET calls = calls + 1,"
                    " last_call = MAX(COALESCE(last_call, 0), :started), seconds = seconds + :seconds,"
                    " received = received + :received, sent = sent + :sent",
                    call._asdict(),
                )
        if connected and call.entry:
            self.stats[call.entry] = Stats(
                old.calls + 1,
                max(old.last_call or 0, call.started),
                old.seconds + call.seconds,
                old.received + call.received,
                old.sent + call.sent,
            )

    def of(self, entry_id: str, limit: int = 200) -> list[CallRecord]:
        """The calls of an entry, the newest first."""
        return self._calls("WHERE entry = ?", (entry_id,), limit)

    def of_stranger(self, address: str, limit: int = 200) -> list[CallRecord]:
        """The calls to an address that is in no book, the newest first."""
        return self._calls("WHERE entry = '' AND address = ?", (address,), limit)

    def recent(self, limit: int = 200) -> list[CallRecord]:
        """All calls, the newest first."""
        return self._calls("", (), limit)

    # --- boards that are in no book ---------------------------------------------------

    def strangers(self) -> dict[str, Stats]:
        """The sums of every address that was called and is in no book, the latest call first."""
        rows = self._state.rows(
            "SELECT address, COUNT(*), MAX(started), SUM(seconds), SUM(received), SUM(sent) FROM calls"
            " WHERE entry = '' GROUP BY address HAVING MAX(started) >"
            " COALESCE((SELECT CAST(value AS INTEGER) FROM meta WHERE key = ? || address), -1)"
            " ORDER BY MAX(started) DESC LIMIT ?",
            (_FORGOTTEN, limits.MAX_STRANGERS),
        )
        return {row[0]: Stats(*row[1:]) for row in rows}

    def claim(self, found: Mapping[str, str]) -> None:
        """Calls to these addresses were calls to entries of the book: id by address.

        Raises:
            BookError: The state cannot be saved.
        """
        with self._state.writing() as connection:
            for address, entry_id in found.items():
                connection.execute(
                    "INSERT INTO stats (entry, calls, last_call, seconds, received, sent)"
                    " SELECT ?1, COUNT(*), MAX(started), SUM(seconds), SUM(received), SUM(sent) FROM calls"
                    " WHERE entry = '' AND address = ?2 HAVING COUNT(*) > 0"
                    " ON CONFLICT (entry) DO UPDATE SET calls = calls + excluded.calls,"
                    " last_call = MAX(COALESCE(last_call, 0), excluded.last_call),"
                    " seconds = seconds + excluded.seconds, received = received + excluded.received,"
                    " sent = sent + excluded.sent",
                    (entry_id, address),
                )
                connection.execute(
                    "UPDATE calls SET entry = ? WHERE entry = '' AND address = ?", (entry_id, address)
                )
        self.load()

    def forget(self, address: str, *, before: int | None = None) -> None:
        """Show a stranger no more unless it is called again; `before` None takes that back.

        Raises:
            BookError: The state cannot be saved.
        """
        with self._state.writing() as connection:
            connection.execute("DELETE FROM meta WHERE key = ?", (_FORGOTTEN + address,))
            if before is not None:
                connection.execute("INSERT INTO meta VALUES (?, ?)", (_FORGOTTEN + address, str(before)))

    def encoding(self, address: str) -> tuple[str, str] | None:
        """The emulation and the character set that were chosen in a call to this address."""
        rows = self._state.rows("SELECT kind, encoding FROM encodings WHERE address = ?", (address,))
        return (str(rows[0][0]), str(rows[0][1])) if rows else None

    def choose_encoding(self, address: str, kind: str, encoding: str) -> None:
        """Remember on which emulation, in which character set, a person wants to read a board.

        Raises:
            BookError: The state cannot be saved.
        """
        with self._state.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO encodings VALUES (?, ?, ?)", (address, kind, encoding))
            connection.execute(
                "DELETE FROM encodings WHERE rowid <= (SELECT MAX(rowid) FROM encodings) - ?",
                (limits.MAX_ENCODINGS_KEPT,),
            )

    def adopt(self, stats: Mapping[str, Stats]) -> None:
        """Take over the sums of imported entries, where there are none yet.

        Raises:
            BookError: The state cannot be saved.
        """
        new = {key: value for key, value in stats.items() if value != NO_STATS and key not in self.stats}
        if new:
            with self._state.writing() as connection:
                rows = [(key, *value) for key, value in new.items()]
                connection.executemany("INSERT OR IGNORE INTO stats VALUES (?, ?, ?, ?, ?, ?)", rows)
            self.stats.update(new)

    def _calls(self, where: str, values: tuple[str, ...], limit: int) -> list[CallRecord]:
        rows = self._state.rows(
            "SELECT entry, address, started, seconds, result, received, sent, capture"
            f" FROM calls {where} ORDER BY started DESC, number DESC LIMIT ?",
            (*values, limit),
        )
        return [CallRecord(*row) for row in rows]

    # --- probes ---------------------------------------------------------------------

    def probe(self, host: str, port: int) -> Probe | None:
        """What the last probe found, if that was less than an hour ago."""
        found = self.probes.get(_place(host, port))
        return found if found and self._now() - found.checked < PROBE_FRESH else None

    def record_probes(self, found: Iterable[tuple[str, int, Probe]]) -> None:
        """Remember what probes found, by host and port. Whether a banner is another one is worked out here.

        Raises:
            BookError: The state cannot be saved.
        """
        new = {}
        for host, port, probe in found:
            old = self.probes.get(_place(host, port))
            banner = probe.banner[:_BANNER] or (old.banner if old else "")
            changed = bool(old and old.banner and probe.banner and old.banner != banner)
            new[_place(host, port)] = probe._replace(banner=banner, banner_changed=changed)
        with self._state.writing() as connection:
            rows = [(place, *probe) for place, probe in new.items()]
            connection.executemany("INSERT OR REPLACE INTO probes VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self.probes.update(new)

    # --- pins -----------------------------------------------------------------------

    def pin(self, host: str, port: int) -> Pin | None:
        """The key that this place showed when it was trusted."""
        query = "SELECT sha256, first_seen, last_seen FROM pins WHERE place = ?"
        rows = self._state.rows(query, (_place(host, port),))
        return Pin(*rows[0]) if rows else None

    def trust(self, host: str, port: int, sha256: str) -> None:
        """Pin a key to a place. A new key for a pinned place starts a new first-seen date.

        Raises:
            BookError: The state cannot be saved.
        """
        now = int(self._now())
        with self._state.writing() as connection:
            connection.execute(
                "INSERT INTO pins VALUES (:place, :key, :now, :now) ON CONFLICT (place) DO UPDATE SET"
                " first_seen = CASE sha256 WHEN :key THEN first_seen ELSE :now END,"
                " sha256 = :key, last_seen = :now",
                {"place": _place(host, port), "key": sha256.lower(), "now": now},
            )

    def distrust(self, host: str, port: int) -> None:
        """Forget the key of a place.

        Raises:
            BookError: The state cannot be saved.
        """
        with self._state.writing() as connection:
            connection.execute("DELETE FROM pins WHERE place = ?", (_place(host, port),))


def _probe(
    checked: int, up: int, tls: int | None, milliseconds: float | None, banner: str, changed: int
) -> Probe:
    return Probe(checked, bool(up), None if tls is None else bool(tls), milliseconds, banner, bool(changed))


def _place(host: str, port: int) -> str:
    return join(same_host(host), port)
