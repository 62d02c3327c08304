"""`bbsterm list [WORD...]`: the address book, for eyes or (`--json`) for programs."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from typing import TYPE_CHECKING, Any, Final

from bbsterm.cli.base import Commands, ExitCode, examples

if TYPE_CHECKING:
    from bbsterm.book import Row

__all__ = ["add_to", "run"]

_SORTS: Final = ("name", "calls", "last-call", "added", "custom")
_DESCRIPTION: Final = """\
List the boards of the address book: your own and those of imported lists.

Every WORD must be found in a board's name, host, tags or comment; tag:WORD finds tags only.
A * marks favourites, a ! a board whose password is kept in plain text.
On a terminal the list is cut to its width; in a pipe the columns are separated by tabs."""


def add_to(commands: Commands) -> None:
    """Describe the command. Nothing heavy is imported to print `--help`."""
    parser = commands.add_parser(
        "list",
        description=_DESCRIPTION,
        epilog=examples(
            "bbsterm list", "bbsterm list tag:ftn amiga", "bbsterm list --json --view favourites"
        ),
    )
    parser.add_argument("words", metavar="WORD", nargs="*", help="only boards in which every word is found")
    parser.add_argument("--json", action="store_true", help="a JSON array of objects on stdout")
    parser.add_argument("--sort", choices=_SORTS, help="default: last-call, or name while there is none")
    parser.add_argument(
        "--view",
        metavar="NAME",
        default="all",
        help="all, mine, favourites, recent, never, demo or list:NAME (default: %(default)s)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> ExitCode:
    """Print the boards. A mistake in the file is said on stderr, and the exit code is 2."""
    from bbsterm.cli.own_book import open_book  # here, not above: --help is fast
    from bbsterm.errors import UsageError

    with open_book() as book:
        views = [view.key for view in book.views()]
        if args.view not in views:
            raise UsageError(f"no such view: {args.view}", hint=f"One of: {', '.join(views)}.")
        rows = book.search(" ".join(args.words), _sort(args.sort), args.view)
        if args.view != "demo":
            rows = [row for row in rows if row.list is not None]
        if args.json:
            print(json.dumps([_object(row) for row in rows], ensure_ascii=False, indent=2))
        else:
            _print_table(rows)
        wrong = any(notice.error for notice in book.notices)
    return ExitCode.USAGE if wrong else ExitCode.OK


def _sort(name: str | None) -> Any:
    from bbsterm.book import Sort

    return Sort[name.upper().replace("-", "_")] if name else None


def _object(row: Row) -> dict[str, Any]:
    entry = row.entry
    return {
        "id": entry.id,
        "name": entry.name,
        "address": entry.address,
        "url": entry.url,
        "host": entry.host,
        "port": entry.port,
        "protocol": entry.protocol,
        "terminal": entry.terminal,
        "encoding": entry.charset,
        "size": entry.size,
        "user": entry.user,
        "secret": entry.secret.partition(":")[0],
        "tags": entry.tags,
        "favourite": entry.favourite,
        "comment": entry.comment,
        "notes": entry.notes,
        "list": row.list or None,
        "calls": row.calls,
        "last_call": _iso(row.last_call),
        "added": _iso(entry.added),
    }


def _print_table(rows: list[Row]) -> None:
    cells = [
        (
            "!" if row.entry.secret.startswith("plain:") else "*" if row.entry.favourite else " ",
            row.entry.name,
            row.entry.address,
            f"{row.entry.protocol}/{row.entry.charset}",
            time.strftime("%Y-%m-%d", time.localtime(row.last_call)) if row.last_call else "never",
            str(row.calls),
        )
        for row in rows
    ]
    if not sys.stdout.isatty():
        for row_cells in cells:
            print(*row_cells, sep="\t")
        return
    width = shutil.get_terminal_size().columns
    for star, name, address, kind, last, calls in cells:
        room = max(width - 72, 0)
        line = f"{star} {_cut(name, 26 + room)} {_cut(address, 24)} {_cut(kind, 12)} {last:>10} {calls:>3}"
        print(line[:width].rstrip())


def _cut(text: str, width: int) -> str:
    return (text if len(text) <= width else text[: width - 1] + "…").ljust(width)


def _iso(seconds: int | None) -> str | None:
    if seconds is None:
        return None
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
