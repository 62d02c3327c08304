"""`bbsterm probe NAME|URL...`: ask boards whether they answer."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any, Final

from bbsterm.cli.base import Commands, ExitCode, examples

if TYPE_CHECKING:
    from bbsterm.book import Book, Probe
    from bbsterm.net.address import Address

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Ask boards whether they answer: connect, wait for the greeting, hang up. Nothing is sent.

A board is named as in the address book, or by its address. At most 8 are asked at a time, each has 3 s, and
what was found less than an hour ago is not asked again (--fresh asks all the same).
Exit code: 0 if all answer, 3 if one does not."""


def add_to(commands: Commands) -> None:
    """Describe the command. Nothing heavy is imported to print `--help`."""
    parser = commands.add_parser(
        "probe",
        description=_DESCRIPTION,
        epilog=examples("bbsterm probe Xibalba", "bbsterm probe --json telnets://bbs.example.org"),
    )
    parser.add_argument(
        "boards", metavar="NAME|URL", nargs="+", help="a name in the address book, or an address"
    )
    parser.add_argument("--json", action="store_true", help="a JSON array of objects on stdout")
    parser.add_argument("--fresh", action="store_true", help="ask even if it was asked less than an hour ago")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> ExitCode:
    """Ask, in the order given; say what was found."""
    import asyncio  # here, not above: --help is fast

    from bbsterm.cli.named import address_named
    from bbsterm.cli.own_book import open_book

    with open_book() as book:
        wanted = dict.fromkeys(address_named(text, book)[0] for text in args.boards)
        known = {} if args.fresh else _known(book, wanted)
        found = {**known, **asyncio.run(_ask([each for each in wanted if each not in known]))}
        fresh = [(address.host, address.port, found[address]) for address in wanted if address not in known]
        book.log.record_probes(fresh)
        results = [
            _object(address, book.log.probe(address.host, address.port) or found[address])
            for address in wanted
        ]
    if args.json:
        print(json.dumps(results, ensure_ascii=False, indent=2))
    else:
        for result in results:
            print(_line(result))
    return ExitCode.OK if all(result["up"] for result in results) else ExitCode.CONNECTION


def _known(book: Book, wanted: dict[Address, None]) -> dict[Address, Probe]:
    known = {address: book.log.probe(address.host, address.port) for address in wanted}
    return {address: probe for address, probe in known.items() if probe is not None}


async def _ask(addresses: list[Address]) -> dict[Address, Probe]:
    from bbsterm.session.probe import probe_all

    return {address: found async for address, found in probe_all(addresses)}


def _object(address: Address, found: Probe) -> dict[str, Any]:
    return {
        "address": str(address),
        "up": found.up,
        "tls": found.tls,
        "milliseconds": found.milliseconds,
        "banner": found.banner or None,
        "banner_changed": found.banner_changed,
        "checked": found.checked,
    }


def _line(result: dict[str, Any]) -> str:
    words = [f"{result['milliseconds']:.0f} ms"] if result["milliseconds"] is not None else []
    if result["tls"] is not None:
        words.append("TLS" if result["tls"] else "no TLS")
    if result["banner_changed"]:
        words.append("its greeting has changed")
    mark = "o" if result["up"] else "x"
    return f"{mark} {result['address']}" + (f"  {', '.join(words)}" if words else "")
