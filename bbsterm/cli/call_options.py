"""From the options of `bbsterm connect` to an address and the settings of a call."""

from __future__ import annotations

import argparse
import logging
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bbsterm import codecs
from bbsterm.config import Settings
from bbsterm.errors import BookError, UsageError
from bbsterm.limits import MAX_COLUMNS, MAX_ROWS
from bbsterm.net.address import Address, Family, parse_address
from bbsterm.net.tls import TlsSettings
from bbsterm.screen import KINDS
from bbsterm.session.encoding import SIZES, kind_for
from bbsterm.session.entries import defaults_of
from bbsterm.session.modes import InputChoice
from bbsterm.session.settings import CallSettings

if TYPE_CHECKING:
    from bbsterm.book import Book

__all__ = [
    "address_of",
    "as_chosen",
    "baud_of",
    "glyphs_of",
    "seconds_of",
    "settings_of",
    "settings_over",
    "size_of",
]

_log: Final = logging.getLogger("bbsterm.cli")

_MOST_BAUD: Final = 1_000_000
_SIZE: Final = re.compile(r"(\d{1,4})x(\d{1,4})")


def address_of(args: argparse.Namespace) -> Address:
    """The address on the command line, with what `--tls` and a separate port say about it.

    Raises:
        UsageError: It is none, or contradicts itself.
    """
    text = args.address
    if args.port is not None:
        text = f"{text}:{args.port}" if text.count(":") < 2 or "://" in text else f"[{text}]:{args.port}"
    if args.tls or args.tls_ca or args.tls_no_verify or getattr(args, "tls_trust", None):
        scheme, mark, rest = text.partition("://")
        if mark and scheme.lower() not in ("telnet", "telnets"):
            raise UsageError(f"--tls does not go with {scheme}://")
        text = f"telnets://{rest if mark else text}"
    return parse_address(text)


def settings_of(args: argparse.Namespace, defaults: Settings) -> CallSettings:
    """How to call, from the command line and, where it is silent, the settings.

    Args:
        args: The command line.
        defaults: What the settings file and the environment say.

    Raises:
        UsageError: An option's value cannot be meant.
    """
    terminal = defaults.terminal
    encoding = _encoding(args.encoding or (None if args.terminal else terminal.encoding))
    kind = _kind(args.terminal or terminal.kind)
    if args.encoding and not args.terminal and encoding is not None:
        kind = _machine_of(encoding, kind)
    columns, rows = size_of(args.size) if args.size else SIZES.get(kind, (terminal.columns, terminal.rows))
    return replace(
        defaults_of(defaults),
        name=args.name or "",
        terminal=kind,
        encoding=encoding,
        columns=columns,
        rows=rows,
        baud=baud_of(args.baud) if args.baud else 0,
        mode=_mode(args),
        ansi_keys=args.ansi_keys,
        ascii_eol=args.ascii_eol,
        backspace=args.backspace,
        connect_timeout=seconds_of("--connect-timeout", args.connect_timeout or defaults.dial.timeout),
        family=Family(args.family or defaults.dial.family),
        tls=TlsSettings(
            ca=Path(args.tls_ca).expanduser() if args.tls_ca else None, verify=not args.tls_no_verify
        ),
    )


def settings_over(args: argparse.Namespace, entry: CallSettings) -> CallSettings:
    """How to call a board of the book: as its entry says, and the command line has the last word.

    Raises:
        UsageError: An option's value cannot be meant.
    """
    told: dict[str, Any] = {}
    if args.terminal or args.encoding:
        encoding = _encoding(args.encoding)
        kind = _kind(args.terminal) if args.terminal else _machine_of(encoding or "", entry.terminal)
        told.update(terminal=kind, encoding=encoding)
        if kind != entry.terminal and kind in SIZES:
            told.update(zip(("columns", "rows"), SIZES[kind], strict=True))
    if args.size:
        told.update(zip(("columns", "rows"), size_of(args.size), strict=True), fit=False)
    if args.baud:
        told["baud"] = baud_of(args.baud)
    if args.connect_timeout:
        told["connect_timeout"] = seconds_of("--connect-timeout", args.connect_timeout)
    if args.tls_ca or args.tls_no_verify:
        ca = Path(args.tls_ca).expanduser() if args.tls_ca else entry.tls.ca
        told["tls"] = TlsSettings(ca=ca, verify=not args.tls_no_verify)
    if args.raw_mode or args.line_mode:
        told["mode"] = _mode(args)
    if args.family:
        told["family"] = Family(args.family)
    for name in ("name", "ansi_keys", "ascii_eol", "backspace"):
        if getattr(args, name):
            told[name] = getattr(args, name)
    return replace(entry, **told)


def as_chosen(settings: CallSettings, address: Address, book: Book) -> CallSettings:
    """The same in the character set that was chosen in an earlier call to this board, if one was."""
    try:
        chosen = book.log.encoding(str(address))
    except BookError as error:
        _log.warning("%s", error)
        return settings
    return settings if chosen is None else settings.read_as(*chosen)


def glyphs_of(args: argparse.Namespace, defaults: Settings) -> str | None:
    """The characters that the user's terminal can draw; None where nobody has said."""
    glyphs: str | None = args.glyphs
    return glyphs or defaults.terminal.glyphs


def _machine_of(encoding: str, kind: str) -> str:
    """The machine of a character set that only one has; else the emulation that there would be anyway."""
    wanted = kind_for(encoding, kind)
    return wanted if wanted in SIZES or kind in SIZES else kind


def _kind(name: str) -> str:

    if name not in KINDS:
        raise UsageError(f"no terminal {name!r}", hint=f"There are: {', '.join(KINDS)}.")
    return name


def _encoding(name: str | None) -> str | None:
    """Our own spelling of an encoding of text."""
    if name is None:
        return None
    try:
        return codecs.readable(name)
    except LookupError:
        raise UsageError(f"no encoding {name!r}", hint="cp437, utf-8, iso8859-1, cp866, koi8-r ...") from None


def _mode(args: argparse.Namespace) -> InputChoice:

    if args.raw_mode:
        return InputChoice.RAW
    return InputChoice.LINE if args.line_mode else InputChoice.AUTO


def size_of(text: str) -> tuple[int, int]:
    """Columns and rows, from a text such as "80x25".

    Raises:
        UsageError: It is none.
    """
    found = _SIZE.fullmatch(text)
    if found is None or not (0 < int(found[1]) <= MAX_COLUMNS and 0 < int(found[2]) <= MAX_ROWS):
        raise UsageError(f"a size is COLSxROWS, at most {MAX_COLUMNS}x{MAX_ROWS}, not {text!r}")
    return int(found[1]), int(found[2])


def baud_of(text: str) -> int:
    """Bits per second, from a text such as "2400"; 0 is at once.

    Raises:
        UsageError: It is none.
    """
    if not text.isdecimal() or int(text) > _MOST_BAUD:
        raise UsageError(f"--baud is a whole number of bits per second, at most {_MOST_BAUD}, not {text!r}")
    return int(text)


def seconds_of(option: str, value: str | float) -> float:
    """A time on the command line.

    Raises:
        UsageError: It is none.
    """
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds <= 3600:
        raise UsageError(f"{option} is a number of seconds, at most 3600, not {value!r}")
    return seconds
