"""The dialer with N entries: from exec to the first painted list, and from a key to a painted answer.

Median of several runs in a pseudo-terminal, in milliseconds; beside telix where it is installed, with as many
sessions of its own, the same keys and the same answer waited for. "Work" is what a keystroke costs inside the
program: find, sort, lay out, render every line of the page. Both programs run from compiled files, as pip
leaves them; telix wants a virtual environment of its own: ``--telix PATH``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.pty_host import PtyHost

PATIENCE = 60.0
KEYS = "board 471z"
BLINK = 12_000
"""Bytes that a box with a blinking cursor may write in two seconds and still be at rest."""
MEASURED = ("first list", "last key to its paint")
TYPED, SEEN, LAST, ANSWER = b"harbour ", b"Harbour 10", b"z", b"Harbour zulu"
"""What is typed, what that shows, the key that is timed, and what only that key brings to the screen."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--entries", type=int, default=5000)
    parser.add_argument("--telix", default=shutil.which("telix"), metavar="PATH", help="its command")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bbsterm-bench-") as home:
        fill(Path(home), args.entries)
        programs = {"bbsterm": ([sys.executable, "-m", "bbsterm"], b"/")}
        if args.telix:
            programs["telix"] = ([args.telix], b"\x1b[A")  # up from the first row is its box
        samples: dict[str, list[float]] = {}
        for run in range(args.runs + 1):  # interleaved: a busy moment hurts all alike; the first compiles
            for program, (command, into_box) in programs.items():
                times = one_run(command, into_box, home)
                if run:  # the first one compiles
                    for what, milliseconds in zip(
                        ("first list", "last key to its paint"), times, strict=True
                    ):
                        samples.setdefault(f"{program}: {what}", []).append(milliseconds)
        work = asyncio.run(work_of_a_key(home))
    samples["bbsterm: work of a key, median"] = [statistics.median(work)]
    samples["bbsterm: work of a key, worst"] = [max(work)]
    medians = {name: statistics.median(values) for name, values in samples.items()}
    print(f"{args.entries:,} entries{'':<34}{'median ms':>10}{'best':>8}{'worst':>8}")
    for name, values in samples.items():
        print(f"{name:<48}{medians[name]:>10.1f}{min(values):>8.1f}{max(values):>8.1f}")
    ratios = {"key_work_of_a_frame": round(statistics.median(work) / 16, 3)}
    if args.telix:
        for what in MEASURED:
            ratio = round(medians[f"bbsterm: {what}"] / medians[f"telix: {what}"], 3)
            ratios[f"{what.replace(' ', '_')}_over_telix"] = ratio
            print(f"{what}: {ratio:.2f} of telix's time")
    else:
        print("telix is not installed here: nothing to compare with")
    if args.json:
        print(json.dumps({"ratios": ratios, "ms": medians}))
    return 0


def fill(home: Path, number: int) -> None:
    """A book, and the same boards as telix keeps them."""
    from bbsterm.book import Book, BookPaths
    from bbsterm.book.importers import read_text

    names = [
        *(f"Board {n}" for n in range(number - 41)),
        *(f"Harbour {n}" for n in range(40)),
        "Harbour zulu",
    ]
    lines = "".join(f"{name},host{n}.example.org,{1024 + n}\n" for n, name in enumerate(names))
    with Book.open(BookPaths.under(home, home)) as book:
        reading = read_text("name,host,port\n" + lines, "csv")
        book.apply_import(book.plan_import(reading, source="bench", target=""))
    sessions = {
        name: {"name": name, "host": f"host{n}.example.org", "port": 1024 + n} for n, name in enumerate(names)
    }
    folder = home / ".config" / "telix"
    folder.mkdir(parents=True)
    (folder / "sessions.json").write_text(json.dumps(sessions))


def one_run(command: list[str], into_box: bytes, home: str) -> tuple[float, float]:
    """Milliseconds to the first list, and from the last of some keys to what they find."""
    environ = {
        "BBSTERM_HOME": home,
        "HOME": home,
        "XDG_CONFIG_HOME": os.path.join(home, ".config"),
        "XDG_DATA_HOME": os.path.join(home, ".local", "share"),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": os.path.join(home, "compiled"),
    }
    host = PtyHost(command, rows=24, environ=environ)
    try:
        first = (host.wait_for(b"Board 10", PATIENCE) - host.started) * 1000
        calm(host)  # a list may still be growing
        host.type(into_box)
        calm(host)
        host.type(TYPED)
        host.wait_for(SEEN, PATIENCE)
        time.sleep(1)
        started = time.perf_counter()
        host.type(LAST)
        return first, (host.wait_for(ANSWER, PATIENCE) - started) * 1000
    finally:
        host.close()


def calm(host: PtyHost, seconds: float = 30.0) -> None:
    """Wait until it has written nothing but a blinking cursor for two seconds."""
    deadline = time.monotonic() + seconds
    written, since = host.written, time.monotonic()
    while time.monotonic() < min(deadline, since + 2):
        time.sleep(0.1)
        if host.written > written + BLINK:
            written, since = host.written, time.monotonic()


async def work_of_a_key(home: str) -> list[float]:
    """Milliseconds of work of each keystroke: from the key to every line of the page rendered."""
    from bbsterm.app import BbstermApp
    from bbsterm.config import find_paths
    from bbsterm.tui.keeper import Keeper

    app, spent = BbstermApp(keeper=Keeper(find_paths({"BBSTERM_HOME": home}))), []
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        page = app.screen
        app._collector.start()  # as in a real run
        await pilot.press("slash")
        for _ in range(5):
            for key in KEYS:
                started = time.process_time()
                page._input.insert_text_at_cursor(key)
                page._offer()
                page._compositor.render_strips()
                spent.append((time.process_time() - started) * 1000)
                await pilot.pause()
            page._input.value = ""
            await pilot.pause()
    return spent


if __name__ == "__main__":
    sys.exit(main())
