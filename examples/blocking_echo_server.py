"""An echo server without `async`: every caller has a thread, and reads and writes simply wait."""

from __future__ import annotations

import argparse
import contextlib

from bbsterm.sync import BlockingTelnetServer, ServerConnection


def handler(connection: ServerConnection) -> None:
    print(f"{connection.addrport()} connected", flush=True)
    connection.send("Ready. Type; 'quit' leaves.\n")  # `send` makes \n into \r\n, `write` sends as it is
    try:
        while (line := connection.readline(timeout=300).strip()) != "quit":
            connection.send(f"Echo: {line}\n")
        connection.send("Goodbye.\n")
    except TimeoutError:
        connection.send("\nAsleep? Goodbye.\n")
    except EOFError:
        pass  # hung up
    print(f"{connection.addrport()} left after {connection.duration():.0f} s", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host", nargs="?", default="127.0.0.1")
    parser.add_argument("port", nargs="?", type=int, default=6023, help="0 takes a free one")
    args = parser.parse_args()
    server = BlockingTelnetServer(args.host, args.port, handler=handler, line_mode=True)
    server.start()
    print(f"listening on {args.host}:{server.port}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
    server.shutdown()
