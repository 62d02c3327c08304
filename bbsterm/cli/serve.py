"""`bbsterm serve [HOST] [PORT]`: be a board that others call."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bbsterm.cli.base import Commands, ExitCode, add_logging_options, examples
from bbsterm.errors import UsageError

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from bbsterm.serve.board import Board, BoardSettings
    from bbsterm.serve.server import Listening

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Be a board: guests log in, chat, leave one-liners, look at art and at what their terminal can do.

The address is printed once callers can come. Ctrl+C or SIGTERM closes the board: every caller is told, the
port is freed, and the exit code is 0. 1 means that the port or the board's files could not be had.
Who calls and leaves is logged to stderr (level info), or to --logfile."""

_HOST: Final = "127.0.0.1"
_PORT: Final = "6023"
_TERMINALS: Final = ("ansi", "utf8", "ascii", "petscii", "petscii80", "atascii", "atascii80")


def add_to(commands: Commands) -> None:
    """Describe the command. Nothing heavy is imported to print `--help`."""
    parser = commands.add_parser(
        "serve",
        description=_DESCRIPTION,
        epilog=examples(
            "bbsterm serve",
            "bbsterm serve 2323",
            "bbsterm serve 0.0.0.0 2323 --name 'The Attic' --timeout 600",
            "bbsterm serve :: 6992 --tls-cert board.pem --tls-key board.key",
            "bbsterm serve --shell mygame.shell --encoding utf8",
        ),
    )
    parser.add_argument("host", metavar="HOST", nargs="?", help=f"default: {_HOST}, this machine only")
    parser.add_argument("port", metavar="PORT", nargs="?", help=f"default: {_PORT}; 0 takes a free one")
    parser.add_argument(
        "--shell",
        metavar="MODULE.FUNCTION",
        help="in place of the board: async def shell(reader, writer)",
    )
    _add_board(parser)
    _add_limits(parser)
    tls = parser.add_argument_group("TLS")
    tls.add_argument("--tls-cert", metavar="FILE", help="encrypt; the certificate and its chain (PEM)")
    tls.add_argument("--tls-key", metavar="FILE", help="its key (PEM), unless that is in the same file")
    add_logging_options(parser)
    parser.set_defaults(run=run)


def _add_board(parser: argparse.ArgumentParser) -> None:
    board = parser.add_argument_group("board")
    board.add_argument("--name", default="bbsterm demo board", help="the board's (default: %(default)s)")
    board.add_argument(
        "--data-dir", metavar="DIR", help="where the wall is kept (default: see `bbsterm paths`)"
    )
    board.add_argument("--terminal", choices=_TERMINALS, help="speak this to everybody (default: find out)")
    board.add_argument("--encoding", help="speak ANSI in this character set to everybody (default: find out)")


def _add_limits(parser: argparse.ArgumentParser) -> None:
    limits = parser.add_argument_group("limits")
    limits.add_argument(
        "--timeout", metavar="SECONDS", default="300", help="hang up after so long without a key; 0: never"
    )
    limits.add_argument("--limit-callers", metavar="N", default="200", help="at once (default: %(default)s)")
    limits.add_argument(
        "--limit-per-address", metavar="N", default="10", help="from one address (default: %(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop."""
    import asyncio

    from bbsterm.cli.log import start_logging

    if args.shell:
        from bbsterm.cli.shells import serve_shell

        opened = serve_shell(args, _listening(args), timeout=_idle_limit(args))
    else:
        from bbsterm.serve.server import open_board

        opened = open_board(_board(args), _listening(args))
    start_logging(args, level="info")
    return asyncio.run(_serve(opened, args.shell or args.name))


async def _serve(opened: AbstractAsyncContextManager[tuple[str, int]], name: str) -> ExitCode:
    import asyncio
    import signal

    from bbsterm.serve.descriptors import calm_handler

    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(calm_handler())
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, over.set)
        except NotImplementedError:  # Windows: Ctrl+C cancels us instead, and the board closes all the same
            break
    async with opened as (host, port):
        place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        print(f"bbsterm: {name} on {place}. Ctrl+C closes it.", flush=True)
        await over.wait()
        print("bbsterm: closing", file=sys.stderr, flush=True)
    return ExitCode.OK


def _board(args: argparse.Namespace) -> Board:
    from bbsterm.config import find_paths
    from bbsterm.serve.board import Board
    from bbsterm.serve.wall import Wall

    file = Path(args.data_dir).expanduser() / "board.sqlite3" if args.data_dir else find_paths().board
    return Board(_settings(args), wall=Wall(file))


def _settings(args: argparse.Namespace) -> BoardSettings:
    from bbsterm import codecs
    from bbsterm.serve.board import BoardSettings
    from bbsterm.serve.caller import Patience
    from bbsterm.serve.clean import line

    encoding = ""
    if args.encoding:
        try:
            "".encode(args.encoding)  # refuses what is no encoding of text
            encoding = codecs.lookup(args.encoding).name
        except (LookupError, ValueError):
            raise UsageError(f"no encoding {args.encoding!r}", hint="cp437, utf-8, latin-1 ...") from None
    return BoardSettings(
        name=line(args.name, 40) or "bbsterm",
        terminal=args.terminal or "",
        encoding=encoding,
        patience=Patience(idle=_idle_limit(args)),
    )


def _idle_limit(args: argparse.Namespace) -> float:
    return _number("--timeout", args.timeout, 0, 86400)


def _listening(args: argparse.Namespace) -> Listening:
    from bbsterm.serve.descriptors import room_for
    from bbsterm.serve.server import Listening, admit, tls_context

    if args.tls_key and not args.tls_cert:
        raise UsageError("--tls-key needs --tls-cert")
    certificate = Path(args.tls_cert).expanduser() if args.tls_cert else None
    key = Path(args.tls_key).expanduser() if args.tls_key else None
    host, port = args.host or _HOST, args.port or _PORT
    if args.port is None and host.isdecimal():  # `bbsterm serve 2323`
        host, port = _HOST, host
    return Listening(
        host=host,
        port=int(_number("PORT", port, 0, 65535)),
        tls=tls_context(certificate, key) if certificate else None,
        admission=admit(
            room_for(int(_number("--limit-callers", args.limit_callers, 1, 100_000))),
            int(_number("--limit-per-address", args.limit_per_address, 1, 100_000)),
        ),
        trace=getattr(args, "loglevel", "") == "trace",
    )


def _number(option: str, value: str, low: int, high: int) -> float:
    try:
        number = float(value) if option == "--timeout" else int(value)
    except ValueError:
        number = low - 1
    if not low <= number <= high:
        raise UsageError(f"{option} is a number from {low} to {high}, not {value!r}")
    return number
