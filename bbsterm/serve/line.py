"""A telnet connection as the board sees it: what it asks of a caller, and how that is a `CallerStream`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from bbsterm.net import TelnetReader, TelnetServer, TelnetWriter
from bbsterm.protocol.options import Charset
from bbsterm.protocol.options.base import Later
from bbsterm.protocol.vocabulary import OptionCode, Side, option_name
from bbsterm.serve.stream import Facts

__all__ = ["BoardConnection", "TelnetLine"]

_CHARSETS: Final = ("UTF-8", "CP437")
_VARIABLES: Final = ("LANG", "LC_ALL", "TERM", "COLORTERM", "TERM_PROGRAM", "CHARSET", "SYSTEMTYPE")
"""What we ask for: enough to know how to draw. Names, folders and keys are none of our business."""

_TYPES: Final = 16


class BoardConnection(TelnetServer):
    """Bytes both ways, but CHARSET all the same: we encode for each caller ourselves."""

    def make_options(self) -> Iterable[Any]:  # the server's own kinds of entries, and one more
        """The server's, and CHARSET, which it leaves out for bytes."""
        return [*super().make_options(), Later(Charset, _charset)]

    def check_negotiation(self, final: bool = False) -> bool:
        """As the server's, but without waiting for BINARY.

        TinTin++ never answers it; and we send 8 bits in any case, as every board does.
        """
        if super().check_negotiation(final):
            return True
        waiting = {option for option, _ in self.connection.pending} - {OptionCode.BINARY}
        return self._terminal_known and not waiting

    def on_request_environ(self) -> list[str | bytes]:
        """Variables to ask for."""
        return list(_VARIABLES)


def _charset() -> Charset:
    return Charset(offers=_CHARSETS, accept=_CHARSETS)


class TelnetLine:
    """Reader and writer of one caller, as a `CallerStream`."""

    def __init__(self, reader: TelnetReader, writer: TelnetWriter) -> None:
        self._reader: Final = reader
        self._writer: Final = writer

    async def read(self, limit: int) -> bytes:
        """Up to `limit` bytes; empty at the end."""
        return await self._reader.read(limit)

    def write(self, data: bytes) -> None:
        """Send bytes as they are; IAC is doubled."""
        self._writer.write(data)

    async def drain(self) -> None:
        """Wait until the caller has taken enough of it."""
        await self._writer.drain()

    def close(self) -> None:
        """Hang up once everything has been sent."""
        self._writer.close()

    def abort(self) -> None:
        """Hang up at once."""
        if self._writer.transport is not None:
            self._writer.transport.abort()

    def size(self) -> tuple[int | None, int | None]:
        """NAWS, or what nobody said."""
        if not self._enabled(OptionCode.NAWS, Side.REMOTE):
            return None, None
        return self._info("cols"), self._info("rows")

    def address(self) -> str:
        """The peer's."""
        peer = self._info("peername")
        return str(peer[0]) if isinstance(peer, tuple) and peer else ""

    def tls(self) -> str:
        """Version and cipher."""
        ssl_object = self._info("ssl_object")
        return f"{ssl_object.version()}, {ssl_object.cipher()[0]}" if ssl_object is not None else ""

    def by_line(self) -> bool | None:
        """Telnet, without our echo."""
        if not self._writer.connection.negotiated:
            return None
        return not self._enabled(OptionCode.ECHO, Side.LOCAL)

    def facts(self) -> Facts:
        """Everything, from the engine and from what the caller told."""
        columns, rows = self.size()
        types = (self._info(f"ttype{number}") for number in range(1, _TYPES))
        variables = ((name, self._info(name)) for name in _VARIABLES if name != "TERM")
        return Facts(
            address=self.address(),
            telnet=self._writer.connection.negotiated,
            terminal_types=tuple(dict.fromkeys(name for name in types if name)),
            columns=columns,
            rows=rows,
            charset=self._info("charset") or "",
            environ=tuple((name, value) for name, value in variables if value),
            speed=self._info("tspeed") or "",
            performed_here=self._options(Side.LOCAL),
            performed_there=self._options(Side.REMOTE),
            tls=self.tls(),
        )

    def _info(self, name: str) -> Any:
        return self._writer.get_extra_info(name)

    def _enabled(self, option: OptionCode, side: Side) -> bool:
        return self._writer.connection.enabled(option, side)

    def _options(self, side: Side) -> tuple[str, ...]:
        return tuple(option_name(option) for option in OptionCode if self._enabled(option, side))
