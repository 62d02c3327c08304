"""The dialer with N entries: from exec to the first painted list, and from a key to a painted answer.

Median of several runs in a pseudo-terminal, in milliseconds; beside telix where it is installed, with as many
sessions of its own. "Work" is what a keystroke costs inside the program: find, sort, lay out, render.
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
KEYS = b"board 471z"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--entries", type=int, default=5000)
    args = parser.parse_args()
    telix = shutil.which("telix")
    with tempfile.TemporaryDirectory(prefix="bbsterm-bench-") as home:
        fill(Path(home), args.entries)
        samples: dict[str, list[float]] = {}
        for _ in range(args.runs):  # interleaved, so that a busy moment hurts all alike
            for name, milliseconds in ours(home):
                samples.setdefault(name, []).append(milliseconds)
            if telix:
                samples.setdefault("telix: first list", []).append(theirs(telix, home, args.entries))
        work = asyncio.run(work_of_a_key(home))
    samples["bbsterm: work of a key, median"] = [statistics.median(work)]
    samples["bbsterm: work of a key, worst"] = [max(work)]
    medians = {name: statistics.median(values) for name, values in samples.items()}
    print(f"{args.entries:,} entries{'':<34}{'median ms':>10}{'best':>8}{'worst':>8}")
    for name, values in samples.items():
        print(f"{name:<48}{medians[name]:>10.1f}{min(values):>8.1f}{max(values):>8.1f}")
    if not telix:
        print("telix is not installed here: nothing to compare with")
    if args.json:
        ratios = {"key_work_of_a_frame": round(statistics.median(work) / 16, 3)}
        if telix:
            ours_ms, theirs_ms = medians["bbsterm: first list"], medians["telix: first list"]
            ratios["first_list_over_telix"] = round(ours_ms / theirs_ms, 2)
        print(json.dumps({"ratios": ratios, "ms": medians}))
    return 0


def fill(home: Path, number: int) -> None:
    """A book, and the same boards as telix keeps them."""
    from bbsterm.book import Book, BookPaths
    from bbsterm.book.importers import read_text

    lines = "".join(f"Board {n},host{n}.example.org,{1024 + n}\n" for n in range(number))
    with Book.open(BookPaths.under(home, home)) as book:
        reading = read_text("name,host,port\n" + lines, "csv")
        book.apply_import(book.plan_import(reading, source="bench", target=""))
    sessions = {
        f"Board {n}": {"name": f"Board {n}", "host": f"host{n}.example.org", "port": 1024 + n}
        for n in range(number)
    }
    for folder in (home / ".config" / "telix", home / "telix"):
        folder.mkdir(parents=True)
        (folder / "sessions.json").write_text(json.dumps(sessions))


def ours(home: str) -> list[tuple[str, float]]:
    """First list, and the time from the last of some keys to what they find."""
    host = PtyHost([sys.executable, "-m", "bbsterm"], rows=24, environ={"BBSTERM_HOME": home})
    try:
        first = (host.wait_for(b"Board 10", PATIENCE) - host.started) * 1000
        time.sleep(0.5)
        host.type(b"/")
        host.type(KEYS[:-1])
        host.wait_for(b"Board 471", PATIENCE)
        started = time.perf_counter()
        host.type(KEYS[-1:])
        painted = (host.wait_for(b'Call "', PATIENCE) - started) * 1000
        return [("bbsterm: first list", first), ("bbsterm: last key to its paint", painted)]
    finally:
        host.close()


def theirs(telix: str, home: str, number: int) -> float:
    """Its first list."""
    environ = {"HOME": home, "XDG_CONFIG_HOME": os.path.join(home, ".config")}
    host = PtyHost([telix], rows=24, environ=environ)
    try:
        return (host.wait_for(b"host1", PATIENCE) - host.started) * 1000
    finally:
        host.close()


async def work_of_a_key(home: str) -> list[float]:
    """Milliseconds of work of each keystroke: from the key to every line of the page rendered."""
    from bbsterm.app import BbstermApp
    from bbsterm.config import find_paths
    from bbsterm.tui.keeper import Keeper

    app, spent = BbstermApp(keeper=Keeper(find_paths({"BBSTERM_HOME": home}))), []
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        page = app.screen
        await pilot.press("slash")
        for _ in range(5):
            for key in KEYS.decode():
                started = time.perf_counter()
                page._input.insert_text_at_cursor(key)
                page._offer()
                page._compositor.render_strips()
                spent.append((time.perf_counter() - started) * 1000)
                await pilot.pause()
            page._input.value = ""
            await pilot.pause()
    return spent


if __name__ == "__main__":
    sys.exit(main())
