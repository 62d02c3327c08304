"""Prompts are recognised in what came, and on the screen; each of them once."""

from __future__ import annotations

from bbsterm import limits
from bbsterm.macros.patterns import OnScreen, Region, literal
from bbsterm.macros.watch import View, Watch

NAME, PASSWORD = literal("name:"), literal("password:")


def watching(text="", view=None):
    watch = Watch()
    watch.feed(text)
    watch.look(view or View())
    return watch


def test_a_prompt_is_found_once():
    watch = watching("Your name: ")

    assert watch.find(NAME) == 0
    assert watch.find(NAME) is None


def test_what_came_after_a_prompt_is_not_lost():
    watch = watching("Name: Password: ")

    assert (watch.find(NAME), watch.find(PASSWORD)) == (0, 0)


def test_of_several_the_first_to_come_is_found():
    watch = watching("Password: Name: ")

    assert watch.find(NAME, PASSWORD) == 1


def test_a_prompt_that_was_drawn_out_of_order_is_found_on_the_screen():
    watch = watching("word:\nPass", View(("Password:",), 0, 0, 9))

    assert watch.find(PASSWORD) == 0


def test_what_stays_on_the_screen_is_found_once():
    view = View(("Password:",), 0, 0, 9)
    watch = watching("word:\nPass", view)
    watch.find(PASSWORD)

    watch.look(View(("Password: ***", "Wrong."), 0, 1, 6))

    assert watch.find(PASSWORD) is None


def test_the_same_prompt_on_a_new_line_is_found_again():
    watch = watching("x", View(("Name:",), 0, 0, 5))
    watch.find(NAME)

    watch.look(View(("Name: Ann", "Name:"), 0, 1, 5))

    assert watch.find(NAME) == 0


def test_the_same_prompt_on_the_same_line_is_found_again_if_it_comes_again():
    watch = watching("\nName:", View(("Name:",), 0, 0, 5))
    watch.find(NAME)

    watch.feed("\nName:")
    watch.look(View(("Name:",), 0, 0, 5))

    assert watch.find(NAME) == 0


def test_rows_that_scroll_are_the_rows_they_were():
    watch = watching("x", View(("", "Name:"), 0, 1, 5))
    watch.find(NAME)

    watch.look(View(("Name: Ann", ""), 1, 1, 0))

    assert watch.find(NAME) is None


def test_a_field_of_a_form_is_found_when_the_cursor_comes_to_it():
    form = ("Name:     ", "Password: ")
    watch = watching("", View(form, 0, 0, 6))
    watch.find(NAME)
    assert watch.find(PASSWORD) is None

    watch.look(View(form, 0, 1, 10))

    assert watch.find(PASSWORD) == 0


def test_a_place_on_the_screen_does_not_ask_when_it_was_drawn():
    watch = watching("", View(("Main menu", "")))
    menu = OnScreen(literal("menu"), Region(0, 0, 1))

    assert (watch.find(menu), watch.find(menu)) == (0, 0)
    assert watch.holds(menu)


def test_looking_at_the_screen_makes_nothing_old():
    watch = watching("Name:", View(("Name:",)))

    assert watch.holds(NAME)
    assert watch.find(NAME) == 0


def test_a_board_that_talks_without_end_is_not_remembered_without_end():
    watch = watching()

    for _ in range(100):
        watch.feed("x" * 1000)

    assert len(watch._text) == limits.MAX_MACRO_TEXT


def test_what_stood_there_before_it_began_is_old_but_the_cursors_own_prompt_is_not():
    watch = Watch()
    lines = ("login: ann", "password: *****", "Main menu", "Name of the area: [_____]")

    watch.start(View(lines, 0, 3, 19))

    assert watch.find(literal("login:"), literal("password:"), literal("menu")) is None
    assert watch.find(literal("area:")) == 0
    assert watch.find(literal("area:")) is None


def test_an_old_prompt_that_comes_again_elsewhere_is_new():
    watch = Watch()
    watch.start(View(("password: *****", "menu"), 0, 1, 4))

    watch.look(View(("password: *****", "menu", "password:"), 0, 2, 9))

    assert watch.find(literal("password:")) == 0
