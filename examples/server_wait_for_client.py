"""A server without a shell: who connects is handed to us by `wait_for_client`, negotiation done.

Use it where the program leads and the callers follow: in tests, or for a game with a fixed table of players.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib

import bbsterm


async def main(host: str, port: int) -> None:
    async with await bbsterm.create_server(host, port) as server:
        print("listening on {}:{}".format(*server.sockets[0].getsockname()), flush=True)
        number = 0
        while True:
            client = await server.wait_for_client()
            number += 1
            print(f"caller {number}: {client.get_extra_info('TERM') or 'no terminal told'}", flush=True)
            client.writer.write(f"You are caller {number}; {len(server.clients)} on the line. Goodbye!\r\n")
            client.writer.close()  # closes once everything is sent


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host", nargs="?", default="127.0.0.1")
    parser.add_argument("port", nargs="?", type=int, default=6023, help="0 takes a free one")
    args = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(args.host, args.port))
