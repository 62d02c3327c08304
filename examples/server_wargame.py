"""A server that asks one question: `python examples/server_wargame.py`, then `telnet localhost 6023`.

A shell is a coroutine with a reader and a writer. When it returns, its caller is hung up on.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib

import bbsterm


async def shell(reader, writer):
    writer.write("\r\nWould you like to play a game? ")
    answer = await reader.read(1)
    if not answer:
        return  # hung up: a read at the end of the line is empty
    writer.echo(answer)  # sent only if it is for us to echo: see docs/guide/modes.md
    if answer in "yY":
        writer.write("\r\nA strange game. The only winning move is not to play.\r\n")
    else:
        writer.write("\r\nHow about a nice game of chess?\r\n")
    await writer.drain()


async def main(host: str, port: int) -> None:
    async with await bbsterm.create_server(host, port, shell=shell) as server:
        print("listening on {}:{}".format(*server.sockets[0].getsockname()), flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host", nargs="?", default="127.0.0.1")
    parser.add_argument("port", nargs="?", type=int, default=6023, help="0 takes a free one")
    args = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(args.host, args.port))
