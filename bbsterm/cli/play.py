"""`bbsterm play FILE`: a recording with its times, an art file at a modem's speed; `--print` prints it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bbsterm.cli.base import Commands, ExitCode, add_logging_options, examples, require_terminal
from bbsterm.errors import StorageError, UsageError

if TYPE_CHECKING:
    from bbsterm.screen.terminal import Line, Terminal
    from bbsterm.session.recording import Recording

__all__ = ["add_to", "drawn", "open_recording", "run"]

_DESCRIPTION: Final = """\
Show what was recorded: an asciicast (.cast: Ctrl+] r in a call, or asciinema's) with its times, or a capture
or art file (.ans, .asc, .seq, .ata ...) at a modem's speed.

Space pauses, + and - change the speed; Ctrl+] has the menu, with scrollback, search, copy and screenshots.
With --print all of it is printed at once, as text or (--color) with its colours: no terminal is needed."""

_SPEEDS: Final = (0.05, 100.0)
_MOST_BAUD: Final = 1_000_000


def add_to(commands: Commands) -> None:
    """Describe the command. Nothing heavy is imported to print `--help`."""
    parser = commands.add_parser(
        "play",
        description=_DESCRIPTION,
        epilog=examples(
            "bbsterm play call.cast --speed 2",
            "bbsterm play welcome.ans --baud 2400",
            "bbsterm play call.cast --print | less",
        ),
    )
    parser.add_argument("file", metavar="FILE", help="a .cast, a capture, or an art file")
    parser.add_argument("--speed", metavar="N", default="1", help="N times as fast (default: %(default)s)")
    parser.add_argument(
        "--baud", metavar="BPS", help="bits per second for files without times; 0: at once (default: 28800)"
    )
    parser.add_argument(
        "--idle", metavar="SECONDS", help="cut a recording's pauses to so many seconds (default: 5)"
    )
    parser.add_argument("--print", action="store_true", help="print all of it and exit")
    parser.add_argument("--color", action="store_true", help="with --print: with 24-bit colours")
    parser.add_argument("--size", metavar="COLSxROWS", help="the screen's size (default: the file's)")
    parser.add_argument(
        "--terminal", metavar="KIND", help="the emulation: ansi, utf8, vt, petscii, atascii ..."
    )
    parser.add_argument("--encoding", help="the character set (default: the file's)")
    add_logging_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Play it in the application, or print it."""
    from bbsterm.cli.log import start_logging

    speed = _number("--speed", args.speed, *_SPEEDS)
    if args.color and not args.print:
        raise UsageError("--color goes with --print")
    recording = open_recording(Path(args.file).expanduser(), args)
    if args.print:
        from bbsterm.screen.export import to_ansi, to_text

        start_logging(args)
        _, lines = drawn(recording)
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # a TextIOWrapper, wherever we run
        sys.stdout.write(to_ansi(lines) if args.color else to_text(lines))
        return ExitCode.OK
    require_terminal("`bbsterm play --print FILE` prints it")
    from bbsterm.config import find_paths

    start_logging(args, file=find_paths().log)
    from bbsterm.app import run_app  # here, not above: Textual takes 0.2 s to import

    return run_app(recording=(recording, speed))


def open_recording(path: Path, args: argparse.Namespace) -> Recording:
    """Read a file, as the options want it.

    Raises:
        StorageError: It cannot be read.
        UsageError: An option or the file makes no sense.
    """
    from bbsterm.cli.call_options import size_of
    from bbsterm.limits import MAX_PICTURE_FILE
    from bbsterm.screen import create_terminal
    from bbsterm.session.recording import DEFAULT_BAUD, LONGEST_PAUSE, read_recording

    try:
        with path.open("rb") as file:
            data = file.read(MAX_PICTURE_FILE + 1)
    except OSError as error:
        raise StorageError(path, f"it cannot be read: {(error.strerror or str(error)).lower()}") from error
    if len(data) > MAX_PICTURE_FILE:
        raise StorageError(path, f"it is larger than {MAX_PICTURE_FILE >> 20} MiB")
    baud, idle = getattr(args, "baud", None), getattr(args, "idle", None)
    recording = read_recording(
        path.name,
        data,
        terminal=args.terminal,
        encoding=args.encoding,
        size=size_of(args.size) if args.size else None,
        baud=DEFAULT_BAUD if baud is None else int(_number("--baud", baud, 0, _MOST_BAUD)),
        idle=LONGEST_PAUSE if idle is None else _number("--idle", idle, 0, 3600),
    )
    told = recording.settings
    create_terminal(told.terminal, columns=told.columns, rows=told.rows, encoding=told.encoding)  # can it be?
    return recording


def drawn(recording: Recording) -> tuple[Terminal, list[Line]]:
    """A screen that has seen all of it; what scrolled off it and what stands on it, without the empty end."""
    from bbsterm.session.encoding import new_terminal

    terminal = new_terminal(recording.settings)
    terminal.feed(recording.data)
    lines = [*terminal.history, *(terminal.line(row) for row in range(terminal.rows))]
    while len(lines) > 1 and not lines[-1].text().strip():
        lines.pop()
    return terminal, lines


def _number(option: str, text: str, least: float, most: float) -> float:
    """What an option's number is.

    Raises:
        UsageError: It is none, or too small or too large.
    """
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        raise UsageError(f"{option} takes a number from {least:g} to {most:g}, not {text!r}")
    return number
