"""Run every benchmark once and write docs/benchmarks.md from what they print.

Each benchmark is a module with `main()`; it prints a table for people and, with ``--json``, one object as its
last line: ``{"ratios": {...}, ...}``. Each runs in a process of its own so that none warms another's caches.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
ORDER = ("imports", "first_paint", "engine", "screen", "flood", "streams", "serve", "book")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"default: all of {', '.join(ORDER)}")
    parser.add_argument("--no-page", action="store_true", help="do not write docs/benchmarks.md")
    args = parser.parse_args()
    wanted = args.names or [name for name in ORDER if (HERE / f"{name}.py").exists()]
    sections, failed = [], []
    for name in wanted:
        print(f"== bench.{name}", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"bench.{name}", "--json"], stdout=subprocess.PIPE, text=True
        )
        lines = done.stdout.rstrip().splitlines()
        if done.returncode or not lines:
            failed.append(name)
            print(f"bench.{name} failed with exit code {done.returncode}", file=sys.stderr)
            continue
        json.loads(lines[-1])  # a benchmark without its figures is a failed benchmark
        print("\n".join(lines[:-1]), flush=True)
        sections.append((name, lines[:-1]))
    if sections and not args.no_page and not args.names:
        PAGE.write_text(page(sections))
        print(f"wrote {PAGE.relative_to(HERE.parent)}")
    return 1 if failed else 0


def page(sections: list[tuple[str, list[str]]]) -> str:
    head = [
        "# Benchmarks",
        "",
        "Written by `make bench`; every ratio compares two programs measured in the same run. "
        "Absolute figures belong to the machine they were measured on.",
        "",
        f"Measured {time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {os.cpu_count()} cores.",
        "",
    ]
    for name, lines in sections:
        head += [f"## `python -m bench.{name}`", "", "```text", *lines, "```", ""]
    return "\n".join(head)


if __name__ == "__main__":
    sys.exit(main())
