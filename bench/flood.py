"""A flood through everything: loopback server, socket, engine, screen, Textual, pseudo-terminal, last screen.

20 MB of mixed ANSI (art, scrolling text, cursor addressing, a colour every cell or three). Measured: MB
per second from the first byte sent to the last screen painted; how late the application's event loop is (p99,
as a task that wants to run every 5 ms sees it); how long a key takes from the terminal to the socket while
the flood runs (p50, p99). Once with a terminal that takes all, once with one that takes 60 KB a second.
telnetlib3-client, which paints nothing but passes every byte on, and telix, where it is installed (`--telix`
or the variable TELIX say where), get 5 MB in the same run.

On a machine that others use, too, the wall clock says little: so the processor time that the application's
process spends for each MB is printed beside it, every row is the median of `--rounds` runs, and `--slow`
lists what held the event loop longest, on the processor's clock.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import socket
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.pty_host import PtyHost

MEGABYTE = 1_000_000
LAG_PERIOD = 0.005
KEY_PERIOD = 0.05
PATIENCE = 180.0
LAST = b"the last screen"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--size", default="80x26", help="of the host terminal")
    parser.add_argument("--rounds", type=int, default=3, help="runs of which the median counts")
    parser.add_argument("--slow", action="store_true", help="list the longest callbacks of the event loop")
    parser.add_argument(
        "--telix",
        default=os.environ.get("TELIX", ""),
        metavar="PROGRAM",
        help="telix, which wants an environment of its own",
    )
    parser.add_argument("--child", metavar="PORT", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        return child(args.child, slow=args.slow)
    columns, rows = map(int, args.size.split("x"))
    flood = mixed(args.megabytes * MEGABYTE)
    results: dict[str, dict[str, float]] = {}
    for name, rate in (("bbsterm", 0), ("bbsterm, terminal at 60 KB/s", 60_000)):
        runs = [run_ours(flood, columns, rows, rate=rate, slow=args.slow) for _ in range(args.rounds)]
        results[name] = {figure: statistics.median(run[figure] for run in runs) for figure in runs[0]}
    commands = peer_commands(args.telix)
    peers = {name: run_peer(argv, flood[: 5 * MEGABYTE]) for name, argv in commands.items()}
    show(results, peers)
    if args.json:
        free = results["bbsterm"]
        ratios = {
            f"flood_over_{name}": round(free["MB/s"] / speed, 2) for name, speed in peers.items() if speed
        } | {
            "speed_over_10_MB_per_second": round(free["MB/s"] / 10, 2),
            "lag_p99_under_10_ms": round(10 / free["lag p99 ms"], 2),
            "key_p50_under_25_ms": round(25 / free["key p50 ms"], 2),
        }
        print(json.dumps({"ratios": ratios, "bbsterm": results, "peers MB/s": peers}))
    return 0


def show(results: dict[str, dict[str, float]], peers: dict[str, float]) -> None:
    columns = (
        "MB/s",
        "CPU ms/MB",
        "lag p99 ms",
        "lag max ms",
        "key p50 ms",
        "key p99 ms",
        "keys",
        "frames",
        "tty KB",
    )
    print(f"{'':<30}" + "".join(f"{column:>12}" for column in columns))
    for name, result in results.items():
        print(f"{name:<30}" + "".join(f"{result[column]:>12.1f}" for column in columns))
    free = results["bbsterm"]["MB/s"]
    for name, speed in peers.items():
        told = f"{speed:>12.1f}   we are {free / speed:.1f} times as fast" if speed else f"{'no end':>12}"
        print(f"{name:<30}{told}")


# --- the flood -------------------------------------------------------------------------------


def mixed(size: int) -> bytes:
    """So many bytes of everything in turn, no IAC among them."""
    dice = random.Random(6023)
    kinds = [art(dice), text(dice), addressed(dice), dense(dice)]
    parts, length = [], 0
    while length < size:
        part = next(kinds[len(parts) % len(kinds)])
        parts.append(part)
        length += len(part)
    return b"".join(parts)[:size]


def art(dice: random.Random) -> Iterator[bytes]:
    while True:
        yield b"".join(
            b"\x1b[%d;%d;%dm" % (dice.randrange(2), 30 + dice.randrange(8), 40 + dice.randrange(8))
            + bytes(dice.choices(range(0xB0, 0xE0), k=dice.randrange(3, 14)))
            + (b"\r\n" if dice.random() < 0.1 else b"")
            for _ in range(1200)
        )


def text(dice: random.Random) -> Iterator[bytes]:
    words = ["you", "are", "standing", "in", "an", "open", "field", "west", "of", "a", "white", "house"]
    while True:
        yield b"".join(" ".join(dice.choices(words, k=12)).encode() + b"\r\n" for _ in range(350))


def addressed(dice: random.Random) -> Iterator[bytes]:
    while True:
        yield b"".join(
            b"\x1b[%d;%dH\x1b[3%dmhp %d"
            % (dice.randrange(1, 25), dice.randrange(1, 75), dice.randrange(8), n)
            for n in range(1100)
        )


def dense(dice: random.Random) -> Iterator[bytes]:
    while True:
        yield b"".join(
            b"\x1b[%d;3%dm" % (dice.randrange(2), dice.randrange(8))
            + bytes(dice.choices(b"abc\xb0\xb1", k=dice.randrange(1, 4)))
            for _ in range(2200)
        )


# --- our side of the line ----------------------------------------------------------------------


class Server:
    """Floods its one caller; notes when each key arrived."""

    def __init__(self, flood: bytes) -> None:
        self._flood = flood
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.go = threading.Event()
        self.began = 0.0
        self.keys: list[float] = []
        self._caller: socket.socket | None = None
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        self._caller, _ = self._listener.accept()
        self._caller.sendall(b"\xff\xfb\x01\xff\xfb\x03READY")  # IAC WILL ECHO, IAC WILL SGA
        threading.Thread(target=self._listen, daemon=True).start()
        self.go.wait()
        self.began = time.perf_counter()
        try:
            self._caller.sendall(self._flood)
            self._caller.sendall(b"\x1b[0m\x1b[2J\x1b[12;30H" + LAST)
        except OSError:
            return

    def _listen(self) -> None:
        assert self._caller is not None
        while True:
            try:
                data = self._caller.recv(4096)
            except OSError:
                return
            if not data:
                return
            now = time.perf_counter()
            self.keys += [now] * data.count(b"k")

    def close(self) -> None:
        """Hang up."""
        self.go.set()
        for end in (self._caller, self._listener):
            if end is not None:
                end.close()


def processor_time(pid: int) -> float:
    """Seconds that a process has spent; 0 where the system has no /proc."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run_ours(flood: bytes, columns: int, rows: int, *, rate: int, slow: bool = False) -> dict[str, float]:
    server = Server(flood)
    argv = [sys.executable, "-m", "bench.flood", "--child", str(server.port), *["--slow"] * slow]
    host = PtyHost(argv, columns=columns, rows=rows)
    try:
        host.wait_for(b"READY", PATIENCE)
        time.sleep(1.5)  # start-up's garbage and the keys of the status row are not what we measure
        host.rate, written, frames = rate, host.written, host.frames
        spent = processor_time(host.process.pid)
        server.go.set()
        typed = type_until_painted(host)
        spent = processor_time(host.process.pid) - spent
        painted = host.wait_for(LAST, PATIENCE)
        written, frames = host.written - written, host.frames - frames
        host.end()
        samples, callbacks = json.loads((host.home / "lag.json").read_text())
    finally:
        host.close()
        server.close()
    lags = [lag * 1000 for at, lag in samples if server.began <= at <= painted]
    keys = [(there - here) * 1000 for here, there in zip(typed, server.keys, strict=False)]
    for name, seconds in callbacks.items():
        print(f"{seconds * 1000:8.1f} ms on the processor: {name}")
    return {
        "MB/s": len(flood) / MEGABYTE / (painted - server.began),
        "CPU ms/MB": spent * 1000 / (len(flood) / MEGABYTE),
        "lag p99 ms": percentile(lags, 99),
        "lag max ms": max(lags),
        "key p50 ms": percentile(keys, 50),
        "key p99 ms": percentile(keys, 99),
        "keys": len(keys),
        "frames": frames,
        "tty KB": written / 1000,
    }


def type_until_painted(host: PtyHost) -> list[float]:
    """Press a key now and then until the last screen stands; return when."""
    typed: list[float] = []
    while not host.shows(LAST):
        typed.append(time.perf_counter())
        host.type(b"k")
        time.sleep(KEY_PERIOD)
        if typed[-1] - typed[0] > PATIENCE:
            raise TimeoutError("the flood was not taken")
    return typed


def watch_callbacks() -> dict[str, float]:
    """From now on: the longest time that each sort of callback has held the event loop."""
    longest: dict[str, float] = {}
    run: Any = asyncio.Handle._run

    def timed(handle: Any) -> None:
        begin = time.thread_time()
        run(handle)
        if (seconds := time.thread_time() - begin) > 0.002:
            callback = handle._callback
            task = getattr(callback, "__self__", None)
            coroutine = task.get_coro() if isinstance(task, asyncio.Task) else callback
            name = getattr(coroutine, "__qualname__", repr(callback))
            longest[name] = max(longest.get(name, 0.0), seconds)

    setattr(asyncio.Handle, "_run", timed)  # noqa: B010  # there is no hook for it, and no type
    return longest


def child(port: int, *, slow: bool) -> int:
    """The application with a probe in its event loop. What the probe saw is written when it ends."""
    from bbsterm import app as application
    from bbsterm.net.address import Address
    from bbsterm.session.settings import CallSettings

    samples: list[tuple[float, float]] = []
    callbacks: dict[str, float] = {}

    def probe(due: float) -> None:
        now = time.perf_counter()
        samples.append((now, now - due))
        loop.call_later(LAG_PERIOD, probe, now + LAG_PERIOD)

    def follow(longest: dict[str, float]) -> None:
        nonlocal callbacks
        callbacks = longest

    class Probed(application.BbstermApp):
        def on_mount(self) -> None:
            nonlocal loop
            loop = asyncio.get_running_loop()
            if slow:
                self.set_timer(1.0, lambda: follow(watch_callbacks()))  # start-up is over then
            probe(time.perf_counter())

    loop: asyncio.AbstractEventLoop
    application.BbstermApp = Probed  # type: ignore[misc]  # what run_app makes
    code = application.run_app((Address("127.0.0.1", port), CallSettings(name="flood")))
    Path(os.environ["BBSTERM_HOME"], "lag.json").write_text(json.dumps((samples, callbacks)))
    return code


# --- the others ------------------------------------------------------------------------------------


def peer_commands(telix: str) -> dict[str, list[str]]:
    """Other clients that are installed, as commands with PORT to be replaced."""
    found = {
        "telnetlib3-client": ["telnetlib3-client", "127.0.0.1", "PORT"],
        "telix": [telix or "telix", "127.0.0.1", "PORT"],
    }
    beside = Path(sys.executable).parent
    commands = {}
    for name, argv in found.items():
        path = shutil.which(argv[0], path=f"{beside}{os.pathsep}{os.environ.get('PATH', '')}")
        if path:
            commands[name] = [path, *argv[1:]]
        else:
            print(f"{name}: not installed, left out of the comparison")
    return commands


def run_peer(argv: list[str], flood: bytes) -> float:
    """MB per second until the last screen was written; 0 where it never was."""
    server = Server(flood)
    host = PtyHost([str(server.port) if word == "PORT" else word for word in argv], rows=25)
    try:
        host.wait_for(b"READY", 30)
        time.sleep(0.5)
        server.go.set()
        painted = host.wait_for(LAST, PATIENCE)
        return len(flood) / MEGABYTE / (painted - server.began)
    except TimeoutError:
        return 0.0
    finally:
        host.close()
        server.close()


def percentile(values: list[float], percent: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))] if ordered else 0.0


if __name__ == "__main__":
    sys.exit(main())
