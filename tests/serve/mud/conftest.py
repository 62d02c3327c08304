from __future__ import annotations

import random

import pytest

from bbsterm.serve.mud.commands import COMMANDS
from bbsterm.serve.mud.game import Game, Told
from bbsterm.serve.mud.things import Creature, Dice, Player, Room, Weapon
from bbsterm.serve.mud.world import World

SWORD = Weapon("long sword", Dice(1, 1, 9), "It gleams.")
STICK = Weapon("stick", Dice(1, 1))


def small_world():
    return World(
        "Small",
        [Room(1, "Hall", "A hall.", {"north": 2}), Room(2, "Yard", "A yard.", {"south": 1})],
        weapons={1: [SWORD, STICK]},
        creatures=[Creature("grey wolf", 2, 12, Dice(1, 1, 2), 30, "It has yellow eyes.")],
    )


class Table:
    """A game without a wire: type as somebody, and see what everybody is told."""

    def __init__(self):
        self.game = Game(small_world(), COMMANDS, chance=random.Random(1), now=0)

    def enter(self, name, **state):
        player = Player(name, self.game.world.start, **state)
        self.game.enter(player)
        self.game.take_news()
        return player

    def type(self, name, line):
        """What each player is told, by name."""
        self.game.command(name, line)
        return self.told()

    def told(self):
        said = {}
        for news in self.game.take_news():
            if isinstance(news, Told):
                said[news.player] = said.get(news.player, "") + news.text
        return said


@pytest.fixture
def table():
    return Table()
