"""`bbsterm connect ADDRESS`: call a board, in the application or (`--plain`) on the bare terminal."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from bbsterm.cli.base import Commands, add_logging_options, examples, require_terminal

if TYPE_CHECKING:
    from bbsterm.config import Settings
    from bbsterm.net.address import Address
    from bbsterm.session.settings import CallSettings

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Call a board. Every key is the board's except Ctrl+], which opens the menu.

A board of the address book is called by its name, with all that its entry says.
An address is HOST, HOST:PORT, [IPV6]:PORT, telnet://HOST:PORT, telnets://HOST (TLS) or raw://HOST:PORT.
A host that speaks raw TCP works unasked; raw:// says that it is one, and that it echoes what is typed."""


def add_to(commands: Commands) -> None:
    """Describe the command. Nothing heavy is imported to print `--help`."""
    parser = commands.add_parser(
        "connect",
        description=_DESCRIPTION,
        epilog=examples(
            "bbsterm connect bbs.example.org:2323",
            "bbsterm connect Xibalba",
            "bbsterm connect telnets://bbs.example.org --tls-ca ca.pem",
            "bbsterm connect --plain --terminal utf8 bbs.example.org | tee log.txt",
        ),
    )
    parser.add_argument("address", metavar="ADDRESS", help="HOST[:PORT], a URI, or a name of the book")
    parser.add_argument("port", metavar="PORT", nargs="?", help="the port, as telnet(1) takes it")
    parser.add_argument("--plain", action="store_true", help="no application: the board's text on stdout")
    parser.add_argument(
        "--shell",
        metavar="MODULE.FUNCTION",
        help="no application: your own async def shell(reader, writer) talks to the board",
    )
    _add_screen(parser)
    _add_line(parser)
    _add_tls(parser)
    add_logging_options(parser)
    parser.set_defaults(run=run)


def _add_screen(parser: argparse.ArgumentParser) -> None:
    screen = parser.add_argument_group("screen")
    screen.add_argument("--name", help="what the board is called on the screen")
    screen.add_argument(
        "--terminal",
        metavar="KIND",
        help="ansi, utf8, vt, petscii, petscii80, atascii, atascii80 or atarist (default: ansi)",
    )
    screen.add_argument(
        "--encoding", help="the board's character set (default: the terminal's, or as agreed)"
    )
    screen.add_argument(
        "--glyphs",
        choices=("full", "basic", "ascii"),
        help="what your own terminal can draw: all, no Unicode 13 symbols, or ASCII (default: found out)",
    )
    screen.add_argument(
        "--size", metavar="COLSxROWS", help="the screen the board is told of (default: 80x25)"
    )
    screen.add_argument("--baud", metavar="BPS", help="show the board at a modem's speed (default: at once)")


def _add_line(parser: argparse.ArgumentParser) -> None:
    line = parser.add_argument_group("line")
    modes = line.add_mutually_exclusive_group()
    modes.add_argument(
        "--raw-mode", action="store_true", help="send every key at once, whatever is negotiated"
    )
    modes.add_argument("--line-mode", action="store_true", help="edit lines here, whatever is negotiated")
    line.add_argument(
        "--ansi-keys",
        action="store_true",
        help="home computers: cursor and function keys send escape sequences",
    )
    line.add_argument("--ascii-eol", action="store_true", help="home computers: Enter sends CR")
    line.add_argument(
        "--backspace",
        choices=("bs", "del"),
        help="Backspace and Delete send 08 and 7F, or 7F and CSI 3~ (default: as the board says)",
    )
    families = line.add_mutually_exclusive_group()
    families.add_argument("-4", dest="family", action="store_const", const="4", help="IPv4 only")
    families.add_argument("-6", dest="family", action="store_const", const="6", help="IPv6 only")
    line.add_argument(
        "--connect-timeout", metavar="SECONDS", help="to find and reach the board (default: 10)"
    )
    line.add_argument(
        "--linger",
        metavar="SECONDS",
        default="5",
        help="with --plain, at the end of the input: hang up after so long a silence (default: %(default)s)",
    )


def _add_tls(parser: argparse.ArgumentParser) -> None:
    tls = parser.add_argument_group("TLS")
    tls.add_argument("--tls", action="store_true", help="encrypt, as telnets:// does")
    tls.add_argument("--tls-ca", metavar="FILE", help="trust the CAs in FILE (PEM) instead of the system's")
    tls.add_argument(
        "--tls-trust",
        metavar="FINGERPRINT",
        help="trust this board's certificate from now on, whoever made it (SHA-256 of it, or of its key)",
    )
    tls.add_argument(
        "--tls-no-verify", action="store_true", help="take ANY certificate; no protection at all"
    )


def run(args: argparse.Namespace) -> int:
    """Call. stdout is the board's; everything of ours goes to stderr."""
    from bbsterm.cli.call_options import glyphs_of, seconds_of  # here, not above: --help is fast
    from bbsterm.cli.log import start_logging
    from bbsterm.cli.own_settings import own_settings
    from bbsterm.config import find_paths

    encoding = args.encoding
    if args.shell and encoding == "false":  # bytes, for the shell: no screen decodes them
        args.encoding = None
    defaults = own_settings()
    address, settings = _whom_and_how(args, defaults)
    if args.tls_trust:
        from bbsterm.cli.trusted import trusting_more

        settings = trusting_more(address, settings, args.tls_trust)
    glyphs = glyphs_of(args, defaults)
    linger = seconds_of("--linger", args.linger)
    if args.shell:
        from bbsterm.cli.shells import call_with_shell

        start_logging(args)
        return call_with_shell(args.shell, address, settings, encoding=encoding)
    if not args.plain:
        require_terminal(f"bbsterm connect --plain {args.address}")
    start_logging(args, file=None if args.plain else find_paths().log)
    if address.tls and not settings.tls.verify:
        from bbsterm.net.tls import UNVERIFIED_WARNING

        print(f"bbsterm: {UNVERIFIED_WARNING}", file=sys.stderr)
    if args.plain:
        from bbsterm.cli.plain import call_plainly

        return call_plainly(address, settings, linger=linger, glyphs=glyphs or "full")

    from bbsterm.app import run_app  # here, not above: Textual takes 0.2 s to import

    return run_app((address, settings), glyphs=glyphs)


def _whom_and_how(args: argparse.Namespace, defaults: Settings) -> tuple[Address, CallSettings]:
    """An address as it is, or an entry of the book by its name; the command line has the last word.

    Raises:
        UsageError: It is neither; the nearest names are in the hint.
    """
    from bbsterm.cli.call_options import address_of, as_chosen, settings_of, settings_over
    from bbsterm.cli.named import address_named
    from bbsterm.cli.own_book import book_exists, open_book
    from bbsterm.cli.trusted import trusting

    if not book_exists():
        return address_of(args), settings_of(args, defaults)
    with open_book() as book:
        if args.port is None:
            address, entry = address_named(args.address, book, lambda text: address_of(args))
        else:
            address = address_of(args)
            entry = book.at(str(address))
        if entry is None:
            settings = settings_of(args, defaults)
        else:
            from bbsterm.session.entries import defaults_of
            from bbsterm.session.entries import settings_of as settings_of_entry

            settings = settings_over(args, settings_of_entry(entry, defaults_of(defaults)))
        if not args.terminal and not args.encoding and (entry is None or not entry.encoding):
            settings = as_chosen(settings, address, book)
        settings = trusting(address, settings, book)
    return address, settings
