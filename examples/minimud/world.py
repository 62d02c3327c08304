"""The map of the mini-MUD: rooms, what lies in them, and who lives there."""

from __future__ import annotations

from bbsterm.serve.mud import Creature, Dice, Room, Weapon, World

ROOMS = (
    Room(
        1,
        "The Jetty",
        "Planks over black water. The boat that brought you is gone; above, the lighthouse is dark.",
        {"north": 2},
    ),
    Room(
        2,
        "The Keeper's Kitchen",
        "Two plates on the table, one of them eaten. Stairs wind up, and a hatch leads down.",
        {"south": 1, "up": 3, "down": 4},
    ),
    Room(3, "The Lamp", "A lens as tall as you are. Somebody has to light it.", {"down": 2}),
    Room(4, "The Cistern", "Water to the knees, and something that moves when you do.", {"up": 2}),
)


def lighthouse() -> World:
    return World(
        "The Lighthouse",
        ROOMS,
        weapons={
            1: [Weapon("boat hook", Dice(1, 6), "Ash and iron, longer than you are.")],
            2: [Weapon("bread knife", Dice(1, 4, 1), "It has been sharpened for fifty years.")],
        },
        creatures=[
            Creature("gull", 1, 4, Dice(1, 2), 5, "It wants your bread, and it is not afraid of you."),
            Creature("eel", 4, 15, Dice(2, 3), 30, "You see only parts of it."),
        ],
    )
