"""A client without `async`, for `blocking_echo_server.py`: sends lines, prints the answers."""

from __future__ import annotations

import argparse
import sys

from bbsterm.sync import TelnetConnection

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host", nargs="?", default="127.0.0.1")
    parser.add_argument("port", nargs="?", type=int, default=6023)
    parser.add_argument("lines", nargs="*", metavar="LINE", default=["Hello!"])
    args = parser.parse_args()
    try:
        with TelnetConnection(args.host, args.port, timeout=10) as connection:
            print(connection.readline().rstrip())  # the greeting
            for line in args.lines:
                connection.write(line + "\r\n")
                print(connection.readline().rstrip())
    except TimeoutError:
        sys.exit("no answer in 10 s")
    except (EOFError, OSError) as error:
        sys.exit(f"no connection: {error}")
