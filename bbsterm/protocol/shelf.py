"""The options of one connection, made when they are first needed.

A server understands some thirty options and most of its callers speak of five: what nobody mentions costs a
server nothing but a place in a table that all of its connections share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from bbsterm.limits import MAX_SUBNEGOTIATION
from bbsterm.protocol.agreements import Agreements, States
from bbsterm.protocol.events import Event
from bbsterm.protocol.options.base import Later, Option
from bbsterm.protocol.policy import Policy
from bbsterm.protocol.strategy import Strategy
from bbsterm.protocol.vocabulary import Role, Side, option_name

__all__ = ["Given", "Opening", "Pack", "Shelf"]

_Maker = Callable[[], Option]
_Kind = type[Option] | Later

_KEPT: Final = 64
"""Packs made of tuples that are kept: a program has few, but may make a tuple anew for every connection."""

_NO_LIMITS: Final[Mapping[int, int]] = MappingProxyType({})
_NO_OWN: Final[Mapping[int, Later]] = MappingProxyType({})


def _kind(each: Option | _Kind) -> type[Option]:
    if isinstance(each, Later):
        return each.kind
    return each if isinstance(each, type) else type(each)


class Opening(NamedTuple):
    """How the last connection with these options began: the next one of the same server begins like it."""

    role: Role
    strategy: Strategy
    policy: Policy
    said: bytes
    states: States


class Pack(tuple[_Kind, ...]):
    """Kinds of options that all connections of a server are given, and what is known of them.

    Attributes:
        makers: What makes the option of each number.
        limits: The longest payload, in bytes, of each option that has a bound of its own.
        minding: Those that do something when they are refused.
        opening: See `Opening`.

    Raises:
        ValueError: Two have the same number.
    """

    makers: Mapping[int, _Maker]
    limits: Mapping[int, int]
    minding: frozenset[int]
    opening: Opening | None
    _speaking: dict[type[Event], tuple[int, ...]]

    def __new__(cls, kinds: Iterable[_Kind] = ()) -> Pack:
        """Look through them once."""
        self = super().__new__(cls, kinds)
        makers: dict[int, _Maker] = {}
        limits: dict[int, int] = {}
        for each in self:
            kind = _kind(each)
            if kind.code in makers:
                raise ValueError(f"{option_name(kind.code)} is given twice")
            makers[kind.code] = each.make if isinstance(each, Later) else each
            if kind.max_payload != MAX_SUBNEGOTIATION:
                limits[kind.code] = kind.max_payload
        self.makers = makers
        self.limits = limits or _NO_LIMITS
        self.minding = frozenset(kind.code for kind in map(_kind, self) if kind.refused is not Option.refused)
        self.opening = None
        self._speaking = {}
        return self

    def speaking(self, event: type[Event]) -> tuple[int, ...]:
        """The numbers of those that understand such an event."""
        known = self._speaking.get(event)
        if known is None:
            known = tuple(kind.code for kind in map(_kind, self) if issubclass(event, kind.says))
            self._speaking[event] = known
        return known


_EMPTY: Final = Pack()

Given = Option | type[Option] | Later | tuple[_Kind, ...]
"""What a connection may be given for options. A server gives all of its connections the same `Pack`."""


class Shelf:
    """Options by their numbers. It is also what they may know of each other: their `View`.

    Args:
        role: Which end we are.
        options: Options, kinds of options that need no argument, `Later`, and tuples of the last two. What is
            known of a tuple is kept for the next connection that is given the same.
        agreements: Who performs what.

    Raises:
        ValueError: Two have the same number, or one belongs to another connection.
    """

    __slots__ = ("_agreements", "_made", "_own", "_role", "pack")

    def __init__(self, role: Role, options: Iterable[Given], agreements: Agreements) -> None:
        self._role, self._agreements = role, agreements
        self._made: dict[int, Option] = {}
        self._own: Mapping[int, Later] = _NO_OWN  # those that only this connection was given
        self.pack = _EMPTY
        for option in options:
            if type(option) is Pack and not self.pack:
                self.pack = option
            elif isinstance(option, tuple):
                self.pack = _packed(tuple(self.pack) + tuple(option))
            else:
                self._keep(option)
        for code in self._own.keys() & self.pack.makers.keys() if self._own else ():
            raise ValueError(f"{option_name(code)} is given twice")

    def _keep(self, option: Option | type[Option] | Later) -> None:
        later = option if isinstance(option, Later) else Later(_kind(option), _kind(option))
        code = later.kind.code
        if code in self._own:
            raise ValueError(f"{option_name(code)} is given twice")
        self._own = {**self._own, code: later}
        if isinstance(option, Option):
            self._made[code] = option
            option.join(self._role, self)

    def learn(self, kind: type[Option]) -> None:
        """Understand one kind more; nothing happens if there is one of its number."""
        if kind.code not in self:
            self._keep(kind)

    def __contains__(self, code: int) -> bool:
        return code in self.pack.makers or code in self._own

    @property
    def shared(self) -> bool:
        """Whether there is nothing here but what other connections have, too."""
        return not self._own

    def get(self, code: int) -> Option | None:
        """The option of that number, made now if need be; None where we do not understand it."""
        option = self._made.get(code)
        if option is not None:
            return option
        make = self.pack.makers.get(code)
        if make is None:
            if code not in self._own:
                return None
            make = self._own[code].make
        option = make()
        option.join(self._role, self)
        self._made[code] = option
        return option

    def seen(self, code: int) -> Option | None:
        """The option of that number if it was ever needed: another one is in its first state anyway."""
        return self._made.get(code)

    def minding(self, code: int) -> Option | None:
        """The option of that number if it was ever needed, or does something when it is refused."""
        unmoved = code in self.pack.makers and code not in self.pack.minding
        return self._made.get(code) if unmoved else self.get(code)

    def clear(self) -> None:
        """Forget them all: they and what they know of each other would otherwise wait for a collector."""
        self._made.clear()

    def all_seen(self) -> Iterable[Option]:
        """All that were ever needed."""
        return self._made.values()

    def speaking(self, event: Event) -> Iterator[Option]:
        """Those that understand `event`."""
        what = type(event)
        own = [later.kind for later in self._own.values()]
        for code in (*self.pack.speaking(what), *(kind.code for kind in own if issubclass(what, kind.says))):
            option = self.get(code)
            if option is not None:
                yield option

    def limits(self) -> Mapping[int, int]:
        """The longest payload, in bytes, of each option that has a bound of its own."""
        if not self._own:
            return self.pack.limits
        own = {code: later.kind.max_payload for code, later in self._own.items()}
        return {**self.pack.limits, **own}

    # --- what options may know --------------------------------------------------------------

    def enabled(self, option: int, side: Side) -> bool:
        """Whether both ends agree that `side` performs `option`."""
        return self._agreements.enabled(option, side)

    def performed(self, side: Side) -> tuple[int, ...]:
        """All options that `side` performs now, in order of their numbers."""
        return self._agreements.performed(side)

    def reports(self) -> Iterator[tuple[int, bytes]]:
        """Number and parameters of the options that we perform and that have parameters."""
        for code in self.performed(Side.LOCAL):
            option = self.get(code)
            if option is not None and (report := option.report()) is not None:
                yield code, report


@lru_cache(maxsize=_KEPT)
def _packed(kinds: tuple[_Kind, ...]) -> Pack:
    """One pack for all tuples that are equal."""
    return Pack(kinds)
