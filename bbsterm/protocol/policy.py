"""What the user insists on, whatever the options themselves would say."""

from __future__ import annotations

from dataclasses import dataclass

from bbsterm.protocol.vocabulary import Side

__all__ = ["Policy"]


@dataclass(frozen=True, slots=True)
class Policy:
    """Four lists of option numbers, and how to answer "are you there?". WONT and DONT win over WILL and DO.

    Attributes:
        always_will: We offer to perform these at once, and agree when asked, understood or not.
        always_do: We ask the peer to perform these at once, and agree when it offers.
        always_wont: We never perform these.
        always_dont: The peer is never to perform these.
        are_you_there: A server's visible answer to AYT (RFC 854), as text for the caller. A client answers
            with NOP, because text would arrive at the board as something typed.
    """

    always_will: frozenset[int] = frozenset()
    always_do: frozenset[int] = frozenset()
    always_wont: frozenset[int] = frozenset()
    always_dont: frozenset[int] = frozenset()
    are_you_there: bytes = b"\r\n[Yes]\r\n"

    def insists(self, option: int, side: Side) -> bool | None:
        """True: always; False: never; None: the option itself may decide."""
        never, always = (
            (self.always_wont, self.always_will) if side is Side.LOCAL else (self.always_dont, self.always_do)
        )
        if option in never:
            return False
        return True if option in always else None
