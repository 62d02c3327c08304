from __future__ import annotations

import pytest

from bbsterm.serve.mud.commands import COMMANDS
from bbsterm.serve.mud.things import FISTS


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("look sword", "It gleams. (Damage: 1d1+9)\n"),
        ("look at nothing", "There is no 'at nothing' here.\n"),
        ("get the long sword", "You take the long sword. ('wield long sword' to fight with it.)\n"),
        ("GET STI", "You take the stick. ('wield stick' to fight with it.)\n"),
        ("get", "Get what?\n"),
        ("get dragon", "There is no 'dragon' here.\n"),
        ("drop", "Drop what?\n"),
        ("wield axe", "You have no 'axe'.\n"),
        ("i", "You carry nothing, and fight with your bare hands.\n"),
        ("attack wolf", "There is no 'wolf' here to fight.\n"),
        ("flee", "From what?\n"),
        ("west", "There is no way west.\n"),
        ("say", "Say what?\n"),
        ("shout", "Shout what?\n"),
        ("tell Bob", "Tell whom what? 'who' lists who is there.\n"),
        ("tell Zoe hi", "Tell whom what? 'who' lists who is there.\n"),
        ("dance", "Nobody here knows how to 'dance'. Try 'help'.\n"),
        (
            "score",
            "You are Ann, level 1. Health 20 of 20, experience 0. You fight with your bare hands.\n",
        ),
    ],
)
def test_what_a_player_is_answered(table, line, answer):
    table.enter("Ann")
    table.enter("Bob")

    assert table.type("Ann", line)["Ann"] == answer


@pytest.mark.parametrize(
    ("line", "own", "heard"),
    [
        ("say hi", 'You say, "hi"\n', 'Ann says, "hi"\n'),
        ("'hi", 'You say, "hi"\n', 'Ann says, "hi"\n'),
        ("shout hi", 'You shout, "hi"\n', 'Ann shouts, "hi"\n'),
        ("tell bob hi", 'You tell Bob, "hi"\n', 'Ann tells you, "hi"\n'),
    ],
)
def test_talk(table, line, own, heard):
    table.enter("Ann")
    table.enter("Bob")

    assert table.type("Ann", line) == {"Ann": own, "Bob": heard}


def test_only_a_shout_is_heard_in_the_next_room(table):
    table.enter("Ann")
    table.enter("Bob").room = 2

    assert set(table.type("Ann", "say hi")) == {"Ann"}
    assert set(table.type("Ann", "shout hi")) == {"Ann", "Bob"}


def test_who_lists_everybody(table):
    table.enter("Ann")
    table.enter("Bob").room = 2

    assert table.type("Ann", "who")["Ann"].splitlines() == [
        "Ann               level 1   Hall",
        "Bob               level 1   Yard",
    ]


def test_wielding(table):
    ann = table.enter("Ann")
    table.type("Ann", "get sword")
    assert ann.wielded is FISTS

    table.type("Ann", "wield long")

    assert ann.wielded.name == "long sword"


def test_help_lists_every_command(table):
    table.enter("Ann")

    listed = table.type("Ann", "help")["Ann"]

    assert [line.split()[0] for line in listed.splitlines()] == [command.word for command in COMMANDS]


def test_one_letter_walks():
    words = [command.word for command in COMMANDS]

    for letter, direction in zip("neswud", ("north", "east", "south", "west", "up", "down"), strict=True):
        assert next(word for word in words if word.startswith(letter)) == direction
