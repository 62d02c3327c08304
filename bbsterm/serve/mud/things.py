"""What a world is made of: rooms, weapons, creatures, players."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

__all__ = ["FISTS", "Creature", "Dice", "Player", "Room", "Weapon"]

_HEALTH: Final = 20
_HEALTH_PER_LEVEL: Final = 6
_EXPERIENCE: Final = 25  # for level 2; four times as much for level 3, nine times for level 4


@dataclass(frozen=True, slots=True)
class Dice:
    """Some dice with so many sides, and a number that is added: ``Dice(2, 6, 1)`` is 2d6+1."""

    count: int
    sides: int
    plus: int = 0

    def roll(self, die: Callable[[int], int]) -> int:
        """Throw them; ``die(6)`` is 1 to 6."""
        return self.plus + sum(die(self.sides) for _ in range(self.count))

    def __str__(self) -> str:
        return f"{self.count}d{self.sides}" + (f"+{self.plus}" if self.plus else "")


@dataclass(frozen=True, slots=True)
class Weapon:
    """Something to fight with. `name` is what players type: "iron" of "a soldering iron" will do, too."""

    name: str
    damage: Dice
    about: str = ""


FISTS: Final = Weapon("bare hands", Dice(1, 3))


@dataclass(frozen=True, slots=True)
class Room:
    """A place. `exits` lead from a direction ("north") to the number of another room."""

    number: int
    name: str
    about: str
    exits: Mapping[str, int]


@dataclass(slots=True)
class Creature:
    """Something that can be fought; it comes back to its `room` some time after its end.

    Attributes:
        health: What is left of `most_health`.
        back_at: When it comes back, on the game's clock; None while it is alive.
    """

    name: str
    room: int
    most_health: int
    damage: Dice
    experience: int
    about: str = ""
    health: int = field(init=False)
    back_at: float | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.health = self.most_health

    @property
    def alive(self) -> bool:
        """Whether it is there to be seen and fought."""
        return self.back_at is None


@dataclass(slots=True)
class Player:
    """A character, in the game or in the file. `weapons` is what it carries, `wielded` one of them."""

    name: str
    room: int
    experience: int = 0
    health: int = _HEALTH
    weapons: list[Weapon] = field(default_factory=list)
    wielded: Weapon = FISTS
    fighting: Creature | None = None

    @property
    def level(self) -> int:
        """From 1 on."""
        return 1 + int((self.experience / _EXPERIENCE) ** 0.5)

    @property
    def most_health(self) -> int:
        """Health when nothing hurts."""
        return _HEALTH + _HEALTH_PER_LEVEL * (self.level - 1)
