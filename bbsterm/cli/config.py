"""`bbsterm config validate|show|schema|paths`: the settings file from the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bbsterm.cli.base import Commands, ExitCode, Parser, examples

if TYPE_CHECKING:
    from bbsterm.config import Loaded

__all__ = ["add_to", "run"]

_DESCRIPTION: str = """\
Work on the settings without the application.

  validate   say what is wrong in config.toml, the themes and the environment: file, line, what; exit 2
  show       every setting with its value and where it comes from
  schema     a JSON Schema of config.toml, for editors that complete it
  paths      where the settings file, themes and the rest are kept"""


def add_to(commands: Commands) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "config",
        description=_DESCRIPTION,
        epilog=examples("bbsterm config validate", "bbsterm config show --json", "bbsterm config schema"),
    )
    actions = parser.add_subparsers(title="what to do", metavar="ACTION", dest="action", required=True)
    _action(actions, "validate", "say what is wrong")
    show = _action(actions, "show", "every setting, its value, its origin")
    show.add_argument("--json", action="store_true", help="as JSON")
    _action(actions, "schema", "the JSON Schema")
    _action(actions, "paths", "where files are kept", file=False)
    parser.set_defaults(run=run)


def _action(actions: Commands, name: str, help: str, *, file: bool = True) -> Parser:
    parser = actions.add_parser(name, help=help, description=help)
    if file and name != "schema":
        parser.add_argument(
            "file", metavar="FILE", nargs="?", help="another file than the user's config.toml"
        )
    return parser


def run(args: argparse.Namespace) -> int:
    """Do what was asked; problems go to stderr."""
    if args.action == "schema":
        import json

        from bbsterm.config.schema import schema

        print(json.dumps(schema(), indent=2))
        return ExitCode.OK
    if args.action == "paths":
        from bbsterm.cli.paths import run as show_paths

        return show_paths(args)

    from bbsterm.config import read_settings

    if args.file and not Path(args.file).exists():
        print(f"bbsterm: there is no file {args.file}", file=sys.stderr)
        return ExitCode.USAGE
    loaded = read_settings(Path(args.file) if args.file else None)
    if args.action == "validate":
        return _validate(loaded)
    return _show(loaded, as_json=args.json)


def _validate(loaded: Loaded) -> int:
    from bbsterm.tui.checks import everything_wrong  # here, not above: --help needs no themes

    found = everything_wrong(loaded)
    for problem in found:
        print(f"bbsterm: {problem}", file=sys.stderr)
    if found:
        return ExitCode.USAGE
    print(f"{loaded.path}: {'all is well' if loaded.path.exists() else 'no such file; the defaults hold'}")
    return ExitCode.OK


def _show(loaded: Loaded, *, as_json: bool) -> int:
    from bbsterm.config import SETTINGS
    from bbsterm.config.schema import plain

    rows = [
        (setting, loaded.settings.value(setting.name), loaded.origin(setting.name)) for setting in SETTINGS
    ]
    if as_json:
        import json

        values = {
            setting.name: {
                "value": str(value) if isinstance(value, Path) else value,
                "origin": origin.kind,
                "where": origin.where,
            }
            for setting, value, origin in rows
        }
        keys = {line.command: {"keys": list(line.keys), "line": line.line} for line in loaded.keys}
        print(json.dumps({"file": str(loaded.path), "settings": values, "keys": keys}, indent=2))
    else:
        for setting, value, origin in rows:
            print(f"{setting.name:<20} {plain(value):<24} {origin}")
        for line in loaded.keys:
            print(f"{'keys.' + line.command:<20} {' '.join(line.keys) or 'none':<24} line {line.line}")
    for problem in loaded.problems:
        print(f"bbsterm: {problem}", file=sys.stderr)
    return ExitCode.USAGE if loaded.problems else ExitCode.OK
