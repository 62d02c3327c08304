"""`TelnetWriterUnicode`: text to a peer, in the encoding that has been agreed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from bbsterm.net.reader import TelnetReader
from bbsterm.net.writer import TelnetWriter
from bbsterm.protocol import Connection

if TYPE_CHECKING:
    from bbsterm.net.gone import Gone

__all__ = ["TelnetWriterUnicode"]


class TelnetWriterUnicode(TelnetWriter):
    """A `TelnetWriter` that takes text. Line ends are never touched: write CR LF yourself.

    Args:
        transport: As for `TelnetWriter`.
        protocol: As for `TelnetWriter`.
        fn_encoding: ``fn_encoding(outgoing=True)`` names the encoding.
        encoding_errors: What becomes of characters that it lacks, as for `str.encode`.
        client: As for `TelnetWriter`.
        server: As for `TelnetWriter`.
        reader: As for `TelnetWriter`.
        connection: As for `TelnetWriter`.
    """

    __slots__ = ("_encoding_errors", "_fn_encoding")

    is_binary_writer = False

    def __init__(
        self,
        transport: asyncio.Transport | None,
        protocol: Any,
        fn_encoding: Callable[..., str],
        *,
        encoding_errors: str = "replace",
        client: bool = False,
        server: bool = False,
        reader: TelnetReader | None = None,
        connection: Connection | None = None,
    ) -> None:
        super().__init__(
            transport, protocol, client=client, server=server, reader=reader, connection=connection
        )
        self._fn_encoding = fn_encoding
        self._encoding_errors = encoding_errors

    def let_go(self, what_is_known: Gone) -> None:
        """The line is gone and its shell has ended: hold on to nothing but what is known of the peer."""
        super().let_go(what_is_known)
        self._fn_encoding = what_is_known.encoding

    def encode(self, string: str, errors: str | None = None) -> bytes:
        """`string` in the encoding of this moment.

        Raises:
            UnicodeEncodeError: The encoding lacks a character, and `errors` is "strict".
            TypeError: `string` is no text.
        """
        try:
            return string.encode(self._fn_encoding(outgoing=True), errors or self._encoding_errors)
        except AttributeError:
            if isinstance(string, str):
                raise
            kind = type(string).__name__
            raise TypeError(f"this connection is one of text, not {kind}: see encoding=False") from None

    def write(self, string: str, errors: str | None = None) -> None:  # type: ignore[override]  # text for bytes
        """Send `string`. After the end of the line this does nothing; `drain` tells."""
        super().write(self.encode(string, errors))

    def writelines(self, lines: Iterable[str], errors: str | None = None) -> None:  # type: ignore[override]  # text
        """Send them one after the other; despite the name nothing is put between them."""
        self.write("".join(lines), errors)

    def echo(self, string: str, errors: str | None = None) -> None:  # type: ignore[override]  # text for bytes
        """Send back what was typed, if it is for us to echo (`will_echo`)."""
        if self.will_echo:
            self.write(string, errors)
