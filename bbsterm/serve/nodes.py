"""Who is on the board: each caller has a node, numbered from 1 as the lines of a board always were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bbsterm import limits
from bbsterm.serve.clean import GUEST

__all__ = ["Node", "Nodes"]

_RESERVED = frozenset({"sysop", "system", "board", "bbsterm"})
"""Names that would let a guest speak for the house."""


@dataclass(slots=True)
class Node:
    """One line, in use.

    Attributes:
        number: From 1.
        since: When the call came in.
        name: The caller's name; empty until there is one.
        place: Where on the board the caller is, in a word or two.
        machine: What the caller calls with, for a person to read.
    """

    number: int
    since: datetime
    name: str = ""
    place: str = "logging in"
    machine: str = ""


class Nodes:
    """All nodes in use. The lowest free number is the next one given."""

    def __init__(self) -> None:
        self._nodes: dict[int, Node] = {}

    def __len__(self) -> int:
        return len(self._nodes)

    def __iter__(self) -> Iterator[Node]:
        """Return the nodes in use by number."""
        return iter([self._nodes[number] for number in sorted(self._nodes)])

    def take(self, *, now: datetime) -> Node:
        """Give a caller a node."""
        number = next(number for number in range(1, len(self._nodes) + 2) if number not in self._nodes)
        node = self._nodes[number] = Node(number, now)
        return node

    def free(self, node: Node) -> None:
        """Take the node back."""
        self._nodes.pop(node.number, None)

    def name(self, node: Node, wanted: str) -> str:
        """Give the caller on `node` a name that nobody else has: "Ann", or "Ann 2" for another Ann."""
        if wanted.casefold() in _RESERVED:
            wanted = f"{GUEST} {wanted}"[: limits.MAX_CALLER_NAME]
        taken = {other.name.casefold() for other in self if other is not node}
        node.name, count = wanted, 1
        while node.name.casefold() in taken:
            count += 1
            node.name = f"{wanted[: limits.MAX_CALLER_NAME - len(str(count)) - 1]} {count}"
        return node.name
