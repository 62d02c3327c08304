"""The seam between the board and the line: bytes both ways, and what negotiation has told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

__all__ = ["CallerStream", "Facts"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a caller's program, now: a resize or a late answer makes new ones.

    Everything in here was said by the peer: show it through a dialect, log it through `clean.for_log`.

    Attributes:
        address: Where the call comes from, without the port.
        telnet: Whether the caller has negotiated anything; a raw TCP program has not.
        terminal_types: The answers of the TTYPE cycle, in order.
        columns: The window's width (NAWS); None where it was not said.
        rows: Its height.
        charset: What CHARSET agreed on, or empty.
        environ: NEW-ENVIRON's variables.
        speed: TSPEED's answer, such as "38400,38400", or empty.
        performed_here: Options that we perform, by name, such as ("ECHO", "SGA").
        performed_there: Options that the caller performs.
        tls: Version and cipher, or empty on a plain line.
    """

    address: str = ""
    telnet: bool = False
    terminal_types: tuple[str, ...] = ()
    columns: int | None = None
    rows: int | None = None
    charset: str = ""
    environ: tuple[tuple[str, str], ...] = ()
    speed: str = ""
    performed_here: tuple[str, ...] = ()
    performed_there: tuple[str, ...] = ()
    tls: str = ""

    def variable(self, name: str) -> str:
        """An environment variable's value, or empty."""
        return dict(self.environ).get(name, "")


class CallerStream(Protocol):
    """A line with a caller on it. `bbsterm.serve.server` makes one of a socket, tests make one of memory."""

    async def read(self, limit: int) -> bytes:
        """Up to `limit` bytes that the caller typed; empty when no more will come."""
        ...

    def write(self, data: bytes) -> None:
        """Send; after the end of the line nothing happens."""
        ...

    async def drain(self) -> None:
        """Wait until what was written is on its way.

        Raises:
            ConnectionError: The line is gone.
        """
        ...

    def close(self) -> None:
        """Hang up once everything has been sent."""
        ...

    def abort(self) -> None:
        """Hang up at once."""
        ...

    def size(self) -> tuple[int | None, int | None]:
        """Columns and rows of the caller's window, now; None where it was not said. Asked often."""
        ...

    def address(self) -> str:
        """Where the call comes from, without the port."""
        ...

    def tls(self) -> str:
        """TLS version and cipher; empty on a plain line."""
        ...

    def by_line(self) -> bool | None:
        """Whether the caller's own side edits lines: it speaks telnet and did not agree to our echo.

        None where it speaks no telnet and nothing was agreed.
        """
        ...

    def facts(self) -> Facts:
        """Everything that is known of the caller's program, now."""
        ...
