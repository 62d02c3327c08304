"""A MUD of your own, on the engine of `bbsterm.serve.mud`: `python examples/minimud`, then call port 4000.

The world is in `world.py`, a command of its own in `commands.py`. Characters are kept in the file that
`--save` names. Try it with `bbsterm connect`, with Mudlet or with TinTin++.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
from pathlib import Path

from commands import COMMANDS
from world import lighthouse

import bbsterm
from bbsterm.errors import StorageError
from bbsterm.serve.mud import Mud, Store


async def main(args: argparse.Namespace) -> None:
    mud = Mud(lighthouse(), Store(args.save), commands=COMMANDS, idle=args.idle)
    serving = bbsterm.create_server(args.host, args.port, shell=mud.shell, line_mode=True, timeout=0)
    try:
        async with await serving as server:
            print("listening on {}:{}".format(*server.sockets[0].getsockname()), flush=True)
            await server.serve_forever()
    finally:
        await mud.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="minimud", description=__doc__)
    parser.add_argument("host", nargs="?", default="127.0.0.1")
    parser.add_argument("port", nargs="?", type=int, default=4000, help="0 takes a free one")
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep characters in this file (JSON)")
    parser.add_argument("--idle", type=float, default=120, metavar="SECONDS", help="default: %(default)s")
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(main(parser.parse_args()))
    except StorageError as error:
        sys.exit(f"minimud: {error}")
