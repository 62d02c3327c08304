r"""An echo server behind TLS. A certificate for trying it out::

    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out cert.pem
    python examples/server_tls.py --cert cert.pem --key key.pem

With `--auto` callers without TLS are welcome on the same port: their first byte tells.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import ssl

import bbsterm


async def shell(reader, writer):
    tls = writer.get_extra_info("ssl_object")
    writer.write(f"Ready ({'secure: ' + tls.version() if tls else 'not secure'}).\r\n")
    async for line in reader:
        writer.write(line)
        await writer.drain()


async def main(args: argparse.Namespace) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(args.cert, args.key)
    serving = bbsterm.create_server(
        args.host, args.port, shell=shell, line_mode=True, ssl=context, tls_auto=args.auto
    )
    async with await serving as server:
        print("listening on {}:{}".format(*server.sockets[0].getsockname()), flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("host", nargs="?", default="127.0.0.1")
    parser.add_argument("port", nargs="?", type=int, default=6023, help="0 takes a free one")
    parser.add_argument("--cert", required=True, metavar="FILE", help="certificate and its chain (PEM)")
    parser.add_argument("--key", metavar="FILE", help="its key (PEM), unless that is in the same file")
    parser.add_argument("--auto", action="store_true", help="let plain callers in, too")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(parser.parse_args()))
