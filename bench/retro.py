"""The home computers' dialects beside stock pyte: the same pictures, as their own bytes and as ANSI.

The ANSI is what our own writer makes of the pictures (24-bit colour, cursor addressing only where it must).
CPU time, 4 KiB chunks, interleaved rounds. `bench.screen` reports these rows among its own.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import pyte

from bbsterm.screen.atascii import AtasciiTerminal
from bbsterm.screen.petscii import PetsciiTerminal
from bbsterm.screen.writer import AtasciiWriter, PetsciiWriter

CHUNK = 4096
PICTURES = 20
FLOOR = 10
"""What the ratio should at least be."""


def petscii(dice: random.Random) -> bytes:
    """A screen as artists make them: runs of one to six cells, colours and reverse between them."""
    colours = b"\x90\x05\x1c\x9f\x9c\x1e\x1f\x9e\x81\x95\x96\x97\x98\x99\x9a\x9b"
    shapes = bytes([*range(0xA1, 0xC0), *range(0xC0, 0xE0), 0x20, 0x20, 0x20])
    picture = bytearray(b"\x93\x8e")
    cells = 0
    while cells < 999:
        length = min(dice.randrange(1, 7), 999 - cells)
        picture += bytes([dice.choice(colours), dice.choice(b"\x12\x92"), *dice.choices(shapes, k=length)])
        cells += length
    return bytes(picture)


def petscii_menu(dice: random.Random) -> bytes:
    """A menu of a board: words in a few colours, lines that end with RETURN."""
    lines = [
        b"\x9e%d\x9b) \xc8%s\r" % (number, bytes(dice.choices(range(0x41, 0x5B), k=dice.randrange(8, 30))))
        for number in range(23)
    ]
    return b"\x93\x0e\x05\x12 \xcdAIN \xcdENU \x92\r" + b"".join(lines)


def atascii(dice: random.Random) -> bytes:
    """A screen of graphics and inverse video."""
    lines = []
    for _ in range(23):
        line = bytearray()
        while len(line) < 38:
            shapes = dice.choice((range(0x1B), range(0x20, 0x7B), range(0xA0, 0xFB), range(0x80, 0x9B)))
            line += bytes(dice.choices(shapes, k=dice.randrange(1, 9)))
        lines.append(bytes(line[:38]))
    return b"\x7d" + b"\x9b".join(lines)


def _chunks(data: Any) -> list[Any]:
    return [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)]


def _timed(feed: Callable[[Any], None], chunks: list[Any]) -> float:
    start = time.process_time()
    for chunk in chunks:
        feed(chunk)
    return time.process_time() - start


def rows(rounds: int = 5) -> dict[str, tuple[float, float]]:
    """CPU seconds for the same pictures: workload to (ours, pyte's)."""
    found = {}
    for name, make, machine, writer in (
        ("PETSCII art", petscii, PetsciiTerminal, PetsciiWriter),
        ("PETSCII menus", petscii_menu, PetsciiTerminal, PetsciiWriter),
        ("ATASCII art", atascii, AtasciiTerminal, AtasciiWriter),
    ):
        dice = random.Random(1)
        pictures = b"".join(make(dice) for _ in range(PICTURES))
        drawn = writer()
        drawn.feed(pictures)
        text = drawn.close()
        ours, theirs = [], []
        for _ in range(rounds):
            terminal = machine()
            ours.append(_timed(terminal.feed, _chunks(pictures)))
            terminal.display()
            screen = pyte.Screen(terminal.columns, terminal.rows)
            theirs.append(_timed(pyte.Stream(screen).feed, _chunks(text)))
        found[name] = statistics.median(ours), statistics.median(theirs)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="end with one line of figures")
    args = parser.parse_args()
    found = rows()
    head = f"the same {PICTURES} screens"
    print(f"{head:<20}{'ours ms':>10}{'pyte ms':>10}{'ratio':>8}{'at least':>10}")
    for name, (ours, theirs) in found.items():
        print(f"{name:<20}{ours * 1e3:>10.1f}{theirs * 1e3:>10.1f}{theirs / ours:>8.1f}{FLOOR:>10}")
    if args.json:
        print(
            json.dumps({"ratios": {name: round(theirs / ours, 2) for name, (ours, theirs) in found.items()}})
        )


if __name__ == "__main__":
    main()
