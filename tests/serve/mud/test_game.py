from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import MAX_CHAT_LINE, MAX_MUD_WEAPONS
from bbsterm.serve.mud.game import Left, Moved, StateChanged, Told
from bbsterm.serve.mud.things import FISTS, Player
from tests.serve.mud.conftest import STICK, SWORD, Table


def test_entering_shows_the_room_and_is_seen(table):
    ann = table.enter("Ann")

    table.game.enter(Player("Bob", 99))  # a room that there is not: the first

    news = table.game.take_news()
    assert news[0] == Told("Ann", "Bob steps out of the static.\n")
    assert news[1] == Moved("Bob")
    text = "".join(one.text for one in news if isinstance(one, Told) and one.player == "Bob")
    assert text == (
        "Hall\nA hall.\nExits: north.\nA long sword lies here.\nA stick lies here.\nAnn is here.\n"
    )
    with pytest.raises(ValueError, match="Ann is playing already"):
        table.game.enter(ann)


def test_a_fight_from_the_first_blow_to_the_last(table):
    ann = table.enter("Ann")
    table.type("Ann", "get sword")
    table.type("Ann", "wield sword")
    table.type("Ann", "north")

    first = table.type("Ann", "kill wolf")["Ann"]

    assert first == "You hit the grey wolf with your long sword (10).\nThe grey wolf hits you (3).\n"
    assert (ann.health, ann.fighting.name) == (17, "grey wolf")
    assert table.type("Ann", "south")["Ann"] == "The grey wolf is in your way. Try 'flee'.\n"

    table.game.tick(2)

    assert "The grey wolf is no more. You learn 30." in table.told()["Ann"]
    assert (ann.level, ann.health, ann.fighting) == (2, 26, None)
    assert list(table.game.creatures(2)) == []

    table.game.tick(62)

    assert table.told()["Ann"] == "A grey wolf comes out of the dark.\n"
    assert next(table.game.creatures(2)).health == 12


def test_who_dies_wakes_up_where_one_begins(table):
    ann = table.enter("Ann", health=2)
    bob = table.enter("Bob")
    ann.room = bob.room = 2

    said = table.type("Ann", "attack wolf")

    assert "NO CARRIER" in said["Ann"]
    assert "The grey wolf disconnects Ann." in said["Bob"]
    assert (ann.room, ann.health, ann.fighting) == (1, 10, None)


def test_a_fight_of_two_ends_for_both(table):
    ann, bob = table.enter("Ann", wielded=SWORD), table.enter("Bob", wielded=SWORD)
    ann.room = bob.room = 2
    table.type("Ann", "kill wolf")

    table.type("Bob", "kill wolf")

    assert (ann.fighting, bob.fighting) == (None, None)
    assert (ann.experience, bob.experience) == (0, 30)


def test_fleeing_ends_the_fight_elsewhere(table):
    ann = table.enter("Ann")
    ann.room = 2
    table.type("Ann", "kill wolf")

    assert "You run!" in table.type("Ann", "flee")["Ann"]

    assert (ann.room, ann.fighting) == (1, None)


def test_wounds_heal_and_the_client_hears_of_it(table):
    ann = table.enter("Ann", health=18)

    table.game.tick(2)

    assert ann.health == 19
    assert table.game.take_news() == [StateChanged("Ann")]


def test_leaving_is_seen_and_returns_the_character(table):
    ann = table.enter("Ann")
    table.enter("Bob")

    assert table.game.leave("Ann") is ann

    assert table.told() == {"Bob": "Ann fades away.\n"}
    assert table.game.leave("Ann") is None


def test_hands_are_full_at_some_point(table):
    ann = table.enter("Ann", weapons=[STICK] * MAX_MUD_WEAPONS)

    assert table.type("Ann", "get sword") == {"Ann": "Your hands are full.\n"}
    assert len(ann.weapons) == MAX_MUD_WEAPONS


def test_what_is_dropped_is_not_wielded(table):
    ann = table.enter("Ann", weapons=[SWORD], wielded=SWORD)

    table.type("Ann", "drop sword")

    assert (ann.weapons, ann.wielded) == ([], FISTS)


def test_quitting_is_a_wish(table):
    table.enter("Ann")

    table.game.command("Ann", "quit")

    assert Left("Ann") in table.game.take_news()


def test_a_line_is_cut_and_made_harmless(table):
    table.enter("Ann")
    table.enter("Bob")

    said = table.type("Ann", "say \x1b[2J" + "x" * 5000)["Bob"]

    assert "\x1b" not in said
    assert len(said) < MAX_CHAT_LINE + 20


@given(
    st.lists(
        st.one_of(
            st.text(max_size=30), st.sampled_from(["n", "s", "get sword", "kill wolf", "flee", "drop a"])
        ),
        max_size=12,
    )
)
def test_whatever_is_typed_the_game_goes_on(lines):
    table = Table()
    ann = table.enter("Ann")
    for at, line in enumerate(lines):
        table.game.command("Ann", line)
        table.game.tick(at * 2.0)

    assert 0 < ann.health <= ann.most_health
    assert ann.room in table.game.world.rooms
