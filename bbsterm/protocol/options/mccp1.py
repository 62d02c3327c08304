"""MCCP version 1 (option 85): known, and refused: its IAC SB 85 WILL SE breaks RFC 855's framing."""

from __future__ import annotations

from bbsterm.protocol.options.base import Option
from bbsterm.protocol.vocabulary import OptionCode, Side

__all__ = ["Mccp1"]


class Mccp1(Option):
    """Every server that has it has version 2 as well."""

    code = OptionCode.MCCP1
    source = "MCCP version 1"

    def welcome(self, side: Side) -> bool:
        return False
