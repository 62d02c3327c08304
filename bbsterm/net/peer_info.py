"""What the peer has told about itself, and the methods that are called when it does."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from bbsterm.limits import MAX_COLUMNS, MAX_ROWS, MAX_VARIABLES
from bbsterm.net.encodings import encoding_from_lang, known_encoding, same_encoding
from bbsterm.protocol import Connection
from bbsterm.protocol.vocabulary import OptionCode, Side

__all__ = ["PeerInfo"]


class PeerInfo:
    """Extra info: a dictionary of what the peer told, over what the transport knows."""

    __slots__ = (
        "_defaults",
        "_extra",
        "_transport",
        "_variables",
        "connection",
        "default_encoding",
        "force_binary",
    )

    connection: Connection
    force_binary: bool
    default_encoding: str | bool
    _extra: dict[str, Any]
    _transport: asyncio.Transport | None
    _variables: frozenset[str]
    _defaults: dict[str, Any]

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """What the peer told ("TERM", "cols", "charset", "LANG" ...), or the transport knows ("peername")."""
        for known in (self._extra, self._defaults):
            if name in known:
                return known[name]
        return default if self._transport is None else self._transport.get_extra_info(name, default)

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
        """The peer's window has this size now. Kept are at most `limits.MAX_ROWS` by `limits.MAX_COLUMNS`.

        0 means that the peer does not know (RFC 1073): then what we knew stays.
        """
        if rows:
            self._extra["rows"] = min(rows, MAX_ROWS)
        if cols:
            self._extra["cols"] = min(cols, MAX_COLUMNS)

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

    def on_xdisploc(self, xdisploc: str) -> None:
        """The peer's X display."""
        self._extra["xdisploc"] = xdisploc

    def on_lflow(self, enabled: bool, any_key: bool) -> None:
        """A server wants XOFF and XON heeded on our side, or not; `any_key` is as good as XON (RFC 1372)."""
        self._extra.update(lflow=enabled, xon_any=any_key)

    def on_sndloc(self, location: str) -> None:
        """Where the peer is, for people to read."""
        self._extra["sndloc"] = location

    def on_logout(self, cmd: bytes) -> None:
        """The peer asked to be logged out, or was told that it is."""

    def _use_encoding(self, key: str, name: str | None) -> None:
        if self.default_encoding and name and (encoding := known_encoding(name)):
            own = str(self.default_encoding)
            self._extra[key] = own if same_encoding(encoding, own) else encoding
            self.force_binary = True
