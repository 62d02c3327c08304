"""What pages ask of the application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from bbsterm.errors import BbstermError
from bbsterm.net.address import Address

if TYPE_CHECKING:
    from textual.screen import Screen

    from bbsterm.book import Entry

__all__ = [
    "CallLeft",
    "CallNews",
    "CallRequested",
    "CallResult",
    "DemoRequested",
    "DirectoryRequested",
    "TabRequested",
]


@dataclass
class CallRequested(Message):
    """Call this board: an entry of the book, or an address just typed."""

    target: Entry | Address


@dataclass
class DemoRequested(Message):
    """Start the board that comes with bbsterm, and call it."""


@dataclass(frozen=True, slots=True)
class CallResult:
    """How a call page was left.

    Attributes:
        leave: The user wants out of the application, not just back to the dialer.
        error: Why the last call failed, if it did.
    """

    leave: bool
    error: BbstermError | None


@dataclass
class CallLeft(Message):
    """The call on this page is over, or hung up on, and the page not wanted any more."""

    page: Screen[None]
    result: CallResult


@dataclass
class CallNews(Message):
    """On this page something is different that the row of another page tells: it spoke, rang, ended."""

    page: Screen[None]


@dataclass
class DirectoryRequested(Message):
    """Show the dialer; the call goes on behind it."""


@dataclass
class TabRequested(Message):
    """Show another call that is open.

    Attributes:
        number: From 1; or, if `step`, how many further on (or back, if negative) in their round.
    """

    number: int
    step: bool = False
