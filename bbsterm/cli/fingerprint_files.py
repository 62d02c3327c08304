"""`bbsterm fingerprint list|show|moderate`: what is kept, and the names that callers suggest."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from bbsterm.cli.base import ExitCode
from bbsterm.errors import StorageError, UsageError
from bbsterm.fingerprint.names import Names, Suggestion
from bbsterm.fingerprint.report import caller_report, server_report
from bbsterm.fingerprint.store import Entry, Store, read_json
from bbsterm.serve.clean import line

__all__ = ["run"]

_WHAT: Final = {"telnet": "program", "terminal": "terminal", "server": "board"}


def run(args: argparse.Namespace, folder: Path) -> ExitCode:
    """List, show or moderate."""
    if args.what == "moderate":
        return _moderate(args, Names(folder), folder)
    if args.accept or args.rename or args.drop:
        raise UsageError("--accept, --rename and --drop go with `bbsterm fingerprint moderate`")
    if args.what == "show":
        return _show(args, folder)
    found = [_object(entry, Names(folder).known()) for entry in _entries(folder)]
    if args.json:
        print(json.dumps(found, indent=2, ensure_ascii=True))
    else:
        for each in found:
            print(f"{each['kind']:<7} {' '.join(each['fingerprints']):<34} {each['name']}".rstrip())
        if not found:
            print(f"bbsterm: no fingerprints in {folder}", file=sys.stderr)
    return ExitCode.OK


def _entries(folder: Path) -> Iterator[Entry]:
    store = Store(folder)
    yield from store.entries("client")
    yield from store.entries("server")


def _object(entry: Entry, names: dict[str, str]) -> dict[str, Any]:
    try:
        document = read_json(entry.path)
        problem = ""
    except StorageError as error:
        document, problem = {}, error.reason
    given = ", ".join(names[each] for each in entry.hashes if each in names)
    return {
        "kind": entry.kind,
        "fingerprints": list(entry.hashes),
        "session": entry.session,
        "name": line(given or problem or _described(document), 80),
        "sessions": len(document["sessions"]) if isinstance(document.get("sessions"), list) else 0,
        "file": str(entry.path),
    }


def _described(document: dict[str, Any]) -> str:
    address = document.get("address")
    if isinstance(address, dict):
        return f"{address.get('host', '')}:{address.get('port', '')}"
    return str(document.get("program") or "")


def _show(args: argparse.Namespace, folder: Path) -> ExitCode:
    start = args.more or ""
    matching = [
        entry
        for entry in _entries(folder)
        if start and any(each.startswith(start) for each in (*entry.hashes, entry.session))
    ]
    if not matching:
        raise UsageError(f"no fingerprint begins with {start!r}", hint="`bbsterm fingerprint list` has them.")
    names = Names(folder).known()
    for number, entry in enumerate(matching):
        document = read_json(entry.path)
        if args.json:
            print(json.dumps(document, indent=2, sort_keys=True, ensure_ascii=True))
            continue
        report = server_report if entry.kind == "server" else caller_report
        print(*([""] if number else []), *report(document, names=names, columns=80), sep="\n")
    return ExitCode.OK


# --- moderating -----------------------------------------------------------------------------


def _moderate(args: argparse.Namespace, names: Names, folder: Path) -> ExitCode:
    if args.accept or args.rename or args.drop:
        return _obey(args, names)
    waiting = names.suggestions()
    if not waiting:
        print("No names wait for you.", file=sys.stderr)
    elif sys.stdin.isatty() and sys.stdout.isatty():
        _ask_about(waiting, names, folder)
    else:
        for each in waiting:
            print(f"{each.id}  {each.of}  {_WHAT[each.what]:<8}  {each.name}")
    return ExitCode.OK


def _obey(args: argparse.Namespace, names: Names) -> ExitCode:
    """All that is named must be there, before anything is changed."""
    accepted = [(names.find(each), None) for each in args.accept]
    for each in args.rename:
        start, equals, name = each.partition("=")
        if not equals or not line(name, 1):
            raise UsageError(f"--rename is ID=NAME, not {each!r}")
        accepted.append((names.find(start), name))
    dropped = [names.find(each) for each in args.drop]
    for suggestion, name in accepted:
        print(f"{suggestion.of} is {names.accept(suggestion, name)}")
    for suggestion in dropped:
        names.drop(suggestion)
        print(f"{suggestion.of} is not {suggestion.name}")
    return ExitCode.OK


def _ask_about(waiting: list[Suggestion], names: Names, folder: Path) -> None:
    for suggestion in waiting:
        if suggestion.id not in {each.id for each in names.suggestions()}:
            continue  # another one for the same fingerprint was accepted just now
        print()
        for row in _context(suggestion, names, folder):
            print(row)
        print(f"\nA caller calls this {_WHAT[suggestion.what]}: {suggestion.name}")
        if not _ask_one(suggestion, names):
            return


def _context(suggestion: Suggestion, names: Names, folder: Path) -> list[str]:
    for entry in _entries(folder):
        if suggestion.of in entry.hashes:
            report = server_report if entry.kind == "server" else caller_report
            try:
                return report(read_json(entry.path), names=names.known(), columns=80)
            except StorageError as error:
                return [str(error)]
    return [f"There is no file of {suggestion.of} any more."]


def _ask_one(suggestion: Suggestion, names: Names) -> bool:
    """Whether to go on."""
    while True:
        try:
            key = input("[a]ccept, [r]ename, [d]rop, [s]kip, [q]uit? ").strip().lower()[:1]
            name = input("Name: ") if key == "r" else None
        except EOFError:
            return False
        if key == "q":
            return False
        if key == "s":
            return True
        if key == "d":
            names.drop(suggestion)
            return True
        if key == "a" or (key == "r" and name and line(name, 1)):
            print(f"{suggestion.of} is {names.accept(suggestion, name)}")
            return True
