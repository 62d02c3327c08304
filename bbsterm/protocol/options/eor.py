"""END-OF-RECORD (RFC 885): the performer may end its records, and MUDs their prompts, with IAC EOR."""

from __future__ import annotations

from bbsterm.protocol.options.base import Option
from bbsterm.protocol.vocabulary import OptionCode

__all__ = ["EndOfRecord"]


class EndOfRecord(Option):
    """Each side performs it for what it sends; the mark itself is a command, not a subnegotiation."""

    code = OptionCode.EOR
    source = "RFC 885"
