"""`bbsterm export`: the address book in another program's form."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from bbsterm.cli.base import Commands, ExitCode, examples
from bbsterm.cli.import_ import FORMATS

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Write the address book in another program's form, to stdout or into a new file.

Passwords are not in the book, so none are written; neither are folders of this machine."""


def add_to(commands: Commands) -> None:
    """Describe the command. Nothing heavy is imported to print `--help`."""
    parser = commands.add_parser(
        "export",
        description=_DESCRIPTION,
        epilog=examples(
            "bbsterm export --format syncterm -o syncterm.lst",
            "bbsterm export --format csv --view favourites > favourites.csv",
        ),
    )
    parser.add_argument("words", metavar="WORD", nargs="*", help="only boards in which every word is found")
    parser.add_argument("--format", choices=FORMATS, default="bbsterm", help="default: %(default)s")
    parser.add_argument("-o", "--output", metavar="FILE", help="default: stdout")
    parser.add_argument("--force", action="store_true", help="replace FILE if it is there")
    parser.add_argument(
        "--view",
        metavar="NAME",
        default="mine",
        help="mine, all, favourites, recent, never or list:NAME (default: %(default)s)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> ExitCode:
    """Write the boards; say on stderr which ones the format cannot hold."""
    from bbsterm.book import Sort
    from bbsterm.book.exporters import Exported, write  # here, not above: --help is fast
    from bbsterm.cli.own_book import open_book
    from bbsterm.errors import UsageError

    with open_book() as book:
        views = [view.key for view in book.views()]
        if args.view not in views:
            raise UsageError(f"no such view: {args.view}", hint=f"One of: {', '.join(views)}.")
        rows = book.search(" ".join(args.words), Sort.CUSTOM, args.view)
        exported = [Exported(row.entry, book.stats(row.entry)) for row in rows if row.list is not None]
        wrong = any(notice.error for notice in book.notices)
    writing = write(exported, args.format)
    if writing.left:
        names = ", ".join(writing.left[:5]) + (" ..." if len(writing.left) > 5 else "")
        count = f"{len(writing.left)} of {len(exported)}"
        print(f"bbsterm: {args.format} cannot hold {count}: {names}", file=sys.stderr)
    if args.output is None:
        sys.stdout.write(writing.text)
    else:
        _save(Path(args.output), writing.text, force=args.force)
    return ExitCode.USAGE if wrong else ExitCode.OK


def _save(path: Path, text: str, *, force: bool) -> None:
    from bbsterm.book.files import replace
    from bbsterm.errors import BookError, UsageError

    if path.exists() and not force:
        raise UsageError(f"{path} is there already", hint="--force replaces it.")
    try:
        replace(path, text.encode("utf-8"))
    except OSError as error:
        raise BookError(f"cannot write {path}: {error.strerror or error}") from error
