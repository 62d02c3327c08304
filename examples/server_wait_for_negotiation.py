"""A server that waits for what it needs to know: here, the window's size.

`writer.wait_for` names options and what they should be; `wait_for_condition` takes any function of the
writer. Neither ends by itself if the client never agrees: put a time-out around it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib

import bbsterm


async def shell(reader, writer):
    try:
        async with asyncio.timeout(2.0):
            await writer.wait_for(remote={"NAWS": True}, pending={"TTYPE": False})
    except TimeoutError:
        writer.write("You keep your window to yourself. I take it for ")
    else:
        writer.write("Your window has ")
    info = writer.get_extra_info
    writer.write(f"{info('cols')} columns and {info('rows')} rows.\r\n")
    writer.write(f"Your terminal is {info('TERM', 'unknown')}; we talk in mode {writer.mode!r}.\r\n")
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
