"""`TelnetServer`: asks a client who it is and what it can, and hangs up on those who fall asleep."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any, Final

from bbsterm.net.deadlines import Waiting
from bbsterm.net.encodings import OFFERS, public_name
from bbsterm.net.server_base import BaseServer, server_options
from bbsterm.net.shell_protocol import Shell
from bbsterm.protocol.events import RequestOption
from bbsterm.protocol.options import Charset, Effects, NewEnviron, Option, TerminalType
from bbsterm.protocol.options.base import Later
from bbsterm.protocol.shelf import Given, Pack
from bbsterm.protocol.strategy import SERVER, Moment, Offer, Strategy
from bbsterm.protocol.vocabulary import OptionCode, Side

__all__ = ["DEFAULT_TIMEOUT", "LinemodeServer", "TelnetServer"]

DEFAULT_TIMEOUT: Final = 300
"""Seconds without a byte from the client, after which the server hangs up."""

_ENVIRON: Final = ("USER", "LOGNAME", "DISPLAY", "LANG", "TERM", "COLUMNS", "LINES", "COLORTERM", "EDITOR")
_MUD: Final = tuple(
    (option, side)
    for option in (OptionCode.GMCP, OptionCode.MSDP, OptionCode.MSSP, OptionCode.MXP, OptionCode.ATCP)
    for side in Side
)
_MADE_HERE: Final = (TerminalType, NewEnviron, Charset)
_BEGINNING: Final = Strategy(
    SERVER.due(Moment.START) + tuple(offer for offer in SERVER.offers if offer.after)
)
_MIDDLE: Final = SERVER.due(Moment.TELNET)
_LATER: Final = SERVER.due(Moment.TERMINAL)
_VARIABLES: Final = tuple(offer for offer in _LATER if offer.option == OptionCode.NEW_ENVIRON)
_END: Final = tuple(offer for offer in _LATER if offer not in _VARIABLES)
_COMPRESSION: Final = (
    Offer(OptionCode.MCCP2, Side.LOCAL, Moment.TELNET),
    Offer(OptionCode.MCCP3, Side.LOCAL, Moment.TELNET),
)
_LINES: Final = (Offer(OptionCode.LINEMODE, Side.REMOTE, Moment.TELNET),)
_LINE_EDITING: Final = frozenset({OptionCode.SGA, OptionCode.ECHO})
_MTTS: Final = "MTTS "
_MICROSOFT: Final = ("ANSI", "VT100")
"""The first two terminal types of Windows' telnet, in this spelling."""


class _Terminals(TerminalType):
    """Remembers the answer that ends the cycle, too: it is what the client emulates now (RFC 1091)."""

    answers = 0
    last = ""

    def subnegotiation(self, payload: bytes) -> Effects:
        self.answers += 1
        self.last = payload[1:].decode("ascii", "replace")
        yield from super().subnegotiation(payload)


class _OwnVariables(NewEnviron):
    """Asks for what a function names at the time; where that is nothing, it is not agreed to."""

    def __init__(self, asks: Callable[[], Iterable[str | bytes] | None]) -> None:
        super().__init__()
        self._asks = asks

    def welcome(self, side: Side) -> bool:
        asked = tuple(self._asks() or ())
        self.ask = _names(asked)
        return bool(asked) and super().welcome(side)


class TelnetServer(BaseServer):
    """One client of a server. Subclass it, and give the class to `create_server(protocol_factory=...)`.

    What the client tells is in `get_extra_info`: "TERM", "ttype1", "ttype2" ..., "cols", "rows", "tspeed",
    "charset", "xdisploc", and every environment variable under its name in upper case. It is the client's
    word: do not trust it.

    Args:
        shell: As for `BaseServer`.
        term: "TERM" of a client that does not tell.
        cols: "cols" of a client that does not tell.
        rows: "rows" of a client that does not tell.
        timeout: Seconds without a byte, until `on_timeout`; 0 waits for ever.
        **options: As for `BaseServer`.
    """

    __slots__ = ("_idle_timer", "_terminal_known", "_terminal_named")

    TTYPE_LOOPMAX = 8

    def __init__(
        self,
        shell: Shell | None = None,
        *,
        term: str = "unknown",
        cols: int = 80,
        rows: int = 25,
        timeout: float = DEFAULT_TIMEOUT,
        **options: Any,
    ) -> None:
        super().__init__(shell, **options)
        charset = self.default_encoding or ""
        self._defaults = _shared_defaults(term, cols, rows, timeout, charset)
        self._terminal_named = False  # whether the first answer is there, or will never be
        self._terminal_known = False  # whether we can tell from it what may be asked
        self._idle_timer: Waiting | None = None

    # --- what is asked -------------------------------------------------------------------------

    def make_options(self) -> Iterable[Given]:
        """The options of a server, with our lists of character sets and variables."""
        kind = type(self)
        if (
            kind.on_request_environ is TelnetServer.on_request_environ
            and kind.on_request_charset is TelnetServer.on_request_charset
        ):
            encoding = str(self.default_encoding) if self.default_encoding else ""
            return (_usual_options(self.compression, self.encrypted, self.line_mode, encoding),)
        return self._own_options()

    def _own_options(self) -> Iterable[Given]:
        """The same, where a subclass has lists of its own; it is asked for them when they are needed."""
        yield server_options(self.compression, self.encrypted, self.line_mode, _MADE_HERE)
        yield Later(TerminalType, _Terminals)
        yield Later(NewEnviron, partial(_OwnVariables, self.on_request_environ))
        if self.default_encoding:
            yield Later(Charset, self._own_charsets)

    def _own_charsets(self) -> Charset:
        offers = tuple(self.on_request_charset() or ())
        return Charset(offers, offers)

    def make_strategy(self) -> Strategy | None:
        """Ask for the terminal; the rest is asked when the client has agreed to something.

        A client that refuses the first question is not bothered with others: it gets its shell at once.
        """
        return _BEGINNING

    def begin_advanced_negotiation(self) -> None:
        """The client speaks telnet: ask for what the session is going to be like."""
        self._offer(_MIDDLE)
        if self.line_mode:
            self._offer(_LINES)
        if self.compression:
            self._offer(_COMPRESSION)

    def changed(self) -> None:
        """Something was negotiated: go on asking, or begin the shell."""
        super().changed()
        if not self._advanced or self._terminal_known:
            return
        if not self._terminal_named and self._names_terminal("ttype1"):
            self._terminal_named = True
            self._offer(_END)
        if self._terminal_named and self._knows_terminal():
            self._terminal_known = True
            self._offer(_VARIABLES)
            super().changed()

    def check_negotiation(self, final: bool = False) -> bool:
        """Whether the shell may begin: all questions were asked, and all are answered."""
        if self._advanced and not self._terminal_known and not final:
            return False
        return super().check_negotiation(final) or self._owes_only_environ()

    def _owes_only_environ(self) -> bool:
        """Whether all but variables was told by a MUD's client: TinTin++ does not answer when it has none."""
        if not str(self._extra.get("ttype3", "")).startswith(_MTTS):
            return False
        return {option for option, _ in self.connection.pending} == {OptionCode.NEW_ENVIRON}

    def _knows_terminal(self) -> bool:
        """Whether it is known what may be asked of this client: Windows' telnet shows by its second name."""
        return self._extra.get("ttype1") != _MICROSOFT[0] or self._names_terminal("ttype2")

    def _names_terminal(self, which: str) -> bool:
        """Whether the client has named the terminal of that number, or will not."""
        if which in self._extra:
            return True
        waiting = (OptionCode.TTYPE, Side.REMOTE) in self.connection.pending
        agreed = self.connection.enabled(OptionCode.TTYPE, Side.REMOTE)
        return not waiting and ("ttype1" in self._extra or not agreed)

    def _offer(self, offers: Iterable[Offer]) -> None:
        for offer in offers:
            if self._is_welcome(offer):
                self.connection.send(RequestOption(offer.option, offer.side))
        self.flush()

    def _is_welcome(self, offer: Offer) -> bool:
        """Whether this client is to be asked; MUD clients draw their own input line, and want no echo."""
        if self.line_mode and offer.option in _LINE_EDITING:
            return False
        if self.connection.policy.insists(offer.option, offer.side) is False:
            return False
        if self.connection.option(offer.option) is None:
            return False
        if offer.option == OptionCode.NEW_ENVIRON and not self._asked_variables():
            return False
        if offer.option == OptionCode.CHARSET and not self.on_request_charset():
            return False
        return not (offer.spare and self._is_mud_client(offer.spare))

    def _asked_variables(self) -> bool:
        """Whether there are any to ask for, now that the terminal is known."""
        asked, option = self.on_request_environ(), self.connection.option(OptionCode.NEW_ENVIRON)
        if asked and isinstance(option, NewEnviron):
            option.ask = _names(asked)
        return bool(asked)

    def _is_mud_client(self, names: frozenset[str]) -> bool:
        terminal = str(self._extra.get("ttype1", "")).lower()
        return terminal in names or any(self.connection.enabled(*option) for option in _MUD)

    def on_request_environ(self) -> list[str | bytes]:
        """Names of the variables to ask for; `telopt.VAR` alone asks for all, an empty list for none.

        It is called when the terminal is known. Windows' telnet crashes when it is asked for USER.
        """
        told = (self._extra.get("ttype1"), self._extra.get("ttype2"))
        return [name for name in _ENVIRON if told != _MICROSOFT or name != "USER"]

    def on_request_charset(self) -> list[str]:
        """Character sets to offer, the best first."""
        return list(_offers(str(self.default_encoding)))

    # --- what is told -----------------------------------------------------------------------------

    def on_ttype(self, ttype: str) -> None:
        """The client named a terminal type: "ttype1", "ttype2" ... in this order, the last one is "TERM"."""
        number = 1
        while f"ttype{number}" in self._extra:
            number += 1
        self._extra[f"ttype{number}"] = ttype
        if not ttype.startswith(_MTTS):  # a set of bits, not a terminal: "TERM" stays the one before
            self._extra["TERM"] = ttype

    def on_ttypes(self, names: tuple[str, ...]) -> None:
        """The client has told all of its types, by repeating one of them."""
        terminals = self.connection.option(OptionCode.TTYPE)
        if isinstance(terminals, _Terminals) and terminals.answers > len(names) and terminals.last in names:
            self.on_ttype(terminals.last)

    # --- falling asleep -----------------------------------------------------------------------------

    def begin(self) -> None:
        """The line is up: from now on the client must not be silent for too long."""
        super().begin()
        if not self._ready:
            self.set_timeout()

    def set_timeout(self, duration: float = -1) -> None:
        """Hang up after so many seconds of silence; 0 never does, -1 begins anew with the last number."""
        if duration != -1:
            self._extra["timeout"] = duration
        if self._idle_timer is not None:
            self._idle_timer.cancel()
            self._idle_timer = None
        patience = self.get_extra_info("timeout")
        if patience and not self._closing:
            self._last_received = self._loop.time()
            self._idle_timer = self._call_later(patience, self._check_idle)

    def _check_idle(self) -> None:
        """Look once in a while, rather than start a timer with every byte."""
        patience = self.get_extra_info("timeout")
        rest = patience - self.idle
        if rest > 0.001:
            self._idle_timer = self._loop.call_later(rest, self._check_idle)
        else:
            self._idle_timer = None
            self.on_timeout()

    def on_timeout(self) -> None:
        """The client was silent for too long: say so, and hang up."""
        if self.default_encoding:
            self.writer.write("\r\nTimeout.\r\n")
        else:
            self.writer.write(b"\r\nTimeout.\r\n")
        self.writer.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is gone."""
        if self._idle_timer is not None:
            self._idle_timer.cancel()
            self._idle_timer = None
        super().connection_lost(exc)


class LinemodeServer(TelnetServer):
    """The same with ``line_mode=True``: the client edits lines, and agrees on how (LINEMODE, RFC 1184)."""

    __slots__ = ()

    def __init__(self, shell: Shell | None = None, **options: Any) -> None:
        super().__init__(shell, **{**options, "line_mode": True})


_SHARED: dict[tuple[Any, ...], dict[str, Any]] = {}


def _shared_defaults(term: str, cols: int, rows: int, timeout: float, charset: str | bool) -> dict[str, Any]:
    """One dictionary for all clients of a server: what is known of those who have not told."""
    key = (term, cols, rows, timeout, charset)
    if key not in _SHARED:
        _SHARED.clear()  # servers with other settings are rare: their clients keep the dictionary they have
        _SHARED[key] = {"term": term, "cols": cols, "rows": rows, "timeout": timeout, "charset": charset}
    return _SHARED[key]


@cache
def _offers(encoding: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((public_name(encoding).upper(), *OFFERS)))


@cache
def _usual_options(compression: bool | None, encrypted: bool, line_mode: bool, encoding: str) -> Pack:
    """One pack for all connections of a server."""
    made: list[type[Option] | Later] = [
        *server_options(compression, encrypted, line_mode, _MADE_HERE),
        Later(TerminalType, _Terminals),
        Later(NewEnviron, partial(_ask_environ, _ENVIRON)),
    ]
    if encoding:
        made.append(Later(Charset, partial(Charset, _offers(encoding), _offers(encoding))))
    return Pack(made)


def _ask_environ(asked: tuple[str | bytes, ...]) -> NewEnviron:
    """VAR and USERVAR, without names, ask for everything."""
    return NewEnviron(ask=_names(asked))


def _names(asked: Iterable[str | bytes]) -> tuple[str, ...]:
    return tuple(name for name in asked if isinstance(name, str))
