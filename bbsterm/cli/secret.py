"""`bbsterm secret`: keep a board's password, forget it, say where they are. None is ever shown."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from bbsterm.cli.base import Commands, ExitCode, add_logging_options, examples

if TYPE_CHECKING:
    from bbsterm.book import Book, Entry
    from bbsterm.secret import Secret
    from bbsterm.vault import Owner, Reference

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Keep the password of a board of the address book, forget it, or list where passwords are. The book itself
holds only a reference; the password goes to the board's own host and port and to no other.

set         ask for the password and keep it in the system's keyring, else in the encrypted vault
forget      forget it, and take the reference out of the entry
list        which entries have one, and where; never the passwords
places      which places work on this system, and why others do not"""

_PLACES: Final = {
    "keyring": "keyring",
    "vault": "file",
    "plain": "plain",
    "command": "command",
    "ask": "ask",
}
"""What `--in` says -> the kind of reference."""


def add_to(commands: Commands) -> None:
    """Describe the command. Nothing heavy is imported to print `--help`."""
    parser = commands.add_parser(
        "secret",
        description=_DESCRIPTION,
        epilog=examples(
            "bbsterm secret set Xibalba",
            "bbsterm secret set Xibalba --in vault",
            "bbsterm secret set Xibalba --in command:bbs/xibalba",
            "pass show bbs/xibalba | bbsterm secret set Xibalba --stdin",
            "bbsterm secret list",
        ),
    )
    parser.add_argument("what", choices=("set", "forget", "list", "places"), metavar="set|forget|list|places")
    parser.add_argument("entry", metavar="ENTRY", nargs="?", help="a board of the address book, by its name")
    parser.add_argument(
        "--in",
        dest="place",
        metavar="PLACE",
        help="keyring, vault, plain, command, ask or env:NAME; also PLACE:NAME (default: the best there is)",
    )
    parser.add_argument("--stdin", action="store_true", help="read the password from stdin: one line")
    parser.add_argument("--user", help="write this user name into the entry, too")
    parser.add_argument(
        "--consent", metavar="WORDS", help="what --in plain asks for, where nobody can be asked"
    )
    parser.add_argument("--json", action="store_true", help="list and places: as JSON")
    add_logging_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it. Questions go to the terminal, what was done to stdout."""
    from bbsterm.cli.log import start_logging  # here and below: --help is fast
    from bbsterm.errors import UsageError

    start_logging(args)
    if args.what in ("set", "forget"):
        if not args.entry:
            raise UsageError(f"secret {args.what} needs the name of a board")
        import asyncio

        return asyncio.run(_set(args) if args.what == "set" else _forget(args))
    return _list(args) if args.what == "list" else _places(args)


async def _set(args: argparse.Namespace) -> int:
    from contextlib import suppress

    from bbsterm.cli.asking import ask_here
    from bbsterm.cli.logging_in import own_secrets
    from bbsterm.cli.own_book import open_book
    from bbsterm.errors import SecretError
    from bbsterm.vault import parse_reference

    secrets = own_secrets()
    with open_book(to_change=True) as book:
        entry = _entry(args.entry, book)
        if args.user:
            entry = book.edit(entry, user=args.user)
        owner = _owner(entry)
        reference = _reference(args, owner, secrets.best)
        if reference.kind in ("keyring", "file", "plain"):
            _must_consent(args, reference)
            await secrets.store(str(reference), owner, await _password(args, owner), ask_here)
        if entry.secret and entry.secret != str(reference):
            with suppress(SecretError):  # not in two places, where that place can be reached
                await secrets.forget(entry.secret, owner, ask_here)
        book.edit(entry, secret=str(parse_reference(str(reference))))
    print(f"{entry.name}: {_said(reference)}, for {entry.place} only.")
    if reference.kind == "ask" and not args.place:
        print("There is neither a keyring nor a vault here: see `bbsterm secret places`.", file=sys.stderr)
    return ExitCode.OK


async def _forget(args: argparse.Namespace) -> int:
    from bbsterm.cli.asking import ask_here
    from bbsterm.cli.logging_in import own_secrets
    from bbsterm.cli.own_book import open_book

    with open_book(to_change=True) as book:
        entry = _entry(args.entry, book)
        if not entry.secret:
            print(f"{entry.name} has no secret.")
            return ExitCode.OK
        found = await own_secrets().forget(entry.secret, _owner(entry), ask_here)
        book.edit(entry, secret="")
    print(f"{entry.name}: {'forgotten' if found else 'its reference is gone; nothing was kept by us'}.")
    return ExitCode.OK


def _list(args: argparse.Namespace) -> int:
    from bbsterm.cli.own_book import open_book

    with open_book() as book:
        entries = [entry for entry in book.entries if entry.secret]
    if args.json:
        import json

        print(
            json.dumps(
                [{"name": e.name, "place": e.place, "user": e.user, "secret": e.secret} for e in entries]
            )
        )
        return ExitCode.OK
    for entry in entries:
        mark = "  PLAIN TEXT" if entry.secret.startswith("plain") else ""
        print(entry.name, entry.place, entry.secret + mark, sep="\t")
    return ExitCode.OK


def _places(args: argparse.Namespace) -> int:
    from bbsterm.cli.logging_in import own_secrets

    routes = own_secrets().routes()
    if args.json:
        import json

        print(json.dumps([route._asdict() for route in routes]))
        return ExitCode.OK
    for route in routes:
        print(f"{_word(route.kind):<8} {'works' if not route.problem else 'no: ' + route.problem}")
    return ExitCode.OK


# --- small things -----------------------------------------------------------------------


def _entry(name: str, book: Book) -> Entry:
    """The user's own entry of this name, or at this address.

    Raises:
        UsageError: There is none.
    """
    from bbsterm.cli.named import entry_named

    return book.at(name) or entry_named(name, book)


def _owner(entry: Entry) -> Owner:
    from bbsterm.vault import Owner

    return Owner(entry.id, entry.name, entry.host, entry.port, entry.user)


def _reference(args: argparse.Namespace, owner: Owner, best: object) -> Reference:
    """Where it goes.

    Raises:
        UsageError: There is no such place.
    """
    from bbsterm.errors import UsageError
    from bbsterm.vault import default_reference, parse_reference

    if not args.place:
        return default_reference(best() if callable(best) else "ask", owner)
    word, colon, name = args.place.partition(":")
    kind = _PLACES.get(word, word if word in ("env", "file") else "")
    if not kind:
        raise UsageError(f"no place {word!r}", hint=f"There are: {', '.join(_PLACES)}, env:NAME.")
    return parse_reference(f"{kind}:{name}") if colon else default_reference(kind, owner)


def _must_consent(args: argparse.Namespace, reference: Reference) -> None:
    """Plain text only for who has typed that it may be so.

    Raises:
        UsageError: Nobody has.
    """
    from bbsterm.cli.asking import can_ask
    from bbsterm.errors import UsageError
    from bbsterm.vault import CONSENT

    if reference.kind != "plain":
        return
    typed = args.consent
    if typed is None and can_ask():
        print("Whoever can read your files will be able to read this password.", file=sys.stderr)
        print(f"Type {CONSENT!r} to keep it so: ", end="", file=sys.stderr, flush=True)
        typed = sys.stdin.readline()
    if (typed or "").strip().lower() != CONSENT:
        raise UsageError("nothing was kept", hint=f"It is kept in plain text for who types {CONSENT!r} only.")


async def _password(args: argparse.Namespace, owner: Owner) -> Secret:
    from bbsterm.cli.asking import ask_here, can_ask
    from bbsterm.errors import UsageError
    from bbsterm.secret import Secret
    from bbsterm.vault import Question

    if args.stdin:
        return Secret(sys.stdin.readline().rstrip("\r\n"))
    if not can_ask():
        raise UsageError("there is nobody to ask for the password", hint="--stdin reads it from stdin.")
    answer = await ask_here(Question("secret", f"Password for {owner.name} ({owner.place})", owner=owner))
    if answer is None:
        raise UsageError("nothing was typed, nothing was kept")
    return answer


def _said(reference: Reference) -> str:
    if reference.kind == "ask":
        return "asked each call"
    if reference.kind in ("command", "env"):
        return f"read from {reference}"
    return f"kept in {'the ' if reference.kind != 'plain' else ''}{_word(reference.kind)}" + (
        " text" if reference.kind == "plain" else ""
    )


def _word(kind: str) -> str:
    return next((word for word, each in _PLACES.items() if each == kind), kind)
