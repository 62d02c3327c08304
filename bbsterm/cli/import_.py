"""`bbsterm import FILE`: take over another program's address book."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bbsterm.cli.base import Commands, ExitCode, examples

if TYPE_CHECKING:
    from bbsterm.book import Book
    from bbsterm.book.importing import Plan

__all__ = ["add_to", "run"]

FORMATS: Final = ("bbsterm", "syncterm", "icy", "qodem", "telix", "csv", "hosts", "urls")
"""The names of `book.importers.IMPORTERS`, here so that `--help` does not load them; a test compares them."""

_SHOWN: Final = 20
_DESCRIPTION: Final = """\
Take over an address book: SyncTERM's syncterm.lst, icy_term's phonebook.toml, Qodem's fonebook.txt,
telix's sessions.json, CSV, lines of "host port [encoding [cols [rows]]]", any text with telnet:// in it,
or bbsterm's own dialing.toml. FILE may be "-" for standard input, or an address itself.

What is new goes into a list named after the file; --mine puts it among your own entries. Boards that you
have are not added twice: they only gain what they do not say yet. What will happen is shown first.
Passwords are never taken."""


def add_to(commands: Commands) -> None:
    """Describe the command. Nothing heavy is imported to print `--help`."""
    parser = commands.add_parser(
        "import",
        description=_DESCRIPTION,
        epilog=examples(
            "bbsterm import ~/.syncterm/syncterm.lst",
            "bbsterm import --dry-run bbslist.txt",
            "bbsterm import --mine telnet://bbs.example.org:2323",
            "bbsterm import --undo",
        ),
    )
    parser.add_argument("file", metavar="FILE", nargs="?", help='the list; "-" is standard input')
    parser.add_argument("--format", choices=FORMATS, help="default: what the file looks like")
    target = parser.add_mutually_exclusive_group()
    target.add_argument("--list", metavar="NAME", help="the list to put it into (default: the file's name)")
    target.add_argument("--mine", action="store_true", help="put it among my own entries")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_argument("--yes", "-y", action="store_true", help="do not ask; leave out what is not readable")
    parser.add_argument("--verbose", "-v", action="store_true", help="name every entry, not only some")
    parser.add_argument("--undo", action="store_true", help="take back the last import")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> ExitCode:
    """Show the plan, ask if there is somebody to ask, then do it."""
    from bbsterm.book import MINE
    from bbsterm.book.importers import read_source  # here, not above: --help is fast
    from bbsterm.cli.own_book import open_book
    from bbsterm.errors import UsageError

    if args.undo:
        return _undo()
    if not args.file:
        raise UsageError("a file is missing", hint="bbsterm import FILE")
    reading = read_source(args.file, args.format)
    target = MINE if args.mine else _list_name(args)
    with open_book(to_change=True) as book:
        plan = book.plan_import(reading, source=_shown_source(args.file), target=target)
        _show(plan, everything=args.verbose)
        if args.dry_run:
            return ExitCode.OK
        if not plan.changes:
            print("Nothing to import.")
            return ExitCode.OK if reading.entries else ExitCode.FAILED
        if not args.yes and not _agreed(plan):
            return ExitCode.FAILED
        print(_done(book.apply_import(plan), target))
    return ExitCode.OK


def _undo() -> ExitCode:
    from bbsterm.cli.own_book import open_book
    from bbsterm.errors import UsageError

    with open_book(to_change=True) as book:
        label = book.undo_label or ""
        if not label.startswith("Imported"):
            last = f"the last change was: {label}" if label else "nothing was changed yet"
            raise UsageError(f"there is no import to undo; {last}", hint="The dialer undoes other changes: u")
        print(f"Undone: {_undone(book)}")
    return ExitCode.OK


def _undone(book: Book) -> str:
    return book.undo() or "nothing"


def _agreed(plan: Plan) -> bool:
    """Ask on a terminal. Without one, only a list without mistakes is taken."""
    if sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty():
        return input(f"Import {plan.added:,} entries? [Y/n] ").strip().lower() in ("", "y", "yes")
    if plan.bad:
        print("bbsterm: nothing was imported; --yes imports what is readable", file=sys.stderr)
        return False
    return True


def _show(plan: Plan, *, everything: bool) -> None:
    """The report: how many of each, and the reasons."""
    from bbsterm.book.importing import Action

    print(f"{plan.source} ({plan.format}): {plan.summary}")
    for action in (Action.MERGED, Action.SKIPPED, *((Action.ADDED,) if everything else ())):
        lines = [
            f"  line {planned.line}: {planned.entry.name} ({planned.entry.address})"
            + (f": {planned.reason}" if planned.reason else "")
            for planned in plan.of(action)
        ]
        _print_some(action.value, lines, everything=everything)
    bad = [f"  line {line}: {reason}" for line, reason in plan.bad]
    _print_some("not readable", bad, everything=everything, more=plan.more_bad)
    for remark in plan.remarks:
        print(remark)


def _print_some(title: str, lines: list[str], *, everything: bool, more: int = 0) -> None:
    if not lines:
        return
    shown = lines if everything else lines[:_SHOWN]
    print(f"{title}:", *shown, sep="\n")
    if left := len(lines) - len(shown) + more:
        print(f"  ... and {left:,} more" + ("" if everything else " (--verbose shows them)"))


def _done(label: str, target: str) -> str:
    where = f"the list {target!r}" if target else "your own entries"
    return f"{label}, into {where}. To take it back: bbsterm import --undo"


def _list_name(args: argparse.Namespace) -> str:
    from bbsterm.book.text import one_line

    name = args.list or ("imported" if args.file == "-" or "://" in args.file else Path(args.file).stem)
    return one_line(name, 40) or "imported"


def _shown_source(file: str) -> str:
    """The source without a password that may stand in it."""
    from bbsterm.book.text import one_line

    if file == "-":
        return "standard input"
    if "://" in file:
        protocol, _, rest = file.partition("://")
        return one_line(f"{protocol}://{rest.rpartition('@')[2]}", 60)
    return one_line(Path(file).name, 60)
