"""ECHO (RFC 857): the server shows what is typed, or, with it on and nothing shown, hides a password."""

from __future__ import annotations

from bbsterm.protocol.options.base import Option
from bbsterm.protocol.vocabulary import OptionCode, Role

__all__ = ["Echo"]


class Echo(Option):
    """Only servers perform it: a client that echoed to the server would make a loop."""

    code = OptionCode.ECHO
    source = "RFC 857"
    performed_by = frozenset({Role.SERVER})
