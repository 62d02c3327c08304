"""A client that answers the question of `server_wargame.py`, and prints what is said."""

from __future__ import annotations

import argparse
import asyncio
import sys

import bbsterm


async def shell(reader, writer):
    while text := await reader.read(1024):
        print(text, end="", flush=True)
        if "?" in text:
            writer.write("y")
    print()


async def main(host: str, port: int) -> None:
    _, writer = await bbsterm.open_connection(host, port, shell=shell)
    await writer.wait_closed()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host", nargs="?", default="127.0.0.1")
    parser.add_argument("port", nargs="?", type=int, default=6023)
    args = parser.parse_args()
    try:
        asyncio.run(main(args.host, args.port))
    except OSError as error:
        sys.exit(f"no connection: {error}")
