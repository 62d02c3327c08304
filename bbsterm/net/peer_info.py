"""What the peer has told about itself, and the methods that are called when it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple, cast

from bbsterm.limits import MAX_COLUMNS, MAX_ROWS, MAX_VARIABLES
from bbsterm.net.encodings import encoding_from_lang, known_encoding
from bbsterm.protocol import Connection
from bbsterm.protocol.events import (
    CharsetAgreed,
    EnvironReceived,
    Event,
    TerminalSpeedReceived,
    TerminalTypeReceived,
    TerminalTypesKnown,
    WindowSizeChanged,
)
from bbsterm.protocol.vocabulary import OptionCode, Side

__all__ = ["TELLS", "PeerInfo", "Tell"]


class PeerInfo:
    """Extra info: a dictionary of what the peer told, over what the transport knows."""

    connection: Connection
    force_binary: bool
    default_encoding: str | bool

    def __init__(self) -> None:
        self._extra: dict[str, Any] = {}
        self._variables: frozenset[str] = frozenset()  # which of them came by NEW-ENVIRON
        self._defaults: dict[str, Any] = {}  # shared by all connections of one server: never written to

    def _transport_info(self, name: str, default: Any) -> Any:
        raise NotImplementedError

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """What the peer told ("TERM", "cols", "charset", "LANG" ...), or the transport knows ("peername")."""
        for known in (self._extra, self._defaults):
            if name in known:
                return known[name]
        return self._transport_info(name, default)

    def encoding(self, outgoing: bool | None = None, incoming: bool | None = None) -> str:
        """The encoding of text in a direction, or in both.

        US-ASCII, unless BINARY is agreed on in that direction or `force_binary` is set; then what LANG says,
        what CHARSET agreed on, or the default, in this order.

        Raises:
            TypeError: No direction was given.
        """
        if not (outgoing or incoming):
            raise TypeError("encoding() needs a direction: outgoing=True, incoming=True or both")
        if not self.force_binary:
            enabled = self.connection.enabled
            if (outgoing and not enabled(OptionCode.BINARY, Side.LOCAL)) or (
                incoming and not enabled(OptionCode.BINARY, Side.REMOTE)
            ):
                return "US-ASCII"
        told = self._extra.get("_lang_encoding") or self._extra.get("_charset_encoding")
        return cast(str, told) if told else str(self.default_encoding)

    def on_naws(self, rows: int, cols: int) -> None:
        """The peer's window has this size now, at most `limits.MAX_ROWS` by `limits.MAX_COLUMNS`.

        0 means that the peer does not know (RFC 1073): then what we knew stays.
        """
        self._extra.update({name: size for name, size in (("rows", rows), ("cols", cols)) if size})

    def on_tspeed(self, rx: int, tx: int) -> None:
        """The peer's line has these speeds in bits per second; `rx` is what it transmits, and we receive."""
        self._extra["tspeed"] = f"{rx},{tx}"

    def on_environ(self, mapping: dict[str, str]) -> None:
        """The peer told these variables, names in upper case, none of them empty."""
        for name, value in mapping.items():
            known = name in self._variables
            if known or len(self._variables) < MAX_VARIABLES:
                self._variables |= {name}
                if name != "TERM" or known or "TERM" not in self._extra:  # TTYPE knows better
                    self._extra[name] = value
        self._use_encoding(
            "_lang_encoding", encoding_from_lang(mapping.get("LANG", "")) or mapping.get("CHARSET")
        )

    def on_charset(self, charset: str) -> None:
        """CHARSET was agreed on."""
        self._extra["charset"] = charset
        self._use_encoding("_charset_encoding", charset)

    def on_ttype(self, ttype: str) -> None:
        """The peer answered with a terminal type: one of several, perhaps."""

    def on_ttypes(self, names: tuple[str, ...]) -> None:
        """The peer has told all of its terminal types."""

    def _use_encoding(self, key: str, name: str | None) -> None:
        if self.default_encoding and name and (encoding := known_encoding(name)):
            self._extra[key] = encoding
            self.force_binary = True


class Tell(NamedTuple):
    """How an event reaches a program: the option it belongs to, the method, and the method's arguments."""

    option: bytes
    method: str
    arguments: Callable[[Any], tuple[Any, ...]]


def _window_size(event: WindowSizeChanged) -> tuple[int, int]:
    return min(event.size.rows, MAX_ROWS), min(event.size.columns, MAX_COLUMNS)


def _speeds(event: TerminalSpeedReceived) -> tuple[int, int]:
    return event.transmit, event.receive


def _variables(event: EnvironReceived) -> tuple[dict[str, str]]:
    told = event.variables + event.user_variables
    return ({name.upper(): value for name, value in told if value},)


_O = OptionCode

# fmt: off
TELLS: Final[dict[type[Event], Tell]] = {
    WindowSizeChanged:     Tell(bytes([_O.NAWS]),        "on_naws",    _window_size),
    TerminalSpeedReceived: Tell(bytes([_O.TSPEED]),      "on_tspeed",  _speeds),
    TerminalTypeReceived:  Tell(bytes([_O.TTYPE]),       "on_ttype",   lambda e: (e.name,)),
    TerminalTypesKnown:    Tell(b"",                     "on_ttypes",  lambda e: (e.names,)),
    EnvironReceived:       Tell(bytes([_O.NEW_ENVIRON]), "on_environ", _variables),
    CharsetAgreed:         Tell(bytes([_O.CHARSET]),     "on_charset", lambda e: (e.name,)),
}
# fmt: on
"""What an event tells, and whom: `writer.set_ext_callback` may put another function in the method's place."""
