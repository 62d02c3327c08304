from __future__ import annotations

import pytest

from bbsterm.serve.mud.things import Creature, Dice, Room
from bbsterm.serve.mud.world import DIRECTIONS, World, old_exchange
from tests.serve.mud.conftest import STICK, SWORD, small_world

HERE = Room(1, "Here", "", {})


@pytest.mark.parametrize(
    ("rooms", "weapons", "creatures", "wrong"),
    [
        ([], {}, (), "a world needs a room"),
        ([HERE, HERE], {}, (), "two rooms 1"),
        ([Room(1, "Here", "", {"north": 5})], {}, (), "leads to room 5"),
        ([Room(1, "Here", "", {"left": 1})], {}, (), "'left' is no direction"),
        ([HERE], {7: [STICK]}, (), "lies in room 7"),
        ([HERE], {}, [Creature("rat", 3, 1, Dice(1, 1), 1)], "lives in room 3"),
    ],
)
def test_a_world_that_makes_no_sense_is_refused(rooms, weapons, creatures, wrong):
    with pytest.raises(ValueError, match=wrong):
        World("Wrong", rooms, weapons, creatures)


def test_the_janitor_puts_things_back():
    world = small_world()
    world.lying[1].remove(SWORD)
    world.lying[2].append(SWORD)

    world.tidy()

    assert world.lying == {1: [SWORD, STICK], 2: []}


def test_every_room_of_our_world_can_be_reached_and_left():
    world = old_exchange()
    found, new = set(), [world.start]
    while new:
        number = new.pop()
        found.add(number)
        new += [there for there in world.rooms[number].exits.values() if there not in found]

    assert found == set(world.rooms)
    back = {"north": "south", "east": "west", "up": "down"}
    back |= {there: here for here, there in back.items()}
    assert set(back) == set(DIRECTIONS)
    for room in world.rooms.values():
        for direction, number in room.exits.items():
            assert world.rooms[number].exits[back[direction]] == room.number


def test_two_worlds_share_no_creature():
    first, second = old_exchange(), old_exchange()

    first.creatures[0].health = 0

    assert second.creatures[0].health > 0
