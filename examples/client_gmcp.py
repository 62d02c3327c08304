"""A MUD client that listens to GMCP: prints every message that the MUD sends beside its text.

    python examples/client_gmcp.py HOST PORT --say NAME --say look

`TelnetClient` says Core.Hello and Core.Supports.Set by itself once GMCP is agreed on; a subclass hears of
every message in `on_gmcp`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from typing import Any

import bbsterm


class Listener(bbsterm.TelnetClient):
    """A client that understands the character's state and the room."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options, gmcp_modules=["Char 1", "Room 1", "Comm.Channel 1"])

    def on_gmcp(self, package: str, data: Any) -> None:
        super().on_gmcp(package, data)  # keeps the last of each package in writer.ctx.gmcp_data
        print(f"[{package}] {json.dumps(data, ensure_ascii=False)}", flush=True)


async def main(args: argparse.Namespace) -> None:
    reader, writer = await bbsterm.open_connection(
        args.host, args.port, client_factory=Listener, term="bbsterm-gmcp", force_binary=True
    )
    for line in args.say:
        writer.write(line + "\r\n")
    async for line in reader:
        print(line.rstrip(), flush=True)
    vitals = writer.ctx.gmcp_data.get("Char.Vitals")
    print(f"the last vitals: {vitals}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("host", nargs="?", default="127.0.0.1")
    parser.add_argument("port", nargs="?", type=int, default=6023)
    parser.add_argument("--say", action="append", default=[], metavar="LINE", help="may be repeated")
    try:
        asyncio.run(main(parser.parse_args()))
    except OSError as error:
        sys.exit(f"no connection: {error}")
