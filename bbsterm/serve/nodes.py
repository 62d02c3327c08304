"""Who is on the board: each caller has a node, numbered from 1 as the lines of a board always were."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bbsterm import limits
from bbsterm.serve.clean import GUEST
from bbsterm.serve.design.model import Role

if TYPE_CHECKING:
    from bbsterm.serve.caller import Caller
    from bbsterm.serve.store.users import User

__all__ = ["RESERVED", "Node", "Nodes"]

RESERVED = frozenset({"sysop", "system", "board", "bbsterm"})
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
        address: Where the call comes from.
        room: The chat room that the caller is in, or empty.
        user: The caller's account; None for a guest.
        caller: The line itself, while there is one.
        task: What serves it.
        dismissed: What to tell the caller who is sent away.
    """

    number: int
    since: datetime
    name: str = ""
    place: str = "logging in"
    machine: str = ""
    address: str = ""
    room: str = ""
    user: User | None = None
    caller: Caller | None = None
    task: asyncio.Task[None] | None = None
    dismissed: str = ""

    @property
    def role(self) -> Role:
        """What the caller may."""
        if self.user is None:
            return Role.EVERYBODY
        return Role.SYSOPS if self.user.sysop else Role.USERS

    def facts(self) -> dict[str, str]:
        """What the other workers are told."""
        return {
            "number": str(self.number),
            "name": self.name,
            "place": self.place,
            "machine": self.machine,
            "since": self.since.isoformat(),
            "room": self.room,
            "pages": "0" if self.user is not None and not self.user.pages else "1",
        }

    def dismiss(self, words: str) -> None:
        """Send the caller away with these words."""
        if self.task is not None:
            self.dismissed = words
            self.task.cancel()


class Nodes:
    """All nodes in use. The lowest free number is the next one given."""

    def __init__(self) -> None:
        self._nodes: dict[int, Node] = {}

    def __len__(self) -> int:
        return len(self._nodes)

    def __iter__(self) -> Iterator[Node]:
        """Return the nodes in use by number."""
        for number in sorted(self._nodes):
            if node := self._nodes.get(number):  # somebody may leave while this is read
                yield node

    def take(self, *, now: datetime, taken: Collection[int] = ()) -> Node:
        """Give a caller a node; not one of the numbers that other workers have `taken`."""
        last = len(self._nodes) + len(taken) + 2
        number = next(
            number for number in range(1, last) if number not in self._nodes and number not in taken
        )
        node = self._nodes[number] = Node(number, now)
        return node

    def free(self, node: Node) -> None:
        """Take the node back."""
        self._nodes.pop(node.number, None)

    def get(self, number: int) -> Node | None:
        """The node of this number, if it is in use."""
        return self._nodes.get(number)

    def name(self, node: Node, wanted: str, *, others: Collection[str] = ()) -> str:
        """Give the caller on `node` a name that nobody else has: "Ann", or "Ann 2" for another Ann.

        `others` are names in use on other workers.
        """
        if wanted.casefold() in RESERVED:
            wanted = f"{GUEST} {wanted}"[: limits.MAX_CALLER_NAME]
        taken = {other.name.casefold() for other in self if other is not node}
        taken.update(map(str.casefold, others))
        node.name, count = wanted, 1
        while node.name.casefold() in taken:
            count += 1
            node.name = f"{wanted[: limits.MAX_CALLER_NAME - len(str(count)) - 1]} {count}"
        return node.name
