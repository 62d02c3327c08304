"""The telnet engine beside telnetlib3's: MB per CPU second, received in 64 KiB chunks in an ECHO+SGA session.

Both sit behind no socket: chunks go straight into `Connection.receive_data` and `Protocol.data_received`, and
what they have to send is thrown away. Rounds are interleaved, so that a busy moment hurts both alike.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from bbsterm.protocol import ALL, Connection, OptionCode, RequestOption, Role, Side

CHUNK = 64 * 1024
FLOORS = {
    "text": 40,
    "utf-8": 40,
    "ansi art": 40,
    "doubled IAC": 40,
    "GMCP 480 B": 20,
    "prompts + GA": 3,
    "NAWS storm": 3,
    "unknown option storm": 3,
}
"""What the ratio should at least be."""

# What makes the session: the server performs ECHO and SGA, and what a workload needs is agreed on.
AGREE = {
    Role.SERVER: b"\xff\xfd\x01\xff\xfd\x03\xff\xfb\x1f\xff\xfd\xc9",  # DO ECHO SGA, WILL NAWS, DO GMCP
    Role.CLIENT: b"\xff\xfb\x01\xff\xfb\x03\xff\xfd\x1f\xff\xfb\xc9",  # WILL ECHO SGA, DO NAWS, WILL GMCP
}


def workloads(role: Role) -> dict[str, bytes]:
    dice = random.Random(1)
    words = ["you", "are", "standing", "in", "an", "open", "field"]
    text = "\r\n".join(" ".join(dice.choices(words, k=12)) for _ in range(99)).encode()
    wide = "\r\n".join("Grüße, дорогой друг ─── 你好 ▓▒░ " * 2 for _ in range(99)).encode()
    art = b"".join(
        b"\x1b[%d;%d;%dm" % (dice.randrange(2), 30 + dice.randrange(8), 40 + dice.randrange(8))
        + bytes(dice.choices(range(0xB0, 0xE0), k=dice.randrange(2, 20)))
        for _ in range(999)
    )
    gmcp = b'Char.Vitals {"hp": 100, "maxhp": 120, "note": "%s"}' % (b"x" * 434)
    storm = b"\xff\xfa\x1f\x00\x50\x00\x19\xff\xf0" if role is Role.SERVER else b"\xff\xfd\x1f"
    return {
        "text": text,
        "utf-8": wide,
        "ansi art": art,
        "doubled IAC": dice.randbytes(CHUNK).replace(b"\xff", b"\xff\xff"),
        "GMCP 480 B": b"\xff\xfa\xc9" + gmcp + b"\xff\xf0",
        "prompts + GA": b"HP:99 MV> \xff\xf9",
        "NAWS storm": storm,
        "unknown option storm": b"\xff\xfb\xa0",  # IAC WILL 160
    }


def filled(pattern: bytes) -> bytes:
    """Repeat `pattern` to one chunk, cut where it ends."""
    return pattern * max(1, CHUNK // len(pattern))


Feed = Callable[[bytes, float], Awaitable[None]]


def ours(role: Role) -> Feed:
    connection = Connection(role, [option() for option in ALL])
    server = role is Role.SERVER
    if server:
        for option in (OptionCode.ECHO, OptionCode.SGA, OptionCode.GMCP):
            connection.send(RequestOption(option, Side.LOCAL))
        connection.send(RequestOption(OptionCode.NAWS, Side.REMOTE))
    connection.receive_data(AGREE[role])
    assert connection.mode == "kludge"
    assert connection.enabled(OptionCode.GMCP, Side.LOCAL if server else Side.REMOTE)

    async def feed(chunk: bytes, now: float) -> None:
        connection.receive_data(chunk, now=now)
        connection.data_to_send()

    return feed


class Nowhere(asyncio.Transport):
    """A transport that keeps nothing, and is asked for little."""

    def write(self, data: Any) -> None:
        """Throw it away."""

    def is_closing(self) -> bool:
        """Stay open."""
        return False

    def close(self) -> None:
        """Stay open."""

    pause_reading = resume_reading = close


async def theirs(role: Role) -> Feed:
    import telnetlib3
    from telnetlib3 import telopt

    server = role is Role.SERVER
    protocol = (telnetlib3.TelnetServer if server else telnetlib3.TelnetClient)(encoding=False)
    protocol.connection_made(Nowhere())
    if server:
        for option in (telopt.ECHO, telopt.SGA, telopt.GMCP):
            protocol.writer.iac(telopt.WILL, option)
        protocol.writer.iac(telopt.DO, telopt.NAWS)

    async def feed(chunk: bytes, now: float) -> None:
        protocol.data_received(chunk)
        if (task := getattr(protocol, "_rx_task", None)) is not None:  # its client reads in a task of its own
            await task
        protocol.reader._buffer.clear()

    await feed(AGREE[role], 0.0)
    assert protocol.writer.mode == "kludge"
    return feed


async def speed(feed: Feed, chunk: bytes, seconds: float) -> float:
    """Return MB per CPU second over about `seconds` of CPU time."""
    done, start = 0, time.process_time()
    while (spent := time.process_time() - start) < seconds or not done:
        await feed(chunk, float(done))  # the clock goes on a second a chunk: bounds on rates stay out of it
        done += 1
    return done * len(chunk) / 1e6 / spent if spent else float("inf")


async def measure(args: argparse.Namespace) -> dict[str, dict[str, float]]:
    figures: dict[str, dict[str, float]] = {}
    for role in Role:
        for name, pattern in workloads(role).items():
            if args.only and args.only not in name:
                continue
            chunk = filled(pattern)
            one, other = ours(role), await theirs(role)
            pairs = []
            for _ in range(args.rounds):
                pairs.append((await speed(one, chunk, args.seconds), await speed(other, chunk, args.seconds)))
            figures[f"{role.value}: {name}"] = {
                "ours": statistics.median(pair[0] for pair in pairs),
                "theirs": statistics.median(pair[1] for pair in pairs),
                "ratio": statistics.median(pair[0] / pair[1] for pair in pairs),
                "floor": FLOORS[name],
            }
    return figures


def find_speed() -> float:
    """MB per CPU second of one `bytes.find` over the text: the wall that no parser in Python goes through."""
    text, turns = filled(workloads(Role.CLIENT)["text"]), 2000
    start = time.process_time()
    for _ in range(turns):
        text.find(b"\xff")
    return turns * len(text) / 1e6 / (time.process_time() - start)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.1, help="CPU seconds a measurement (%(default)s)")
    parser.add_argument("--only", default="", metavar="WORD", help="workloads with this in their names")
    args = parser.parse_args()
    figures = asyncio.run(measure(args))
    print(f"{'received, MB per CPU second':<32}{'bbsterm':>12}{'telnetlib3':>12}{'ratio':>9}{'floor':>7}")
    for name, row in figures.items():
        print(f"{name:<32}{row['ours']:12.1f}{row['theirs']:12.2f}{row['ratio']:9.1f}{row['floor']:7.0f}")
    print(f"{'bytes.find on the same text':<32}{find_speed():12.1f}")
    if args.json:
        ratios = {name: round(row["ratio"], 2) for name, row in figures.items()}
        print(json.dumps({"ratios": ratios, "mb_per_cpu_second": figures}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
