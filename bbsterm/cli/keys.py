"""`bbsterm keys`: press a key, see its name, the bytes a board would get, and whether it is ours."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from bbsterm.cli.base import Commands, ExitCode, add_logging_options, examples, require_terminal

if TYPE_CHECKING:
    from bbsterm.screen.terminal import Terminal

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Press keys and see what a board would get. With KEY, say it for keys by name and exit; with --chart, print the
machine's keyboard. Names are those that the viewer shows: up, f1, ctrl+c, shift+tab, alt+a, A."""

_RETRO: Final = frozenset({"petscii", "petscii80", "atascii", "atascii80"})


def add_to(commands: Commands) -> None:
    """Describe the command. Nothing heavy is imported to print `--help`."""
    parser = commands.add_parser(
        "keys",
        description=_DESCRIPTION,
        epilog=examples(
            "bbsterm keys",
            "bbsterm keys --terminal petscii f1 home ctrl+2 A",
            "bbsterm keys --terminal atascii --chart",
        ),
    )
    parser.add_argument("keys", metavar="KEY", nargs="*", help="the name of a key")
    parser.add_argument(
        "--terminal",
        metavar="KIND",
        default="ansi",
        help="ansi, utf8, vt, petscii, petscii80, atascii, atascii80 or atarist (default: ansi)",
    )
    parser.add_argument("--encoding", help="the character set of typed characters (default: the terminal's)")
    parser.add_argument("--chart", action="store_true", help="print the keyboard with its codes")
    parser.add_argument(
        "--ansi-keys",
        action="store_true",
        help="home computers: cursor and function keys send escape sequences",
    )
    parser.add_argument("--ascii-eol", action="store_true", help="home computers: Enter sends CR")
    add_logging_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer for the keys named, print the chart, or open the viewer."""
    from bbsterm.screen.keyboards_charts import chart

    terminal = _terminal(args)
    if args.chart:
        print("\n".join(chart(terminal.name)))
    for key in args.keys:
        print(_line(terminal, key))
    if args.chart or args.keys:
        return ExitCode.OK
    require_terminal("bbsterm keys NAME ...")
    from bbsterm.tui.key_viewer import KeyViewer  # here, not above: Textual takes 0.15 s to import

    KeyViewer(terminal).run()
    return ExitCode.OK


def _terminal(args: argparse.Namespace) -> Terminal:
    from bbsterm.screen import create_terminal

    options = {}
    if args.terminal in _RETRO:
        options = {"ansi_keys": args.ansi_keys, "ascii_eol": args.ascii_eol}
    return create_terminal(args.terminal, encoding=args.encoding, **options)


def _line(terminal: Terminal, key: str) -> str:
    from bbsterm.screen.keyboards_charts import spell

    sent = terminal.press(key, key if len(key) == 1 else None)
    if sent is None:
        return f"{key:<24}no such key"
    return f"{key:<24}{spell(sent) if sent else 'nothing yet: it changes the next key'}"
