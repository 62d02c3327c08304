"""The part of a writer that insists: what is always or never agreed to, and what was refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bbsterm.net.insisted import Insisted
from bbsterm.protocol import Connection
from bbsterm.protocol.vocabulary import Role, Side
from bbsterm.telopt import MCCP2_COMPRESS, MCCP3_COMPRESS

__all__ = ["InsistingWriter"]


class InsistingWriter:
    """What `TelnetWriter` knows of its connection's policy. Options are bytes, as in `bbsterm.telopt`."""

    __slots__ = ()

    connection: Connection

    @property
    def server(self) -> bool:
        """Whether we are the server."""
        return self.connection.role is Role.SERVER

    @property
    def client(self) -> bool:
        """Whether we are the client."""
        return self.connection.role is Role.CLIENT

    @property
    def always_will(self) -> Insisted:
        """Options that we perform when asked, understood or not: ``always_will.add(MXP)``."""
        return Insisted(self.connection, "always_will")

    @always_will.setter
    def always_will(self, options: Iterable[bytes]) -> None:
        self.always_will.replace(options)

    @property
    def always_do(self) -> Insisted:
        """Options that the peer may perform when it offers to, understood or not."""
        return Insisted(self.connection, "always_do")

    @always_do.setter
    def always_do(self, options: Iterable[bytes]) -> None:
        self.always_do.replace(options)

    passive_do = always_do

    @property
    def always_wont(self) -> Insisted:
        """Options that we never perform."""
        return Insisted(self.connection, "always_wont")

    @always_wont.setter
    def always_wont(self, options: Iterable[bytes]) -> None:
        self.always_wont.replace(options)

    @property
    def always_dont(self) -> Insisted:
        """Options that the peer is never to perform."""
        return Insisted(self.connection, "always_dont")

    @always_dont.setter
    def always_dont(self, options: Iterable[bytes]) -> None:
        self.always_dont.replace(options)

    @property
    def rejected_will(self) -> set[bytes]:
        """Options that the peer offered to perform, and we refused."""
        return {bytes((code,)) for code, side in self.connection.declined if side is Side.REMOTE}

    @property
    def rejected_do(self) -> set[bytes]:
        """Options that the peer asked us to perform, and we refused."""
        return {bytes((code,)) for code, side in self.connection.declined if side is Side.LOCAL}

    @property
    def directional_refusals(self) -> set[bytes]:
        """Options that were refused because they are not for that end to perform."""
        found = set()
        for code, side in self.connection.declined:
            option = self.connection.option(code)
            if option is not None and option.performer(side) not in option.performed_by:
                found.add(bytes((code,)))
        return found

    @property
    def compression(self) -> bool | None:
        """Whether MCCP is asked for (True), agreed to (None) or refused (False).

        A server asks once, when the client has agreed to something: True counts until then.
        """
        if MCCP2_COMPRESS in self.always_wont and MCCP2_COMPRESS in self.always_dont:
            return False
        asked: bool | None = getattr(getattr(self, "protocol", None), "compression", None)
        return asked

    @compression.setter
    def compression(self, value: bool | None) -> None:
        connection: Any = getattr(self, "protocol", None)
        if hasattr(connection, "compression"):
            connection.compression = value
        for never in (self.always_wont, self.always_dont):
            for option in (MCCP2_COMPRESS, MCCP3_COMPRESS):
                if value is False:
                    never.add(option)
                else:
                    never.discard(option)

    @property
    def mccp2_active(self) -> bool:
        """Whether what the server sends is compressed."""
        return self.connection.compressed(Side.LOCAL if self.server else Side.REMOTE)

    @property
    def mccp3_active(self) -> bool:
        """Whether what the client sends is compressed."""
        return self.connection.compressed(Side.REMOTE if self.server else Side.LOCAL)
