"""LOGOUT (RFC 727): a client asks to be logged out, or a server announces that it does so. A happening."""

from __future__ import annotations

from bbsterm.protocol.events import LoggedOut
from bbsterm.protocol.options.base import Effects, Option
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

__all__ = ["Logout"]


class Logout(Option):
    """The server performs it. Once agreed on, the owner of the connection closes it."""

    code = OptionCode.LOGOUT
    source = "RFC 727"
    performed_by = frozenset({Role.SERVER})
    lasting = False

    def enabled(self, side: Side) -> Effects:
        yield LoggedOut()
