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

_Kinds = tuple[type[Option], ...]

Given = Option | type[Option] | _Kinds | Later
"""What a connection may be given for options."""

_NO_LIMITS: Final[Mapping[int, int]] = MappingProxyType({})


class Shelf:
    """Options by their numbers.

    Args:
        role: Which end we are.
        options: Options, kinds of options that need no argument (also tuples of them), and `Later`.
        view: What the options may know.

    Raises:
        ValueError: Two have the same number, or one belongs to another connection.
    """

    __slots__ = ("_by_number", "_kinds", "_made", "_makers", "_role", "_view")

    def __init__(self, role: Role, options: Iterable[Given], view: View) -> None:
        self._role, self._view = role, view
        self._made: dict[int, Option] = {}
        self._makers: dict[int, Callable[[], Option]] = {}
        kinds: _Kinds = ()
        for option in options:
            if isinstance(option, tuple):
                kinds += option
            elif isinstance(option, type):
                kinds += (option,)
            elif isinstance(option, Later):
                kinds += (option.kind,)
                self._makers[option.kind.code] = option.make
            else:
                kinds += (type(option),)
                if option.code not in self._made:  # if it is, `_by_number` complains
                    self._made[option.code] = option
                    option.join(role, view)
        self._kinds = _one_for_all(kinds)
        self._by_number = _by_number(kinds)

    def __contains__(self, code: int) -> bool:
        return code in self._by_number

    def get(self, code: int) -> Option | None:
        """The option of that number, made now if need be; None where we do not understand it."""
        option = self._made.get(code)
        if option is not None:
            return option
        kind = self._by_number.get(code)
        if kind is None:
            return None
        option = self._makers.pop(code, kind)()
        option.join(self._role, self._view)
        self._made[code] = option
        return option

    def seen(self, code: int) -> Option | None:
        """The option of that number if it was ever needed: another one is in its first state anyway."""
        return self._made.get(code)

    def all_seen(self) -> Iterator[Option]:
        """All that were ever needed."""
        return iter(self._made.values())

    def speaking(self, event: Event) -> Iterator[Option]:
        """Those that understand `event`."""
        what: type = type(event)
        for kind in _speaking(self._kinds, what):
            option = self.get(kind.code)
            if option is not None:
                yield option

    def limits(self) -> Mapping[int, int]:
        """The longest payload, in bytes, of each option that has a bound of its own."""
        return _limits(self._kinds)


@cache
def _one_for_all(kinds: _Kinds) -> _Kinds:
    """One tuple in place of thousands that are equal."""
    return kinds


@cache
def _by_number(kinds: _Kinds) -> Mapping[int, type[Option]]:
    table: dict[int, type[Option]] = {}
    for kind in kinds:
        if kind.code in table:
            raise ValueError(f"{option_name(kind.code)} is given twice")
        table[kind.code] = kind
    return MappingProxyType(table)


@cache
def _speaking(kinds: _Kinds, event: type) -> _Kinds:
    return tuple(kind for kind in kinds if issubclass(event, kind.says))


@cache
def _limits(kinds: _Kinds) -> Mapping[int, int]:
    own = {kind.code: kind.max_payload for kind in kinds if kind.max_payload != MAX_SUBNEGOTIATION}
    return MappingProxyType(own) if own else _NO_LIMITS
