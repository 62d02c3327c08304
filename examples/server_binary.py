"""A server that echoes bytes: with `encoding=False` reader and writer never decode or encode.

Telnet's own byte, 0xFF, is escaped on the wire and arrives as one byte; you need not care.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib

import bbsterm


async def shell(reader, writer):
    while data := await reader.read(4096):
        print(f"{len(data)} bytes: {data[:16].hex(' ')}", flush=True)
        writer.write(data)
        await writer.drain()  # whoever sends without reading must not fill our memory


async def main(host: str, port: int) -> None:
    async with await bbsterm.create_server(host, port, shell=shell, encoding=False) as server:
        print("listening on {}:{}".format(*server.sockets[0].getsockname()), flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host", nargs="?", default="127.0.0.1")
    parser.add_argument("port", nargs="?", type=int, default=6023, help="0 takes a free one")
    args = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(args.host, args.port))
