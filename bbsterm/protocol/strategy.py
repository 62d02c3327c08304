"""What we start on our own, and when: data, so that a server's greeting can be read like a timetable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from bbsterm.protocol.vocabulary import OptionCode, Role, Side

__all__ = ["CLIENT", "MUD_CLIENTS", "SERVER", "Moment", "Offer", "Strategy", "default_strategy"]


class Moment(Enum):
    """When an offer is due. Each moment comes at most once in a call."""

    START = auto()
    """`Connection.begin` was called."""

    TELNET = auto()
    """The peer has negotiated something: it is no raw TCP program."""

    TERMINAL = auto()
    """The peer has said what terminal it is, or refused to say."""

    __hash__ = object.__hash__  # Enum's own goes through Python


@dataclass(frozen=True, slots=True)
class Offer:
    """One option to ask for. It is skipped when the connection was not given that option.

    Attributes:
        option: The option's number.
        side: LOCAL: we say WILL. REMOTE: we say DO.
        when: The moment it is due.
        spare: Terminal names, lower case, that must not be asked.
        after: An option and side that must be in force first; then that is the moment.
    """

    option: OptionCode
    side: Side
    when: Moment
    spare: frozenset[str] = frozenset()
    after: tuple[OptionCode, Side] | None = None


@dataclass(frozen=True, slots=True)
class Strategy:
    """All offers, in the order in which they go out."""

    offers: tuple[Offer, ...] = ()
    _due: Mapping[Moment, tuple[Offer, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        due: dict[Moment, tuple[Offer, ...]] = {}  # asked for on every call of every server: kept ready
        for offer in self.offers:
            if offer.after is None:
                due[offer.when] = (*due.get(offer.when, ()), offer)
        object.__setattr__(self, "_due", due)

    def due(self, moment: Moment) -> tuple[Offer, ...]:
        """Return the offers of this moment."""
        return self._due.get(moment, ())

    def following(self, option: int, side: Side) -> tuple[Offer, ...]:
        """Return the offers that have waited for `side` to perform `option`."""
        return tuple(offer for offer in self.offers if offer.after == (option, side))


MUD_CLIENTS: Final = frozenset(
    {
        "atlantis",
        "beip",
        "blowtorch",
        "cmud",
        "kildclient",
        "mudlet",
        "mudrammer",
        "mushclient",
        "portal",
        "savitar",
        "tintin++",
        "tt++",
        "zmud",
    }
)
"""They draw their own input line, and take WILL ECHO for "a password is coming"."""

CLIENT: Final = Strategy()
"""A client starts nothing: a raw TCP host must never see an IAC that it did not begin with."""

_O, _L, _R, _M = OptionCode, Side.LOCAL, Side.REMOTE, Moment

SERVER: Final = Strategy(
    (
        Offer(_O.TTYPE, _R, _M.START),
        Offer(_O.SGA, _L, _M.TELNET),
        Offer(_O.BINARY, _L, _M.TELNET),
        Offer(_O.BINARY, _R, _M.TELNET, after=(_O.BINARY, _L)),  # tintin++ never answers if it said no before
        Offer(_O.NAWS, _R, _M.TELNET),
        Offer(_O.CHARSET, _L, _M.TELNET),
        Offer(_O.ECHO, _L, _M.TERMINAL, spare=MUD_CLIENTS),
        Offer(_O.NEW_ENVIRON, _R, _M.TERMINAL),
    )
)
"""One question first; the rest once somebody has answered; ECHO when we know it is not a MUD client."""


def default_strategy(role: Role) -> Strategy:
    """Return what `role` does unless told otherwise."""
    return SERVER if role is Role.SERVER else CLIENT
