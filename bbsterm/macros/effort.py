"""How much work a regular expression can be made to do: known before it is used, for nothing stops it then.

Python's matcher tries one way after the other. How many ways there are for n characters is bounded by what
the expression is made of: a repeat of one character has as many as the lengths that it can take, a choice as
many as its branches, and what stands in a row has the product. k repeats in a row share the n characters, so
they have n + k over k ways together.
"""

from __future__ import annotations

import re._constants as ops  # type: ignore[import-not-found]  # typeshed does not know it; 3.11 to 3.14 have it
import re._parser as parser  # type: ignore[import-not-found]  # the same
from math import comb
from typing import Any, Final, NamedTuple

__all__ = ["TooHardError", "Ways", "ways_of"]

_FEW: Final = 64  # lengths of a repeat that are counted; more are as many as there are characters
_MOST: Final = 1 << 40  # ways after which it does not matter how many more there are
_DEEPEST: Final = 32  # groups inside groups


class TooHardError(ValueError):
    """An expression that could take for ever, or that asks for what we do not support."""


class Ways(NamedTuple):
    """How many ways there are to match: `times`, and `repeats` that share the characters.

    Attributes:
        times: What does not depend on how much text there is.
        repeats: Repeats without an end, in a row.
    """

    times: int = 1
    repeats: int = 0

    def effort(self, characters: int) -> int:
        """A bound for the ways that are tried on so much text, from all of its places together."""
        return characters * self.times * comb(characters + self.repeats, self.repeats)


def ways_of(expression: str) -> Ways:
    """How many ways an expression has. It is known to compile.

    Raises:
        TooHardError: It has look-around, back references, or repeats that nothing bounds.
    """
    return _row(parser.parse(expression), 0)


def _row(nodes: Any, depth: int) -> Ways:
    """What stands one behind the other."""
    if depth > _DEEPEST:
        raise TooHardError(f"groups may stand {_DEEPEST} deep inside each other")
    times, repeats = 1, 0
    for op, value in nodes:
        one = _node(op, value, depth)
        times, repeats = min(times * one.times, _MOST), repeats + one.repeats
    return Ways(times, repeats)


def _node(op: Any, value: Any, depth: int) -> Ways:
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        raise TooHardError("look-around and back references are not supported")
    if op in (ops.GROUPREF, ops.GROUPREF_IGNORE, ops.GROUPREF_EXISTS):
        raise TooHardError("back references can take for ever")
    if op is ops.BRANCH:
        branches = [_row(branch, depth + 1) for branch in value[1]]
        return Ways(sum(one.times for one in branches), max(one.repeats for one in branches))
    if op is ops.SUBPATTERN:
        return _row(value[3], depth + 1)
    if op is ops.ATOMIC_GROUP:
        return _row(value, depth + 1)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        least, most, nodes = value
        return _repeat(least, most, nodes, depth + 1)
    return Ways()  # one character, or a place


def _repeat(least: int, most: int, nodes: Any, depth: int) -> Ways:
    inside = _row(nodes, depth)
    if inside.repeats:
        if most > 1:
            raise TooHardError("a repeat inside a repeat can take for ever")
        return Ways(inside.times + (least == 0), inside.repeats)
    lengths = int(most) - int(least) + 1
    if inside.times == 1:
        return Ways(lengths) if lengths <= _FEW else Ways(1, 1)
    if most > _FEW:
        raise TooHardError("a repeat of what has several ways to match can take for ever")
    return Ways(min(sum(inside.times**rounds for rounds in range(int(least), int(most) + 1)), _MOST))
