"""`bbsterm macro check|list`: macros, scripts and triggers, without a call."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from bbsterm.cli.base import Commands, ExitCode, examples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Look at macros without calling anybody.

check       say what is wrong: file, line, what, the nearest word; exit 2. Without FILE: all of the user's own
list        the macros and scripts of the macros folder, with their titles"""


def add_to(commands: Commands) -> None:
    """Describe the command. Nothing heavy is imported to print `--help`."""
    parser = commands.add_parser(
        "macro",
        description=_DESCRIPTION,
        epilog=examples("bbsterm macro check", "bbsterm macro check login.toml", "bbsterm macro list"),
    )
    parser.add_argument("what", choices=("check", "list"), metavar="check|list")
    parser.add_argument(
        "files", metavar="FILE", nargs="*", help="a .toml macro, a .py script, or triggers.toml"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it: the list on stdout, problems on stderr."""
    return _check(args.files) if args.what == "check" else _list()


def _check(names: list[str]) -> int:
    from pathlib import Path  # here and below: --help is fast

    from bbsterm.config import find_paths

    paths = find_paths()
    files = [Path(name) for name in names] or [
        *_files(paths.macros),
        *(path for path in [paths.triggers] if path.exists()),
    ]
    problems = [problem for path in files for problem in _problems(path)]
    for problem in problems:
        print(f"bbsterm: {problem}", file=sys.stderr)
    if not problems:
        print("nothing is wrong" if files else f"there are no macros in {paths.macros}")
    return ExitCode.USAGE if problems else ExitCode.OK


def _list() -> int:
    from bbsterm.config import find_paths
    from bbsterm.errors import BbstermError
    from bbsterm.session.macro_files import load_macro_file

    for path in _files(find_paths().macros):
        title = "script"
        if path.suffix == ".toml":
            try:
                title = load_macro_file(path).title
            except BbstermError as error:
                title = f"(broken: {error})"
        print(path.stem, title, sep="\t")
    return ExitCode.OK


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in (".toml", ".py"))


def _problems(path: Path) -> Iterator[str]:
    """Everything that is wrong with a file, a line each."""
    from bbsterm import limits
    from bbsterm.errors import BbstermError
    from bbsterm.macros import check_macro
    from bbsterm.macros.triggers import read_reactions
    from bbsterm.session.macro_files import MacroFiles

    try:
        with path.open("rb") as file:
            text = file.read(limits.MAX_MACRO_FILE + 1).decode("utf-8")
    except OSError as error:
        yield f"{path}: {(error.strerror or str(error)).lower()}"
        return
    except UnicodeDecodeError:
        yield f"{path}: this is not UTF-8 text"
        return
    if path.suffix == ".py":
        yield from _script_problems(path, text)
        return
    if path.name == "triggers.toml":
        yield from (f"{path}:{line}: {reason}" for line, reason in read_reactions(text).problems)
        return
    macro, problems = check_macro(text, path)
    for problem in problems:
        yield f"{path}:{problem.line}: {problem.reason}" if problem.line else f"{path}: {problem.reason}"
    if macro is not None:
        try:
            MacroFiles(path.parent).compile(macro)
        except BbstermError as error:
            yield f"{error}{f'. {error.hint}' if error.hint else ''}"


def _script_problems(path: Path, text: str) -> Iterator[str]:
    """What can be said of a script without running it."""
    import ast

    try:
        tree = ast.parse(text, str(path))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None)
        yield f"{path}:{line}: {getattr(error, 'msg', error)}" if line else f"{path}: {error}"
        return
    if not any(isinstance(node, ast.AsyncFunctionDef) and node.name == "main" for node in tree.body):
        yield f"{path}: there is no `async def main(call)`"
