"""What pages ask of the application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from bbsterm.net.address import Address

if TYPE_CHECKING:
    from bbsterm.book import Entry

__all__ = ["CallRequested", "DemoRequested"]


@dataclass
class CallRequested(Message):
    """Call this board: an entry of the book, or an address just typed."""

    target: Entry | Address


@dataclass
class DemoRequested(Message):
    """Start the board that comes with bbsterm, and call it."""
