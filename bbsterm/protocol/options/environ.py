"""ENVIRON (RFC 1408), NEW-ENVIRON's elder: the same talk, but half of the world has VAR and VALUE exchanged.

RFC 1571 tells why, and how to know: a list cannot begin with VALUE, so one that seems to is exchanged.
"""

from __future__ import annotations

import re
from typing import Final

from bbsterm.protocol.environ import EnvironOption, Variables
from bbsterm.protocol.options.base import Effects
from bbsterm.protocol.vocabulary import OptionCode, Side

__all__ = ["Environ"]

_EXCHANGE: Final = bytes.maketrans(b"\x00\x01", b"\x01\x00")
_UNESCAPED: Final = re.compile(rb"\x02.|[\x00\x01]", re.DOTALL)


class Environ(EnvironOption):
    """The environment as 4.3BSD spelled it, either way round. We begin with RFC 1408's, then follow."""

    code = OptionCode.ENVIRON
    source = "RFC 1408"

    _exchanged = False

    def welcome(self, side: Side) -> bool:
        """One environment is enough: inetutils telnetd asks for both, and waits for ever if it gets both."""
        return super().welcome(side) and not self._view.enabled(OptionCode.NEW_ENVIRON, side)

    def subnegotiation(self, payload: bytes) -> Effects:
        if payload[1:2] in (b"\x00", b"\x01"):
            self._exchanged = payload[1] == 1
        yield from super().subnegotiation(payload)

    def heard(self, payload: bytes) -> bytes:
        return payload[:1] + self._other_way(payload[1:])

    def spell(self, kind: bytes, variables: Variables) -> bytes:
        return self._other_way(super().spell(kind, variables))

    def _other_way(self, spelled: bytes) -> bytes:
        if not self._exchanged:
            return spelled
        return _UNESCAPED.sub(
            lambda found: found[0].translate(_EXCHANGE) if len(found[0]) == 1 else found[0], spelled
        )
