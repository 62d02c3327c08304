"""AUTHENTICATION (RFC 2941): known, and refused: logging in is between the caller and the board."""

from __future__ import annotations

from bbsterm.protocol.options.base import Option
from bbsterm.protocol.vocabulary import OptionCode, Side

__all__ = ["Authentication"]


class Authentication(Option):
    """Kerberos and its kin. Whatever is offered, we say no, once."""

    code = OptionCode.AUTHENTICATION
    source = "RFC 2941"

    def welcome(self, side: Side) -> bool:
        return False
