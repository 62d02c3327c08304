"""The options of one connection, made when they are first needed.

A server understands some thirty options and most of its callers speak of five: what nobody mentions costs a
server nothing but a place in a table that all of its connections share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from bbsterm.limits import MAX_SUBNEGOTIATION
from bbsterm.protocol.events import Event
from bbsterm.protocol.options.base import Later, Option, View
from bbsterm.protocol.vocabulary import Role, option_name

__all__ = ["Given", "Shelf"]

_Maker = Callable[[], Option]
_Pack = tuple[type[Option] | Later, ...]

Given = Option | type[Option] | Later | _Pack
"""What a connection may be given for options. A server gives all of its connections the same tuple."""

_NO_LIMITS: Final[Mapping[int, int]] = MappingProxyType({})


class Shelf:
    """Options by their numbers.

    Args:
        role: Which end we are.
        options: Options, kinds of options that need no argument, `Later`, and tuples of the last two. What is
            known of a tuple is kept for the next connection that is given the same.
        view: What the options may know.

    Raises:
        ValueError: Two have the same number, or one belongs to another connection.
    """

    __slots__ = ("_made", "_makers", "_own", "_pack", "_role", "_view")

    def __init__(self, role: Role, options: Iterable[Given], view: View) -> None:
        self._role, self._view = role, view
        self._made: dict[int, Option] = {}
        self._own: dict[int, Later] | None = None  # those that only this connection was given
        self._pack: _Pack = ()
        self._makers = _table(())
        for option in options:
            if isinstance(option, tuple):
                self._pack = _one_for_all(self._pack + option) if self._pack else option
                self._makers = _table(self._pack)
                continue
            later = option if isinstance(option, Later) else Later(_kind(option), _kind(option))
            self._take(later.kind.code, later)
            if isinstance(option, Option):
                self._made[option.code] = option
                option.join(role, view)
        if self._own is not None:
            for code in self._own.keys() & self._makers.keys():
                raise ValueError(f"{option_name(code)} is given twice")

    def _take(self, code: int, later: Later) -> None:
        if self._own is None:
            self._own = {}
        if code in self._own:
            raise ValueError(f"{option_name(code)} is given twice")
        self._own[code] = later

    def __contains__(self, code: int) -> bool:
        return code in self._makers or (self._own is not None and code in self._own)

    def get(self, code: int) -> Option | None:
        """The option of that number, made now if need be; None where we do not understand it."""
        option = self._made.get(code)
        if option is not None:
            return option
        make = self._makers.get(code)
        if make is None and self._own is not None and code in self._own:
            make = self._own[code].make
        if make is None:
            return None
        option = make()
        option.join(self._role, self._view)
        self._made[code] = option
        return option

    def seen(self, code: int) -> Option | None:
        """The option of that number if it was ever needed: another one is in its first state anyway."""
        return self._made.get(code)

    def clear(self) -> None:
        """Forget them all: they and what they know of each other would otherwise wait for a collector."""
        self._made.clear()

    def all_seen(self) -> Iterator[Option]:
        """All that were ever needed."""
        return iter(self._made.values())

    def speaking(self, event: Event) -> Iterator[Option]:
        """Those that understand `event`."""
        what: type = type(event)
        own = [later.kind for later in (self._own or {}).values()]
        codes = (*_speaking(self._pack, what), *(kind.code for kind in own if issubclass(what, kind.says)))
        for code in codes:
            option = self.get(code)
            if option is not None:
                yield option

    def limits(self) -> Mapping[int, int]:
        """The longest payload, in bytes, of each option that has a bound of its own."""
        shared = _limits(self._pack)
        if self._own is None:
            return shared
        own = {code: later.kind.max_payload for code, later in self._own.items()}
        return {**shared, **own}


def _kind(each: Option | type[Option] | Later) -> type[Option]:
    if isinstance(each, Later):
        return each.kind
    return each if isinstance(each, type) else type(each)


# These keep what they have made for ever: they are asked for shared tuples only, of which a program has few.


@cache
def _one_for_all(pack: _Pack) -> _Pack:
    """One tuple in place of thousands that are equal."""
    return pack


@cache
def _table(pack: _Pack) -> Mapping[int, _Maker]:
    table: dict[int, _Maker] = {}
    for each in pack:
        code = _kind(each).code
        if code in table:
            raise ValueError(f"{option_name(code)} is given twice")
        table[code] = each.make if isinstance(each, Later) else each
    return MappingProxyType(table)


@cache
def _speaking(pack: _Pack, event: type) -> tuple[int, ...]:
    kinds = map(_kind, pack)
    return tuple(kind.code for kind in kinds if issubclass(event, kind.says))


@cache
def _limits(pack: _Pack) -> Mapping[int, int]:
    kinds = map(_kind, pack)
    own = {kind.code: kind.max_payload for kind in kinds if kind.max_payload != MAX_SUBNEGOTIATION}
    return MappingProxyType(own) if own else _NO_LIMITS
