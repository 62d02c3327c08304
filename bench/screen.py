"""The screen beside stock pyte 0.8.2 in one run: MB per CPU second, 4 KiB chunks, interleaved rounds.

The corpora are made here, from a fixed seed. pyte gets the same bytes as text; decoding them is not timed.
With a folder as argument, its .ans files are one more row.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import pyte

from bbsterm.screen import create_terminal
from bench import retro

CHUNK: Final = 4096
SIZE: Final = 400_000
WORDS: Final = (
    "the",
    "board",
    "answers",
    "with",
    "a",
    "menu",
    "of",
    "doors",
    "files",
    "mail",
    "games",
    "tonight",
)
BLOCKS: Final = bytes([176, 177, 178, 219, 220, 221, 222, 223])
PYTE_SHARE: Final = 8
"""pyte gets this part of each corpus: it is slower, and its rate does not depend on the length."""


def plain_text(dice: random.Random) -> bytes:
    """Lines of words that scroll."""
    return (" ".join(dice.choices(WORDS, k=dice.randrange(4, 13)))[:79] + "\r\n").encode()


def ansi_art(dice: random.Random) -> bytes:
    """A line of art: runs of about seven cells between colours, as drawing programs write them."""
    line, column = bytearray(), 0
    while column < 72:
        length = dice.randrange(2, 13)
        line += b"\x1b[%d;3%d;4%dm" % (dice.randrange(2), dice.randrange(8), dice.randrange(8))
        line += bytes([dice.choice(BLOCKS)]) * length if dice.random() < 0.7 else b"bbs art here"[:length]
        column += length
        if dice.random() < 0.2:
            skip = dice.randrange(1, 5)
            line += b"\x1b[%dC" % skip
            column += skip
    return bytes(line) + b"\x1b[0m\r\n"


def dense(dice: random.Random) -> bytes:
    """A colour every one to three cells."""
    parts = (
        b"\x1b[%d;3%dm" % (dice.randrange(2), dice.randrange(8))
        + bytes(dice.choices(BLOCKS, k=dice.randrange(1, 4)))
        for _ in range(30)
    )
    return b"".join(parts) + b"\r\n"


def redraw(dice: random.Random) -> bytes:
    """A whole screen, row by row with CUP, as full-screen programs paint."""
    rows = (
        b"\x1b[%d;1H\x1b[0;3%dm" % (row, dice.randrange(1, 8))
        + " ".join(dice.choices(WORDS, k=14))[:70].encode()
        for row in range(1, 25)
    )
    return b"\x1b[H" + b"".join(rows)


def motion(dice: random.Random) -> bytes:
    """Single characters all over the screen."""
    return b"".join(
        b"\x1b[%d;%dH%c" % (dice.randrange(1, 25), dice.randrange(1, 80), dice.choice(BLOCKS))
        for _ in range(40)
    )


def utf8_art(dice: random.Random) -> bytes:
    """The art of a UTF-8 board."""
    return ansi_art(dice).decode("cp437").encode()


def vim_like(dice: random.Random) -> bytes:
    """An editor: the region scrolls, a line is rewritten, the status line counts."""
    row = dice.randrange(1, 23)
    return (
        b"\x1b[1;23r\x1b[23;1H\r\n\x1b[1;24r"
        + b"\x1b[%d;1H\x1b[K\x1b[33m%3d \x1b[m" % (row, row)
        + " ".join(dice.choices(WORDS, k=9)).encode()
        + b"\x1b[24;1H\x1b[7m -- INSERT -- \x1b[m\x1b[K\x1b[24;63H%d,%d" % (row, row * 3)
        + b"\x1b[%d;%dH\x1b[?25l\x1b[?25h" % (row, dice.randrange(1, 70))
    )


CORPORA: Final[tuple[tuple[str, Callable[[random.Random], bytes], str, int], ...]] = (
    ("scrolling plain text", plain_text, "ansi", 60),
    ("ANSI art", ansi_art, "ansi", 14),
    ("dense ANSI", dense, "ansi", 0),
    ("full-screen redraw", redraw, "ansi", 10),
    ("cursor motion", motion, "ansi", 10),
    ("UTF-8 art", utf8_art, "utf8", 12),
    ("vim-like session", vim_like, "vt", 6),
)
"""What it is called, what makes it, which terminal shows it, and the ratio that is wanted."""


def corpus(make: Callable[[random.Random], bytes]) -> bytes:
    dice, parts, size = random.Random(2026), [], 0
    while size < SIZE:
        parts.append(make(dice))
        size += len(parts[-1])
    return b"".join(parts)


def chunks(data: Any) -> list[Any]:
    return [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)]


def timed(feed: Callable[[Any], None], pieces: Iterable[Any]) -> float:
    start = time.process_time()
    for piece in pieces:
        feed(piece)
    return time.process_time() - start


def compare(data: bytes, kind: str, rounds: int) -> tuple[float, float]:
    """MB per CPU second: ours, pyte's. A fresh screen each round; the median counts."""
    ours, theirs = [], []
    part = data[: len(data) // PYTE_SHARE]
    text = part.decode("cp437" if kind == "ansi" else "utf-8", "replace")
    for _ in range(rounds):
        ours.append(timed(create_terminal(kind, columns=80, rows=25).feed, chunks(data)))
        theirs.append(timed(pyte.Stream(pyte.Screen(80, 25)).feed, chunks(text)))
    return len(data) / 1e6 / statistics.median(ours), len(part) / 1e6 / statistics.median(theirs)


def art_files(folder: Path) -> bytes:
    """All .ans files that pyte survives: some make it raise TypeError, which would end its feed early."""
    kept = []
    for path in sorted(folder.rglob("*.ans")):
        data = path.read_bytes()
        try:
            pyte.Stream(pyte.Screen(80, 25)).feed(data.decode("cp437"))
        except TypeError:
            print(f"left out, pyte cannot take it: {path.name}")
        else:
            kept.append(data + b"\x1b[0m\x1b[2J")
    return b"".join(kept)


def history_size(lines: int = 10_000) -> float:
    """MiB that a full scrollback of ANSI art costs."""
    dice = random.Random(2026)
    art = b"".join(ansi_art(dice) for _ in range(1000))
    tracemalloc.start()
    try:
        terminal = create_terminal("ansi", columns=80, rows=25)
        while len(terminal.history) < lines:
            for piece in chunks(art):
                terminal.feed(piece)
        return tracemalloc.get_traced_memory()[0] / 2**20
    finally:
        tracemalloc.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="a folder of .ans files, as one more row")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    work = [(name, corpus(make), kind, wanted) for name, make, kind, wanted in CORPORA]
    if args.folder:
        work.append(("the .ans files", art_files(args.folder), "ansi", 0))
    figures = {}
    print(f"{'MB per CPU second':<24}{'bbsterm':>9}{'pyte':>8}{'ratio':>8}{'wanted':>8}")
    for name, data, kind, wanted in work:
        ours, theirs = compare(data, kind, args.rounds)
        figures[name] = {"bbsterm": ours, "pyte": theirs, "ratio": ours / theirs}
        print(f"{name:<24}{ours:9.1f}{theirs:8.2f}{ours / theirs:8.1f}{wanted or '':>8}", flush=True)
    for name, (ours, theirs) in retro.rows(args.rounds).items():
        figures[name] = {"ratio": theirs / ours}
        print(f"{name:<24}{'':>17}{theirs / ours:8.1f}{retro.FLOOR:>8}", flush=True)
    size = history_size()
    print(f"10,000 lines of scrollback, ANSI art: {size:.1f} MiB (wanted: below 30)")
    if args.json:
        ratios = {name: round(figure["ratio"], 2) for name, figure in figures.items()}
        print(json.dumps({"ratios": ratios, "mb_per_cpu_second": figures, "scrollback_mib": size}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
