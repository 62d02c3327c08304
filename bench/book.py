"""The address book with N entries: opening, searching, saving, importing; beside telix's sessions.json.

telix keeps its book as one JSON file that it reads and writes whole, every field of every session. That is
done here with the standard library alone, so no telix is needed; what telix makes of the JSON comes on top.
Times are medians in milliseconds; "first search" is what a dialer waits for before it can paint.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bbsterm.book import MINE, Book, BookPaths, Entry, Sort
from bbsterm.book.exporters import Exported, write
from bbsterm.book.importers import read_text

RUNS = 7
QUERIES = ("", "b", "bo", "boa", "board 12", "board 12 amiga", "tag:ftn", "zzz")
TELIX_FIELDS = 45
"""A session of telix 0.1.10 has so many fields, all of which are written for each."""


def entries(count: int) -> list[Entry]:
    tags = ("ftn", "amiga", "doors", "ansi")
    return [
        Entry(
            f"Board {number}",
            f"bbs{number}.example{number % 700}.org",
            2000 + number % 60000,
            tags=(tags[number % 4],),
            comment=f"The comment of board {number}, with {tags[number % 3]}",
        )
        for number in range(count)
    ]


def timed(work: Callable[[], object], runs: int = RUNS) -> float:
    samples = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        work()
        samples.append((time.perf_counter() - start) * 1000)
    return statistics.median(samples)


@contextmanager
def filled(count: int, target: str) -> Iterator[tuple[BookPaths, dict[str, float]]]:
    """A book of so many entries, in a list or the user's own, and how long it took to import them."""
    text = write([Exported(entry) for entry in entries(count)], "csv").text
    with tempfile.TemporaryDirectory() as folder:
        paths = BookPaths.under(Path(folder) / "config", Path(folder) / "state")
        with Book.open(paths) as book:
            start = time.perf_counter()
            reading = read_text(text)
            plan = book.plan_import(reading, source="bench.csv", target=target)
            book.apply_import(plan)
            took = (time.perf_counter() - start) * 1000
        yield paths, {"import": took}


def measure(paths: BookPaths) -> dict[str, float]:
    def open_and_search() -> None:
        with Book.open(paths) as book:
            book.search("")

    open_and_search()  # dialing.toml is remembered from here on
    found = {"open, first search": timed(open_and_search)}
    with Book.open(paths) as book:
        book.search("")
        for sort in Sort:
            book.search("", sort)
        found["a keystroke, worst"] = max(timed(lambda q=q: book.search(q), 25) for q in QUERIES)
        found["changed_on_disk"] = timed(book.changed_on_disk, 25)
        row = book.search("board 77")[0]

        def star() -> None:
            book.favourite(book.get(row.entry.id) or row.entry)
            book.search("")

        star()  # loads tomlkit, and copies a listed entry
        found["star, saved and shown"] = timed(star)
    return found


def sessions(count: int) -> dict[str, float]:
    """What telix's file costs, at the least."""
    blank = {f"field_{number}": "" for number in range(TELIX_FIELDS - 4)}
    data = {
        entry.place: {
            "name": entry.name,
            "host": entry.host,
            "port": entry.port,
            "bookmarked": False,
            **blank,
        }
        for entry in entries(count)
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sessions.json"
        path.write_text(json.dumps(data, indent=2))

        def find(words: list[str]) -> object:
            return [s for s in data.values() if all(w in (s["name"] + s["host"]).lower() for w in words)]

        def save() -> None:
            with path.open("w") as file:
                file.write(json.dumps(data, indent=2, ensure_ascii=False))
                file.flush()
                os.fsync(file.fileno())

        return {
            "open, first search": timed(lambda: json.loads(path.read_text())),
            "a keystroke, worst": max(timed(lambda q=q: find(q.split()), 25) for q in QUERIES),
            "star, saved and shown": timed(save),
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--entries", type=int, default=5000)
    args = parser.parse_args()
    columns: dict[str, dict[str, float]] = {}
    for name, target in (("list", "bench"), ("own", MINE)):
        with filled(args.entries, target) as (paths, found):
            columns[name] = found | measure(paths)
    columns["sessions.json"] = sessions(args.entries)
    print(f"{args.entries:,} entries, ms".ljust(26) + "".join(f"{name:>15}" for name in columns))
    for row in columns["own"]:
        cells = (f"{found[row]:15.1f}" if row in found else " " * 15 for found in columns.values())
        print(f"{row:<26}" + "".join(cells))
    if args.json:
        ours, theirs = columns["list"], columns["sessions.json"]
        ratios = {
            f"{row.split(',')[0].replace(' ', '_')}_sessions_json_over_bbsterm": round(
                theirs[row] / ours[row], 2
            )
            for row in theirs
        }
        print(json.dumps({"ratios": ratios, "ms": columns}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
