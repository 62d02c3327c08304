"""A client of `server_tls.py`: says a line, prints what comes back.

`ssl=True` trusts the system's CAs. For a certificate that you made yourself, name it with `--ca`.
"""

from __future__ import annotations

import argparse
import asyncio
import ssl
import sys

import bbsterm


async def main(args: argparse.Namespace) -> int:
    trusted = ssl.create_default_context(cafile=args.ca) if args.ca else True
    try:
        reader, writer = await bbsterm.open_connection(
            args.host, args.port, ssl=trusted, server_hostname=args.name, connect_timeout=10
        )
    except OSError as error:  # ssl.SSLError is one: a certificate that proves nothing ends here
        print(f"cannot connect: {error}", file=sys.stderr)
        return 1
    tls = writer.get_extra_info("ssl_object")
    print(f"connected by {tls.version()}, {tls.cipher()[0]}")
    print((await reader.readline()).rstrip())
    writer.write(args.line + "\r\n")
    print((await reader.readline()).rstrip())
    writer.close()
    await writer.wait_closed()
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host", nargs="?", default="localhost")
    parser.add_argument("port", nargs="?", type=int, default=6023)
    parser.add_argument("line", nargs="?", default="Hello!", help="what to say (default: %(default)s)")
    parser.add_argument("--ca", metavar="FILE", help="trust only the certificates in this file (PEM)")
    parser.add_argument("--name", help="the name in the server's certificate, if it is not HOST")
    sys.exit(asyncio.run(main(parser.parse_args())))
