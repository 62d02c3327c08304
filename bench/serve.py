"""`bbsterm serve --shell telsh` beside telnetlib3-server, in one run: calls a second, memory of a caller.

Both show their shell for looking at one's own connection. Callers say no to the first question, wait for the
prompt, and hang up; the server's own processor time per call is what a busy machine does not distort.
`--chat N` also puts N callers into the board's chat room, all at once, and has each say a line.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROMPT = b"tel:sh> "
NO = b"\xff\xfc\x18"  # IAC WONT TTYPE
TOTAL = 400
WINDOW = 40
IDLE = 300
ROUNDS = 3
PATIENCE = 30.0
PYTHON = Path(sys.executable).parent


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        return int(sock.getsockname()[1])


class Server:
    """One server in a process of its own."""

    def __init__(self, *command: str) -> None:
        self.port = free_port()
        self._home = tempfile.TemporaryDirectory()
        self._process = subprocess.Popen(
            [part.replace("PORT", str(self.port)) for part in command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "BBSTERM_HOME": self._home.name},
        )
        self._wait()

    def _wait(self) -> None:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.1)
        raise SystemExit("a server does not begin")

    def resident(self) -> int:
        """Bytes of memory in use."""
        return int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]) * 4096

    def seconds(self) -> float:
        """Seconds of processor time used so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *error: object) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._home.cleanup()


async def call(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A caller at the prompt."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(NO)
    async with asyncio.timeout(PATIENCE):
        await reader.readuntil(PROMPT)
    return reader, writer


async def connections(server: Server) -> tuple[float, float]:
    """Calls a second, and milliseconds of the server's processor for each."""
    left = TOTAL

    async def caller() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            _, writer = await call(server.port)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    began, used = time.perf_counter(), server.seconds()
    await asyncio.gather(*(caller() for _ in range(WINDOW)))
    spent = server.seconds() - used
    return TOTAL / (time.perf_counter() - began), spent / TOTAL * 1000


async def memory(server: Server) -> float:
    """KiB of the server's memory for each of many callers at the prompt."""
    before = server.resident()
    calls = await asyncio.gather(*(call(server.port) for _ in range(IDLE)))
    grown = server.resident() - before
    for _, writer in calls:
        writer.close()
    return grown / IDLE / 1024


async def chat(callers: int) -> dict[str, float]:
    """Seconds until so many callers are in the room, and until each has read a line of its own."""
    limits = ("--limit-callers", str(callers + 10), "--limit-per-address", str(callers + 10))
    command = ("-m", "bbsterm", "serve", "127.0.0.1", "PORT", "--terminal", "ansi", "--loglevel", "error")
    with Server(sys.executable, *command, *limits) as server:
        room, began = asyncio.Barrier(callers), time.perf_counter()
        waits: list[float] = []

        async def caller(number: int) -> None:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=2**20)
            writer.write(NO)
            await reader.readuntil(b"name")
            writer.write(b"u%d\r" % number)
            await reader.readuntil(b"Your choice")
            writer.write(b"c")
            await reader.readuntil(b"Here: ")
            await room.wait()
            said = time.perf_counter()
            writer.write(b"mark%dx\r" % number)
            pattern = re.compile(rb"mark%dx\b[^>]*\n" % number)
            heard = b""
            while not pattern.search(heard):
                heard = heard[-4096:] + await reader.read(65536)
            waits.append(time.perf_counter() - said)
            while await reader.read(65536):
                if len(waits) == callers:
                    break
            writer.close()

        async with asyncio.timeout(300):
            tasks = [asyncio.create_task(caller(number)) for number in range(callers)]
            await asyncio.gather(*tasks)
        waits.sort()
        return {
            "callers": callers,
            "seconds_in_all": round(time.perf_counter() - began, 1),
            "echo_median": round(waits[len(waits) // 2], 2),
            "echo_slowest": round(waits[-1], 2),
            "server_seconds": round(server.seconds(), 1),
            "mib": round(server.resident() / 2**20, 1),
        }


async def measure() -> dict[str, dict[str, float]]:
    ours = (sys.executable, "-m", "bbsterm", "serve", "127.0.0.1", "PORT", "--shell", "telsh")
    quiet = ("--loglevel", "error", "--limit-callers", "2000", "--limit-per-address", "2000")
    theirs = (str(PYTHON / "telnetlib3-server"), "127.0.0.1", "PORT", "--loglevel", "error")
    found: dict[str, dict[str, float]] = {"bbsterm": {}, "telnetlib3": {}}
    with Server(*ours, *quiet) as one, Server(*theirs) as other:
        for _ in range(ROUNDS):
            for name, server in (("bbsterm", one), ("telnetlib3", other)):
                rate, cost = await connections(server)
                best = found[name]
                best["per_second"] = max(rate, best.get("per_second", 0.0))
                best["ms_each"] = min(cost, best.get("ms_each", 1e9))
        for name, server in (("bbsterm", one), ("telnetlib3", other)):
            found[name]["kib_each"] = await memory(server)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.serve", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as the last line, too")
    parser.add_argument("--chat", type=int, default=0, metavar="N", help="callers in the chat room")
    args = parser.parse_args()
    found = asyncio.run(measure())
    ours, theirs = found["bbsterm"], found["telnetlib3"]
    ratios = {
        "calls a second": ours["per_second"] / theirs["per_second"],
        "processor time of a call": theirs["ms_each"] / max(ours["ms_each"], 0.001),
        "memory of a caller": theirs["kib_each"] / max(ours["kib_each"], 0.001),
    }
    print(f"{'':28}{'bbsterm':>12}{'telnetlib3':>12}")
    for key, label in (
        ("per_second", "calls a second"),
        ("ms_each", "ms of processor a call"),
        ("kib_each", "KiB of memory a caller"),
    ):
        print(f"{label:28}{ours[key]:12.2f}{theirs[key]:12.2f}")
    room = asyncio.run(chat(args.chat)) if args.chat else {}
    if room:
        print(" ".join(f"{key}={value}" for key, value in room.items()))
    if args.json:
        print(
            json.dumps(
                {"ratios": {key: round(value, 2) for key, value in ratios.items()}, **found, "chat": room}
            )
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
