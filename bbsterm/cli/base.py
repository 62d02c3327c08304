"""What every command shares: the list of commands, exit codes, and how an error is said."""

from __future__ import annotations

import argparse
import errno
import importlib
import os
import re
import sys
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, Final, NamedTuple, NoReturn, TypeAlias

from bbsterm import __version__
from bbsterm.errors import BbstermError, ConfigError, DialError, NoCarrierError, UsageError

__all__ = [
    "COMMANDS",
    "LOG_LEVELS",
    "Command",
    "Commands",
    "ExitCode",
    "Parser",
    "add_logging_options",
    "complain",
    "examples",
    "exit_code_for",
    "require_terminal",
    "run_command",
]


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"
"""What `add_to` is given: ``commands.add_parser(name, description=..., epilog=examples(...))``."""


class ExitCode(IntEnum):
    """What the shell is told. An API: the numbers never change their meaning."""

    OK = 0
    FAILED = 1
    USAGE = 2
    CONNECTION = 3
    INTERRUPTED = 130


class Command(NamedTuple):
    """One verb. Its module has `add_to(commands)` and `run(args)`, and is imported only when it is meant."""

    name: str
    module: str
    help: str


COMMANDS: Final = (
    Command("connect", "bbsterm.cli.connect", "call a board: HOST[:PORT] or telnet://, telnets://, raw://"),
    Command("demo", "bbsterm.cli.demo", "call the demo board that comes with bbsterm"),
    Command("run", "bbsterm.cli.run", "run a login macro or a Python script on a call, without a screen"),
    Command("macro", "bbsterm.cli.macro", "say what is wrong with macros, scripts and triggers; list them"),
    Command(
        "secret", "bbsterm.cli.secret", "keep a board's password in the keyring or a vault, or forget it"
    ),
    Command("play", "bbsterm.cli.play", "show a recording of a call, or watch an art file being drawn"),
    Command("serve", "bbsterm.cli.serve", "be a board that others call"),
    Command("keys", "bbsterm.cli.keys", "press a key, see its name and the bytes a board would get"),
    Command("list", "bbsterm.cli.list_", "list the boards of the address book, for eyes or as JSON"),
    Command("import", "bbsterm.cli.import_", "take over another program's address book"),
    Command("export", "bbsterm.cli.export", "write the address book in another program's form"),
    Command("probe", "bbsterm.cli.probe", "ask boards whether they answer"),
    Command("fingerprint", "bbsterm.cli.fingerprint", "find out what a board's telnet can do; review names"),
    Command(
        "shot", "bbsterm.cli.shot", "save a picture of a board's screen or of an art file, without a terminal"
    ),
    Command("paths", "bbsterm.cli.paths", "say where settings, logs and captures are kept"),
    Command("config", "bbsterm.cli.config", "check the settings, show them, or print their JSON schema"),
    Command("doctor", "bbsterm.cli.doctor", "look at this terminal and installation, for a bug report too"),
    Command(
        "completion", "bbsterm.cli.completion", "print what makes bash, zsh or fish complete our commands"
    ),
)

DIALER: Final = "bbsterm.cli.dialer"
"""What runs when no verb is given."""

LOG_LEVELS: Final = ("trace", "debug", "info", "warning", "error")

_WITH_VALUE: Final = frozenset({"--loglevel", "--logfile"})
_HOST: Final = re.compile(r"localhost$|\[|.*[.:/]")
_NO_OUTPUT: Final = frozenset({errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What the system says when standard output cannot be written."""

_PROGRAM_HELP: Final = "Call bulletin boards and MUDs. Without a command: the dialer."
_PROGRAM_EXAMPLES: Final = (
    "bbsterm demo",
    "bbsterm connect bbs.example.org:23",
    "bbsterm bbs.example.org",
)


class Parser(argparse.ArgumentParser):
    """argparse in our manners: descriptions keep their lines, a mistake is said in one."""

    def __init__(self, *args: object, **options: object) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        options.setdefault("allow_abbrev", False)
        super().__init__(*args, **options)  # type: ignore[arg-type]  # argparse's own keywords, passed through

    prepare: Callable[[list[str]], tuple[list[str], dict[str, Any]]] | None = None
    """What a command makes of its words before argparse does: those to parse, and values found already."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # argparse's own overloads
        """argparse's, of what `prepare` leaves."""
        found: dict[str, Any] = {}
        if self.prepare is not None and args is not None:
            args, found = self.prepare(list(args))
        parsed, extras = super().parse_known_args(args, namespace)
        for name, value in found.items():
            setattr(parsed, name, value)
        if extras:  # said here, by the command that does not know them
            self.error(self._unrecognized(extras))
        return parsed, extras

    def _unrecognized(self, extras: list[str]) -> str:
        import difflib  # here, not above: only a typing mistake needs it

        name = extras[0].partition("=")[0]
        near = difflib.get_close_matches(name, self._option_string_actions, n=1)
        asked = f"; did you mean {near[0]}?" if near and name.startswith("--") else ""
        return f"unrecognized arguments: {' '.join(extras)}{asked}"

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to read more; exit 2."""
        self.exit(ExitCode.USAGE, f"bbsterm: {message}\nTry `{self.prog} --help`.\n")


def examples(*lines: str) -> str:
    """The end of a `--help`: commands that work when copied."""
    title = "example:" if len(lines) == 1 else "examples:"
    return "\n".join([title, *(f"  {line}" for line in lines)])


def add_logging_options(parser: argparse.ArgumentParser) -> None:
    """`--loglevel` and `--logfile`, which stand before the command or among its options."""
    group = parser.add_argument_group("log")
    group.add_argument(
        "--loglevel",
        choices=LOG_LEVELS,
        default=argparse.SUPPRESS,
        help="how much to log (default: warning); trace dumps every byte of both directions, passwords too",
    )
    group.add_argument("--logfile", metavar="FILE", default=argparse.SUPPRESS, help="append the log to FILE")


def require_terminal(instead: str) -> None:
    """Say so, rather than hang, where a full-screen application cannot run.

    Args:
        instead: What to use without a terminal, such as ``"bbsterm connect --plain HOST"``.

    Raises:
        UsageError: stdin or stdout is not a terminal, or it is one that cannot move its cursor.
    """
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output")):
        if stream is None or stream.closed or not stream.isatty():
            raise UsageError(f"this needs a terminal, and {name} is not one", hint=f"Without one: {instead}")
    if os.name == "posix" and os.environ.get("TERM") == "dumb":
        raise UsageError(
            "this needs a terminal that can move its cursor, and TERM says dumb",
            hint=f"Without one: {instead}. If yours can, say so: TERM=xterm-256color",
        )


def exit_code_for(error: BbstermError) -> ExitCode:
    """What a failure means to a script: 2 fix the command, 3 try again, 1 it did not work."""
    if isinstance(error, UsageError | ConfigError):
        return ExitCode.USAGE
    if isinstance(error, DialError | NoCarrierError):
        return ExitCode.CONNECTION
    return ExitCode.FAILED


def complain(error: BbstermError) -> ExitCode:
    """Say an error on stderr, with its hint on the next line; return the exit code for it."""
    lines = [f"bbsterm: {error}", *([error.hint] if error.hint else [])]
    print("\n".join(lines), file=sys.stderr)
    return exit_code_for(error)


def run_command(argv: list[str]) -> int:
    """Parse the command line, run one command, return its exit code."""
    _plug_streams()
    try:
        code = _run(argv)
        sys.stdout.flush()  # here, not on the way out, where nobody would hear of a full disk
        return code
    except BbstermError as error:
        return complain(error)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except OSError as error:
        if error.filename is not None or error.errno not in _NO_OUTPUT:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is buffered must go somewhere
        if not isinstance(error, BrokenPipeError):  # whoever read it has left, as in `bbsterm ... | head`
            print(f"bbsterm: cannot write the output: {(error.strerror or '').lower()}", file=sys.stderr)
        return ExitCode.FAILED


def _run(argv: list[str]) -> int:
    try:
        args = _parse(argv)
        return int(args.run(args))
    except SystemExit as leaving:  # argparse, after --help or a mistake
        return leaving.code if isinstance(leaving.code, int) else ExitCode.OK


def _plug_streams() -> None:
    """Where a standard stream is closed, put nothing in its place: the next file must not get its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  # as long as we run


def _parse(argv: list[str]) -> argparse.Namespace:
    at = _verb_index(argv)
    verb = argv[at] if at is not None else None
    if at is not None and verb is not None and verb not in _names():
        if not _HOST.match(verb):
            raise _unknown(verb)
        argv, verb = [*argv[:at], "connect", *argv[at:]], "connect"
    return _parser(verb).parse_args(argv)


def _verb_index(argv: Sequence[str]) -> int | None:
    """Where the command stands: the first word that is no option and no option's value."""
    skip = False
    for index, word in enumerate(argv):
        if skip:
            skip = False
        elif word in _WITH_VALUE:
            skip = True
        elif not word.startswith("-"):
            return index
    return None


def _parser(verb: str | None) -> Parser:
    """The parser, with only the command that is meant described in full."""
    parser = Parser(prog="bbsterm", description=_PROGRAM_HELP, epilog=examples(*_PROGRAM_EXAMPLES))
    parser.add_argument("--version", action="version", version=f"bbsterm {__version__}")
    add_logging_options(parser)
    commands: Commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for command in COMMANDS:
        if command.name == verb:
            importlib.import_module(command.module).add_to(commands)
        else:
            commands.add_parser(command.name, help=command.help)
    if verb is None:
        parser.set_defaults(run=_run_dialer)
    return parser


def _run_dialer(args: argparse.Namespace) -> int:
    return int(importlib.import_module(DIALER).run(args))


def _names() -> tuple[str, ...]:
    return tuple(command.name for command in COMMANDS)


def _unknown(verb: str) -> UsageError:
    import difflib  # here, not above: only a typing mistake needs it

    near = difflib.get_close_matches(verb, _names(), n=1)
    hint = f"Did you mean `bbsterm {near[0]}`?" if near else f"If it is a host: `bbsterm connect {verb}`."
    return UsageError(f"no command {verb!r}; there are {', '.join(_names())}", hint=hint)
