"""ENCRYPT (RFC 2946): known, and refused: its ciphers are broken. TLS is there for privacy."""

from __future__ import annotations

from bbsterm.protocol.options.base import Option
from bbsterm.protocol.vocabulary import OptionCode, Side

__all__ = ["Encrypt"]


class Encrypt(Option):
    """DES in the middle of the stream. Whatever is offered, we say no, once."""

    code = OptionCode.ENCRYPT
    source = "RFC 2946"

    def welcome(self, side: Side) -> bool:
        return False
