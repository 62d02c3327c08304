"""`bbsterm demo`: start the demo board and call it; with `--print`, print its first screen and be done."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from bbsterm.cli.base import Commands, ExitCode, add_logging_options, examples, require_terminal
from bbsterm.errors import BbstermError, UsageError

if TYPE_CHECKING:
    from bbsterm.screen.terminal import Terminal
    from bbsterm.session.call import Call
    from bbsterm.session.settings import CallSettings

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Start the demo board on a free port of this machine and call it. Both end together and leave no files.

With --print no terminal is needed: the first screen is printed, as text or (--color) with its colours."""

_TERMINALS: Final = ("ansi", "utf8", "petscii", "petscii80", "atascii", "atascii80")
_SMALLEST: Final = (20, 3)
"""Columns and rows in which the board's question can be seen whole, and so the end of its first screen."""

_NAME: Final = "Demo BBS"
_SECONDS: Final = 10.0
_TICK: Final = 0.02


def add_to(commands: Commands) -> None:
    """Describe the command. Nothing heavy is imported to print `--help`."""
    parser = commands.add_parser(
        "demo",
        description=_DESCRIPTION,
        epilog=examples(
            "bbsterm demo",
            "bbsterm demo --terminal petscii",
            "bbsterm demo --print --color --size 80x24",
        ),
    )
    parser.add_argument(
        "--terminal",
        choices=_TERMINALS,
        default="ansi",
        help="the machine to call with (default: %(default)s)",
    )
    parser.add_argument("--print", action="store_true", help="print the first screen and exit")
    parser.add_argument("--color", action="store_true", help="with --print: with 24-bit colours")
    parser.add_argument(
        "--size", metavar="COLSxROWS", help="with --print: the screen's size (default: 80x24)"
    )
    add_logging_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Open the application on the board, or print what it would show."""
    from bbsterm.cli.log import start_logging

    settings = _settings(args)
    if args.print:
        import asyncio

        start_logging(args)
        text = asyncio.run(_first_screen(settings, color=args.color))
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # a TextIOWrapper, wherever we run
        sys.stdout.write(text)
        return ExitCode.OK
    if args.color or args.size:
        raise UsageError("--color and --size go with --print")
    require_terminal("`bbsterm demo --print` prints the first screen")
    from bbsterm.config import find_paths

    start_logging(args, file=find_paths().log)
    from bbsterm.app import run_app  # here, not above: Textual takes 0.2 s to import

    return run_app(demo=True, demo_settings=settings)


def _settings(args: argparse.Namespace) -> CallSettings:
    from bbsterm.cli.call_options import size_of
    from bbsterm.session.encoding import SIZES
    from bbsterm.session.settings import CallSettings

    columns, rows = SIZES.get(args.terminal, (80, 24 if args.print else 25))
    if args.size:
        if args.terminal in SIZES:
            raise UsageError(f"a {args.terminal} screen has one size, {columns}x{rows}")
        columns, rows = size_of(args.size)
        if columns < _SMALLEST[0] or rows < _SMALLEST[1]:
            raise UsageError(f"the board's first screen needs {_SMALLEST[0]}x{_SMALLEST[1]}, not {args.size}")
    return CallSettings(name=_NAME, terminal=args.terminal, columns=columns, rows=rows)


async def _first_screen(settings: CallSettings, *, color: bool) -> str:
    """Call the board with our own engine and screen, and wait until it asks who we are."""
    import asyncio

    from bbsterm.net.address import Address
    from bbsterm.screen.export import to_ansi, to_text
    from bbsterm.serve.demo import start_demo_board
    from bbsterm.session.call import Call

    async with start_demo_board() as (host, port):
        call = Call(Address(host, port), settings)
        running = asyncio.create_task(call.run())
        try:
            async with asyncio.timeout(_SECONDS):
                await _asked(call)
        except TimeoutError:
            raise BbstermError(f"the demo board said nothing in {_SECONDS:g} s") from None
        finally:
            call.hang_up()
            await running
        terminal: Terminal = call.terminal
        lines = [terminal.line(row) for row in range(terminal.rows)]
        return to_ansi(lines) if color else to_text(lines)


async def _asked(call: Call) -> None:
    """Wait for the question at the end of the first screen."""
    import asyncio

    from bbsterm.serve.areas.login import QUESTION

    while not any(QUESTION in row for row in call.terminal.display()):
        if call.ended is not None:
            raise call.ended.error or BbstermError(f"the demo board hung up: {call.ended.reason}")
        await asyncio.sleep(_TICK)
