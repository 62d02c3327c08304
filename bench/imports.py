"""How long the imports take that a user waits for, each in fresh interpreters, beside telnetlib3's.

Printed in milliseconds: the median of N runs of ``python -c "import X"`` less that of ``python -c pass``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time

OURS = ("bbsterm", "bbsterm.protocol", "bbsterm.screen.ansi", "bbsterm.app")
PEERS = ("telnetlib3", "pyte", "textual.app")


def once(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    return (time.perf_counter() - start) * 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=7)
    args = parser.parse_args()
    names = ("", *OURS, *PEERS)
    samples: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(args.runs):  # interleaved, so that a busy moment hurts all alike
        for name in names:
            samples[name].append(once(f"import {name}" if name else "pass"))
    bare = statistics.median(samples[""])
    cost = {name: statistics.median(samples[name]) - bare for name in names if name}
    print(f"{'import':<24}{'ms':>8}   (bare interpreter {bare:.0f} ms)")
    for name, milliseconds in cost.items():
        print(f"{name:<24}{milliseconds:8.1f}")
    help_time = statistics.median(timed_help() for _ in range(args.runs))
    print(f"{'bbsterm --help, whole':<24}{help_time:8.1f}")
    if args.json:
        ours = max(cost["bbsterm.protocol"], 0.1)
        ratios = {"import_telnetlib3_over_bbsterm_protocol": round(cost["telnetlib3"] / ours, 2)}
        print(json.dumps({"ratios": ratios, "ms": cost, "help_ms": help_time}))
    return 0


def timed_help() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bbsterm", "--help"], check=True, capture_output=True)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    sys.exit(main())
