"""A chat: what one caller types, all the others read. `Server.clients` is the list of who is there.

With `line_mode=True` the callers' own programs edit and echo the line, so that `readline` is all we need.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib

import bbsterm


async def main(host: str, port: int) -> None:
    async def shell(reader, writer):
        name = f"caller {writer.get_extra_info('peername')[1]}"
        broadcast(f"* {name} joins", but=writer)
        writer.write(f"You are {name}. {len(server.clients) - 1} others are here. /quit leaves.\r\n")
        try:
            async for line in reader:
                if (text := line.rstrip("\r\n")) == "/quit":
                    return
                broadcast(f"<{name}> {text}", but=writer)
        finally:
            broadcast(f"* {name} leaves", but=writer)

    def broadcast(text: str, *, but: object) -> None:
        for client in server.clients:
            if client.writer is not but:
                client.writer.write(text + "\r\n")

    async with await bbsterm.create_server(host, port, shell=shell, line_mode=True) as server:
        print("listening on {}:{}".format(*server.sockets[0].getsockname()), flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host", nargs="?", default="127.0.0.1")
    parser.add_argument("port", nargs="?", type=int, default=6023, help="0 takes a free one")
    args = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(args.host, args.port))
