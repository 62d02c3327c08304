"""From exec to the first frame, and to the first screen of the board, of `bbsterm demo` and `bbsterm`.

Median of 5 runs in a pseudo-terminal, in milliseconds, beside the smallest application that Textual can make.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys

from bench.pty_host import PtyHost

PATIENCE = 30.0
LABEL = """
from textual.app import App
from textual.widgets import Label
class Smallest(App):
    def compose(self):
        yield Label("smallest")
Smallest().run()
"""
# What is started, and what is waited for, in order.
RUNS: dict[str, tuple[list[str], tuple[tuple[str, bytes], ...]]] = {
    "bbsterm demo": (
        ["-m", "bbsterm", "demo"],
        (("first frame", b"^]"), ("the board's first screen", b"Your name")),
    ),
    "bbsterm": (["-m", "bbsterm"], (("first frame", b"Demo BBS"),)),
    "the smallest Textual application": (["-c", LABEL], (("first frame", b"smallest"),)),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    samples: dict[str, list[float]] = {}
    for _ in range(args.runs):  # interleaved, so that a busy moment hurts all alike
        for name, (argv, marks) in RUNS.items():
            for mark, milliseconds in once(argv, marks):
                samples.setdefault(f"{name}: {mark}", []).append(milliseconds)
    medians = {name: statistics.median(values) for name, values in samples.items()}
    print(f"{'':<48}{'median ms':>10}{'best':>8}{'worst':>8}")
    for name, values in samples.items():
        print(f"{name:<48}{medians[name]:>10.0f}{min(values):>8.0f}{max(values):>8.0f}")
    if args.json:
        smallest = medians["the smallest Textual application: first frame"]
        ratio = medians["bbsterm demo: first frame"] / smallest
        print(json.dumps({"ratios": {"first_paint_over_smallest_app": round(ratio, 2)}, "ms": medians}))
    return 0


def once(argv: list[str], marks: tuple[tuple[str, bytes], ...]) -> list[tuple[str, float]]:
    """Start it once; say when each mark was seen."""
    host = PtyHost([sys.executable, *argv])
    try:
        return [(mark, (host.wait_for(text, PATIENCE) - host.started) * 1000) for mark, text in marks]
    finally:
        host.close()


if __name__ == "__main__":
    sys.exit(main())
