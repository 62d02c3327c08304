"""Servers by asyncio streams, ours beside telnetlib3's in one run: connections, memory, latency, bulk.

Each server runs in a process of its own; one driver of plain sockets calls both in turn, so that a busy
moment hurts both alike. Times are the best of the rounds, memory is of resident pages, ratios above 1 are in
our favour.

Both do the same work: ask for the terminal's name, hear no, run the shell, double IACs, wait in `drain` above
64 KiB. Two things only we do: a connection is half closed and read to its end before it is closed, so that no
reset eats the last words (one more event for each), and a shell that never has to wait lets the others have
their turn every MiB or 64 drains. Some 90 us of a connection are asyncio's own, on both sides.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

SIDES = ("bbsterm", "telnetlib3")
QUIET = b"\xff\xfc\x18"  # IAC WONT TTYPE
CHUNK = 64 * 1024
SENT = 64 * 1024 * 1024  # of less, what the first caller of a fresh process waits for would be a third
TAKEN = 2 * 1024 * 1024  # telnetlib3 needs its time for it
LINE = b"The quick brown fox jumps over the lazy dog, and over the modem, too.\r\n"

# --- the servers -------------------------------------------------------------------------------

HELLO = """
    writer.write(greeting)
    await writer.drain()
    writer.close()
"""
IDLE = """
    await reader.read(1)
"""
ECHO = """
    while data := await reader.read(4096):
        writer.write(data)
        await writer.drain()
"""
SEND = f"""
    for _ in range({SENT // CHUNK}):
        writer.write(chunk)
        await writer.drain()
    writer.close()
"""
TAKE = f"""
    left = {TAKEN}
    while left > 0 and (data := await reader.read(4096)):
        left -= len(data)
{HELLO}"""

SERVER = """
import asyncio, {side} as library
text = {text!r}
greeting = "hello\\r\\n" if text else b"hello\\r\\n"
chunk = ({line!r} * (65536 // len({line!r}))).ljust(65536)
chunk = chunk.decode() if text else chunk
async def shell(reader, writer):
{shell}
async def serve():
    server = await library.create_server("127.0.0.1", 0, shell=shell, encoding="utf8" if text else False,
                                         force_binary=True, connect_maxwait=2.0, timeout=0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()
asyncio.run(serve())
"""


class Server:
    """One server in a process of its own."""

    def __init__(self, side: str, shell: str, *, text: bool = True) -> None:
        code = SERVER.format(side=side, shell=shell, text=text, line=LINE)
        self.process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def resident(self) -> int:
        """Bytes of memory in use."""
        with open(f"/proc/{self.process.pid}/statm") as pages:
            return int(pages.read().split()[1]) * 4096

    def cpu(self) -> float:
        """Seconds of processor time used so far."""
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


# --- what a caller does --------------------------------------------------------------------------

_QUESTION = re.compile(rb"\xff(?:([\xfb-\xfe])(.)|\xfa(.)\x01.*?\xff\xf0)", re.DOTALL)
_ANSWERS = {
    b"\xfd\x18": b"\xff\xfb\x18",
    b"\xfb\x03": b"\xff\xfd\x03",
    b"\xfb\x00": b"\xff\xfd\x00",
    b"\xfd\x00": b"\xff\xfb\x00",
    b"\xfb\x01": b"\xff\xfd\x01",
    b"\xfd\x1f": b"\xff\xfb\x1f\xff\xfa\x1f\x00\x50\x00\x18\xff\xf0",
}


def answer(data: bytes) -> bytes:
    """What xterm's telnet would say to these questions, more or less."""
    said = b""
    for verb, option, asked in _QUESTION.findall(data):
        if asked == b"\x18":
            said += b"\xff\xfa\x18\x00xterm\xff\xf0"
        elif verb in (b"\xfb", b"\xfd"):
            refusal = b"\xff" + (b"\xfe" if verb == b"\xfb" else b"\xfc") + option
            said += _ANSWERS.get(verb + option, refusal)
    return said


async def connections(server: Server, total: int = 2000, window: int = 60) -> float:
    """Calls per second: connect, say no, be greeted, hang up; many at once, so that we are not the brake."""
    calls: deque[socket.socket] = deque()

    def finish() -> None:
        call = calls.popleft()
        while call.recv(4096):
            continue
        call.close()

    start = time.perf_counter()
    for _ in range(total):
        call = socket.create_connection(("127.0.0.1", server.port))
        call.sendall(QUIET)
        calls.append(call)
        if len(calls) > window:
            finish()
    while calls:
        finish()
    return total / (time.perf_counter() - start)


async def processor_time(server: Server, total: int = 2000) -> float:
    """Microseconds of the server's processor time for one call: what is left when others keep us waiting."""
    await connections(server, 200)
    before = server.cpu()
    await connections(server, total)
    return (server.cpu() - before) / total * 1e6


async def idle(server: Server, total: int = 500) -> float:
    """Kilobytes for each caller who has negotiated and says nothing."""
    before = server.resident()
    lines = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(total)]

    async def negotiate(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                async with asyncio.timeout(3):
                    writer.write(answer(await reader.read(4096)))
        except TimeoutError:
            return

    await asyncio.gather(*(negotiate(*line) for line in lines))
    used = server.resident() - before
    for _, writer in lines:
        writer.close()
    return used / total / 1024


async def latency(server: Server, total: int = 3000) -> tuple[float, float]:
    """Microseconds from a typed character to its echo: the median and the 99th percentile."""
    with socket.create_connection(("127.0.0.1", server.port)) as call:
        call.sendall(QUIET + b"!")
        while not call.recv(100).endswith(b"!"):
            continue
        times = []
        for _ in range(total):
            start = time.perf_counter()
            call.sendall(b"x")
            call.recv(1)
            times.append((time.perf_counter() - start) * 1e6)
    return statistics.median(times), sorted(times)[int(total * 0.99)]


async def receive(server: Server) -> float:
    """MB/s that the server sends."""
    with socket.create_connection(("127.0.0.1", server.port)) as call:
        call.sendall(QUIET)
        start, got = time.perf_counter(), 0
        while data := call.recv(1 << 20):
            got += len(data)
    assert got >= SENT, got
    return got / (time.perf_counter() - start) / 1e6


async def send(server: Server) -> float:
    """MB/s that the server takes."""
    chunk = (LINE * (CHUNK // len(LINE) + 1))[:CHUNK]
    with socket.create_connection(("127.0.0.1", server.port)) as call:
        call.sendall(QUIET)
        call.recv(3)
        start = time.perf_counter()
        for _ in range(TAKEN // CHUNK):
            call.sendall(chunk)
        while call.recv(4096):
            continue
    return TAKEN / (time.perf_counter() - start) / 1e6


# --- the table -------------------------------------------------------------------------------------


def rounds(
    shell: str, measure: Callable[[Server], Coroutine[Any, Any, Any]], *, text: bool = True, best: int = 3
) -> dict[str, list[Any]]:
    """Measure both sides in turn."""
    samples: dict[str, list[Any]] = {side: [] for side in SIDES}
    for _ in range(best):
        for side in SIDES:
            with Server(side, shell, text=text) as server:
                samples[side].append(asyncio.run(measure(server)))
    return samples


def import_time(name: str) -> float:
    """Milliseconds that the import takes, bytecode ready: the best of seven, less a bare interpreter."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}

        def once(code: str) -> float:
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, env=environment)
            return (time.perf_counter() - start) * 1000

        return min(once(f"import {name}") for _ in range(7)) - min(once("pass") for _ in range(7))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    figures: dict[str, dict[str, float]] = {}
    ratios: dict[str, float] = {}

    def row(name: str, unit: str, ours: float, theirs: float, *, more_is_better: bool) -> None:
        ratio = ours / theirs if more_is_better else theirs / ours
        figures[name] = dict(zip(SIDES, (ours, theirs), strict=True))
        ratios[name] = round(ratio, 2)
        print(f"{name:<30}{ours:10.1f}{theirs:12.1f} {unit:<6}{ratio:9.2f}x", flush=True)

    def best_row(name: str, unit: str, samples: dict[str, list[float]], *, more_is_better: bool) -> None:
        best = max if more_is_better else min
        row(name, unit, *(best(samples[side]) for side in SIDES), more_is_better=more_is_better)

    print(f"{'':<30}{SIDES[0]:>10}{SIDES[1]:>12}")
    best_row("connections", "1/s", rounds(HELLO, connections, best=args.rounds), more_is_better=True)
    spent = rounds(HELLO, processor_time, best=args.rounds)
    best_row("processor_per_connection", "us", spent, more_is_better=False)
    best_row("memory_idle_of_500", "KiB", rounds(IDLE, idle, best=2), more_is_better=False)
    times = rounds(ECHO, latency, best=args.rounds)
    for at, name in enumerate(("echo_p50", "echo_p99")):
        best_row(
            name, "us", {side: [pair[at] for pair in times[side]] for side in SIDES}, more_is_better=False
        )
    for text in (True, False):
        kind = "text" if text else "bytes"
        sent = rounds(SEND, receive, text=text, best=args.rounds)
        best_row(f"bulk_sent_{kind}", "MB/s", sent, more_is_better=True)
        best_row(f"bulk_taken_{kind}", "MB/s", rounds(TAKE, send, text=text, best=1), more_is_better=True)
    row("import", "ms", *(max(0.1, import_time(side)) for side in SIDES), more_is_better=False)
    served = (import_time("bbsterm.net.server"), import_time("telnetlib3"))
    row("import_of_all_for_a_server", "ms", *served, more_is_better=False)
    if args.json:
        print(json.dumps({"ratios": ratios, "figures": figures}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
