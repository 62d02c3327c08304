"""From an entry of the address book to a call: whom, and how. The dialer and `bbsterm connect` ask here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from bbsterm import codecs
from bbsterm.errors import UsageError
from bbsterm.net.address import Address, Family, Scheme
from bbsterm.net.tls import TlsSettings
from bbsterm.session.encoding import SIZES
from bbsterm.session.identity import TERMINALS
from bbsterm.session.modes import InputChoice
from bbsterm.session.settings import CallSettings, Home

if TYPE_CHECKING:
    from bbsterm.book.entry import Entry
    from bbsterm.config import Settings

__all__ = ["address_of", "defaults_of", "settings_of"]


def defaults_of(settings: Settings) -> CallSettings:
    """How boards are called that nothing else is known of.

    Args:
        settings: What the settings file and the environment say.
    """
    terminal, dial = settings.terminal, settings.dial
    return CallSettings(
        terminal=terminal.kind,
        encoding=terminal.encoding,
        columns=terminal.columns,
        rows=terminal.rows,
        connect_timeout=dial.timeout,
        family=Family(dial.family),
        scrollback=terminal.scrollback,
        keep_alive=dial.keep_alive,
        keep_alive_interval=float(dial.keep_alive_every),
        redial=dial.redial,
        alt="menu" if settings.app.alt_keys else "send",
        pace=settings.app.motion,
    )


def address_of(entry: Entry) -> Address:
    """Whom an entry calls.

    Raises:
        UsageError: Its protocol cannot be dialled (yet), or it is the demo board, which has no address.
    """
    for scheme in get_args(Scheme):
        if entry.protocol == scheme:
            return Address(entry.host, entry.port, scheme, entry.user or None)
    hint = f"There are {', '.join(get_args(Scheme))}. Press e to choose another for {entry.name}."
    raise UsageError(f"cannot call {entry.url}: {entry.protocol} is not spoken yet", hint=hint)


def settings_of(entry: Entry, defaults: CallSettings | None = None) -> CallSettings:
    """How an entry is called: every field that it fills in counts, the defaults where it is silent.

    Args:
        entry: A line of the book.
        defaults: See `defaults_of`.
    """
    told = _screen(entry, defaults or CallSettings())
    return replace(
        told,
        name=entry.name,
        mode=InputChoice(entry.mode) if entry.mode else told.mode,
        family=Family(entry.family) if entry.family else told.family,
        backspace=entry.backspace or told.backspace,
        line_ending=entry.line_ending or told.line_ending,
        alt=entry.alt or told.alt,
        keep_alive=entry.keep_alive or told.keep_alive,
        keep_alive_interval=float(entry.keep_alive_every) or told.keep_alive_interval,
        redial=entry.redial or told.redial,
        tls=TlsSettings(
            ca=Path(entry.tls_ca).expanduser() if entry.tls_ca else told.tls.ca, verify=entry.tls_verify
        ),
        user=entry.user,
        secret=entry.secret,
        login=entry.login,
        home=Home(entry.host, entry.port, entry.protocol == "telnets", entry.tls_verify),
        downloads=entry.downloads or told.downloads,
        entry=entry.id,
    )


def _screen(entry: Entry, told: CallSettings) -> CallSettings:
    """The settings with what the entry says of the screen."""
    machine = entry.machine
    columns, rows = entry.dimensions()
    sized = bool(entry.size) or machine.kind in SIZES or (columns, rows) != (80, 25)
    return replace(
        told,
        terminal=machine.kind,
        encoding=_encoding(entry, told),
        columns=columns if sized else told.columns,
        rows=rows if sized else told.rows,
        fit=entry.size == "fit" or (told.fit and not sized),
        wrap=entry.wrap or told.wrap,
        ice=told.ice if entry.ice is None else entry.ice,
        palette=entry.palette.lower() or told.palette,
        music=entry.music or told.music,
        baud=entry.baud or told.baud,
    )


def _encoding(entry: Entry, told: CallSettings) -> str | None:
    """The character set that the entry insists on; None leaves it to what is agreed or seen."""
    machine = entry.machine
    name = entry.encoding
    if not name and machine.encoding != TERMINALS[machine.kind].encoding:
        name = machine.encoding  # a kind of terminal that is another one in a character set of its own
    if not name:
        return told.encoding if machine.kind == told.terminal else None
    return codecs.lookup(name).name
