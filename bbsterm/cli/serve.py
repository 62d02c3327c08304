"""`bbsterm serve [HOST] [PORT]`: be a board, or anything else, that others call."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any, Final

from bbsterm.cli.base import Commands, ExitCode, examples
from bbsterm.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from socket import socket

    from bbsterm.serve.settings import ServeOption, ServeSettings

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Be a board: guests log in, chat, leave one-liners, look at art and at what their terminal can do. Or, with
--shell or --pty-exec, be something else.

The address is printed once callers can come. Ctrl+C or SIGTERM closes the server: nobody new is let in, every
caller is told, the port is freed, and the exit code is 0. 1 means that the port or a file could not be had.
Who calls and leaves is logged to stderr (level info), or to --logfile.

Every option may stand in --config FILE (TOML) under its name without the dashes; the command line wins."""

_POSITIONAL: Final = frozenset({"host", "port"})
_AUTO: Final = "--tls-auto"
_PATIENCE: Final = 10.0
"""A number after a bare `--tls-auto` is its seconds up to here; what is larger is a port."""

_UNSET: Final = argparse.SUPPRESS


def add_to(commands: Commands) -> None:
    """Describe the command, as the table of options says. Nothing heavy is imported to print `--help`."""
    from bbsterm.serve.settings import GROUPS, OPTIONS

    parser = commands.add_parser(
        "serve",
        description=_DESCRIPTION,
        epilog=examples(
            "bbsterm serve",
            "bbsterm serve 2323",
            "bbsterm serve 0.0.0.0 2323 --name 'The Attic' --timeout 600",
            "bbsterm serve :: 6992 --tls-cert board.pem --tls-key board.key",
            "bbsterm serve --tls-selfsigned --tls-auto",
            "bbsterm serve --pty-exec /usr/games/nethack -- -X",
            "bbsterm serve --shell mygame.shell --encoding utf8",
            "bbsterm serve --config board.toml",
            "bbsterm serve --init ~/attic",
            "bbsterm serve --board ~/attic",
            "bbsterm serve --board ~/attic --workers 4 --bus nats://127.0.0.1:4222",
        ),
    )
    parser.prepare = _prepared
    groups: dict[str, Any] = {}
    parser.add_argument("host", metavar="HOST", nargs="?", help="default: 127.0.0.1, this machine only")
    parser.add_argument("port", metavar="PORT", nargs="?", help="default: 6023; 0 takes a free one")
    parser.add_argument("--config", metavar="FILE", help="read options from it")
    parser.add_argument(
        "--init", metavar="DIR", help="write a board to begin with: menus, texts, art; do nothing else"
    )
    parser.add_argument(
        "--sysop", metavar="NAME", help="make this account a sysop's, or make one; do nothing else"
    )
    for option in OPTIONS:
        if option.name in _POSITIONAL:
            continue
        if option.group not in groups:
            groups[option.group] = parser.add_argument_group(GROUPS[option.group])
        _add(groups[option.group], option)
    parser.set_defaults(run=run)


def _prepared(words: list[str]) -> tuple[list[str], dict[str, Any]]:
    """Words after ``--`` are the program's; and what follows `--tls-auto` is its value only if it is one."""
    found: dict[str, Any] = {}
    if "--" in words:
        at = words.index("--")
        words, found["pty_args"] = words[:at], words[at + 1 :]
    if _AUTO in words:
        at = words.index(_AUTO)
        seconds = words[at + 1] if at + 1 < len(words) else ""
        if _is_short(seconds):
            words[at : at + 2] = [f"{_AUTO}={seconds}"]
        else:
            words[at] = f"{_AUTO}=true"
    return words, found


def _is_short(word: str) -> bool:
    try:
        return 0 <= float(word) <= _PATIENCE
    except ValueError:
        return False


def _add(group: Any, option: ServeOption) -> None:
    """One option of the table as a flag: its text is checked later, by the same check as the file's."""
    from bbsterm.config.kinds import Choice, Flag
    from bbsterm.serve.option_kinds import Seconds

    usual = "" if option.default in (None, False, (), 0.0) else f" (default: {_shown(option.default)})"
    described: dict[str, Any] = {"dest": option.name, "default": _UNSET, "help": option.help + usual}
    if isinstance(option.kind, Flag) and option.default is None:
        group.add_argument(option.flag, action=argparse.BooleanOptionalAction, **described)
    elif isinstance(option.kind, Flag):
        group.add_argument(option.flag, action="store_true", **described)
    elif isinstance(option.kind, Choice):
        group.add_argument(option.flag, choices=option.kind.choices, **described)
    elif isinstance(option.kind, Seconds):
        group.add_argument(option.flag, nargs="?", metavar=option.metavar, **described)
    else:
        group.add_argument(option.flag, metavar=option.metavar or None, **described)


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from bbsterm.cli.log import start_logging
    from bbsterm.serve.service import check
    from bbsterm.serve.sockets import inherited

    if args.init:
        from bbsterm.cli.serve_board import init_board

        return init_board(args.init)
    settings = _settings(args)
    check(settings)
    if args.sysop:
        from bbsterm.cli.serve_board import make_sysop

        return make_sysop(settings, args.sysop)
    sockets = inherited()
    args.logfile, args.loglevel = settings.logfile, settings.loglevel
    start_logging(args, level="info", form=settings.logfmt)
    if settings.workers > 1:
        from bbsterm.serve.workers import run_workers

        return run_workers(settings, sockets, _say)
    return serve(settings, sockets)


def serve(settings: ServeSettings, sockets: Sequence[socket] = ()) -> int:
    """Serve in this process."""
    import asyncio

    return asyncio.run(_serve(settings, sockets))


async def _serve(settings: ServeSettings, sockets: Sequence[socket]) -> ExitCode:
    import asyncio

    from bbsterm.serve.descriptors import calm_handler
    from bbsterm.serve.service import open_service
    from bbsterm.serve.signals import until_told

    asyncio.get_running_loop().set_exception_handler(calm_handler())
    async with until_told() as over, open_service(settings, sockets) as server:
        _say(settings, server.sockets)
        await over.wait()
        print("bbsterm: closing", file=sys.stderr, flush=True)
    return ExitCode.OK


def _say(settings: ServeSettings, sockets: Sequence[socket]) -> None:
    """Where callers can come now."""
    places = []
    for each in sockets:
        host, port = each.getsockname()[:2]
        places.append(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    print(f"bbsterm: {_what(settings)} on {', '.join(places)}. Ctrl+C closes it.", flush=True)


def _what(settings: ServeSettings) -> str:
    if settings.pty_exec:
        return settings.pty_exec
    if settings.shell != "board":
        return settings.shell
    if settings.name is not None:
        return settings.name
    from bbsterm.serve.design.loading import builtin, load_design

    return (load_design(settings.board) if settings.board else builtin()).name


def _settings(args: argparse.Namespace) -> ServeSettings:
    """The defaults, changed by the file, changed by the command line.

    Raises:
        ConfigError: The file cannot be meant.
        UsageError: A flag cannot.
    """
    from pathlib import Path

    from bbsterm.serve.config_file import read_options
    from bbsterm.serve.settings import OPTIONS, ServeSettings

    values = read_options(Path(args.config).expanduser()) if args.config else {}
    if args.port is None and args.host is not None:
        args.host, args.port = _place(args.host)
    for option in OPTIONS:
        given = getattr(args, option.name, None)
        if given is not None:
            values[option.name] = _checked(option, given)
    return ServeSettings(**values)


def _place(word: str) -> tuple[str | None, str | None]:
    """Host and port of one word: ``2323``, ``HOST``, ``HOST:2323``, ``::``, ``[::]:2323``."""
    if word.isdecimal():
        return None, word
    host, colon, port = word.rpartition(":")
    if colon and port.isdecimal() and (":" not in host or host.startswith("[")):
        return host.strip("[]") or None, port
    return word.strip("[]"), None


def _checked(option: ServeOption, given: object) -> Any:
    try:
        return option.kind.check(option.kind.from_text(given) if isinstance(given, str) else given)
    except ValueError as error:
        flag = option.name.upper() if option.name in _POSITIONAL else option.flag
        raise UsageError(f"{flag} {error}, not {given!r}") from None
