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

from bbsterm.protocol import ALL, Connection, Option, OptionCode, Role, Side

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
    Role.SERVER: b"\xff\xfd\x01\xff\xfd\x03\xff\xfb\x1f\xff\xfd\xc9",  # DO ECHO, DO SGA, WILL NAWS, DO GMCP
    Role.CLIENT: b"\xff\xfb\x01\xff\xfb\x03\xff\xfd\x1f\xff\xfb\xc9",  # WILL ECHO, WILL SGA, DO NAWS, WILL GMCP
}


def workloads(role: Role) -> dict[str, bytes]:
    dice = random.Random(1)
    lines = [
        " ".join(dice.choices(["you", "are", "standing", "in", "an", "open", "field"], k=12))
        for _ in range(99)
    ]
    text = "\r\n".join(lines).encode()
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


def ours(role: Role) -> Callable[[bytes, float], Awaitable[None]]:
    options: list[Option] = [option() for option in ALL]
    connection = Connection(role, options)
    if role is Role.SERVER:
        ask_as_a_server(connection)
    connection.receive_data(AGREE[role])
    side = Side.LOCAL if role is Role.SERVER else Side.REMOTE
    assert connection.mode == "kludge"
    assert connection.enabled(OptionCode.GMCP, side)
    connection.data_to_send()

    async def feed(chunk: bytes, now: float) -> None:
        connection.receive_data(chunk, now=now)
        connection.data_to_send()

    return feed


def ask_as_a_server(connection: Connection) -> None:
    from bbsterm.protocol import RequestOption

    for option in (OptionCode.ECHO, OptionCode.SGA, OptionCode.GMCP):
        connection.send(RequestOption(option, Side.LOCAL))
    connection.send(RequestOption(OptionCode.NAWS, Side.REMOTE))


class Nowhere(asyncio.Transport):
    """A transport that keeps nothing."""

    def write(self, data: Any) -> None:
        pass

    def is_closing(self) -> bool:
        return False

    def close(self) -> None:
        pass

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


def theirs(role: Role) -> Callable[[bytes, float], Awaitable[None]]:
    import telnetlib3
    from telnetlib3 import telopt

    server = role is Role.SERVER
    protocol = telnetlib3.TelnetServer(encoding=False) if server else telnetlib3.TelnetClient(encoding=False)
    protocol.connection_made(Nowhere())
    if server:
        for option in (telopt.ECHO, telopt.SGA, telopt.GMCP):
            protocol.writer.iac(telopt.WILL, option)
        protocol.writer.iac(telopt.DO, telopt.NAWS)
    receive, reader = protocol.data_received, protocol.reader

    async def feed(chunk: bytes, now: float) -> None:
        receive(chunk)
        while getattr(protocol, "_rx_task", None) is not None:
            await asyncio.sleep(0)
        reader._buffer.clear()

    async def first(chunk: bytes, now: float) -> None:
        nonlocal agreed
        if not agreed:
            agreed = True
            await feed(AGREE[role], now)
            assert protocol.writer.mode == "kludge"
        await feed(chunk, now)

    agreed = False
    return first


async def speed(feed: Callable[[bytes, float], Awaitable[None]], chunk: bytes, seconds: float) -> float:
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
            one, other = ours(role), theirs(role)
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
    haystack = filled(workloads(Role.CLIENT)["text"])
    start, turns = time.process_time(), 2000
    for _ in range(turns):
        haystack.find(b"\xff")
    print(
        f"{'bytes.find on the same text':<32}{turns * len(haystack) / 1e6 / (time.process_time() - start):12.1f}"
    )
    if args.json:
        print(
            json.dumps(
                {"ratios": {name: round(row["ratio"], 2) for name, row in figures.items()}, "MB/s": figures}
            )
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
