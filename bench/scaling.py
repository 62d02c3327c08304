"""`python -m bench.scaling`: callers in one chat room, shared out over workers that talk by NATS.

Each caller says a line now and then; measured is how long a line takes from the one who says it to everybody
else, on whatever worker they are. Needs nats-server and nats-py.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import resource
import shutil
import signal
import socket
import statistics
import sys
import tempfile
import time

_PATH = "/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", "")


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextlib.asynccontextmanager
async def program(*words: str, ready: bytes | None = None):
    process = await asyncio.create_subprocess_exec(
        *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, start_new_session=True
    )
    try:
        while ready and ready not in await process.stdout.readline():
            if process.returncode is not None:
                raise SystemExit(f"{words[0]} did not start")
        reading = asyncio.create_task(process.stdout.read())
        yield process
        reading.cancel()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        await process.wait()


class Caller:
    """One caller, who counts what is heard and how late."""

    def __init__(self, number: int) -> None:
        self.name = f"c{number}"
        self.late: list[float] = []
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter

    async def call(self, port: int) -> None:
        """Call, and go into the chat room."""
        # 127/8 has addresses enough for one each: the limit of callers per address stays as it is
        number = int(self.name[1:])
        source = f"127.0.{1 + number // 200}.{1 + number % 200}"
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
        self.writer.write(f"{self.name}\n".encode())
        await self.reader.readuntil(b"Your choice")
        self.writer.write(b"c\n")
        await self.reader.readuntil(b"Here:")

    async def listen(self) -> None:
        """Note how late each line is."""
        while line := await self.reader.readline():
            _, mark, sent = line.partition(b"at ")
            if mark and sent.strip().replace(b".", b"").isdigit():
                self.late.append(time.monotonic() - float(sent))

    def say(self) -> None:
        """Say what time it is."""
        self.writer.write(f"at {time.monotonic():.6f}\n".encode())


async def measure(count: int, workers: int, seconds: float, every: float) -> dict[str, float]:
    """Have them chat; return the figures."""
    nats, front = free_port(), free_port()
    server = shutil.which("nats-server", path=_PATH)
    if server is None:
        raise SystemExit("nats-server is not installed")
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "bbsterm", "serve", str(front), "--workers", str(workers)]
        words += ["--bus", f"nats://127.0.0.1:{nats}", "--data-dir", folder, "--loglevel", "error"]
        words += ["--limit-callers", str(2 * count), "--timeout", "0"]
        async with (
            program(server, "-a", "127.0.0.1", "-p", str(nats), ready=b"Server is ready"),
            program(*words, ready=b"Ctrl+C"),
        ):
            await asyncio.sleep(1)
            return await _chat(count, front, seconds, every)


async def _chat(count: int, front: int, seconds: float, every: float) -> dict[str, float]:
    callers = [Caller(number) for number in range(count)]
    began = time.monotonic()
    for at in range(0, count, 25):
        await asyncio.gather(*(caller.call(front) for caller in callers[at : at + 25]))
    up = time.monotonic() - began
    listening = [asyncio.create_task(caller.listen()) for caller in callers]
    await asyncio.sleep(1)
    said, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        for caller in callers:
            caller.say()
            said += 1
            await asyncio.sleep(every / count)
            if time.monotonic() >= end:
                break
    await asyncio.sleep(2)
    for task in listening:
        task.cancel()
    late = sorted(each for caller in callers for each in caller.late)
    for caller in callers:
        caller.writer.close()
    return {
        "callers": count,
        "up_seconds": round(up, 2),
        "lines_said": said,
        "lines_heard_share": round(len(late) / max(1, said * count), 4),
        "p50_ms": round(1000 * statistics.median(late), 1),
        "p99_ms": round(1000 * late[int(len(late) * 0.99)], 1),
        "max_ms": round(1000 * late[-1], 1),
    }


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--callers", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--every", type=float, default=20, help="seconds between two lines of one caller")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    figures = asyncio.run(measure(args.callers, args.workers, args.seconds, args.every))
    print(f"{args.workers} workers: {figures}")
    if args.json:
        print(json.dumps({"ratios": {"heard_share": figures["lines_heard_share"]}, "figures": figures}))


if __name__ == "__main__":
    main()
