"""BINARY, 8-bit transmission (RFC 856): bytes are bytes, and CR stands alone. The engine does the rest."""

from __future__ import annotations

from bbsterm.protocol.options.base import Option
from bbsterm.protocol.vocabulary import OptionCode

__all__ = ["Binary"]


class Binary(Option):
    """Each side performs it for what it sends."""

    code = OptionCode.BINARY
    source = "RFC 856"
