"""`bbsterm shot BOARD|FILE`: a picture of a screen, made without a terminal."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bbsterm.cli.base import Commands, ExitCode, add_logging_options, examples
from bbsterm.errors import BbstermError, DialError, StorageError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bbsterm.net.address import Address
    from bbsterm.screen.terminal import Line, Terminal
    from bbsterm.session.call import Call
    from bbsterm.session.settings import CallSettings

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Call a board, wait until its screen stands still, save a picture of it and hang up. Or draw an art file
(.ans, .asc, .nfo, .diz, .seq, .ata ...): all of it, as wide as its SAUCE record says; or the end of a
recording (.cast).

The picture is .png, .svg, .html, text (.txt) or ANSI with SAUCE (.ans), as the file's name says."""

_KINDS: Final = ("ans", "txt", "svg", "png", "html")
_STILL: Final = 1.0
"""Seconds without a change after which a screen is complete."""

_TICK: Final = 0.05


def add_to(commands: Commands) -> None:
    """Describe the command. Nothing heavy is imported to print `--help`."""
    parser = commands.add_parser(
        "shot",
        description=_DESCRIPTION,
        epilog=examples(
            "bbsterm shot demo -o demo.png",
            'bbsterm shot bbs.example.org:23 --until "login:" -o login.svg',
            "bbsterm shot picture.ans -o picture.png",
        ),
    )
    parser.add_argument(
        "board", metavar="BOARD|FILE", help="demo, a name in the address book, an address, or an art file"
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="the picture (default: a .png of its name, here)"
    )
    parser.add_argument("--wait", metavar="SECONDS", help="take it so long after the board has answered")
    parser.add_argument("--until", metavar="TEXT", help="take it when this text stands on the screen")
    parser.add_argument(
        "--timeout", metavar="SECONDS", default="15", help="give up after (default: %(default)s)"
    )
    parser.add_argument("--size", metavar="COLSxROWS", help="the screen's size (default: the board's)")
    parser.add_argument(
        "--terminal", metavar="KIND", help="the emulation: ansi, utf8, vt, petscii, atascii ..."
    )
    parser.add_argument("--encoding", help="the character set")
    parser.add_argument("--scale", type=int, choices=(1, 2, 3, 4), default=1, help=".png: times as large")
    add_logging_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Take it, save it, say where."""
    import asyncio

    from bbsterm.cli.log import start_logging

    start_logging(args)
    file = Path(args.board)
    name = file.stem if _is_art(file) else args.board
    output = _output(args.output, name)
    if _is_art(file):
        terminal, lines = _draw(file, args)
    else:
        terminal = asyncio.run(_shoot(args))
        lines = [terminal.line(row) for row in range(terminal.rows)]
    _save(output, name, terminal, lines, args.scale)
    print(output)
    return ExitCode.OK


def _is_art(path: Path) -> bool:
    from bbsterm.session.recording import ART

    try:
        return path.is_file() and (path.suffix.lower() in (*ART, ".cast") or len(path.parts) > 1)
    except (OSError, ValueError):
        return False


def _output(wish: str | None, name: str) -> Path:
    """Where the picture goes, whose ending is a kind that we make.

    Raises:
        UsageError: It is not.
    """
    if wish is None:
        import re

        stem = re.sub(r"[^\w.-]+", "-", name).strip("-.")[:60] or "board"
        return Path(f"{stem}.png")
    path = Path(wish).expanduser()
    if path.suffix[1:].lower() not in _KINDS:
        endings = ", ".join(f".{kind}" for kind in _KINDS)
        raise UsageError(f"no picture {wish!r}", hint=f"Its name must end in one of {endings}.")
    return path


def _save(path: Path, name: str, terminal: Terminal, lines: Sequence[Line], scale: int) -> None:
    from datetime import datetime

    from bbsterm.limits import MAX_PICTURE_CELLS
    from bbsterm.screen.pictures import is_narrow, lines_as
    from bbsterm.screen.png import to_png

    kind = path.suffix[1:].lower()
    lines = lines[: max(1, MAX_PICTURE_CELLS // (terminal.columns * scale * scale))]
    if kind == "png":
        doubled = is_narrow(terminal.name, terminal.columns)
        data = to_png(lines, columns=terminal.columns, title=name, scale=scale, doubled=doubled)
    else:
        data = lines_as(
            kind, lines, name, terminal.columns, terminal.encoding, date=f"{datetime.now():%Y%m%d}"
        )
    try:
        path.write_bytes(data)
    except OSError as error:
        raise StorageError(path, f"it cannot be written: {(error.strerror or str(error)).lower()}") from error


# --- art ------------------------------------------------------------------------------------


def _draw(path: Path, args: argparse.Namespace) -> tuple[Terminal, list[Line]]:
    """The whole of a file, on a screen as wide as it says."""
    from bbsterm.cli.play import drawn, open_recording

    return drawn(open_recording(path, args))


# --- boards -----------------------------------------------------------------------------------


async def _shoot(args: argparse.Namespace) -> Terminal:
    """Call, wait, hang up; the screen as it stood."""
    if args.board.lower() == "demo":
        from bbsterm.net.address import Address
        from bbsterm.serve.demo import start_demo_board

        async with start_demo_board() as (host, port):
            return await _call(Address(host, port), _settings(None, args), args)
    from bbsterm.cli.whom import whom

    address, settings, _ = whom(args.board)
    return await _call(address, _settings(settings, args), args)


def _settings(settings: CallSettings | None, args: argparse.Namespace) -> CallSettings:
    from dataclasses import replace

    from bbsterm.cli.call_options import size_of
    from bbsterm.session.encoding import SIZES
    from bbsterm.session.settings import CallSettings

    told = settings or CallSettings()
    told = replace(told, pace=False, redial=0)
    if args.terminal:
        told = replace(told, terminal=args.terminal, encoding=None)
    if args.encoding:
        told = replace(told, encoding=args.encoding)
    size = size_of(args.size) if args.size else SIZES.get(told.terminal)
    return replace(told, columns=size[0], rows=size[1]) if size else told


async def _call(address: Address, settings: CallSettings, args: argparse.Namespace) -> Terminal:
    import asyncio

    from bbsterm.session.call import Call

    patience, wait = _seconds("--timeout", args.timeout), None
    if args.wait is not None:
        wait = _seconds("--wait", args.wait)
    call = Call(address, settings)
    running = asyncio.create_task(call.run())
    try:
        async with asyncio.timeout(patience):
            await _complete(call, wait, args.until)
    except TimeoutError:
        what = f"{args.until!r} did not appear" if args.until else "the screen did not come to rest"
        raise BbstermError(f"{what} in {patience:g} s; nothing was saved") from None
    finally:
        call.hang_up()
        await running
    return call.terminal


def _seconds(option: str, text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not (math.isfinite(seconds) and 0 <= seconds <= 3600):
        raise UsageError(f"{option} takes seconds from 0 to 3600, not {text!r}")
    return seconds


async def _complete(call: Call, wait: float | None, until: str | None) -> None:
    """Come back when the picture is to be taken: at a text, after a time, or when nothing changes."""
    import asyncio

    loop = asyncio.get_running_loop()
    shown, since, began = "", loop.time(), None
    while True:
        now, text = loop.time(), "\n".join(call.terminal.display())
        if text != shown:
            shown, since = text, now
        if began is None and text.strip():
            began = now
        if until is not None and until in text:
            return
        if call.ended is not None:
            if isinstance(call.ended.error, DialError) or (until is not None) or not text.strip():
                raise call.ended.error or BbstermError(f"the board hung up: {call.ended.reason}")
            return
        if (
            until is None
            and began is not None
            and now - (since if wait is None else began) >= (_STILL if wait is None else wait)
        ):
            return
        await asyncio.sleep(_TICK)
