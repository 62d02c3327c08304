"""Kills a program with SIGKILL while it saves its address book, again and again, and looks at what is left.

`python -m tests.book.killing --kills 1000`. The book must be what the program had been told is saved, or one
change further; never less, never unreadable.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

import tomlkit

from bbsterm.book import Book, BookPaths, Entry
from bbsterm.book.importers import read_text

COUNTER = "counter"
assert tomlkit  # loaded before the children are made, so that they die while saving and not while importing


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", help="where the book is kept meanwhile; in memory it goes faster")
    args = parser.parse_args()
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        paths = BookPaths.under(Path(folder) / "config", Path(folder) / "state")
        with Book.open(paths) as book:
            book.add(Entry(COUNTER, "counter.example.org", comment="0"))
        counted, added, saves = 0, set(), 0
        for kill in range(args.kills):
            acknowledged = killed(paths, kill, chance.randint(1, 8), chance.uniform(0, 0.012))
            saves += len(acknowledged)
            counted, added = look(paths, kill, acknowledged, counted, added)
    print(f"{args.kills} kills, {saves} saves acknowledged, {counted} counted, {len(added)} added, 0 lost")
    return 0


def killed(paths: BookPaths, kill: int, saves: int, seconds: float) -> list[str]:
    """Let a child save so often and so long, then kill it; return what it said had been saved."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            save_for_ever(paths, kill, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        first = b"".join(told.readline() for _ in range(saves))
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        rest = told.read()
    return (first + rest).decode().split("\n")[:-1]


def save_for_ever(paths: BookPaths, kill: int, writing: int) -> None:
    book = Book.open(paths)
    counter = book.find(COUNTER)[0]
    for number in range(1_000_000):
        if number % 5 == 0:
            book.add(Entry(f"{kill}-{number}", "added.example.org"))
            told = f"added {kill}-{number}"
        elif number % 5 == 3:
            text = f"h{kill}-{number}.example.net 23\n"
            book.apply_import(book.plan_import(read_text(text), source="list", target="list"))
            told = "imported"
        else:
            counter = book.edit(counter, comment=str(int(counter.comment) + 1))
            told = f"counted {counter.comment}"
        os.write(writing, f"{told}\n".encode())


def look(
    paths: BookPaths, kill: int, acknowledged: list[str], counted: int, added: set[str]
) -> tuple[int, set[str]]:
    """Open the book anew; stop everything if a change is missing that had been acknowledged."""
    counts = [int(line.split()[1]) for line in acknowledged if line.startswith("counted")]
    names = {line.split()[1] for line in acknowledged if line.startswith("added")}
    imported = acknowledged.count("imported")
    with Book.open(paths) as book:
        problems = [str(notice) for notice in book.notices]
        now = int(book.find(COUNTER)[0].comment)
        there = {entry.name for entry in book.mine} - {COUNTER}
        of_this = [info for info in book.lists() if info.name == "list"]
        listed = sum(f"h{kill}-" in entry.host for entry in book.entries)
        leftovers = [name for name in os.listdir(paths.entries.parent) if name.endswith(".tmp")]
    last = counts[-1] if counts else counted
    missing = (added | names) - there
    if problems or missing or now not in (last, last + 1) or listed < imported:
        sys.exit(
            f"after kill {kill}: {problems}, counted {last} and found {now}, missing {missing}, {of_this}"
        )
    if len(there) > len(added | names) + 1 or len(leftovers) > 1:
        sys.exit(f"after kill {kill}: more than one change too many, or {leftovers}")
    return now, there


if __name__ == "__main__":
    sys.exit(main())
