"""SUPPRESS-GO-AHEAD (RFC 858): no GA after each turn; with ECHO it means "character at a time"."""

from __future__ import annotations

from bbsterm.protocol.options.base import Option
from bbsterm.protocol.vocabulary import OptionCode

__all__ = ["SuppressGoAhead"]


class SuppressGoAhead(Option):
    """Each side performs it for what it sends."""

    code = OptionCode.SGA
    source = "RFC 858"
