"""A world: its rooms, what lies in them and who lives there; and the one that comes with bbsterm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bbsterm.serve.mud.things import Creature, Dice, Room, Weapon

__all__ = ["DIRECTIONS", "World", "old_exchange"]

DIRECTIONS: Final = ("north", "east", "south", "west", "up", "down")


class World:
    """Rooms, weapons and creatures. It knows no players: those come and go in a `Game`.

    Args:
        name: As MSSP tells it.
        rooms: The first is where everybody begins.
        weapons: Which weapons lie in which room, by its number.
        creatures: Who lives there.

    Raises:
        ValueError: A number is given twice, or leads to no room; a direction is none.
    """

    def __init__(
        self,
        name: str,
        rooms: Iterable[Room],
        weapons: Mapping[int, Iterable[Weapon]] | None = None,
        creatures: Iterable[Creature] = (),
    ) -> None:
        self.name = name
        self.rooms: dict[int, Room] = {}
        for room in rooms:
            if room.number in self.rooms:
                raise ValueError(f"there are two rooms {room.number}")
            self.rooms[room.number] = room
        if not self.rooms:
            raise ValueError("a world needs a room")
        self.start = next(iter(self.rooms))
        self.lying: dict[int, list[Weapon]] = {number: [] for number in self.rooms}
        self.creatures = list(creatures)
        self._check_ways()
        for number, found in (weapons or {}).items():
            self._known(number, "a weapon lies in").extend(found)
        self._places = {number: tuple(found) for number, found in self.lying.items()}
        self.weapons = {weapon.name: weapon for found in self.lying.values() for weapon in found}

    def tidy(self) -> None:
        """The janitor comes by: what was taken away lies in its place again, what was dropped is gone."""
        for number, found in self._places.items():
            self.lying[number][:] = found

    def _check_ways(self) -> None:
        for room in self.rooms.values():
            for direction, number in room.exits.items():
                if direction not in DIRECTIONS:
                    raise ValueError(f"{direction!r} is no direction (in {room.name!r})")
                self._known(number, f"{room.name!r} leads to")
        for creature in self.creatures:
            self._known(creature.room, f"{creature.name!r} lives in")

    def _known(self, number: int, what: str) -> list[Weapon]:
        if number not in self.rooms:
            raise ValueError(f"{what} room {number}, and there is none")
        return self.lying[number]


def old_exchange() -> World:
    """The world that comes with bbsterm: a telephone exchange that nobody has switched off."""
    return World("The Old Exchange", _ROOMS, _WEAPONS, (_creature(*row) for row in _CREATURES))


_ROOMS: Final = (
    Room(
        1,
        "The Operators' Hall",
        "A long row of switchboards, cords hanging from them like vines. A lamp blinks: somebody is "
        "calling, and has been for thirty years.",
        {"north": 2, "east": 4, "up": 7},
    ),
    Room(
        2,
        "The Relay Room",
        "Racks up to the ceiling. Thousands of relays click, in waves, as if they were breathing.",
        {"south": 1, "west": 3, "down": 5},
    ),
    Room(
        3,
        "The Modem Closet",
        "Shelves of modems, their lights all red. It is warm, and one of them is whistling to itself.",
        {"east": 2},
    ),
    Room(
        4,
        "The Workshop",
        "A bench under a dusty window. Whoever worked here left in the middle of a joint.",
        {"west": 1, "down": 6},
    ),
    Room(
        5,
        "The Cable Vault",
        "Cables as thick as arms come out of the wall and go into the dark. Something has gnawed at them.",
        {"up": 2, "east": 6},
    ),
    Room(
        6,
        "The Battery Room",
        "Glass jars of acid, each a little sun of copper and lead. The air tastes of coins.",
        {"west": 5, "up": 4},
    ),
    Room(
        7,
        "The Roof",
        "Tar, wind, and the town below. A line leads from here to every house that there is.",
        {"down": 1},
    ),
)

_WEAPONS: Final = {
    3: (Weapon("serial cable", Dice(1, 6), "Twenty-five wires, and a heavy plug at the end."),),
    4: (
        Weapon("soldering iron", Dice(1, 4, 2), "Still hot."),
        Weapon("crimping tool", Dice(1, 8), "It bites."),
    ),
    7: (Weapon("lightning rod", Dice(2, 6, 1), "It hums when there are clouds."),),
}

_CREATURES: Final = (
    ("line noise", 3, 6, Dice(1, 2), 6, "A crackling that has taken shape: {~r}x~~p."),
    ("cable rat", 5, 9, Dice(1, 4), 10, "It eats what you want to say."),
    ("crossed line", 2, 14, Dice(1, 5), 18, "Two voices in one body, and neither listens."),
    ("acid slime", 6, 18, Dice(2, 3), 25, "It has eaten the last three electricians."),
    ("switchman", 7, 40, Dice(2, 5, 1), 80, "He has kept the lines up since before you were born."),
)


def _creature(name: str, room: int, health: int, damage: Dice, experience: int, about: str) -> Creature:
    """Worlds do not share their creatures: one may be dead here and alive there."""
    return Creature(name, room, health, damage, experience, about)
