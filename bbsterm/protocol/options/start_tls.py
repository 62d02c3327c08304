"""START-TLS (draft-altman-telnet-starttls): known, and refused."""

from __future__ import annotations

from bbsterm.protocol.options.base import Option
from bbsterm.protocol.vocabulary import OptionCode, Side

__all__ = ["StartTls"]


class StartTls(Option):
    """TLS begun in plain sight can be talked away by anyone in between; dial with TLS from the first byte."""

    code = OptionCode.START_TLS
    source = "draft-altman-telnet-starttls-02"

    def welcome(self, side: Side) -> bool:
        return False
