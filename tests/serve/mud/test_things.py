from __future__ import annotations

from bbsterm.serve.mud.things import Dice, Player


def test_dice_are_thrown_and_spelled():
    assert Dice(2, 6, 1).roll(lambda sides: sides) == 13
    assert Dice(2, 6, 1).roll(lambda sides: 1) == 3
    assert [str(Dice(2, 6, 1)), str(Dice(1, 4))] == ["2d6+1", "1d4"]


def test_each_level_is_harder_to_reach_and_healthier():
    levels = [
        (Player("A", 1, experience=n).level, Player("A", 1, experience=n).most_health)
        for n in (0, 24, 25, 99, 100, 225)
    ]

    assert levels == [(1, 20), (1, 20), (2, 26), (2, 26), (3, 32), (4, 38)]
