"""`bbsterm fingerprint`: find out what a board's telnet can do; look after callers' fingerprints."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bbsterm.cli.base import Commands, ExitCode, add_logging_options, complain, examples
from bbsterm.errors import StorageError, UsageError

if TYPE_CHECKING:
    from bbsterm.fingerprint.boards import Look
    from bbsterm.fingerprint.server_probe import ProbeSettings
    from bbsterm.net.address import Address
    from bbsterm.net.tls import TlsSettings
    from bbsterm.protocol.policy import Policy

__all__ = ["add_to", "run"]

_DESCRIPTION: Final = """\
Call a board, see what it offers, requests and refuses, and how it greets; print that as JSON, and keep it.

  bbsterm fingerprint HOST [PORT]     ask a board; nobody is logged in, and nothing is changed there
  bbsterm fingerprint list            the fingerprints in the data folder
  bbsterm fingerprint show HASH       one of them; the beginning of any of its hashes is enough
  bbsterm fingerprint moderate        names that callers suggested: accept, rename or drop them

A terminal is shown the banner and a summary, a pipe gets JSON. It is kept under
DATA-DIR/server/<protocol hash>/<hash of host and port>.json, or in the file of --save-json.
`bbsterm serve --shell fingerprint` does the same with callers.
Exit code: 0 if it was found out, 3 if the board cannot be reached, 1 if the file cannot be written."""

_VERBS: Final = ("list", "show", "moderate")


def add_to(commands: Commands) -> None:
    """Describe the command. Nothing heavy is imported to print `--help`."""
    parser = commands.add_parser(
        "fingerprint",
        description=_DESCRIPTION,
        epilog=examples(
            "bbsterm fingerprint bbs.example.org",
            "bbsterm fingerprint bbs.example.org 992 --tls --silent --save-json found.json",
            "bbsterm fingerprint moderate",
        ),
    )
    parser.add_argument("what", metavar="HOST|list|show|moderate", help="whom to ask, or what to do")
    parser.add_argument(
        "more", metavar="PORT|HASH", nargs="?", help="port (default: 23, 992 with TLS), or hash"
    )
    parser.add_argument(
        "--data-dir", metavar="DIR", help="where fingerprints are kept (default: see `bbsterm paths`)"
    )
    parser.add_argument("--json", action="store_true", help="JSON on a terminal, too")
    _add_probing(parser)
    _add_tls(parser)
    _add_moderating(parser)
    add_logging_options(parser)
    parser.set_defaults(run=run)


def _add_probing(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("asking")
    group.add_argument(
        "--scan-type",
        choices=("quick", "full"),
        default="quick",
        help="the usual options, or all that have a name (default: %(default)s)",
    )
    group.add_argument("--save-json", metavar="FILE", help="write it there instead of the data folder")
    group.add_argument("--no-save", action="store_true", help="keep nothing")
    group.add_argument("--silent", action="store_true", help="print nothing")
    group.add_argument("--set-name", metavar="NAME", help="give this fingerprint a name")
    group.add_argument("--connect-timeout", metavar="S", default="10", help="seconds (default: %(default)s)")
    group.add_argument("--encoding", help="of the banner (default: by its looks)")
    group.add_argument("--ttype", metavar="NAME", default="VT100", help="our terminal (default: %(default)s)")
    group.add_argument(
        "--send-env", metavar="NAME=VALUE", action="append", default=[], help="a variable to tell the board"
    )
    group.add_argument(
        "--banner-quiet-time", metavar="S", default="2", help="silence that ends it (default: %(default)s)"
    )
    group.add_argument("--banner-max-wait", metavar="S", default="8", help="default: %(default)s")
    group.add_argument("--banner-max-bytes", metavar="N", default="65536", help="default: %(default)s")
    group.add_argument("--mssp-wait", metavar="S", default="5", help="default: %(default)s")
    group.add_argument(
        "--mssp-request", action="store_true", help="type MSSP-REQUEST at the login where MSSP is not offered"
    )
    for verb in ("do", "dont", "will", "wont"):
        group.add_argument(
            f"--always-{verb}",
            metavar="OPT",
            action="append",
            default=[],
            help="an option, by name or number",
        )


def _add_tls(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("TLS")
    group.add_argument("--tls", "--ssl", action="store_true", help="encrypt from the first byte")
    group.add_argument("--tls-ca", "--ssl-cafile", metavar="FILE", help="trust the CAs in this file (PEM)")
    group.add_argument(
        "--tls-no-verify", "--ssl-no-verify", action="store_true", help="look at any certificate"
    )


def _add_moderating(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("moderate", "Without these, on a terminal, it asks.")
    group.add_argument("--accept", metavar="ID", action="append", default=[], help="take the name as it is")
    group.add_argument(
        "--rename",
        metavar="ID=NAME",
        action="append",
        default=[],
        help="take the fingerprint, with this name",
    )
    group.add_argument("--drop", metavar="ID", action="append", default=[], help="forget the suggestion")


def run(args: argparse.Namespace) -> int:
    """Do what is meant."""
    from bbsterm.cli.log import start_logging

    start_logging(args)
    if args.what in _VERBS:
        from bbsterm.cli import fingerprint_files

        return fingerprint_files.run(args, data_folder(args))
    if args.accept or args.rename or args.drop:
        raise UsageError("--accept, --rename and --drop go with `bbsterm fingerprint moderate`")
    return _ask(args)


def data_folder(args: argparse.Namespace) -> Path:
    """Where fingerprints are kept."""
    import os

    from bbsterm.config import find_paths

    if said := args.data_dir or os.environ.get("TELNETLIB3_DATA_DIR"):
        return Path(said).expanduser()
    return find_paths().fingerprints


def _ask(args: argparse.Namespace) -> ExitCode:
    import asyncio

    from bbsterm.cli.call_options import seconds_of
    from bbsterm.fingerprint.boards import look

    address, settings, tls = _address(args), _settings(args), _tls(args)
    timeout = seconds_of("--connect-timeout", args.connect_timeout)
    found = asyncio.run(look(address, settings, connect_timeout=timeout, tls=tls))
    code = ExitCode.OK
    try:
        kept = _keep(args, found)
    except StorageError as error:
        kept, code = None, complain(error)
    if not args.silent:
        _show(args, found, kept)
    return code


def _address(args: argparse.Namespace) -> Address:
    from bbsterm.cli.call_options import address_of

    return address_of(argparse.Namespace(**{**vars(args), "address": args.what, "port": args.more}))


def _settings(args: argparse.Namespace) -> ProbeSettings:
    from bbsterm.cli.call_options import seconds_of
    from bbsterm.fingerprint.server_probe import ProbeSettings
    from bbsterm.limits import MAX_BANNER, MAX_TERMINAL_TYPE

    if (
        not args.ttype.isascii()
        or not args.ttype.isprintable()
        or not 1 <= len(args.ttype) <= MAX_TERMINAL_TYPE
    ):
        raise UsageError(f"--ttype is a terminal's name, such as VT100, not {args.ttype!r}")
    return ProbeSettings(
        scan=args.scan_type,
        banner_quiet=seconds_of("--banner-quiet-time", args.banner_quiet_time),
        banner_wait=seconds_of("--banner-max-wait", args.banner_max_wait),
        banner_bytes=_count("--banner-max-bytes", args.banner_max_bytes, MAX_BANNER),
        mssp_wait=seconds_of("--mssp-wait", args.mssp_wait),
        ask_mssp=args.mssp_request,
        encoding=_encoding(args.encoding),
        terminal=args.ttype,
        environment=dict(_variable(text) for text in args.send_env),
        policy=_policy(args),
    )


def _policy(args: argparse.Namespace) -> Policy:
    from bbsterm.protocol.policy import Policy

    return Policy(
        always_will=_options("always_will", args),
        always_do=_options("always_do", args),
        always_wont=_options("always_wont", args),
        always_dont=_options("always_dont", args),
    )


def _options(name: str, args: argparse.Namespace) -> frozenset[int]:
    """Option numbers, from names and numbers, with commas between them or not."""
    from bbsterm.protocol.vocabulary import OptionCode

    codes = set()
    for word in ",".join(getattr(args, name)).split(","):
        if not (word := word.strip()):
            continue
        code = OptionCode.__members__.get(word.upper().replace("-", "_"))
        if code is None and not (word.isascii() and word.isdigit() and int(word[:4]) <= 0xFF):
            raise UsageError(f"--{name.replace('_', '-')}: no telnet option is called {word!r}")
        codes.add(int(word if code is None else code))
    return frozenset(codes)


def _tls(args: argparse.Namespace) -> TlsSettings:
    from bbsterm.net.tls import UNVERIFIED_WARNING, TlsSettings

    if args.tls_no_verify:
        print(f"bbsterm: {UNVERIFIED_WARNING}", file=sys.stderr)
    return TlsSettings(Path(args.tls_ca).expanduser() if args.tls_ca else None, not args.tls_no_verify)


def _encoding(name: str | None) -> str:
    from bbsterm import codecs

    if not name:
        return ""
    try:
        found = codecs.lookup(name)
        if not isinstance(found.encode("a")[0], bytes):  # such as rot13
            raise LookupError
        return found.name
    except (LookupError, TypeError, ValueError):
        raise UsageError(f"no encoding {name!r}", hint="cp437, utf-8, petscii, atascii ...") from None


def _variable(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise UsageError(f"--send-env is NAME=VALUE, not {text!r}")
    return name, value


def _count(option: str, text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most):
        raise UsageError(f"{option} is a number from 1 to {most}, not {text!r}")
    return int(text)


def _keep(args: argparse.Namespace, found: Look) -> Path | None:
    """Write it where it belongs; return the file.

    Raises:
        StorageError: It cannot be written.
    """
    from bbsterm.fingerprint.names import Names, Suggestion
    from bbsterm.fingerprint.store import Store, write_json

    folder = data_folder(args)
    if args.set_name:
        Names(folder).accept(Suggestion("", found.protocol, "server", args.set_name))
    if args.no_save:
        return None
    if args.save_json:
        file = Path(args.save_json).expanduser()
        write_json(file, found.document)
        return file
    return Store(folder).save("server", (found.protocol,), found.session, found.document)


def _show(args: argparse.Namespace, found: Look, kept: Path | None) -> None:
    from bbsterm.fingerprint.banner import banner_ansi
    from bbsterm.fingerprint.names import Names
    from bbsterm.fingerprint.report import server_report

    if args.json or not sys.stdout.isatty():
        print(json.dumps(found.document, indent=2, sort_keys=True, ensure_ascii=True))
        return
    try:
        names = Names(data_folder(args)).known()
    except StorageError:
        names = {}
    if found.banner:
        print(banner_ansi(found.banner, found.encoding))
    print(*server_report(found.document, names=names), sep="\n")
    if kept is not None:
        print(f"Kept in {kept}")
