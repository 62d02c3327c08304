from __future__ import annotations

import pytest
from textual.widgets import Input

from bbsterm.app import BbstermApp
from bbsterm.config import SETTINGS
from bbsterm.tui.keeper import Keeper
from bbsterm.tui.pages.settings_page import SettingsPage, found
from bbsterm.tui.pages.value_page import ChoicePage, ValuePage


@pytest.fixture
async def page(paths):
    """The settings page over the dialer: the application, its pilot and the file."""
    app = BbstermApp(keeper=Keeper(paths))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        assert isinstance(app.screen, SettingsPage)
        yield app, pilot, paths.settings


async def choose(pilot, name: str) -> None:
    await pilot.press("slash", *name.replace(".", " ").replace(" ", "_").split("_")[-1], "enter")
    await pilot.pause()


def test_words_are_found_in_names_help_and_variables():
    assert found("") == list(SETTINGS)
    assert [setting.name for setting in found("modem fades")] == ["app.motion"]
    assert [setting.name for setting in found("bbsterm_dial_family")] == ["dial.family"]
    assert found("nothing at all") == []


async def test_it_looks_so(page, snapshot, page_text):
    app, _pilot, _file = page

    assert page_text(app) == snapshot


async def test_a_flag_is_turned_over_and_works_at_once(page, page_text):
    app, pilot, file = page
    await choose(pilot, "motion")

    await pilot.press("enter")
    await pilot.pause()

    assert app.animation_level == "none"
    assert "motion = false" in file.read_text()
    assert "app.motion               false                     config.toml:4" in page_text(app)

    await pilot.press("r")
    await pilot.pause()
    assert app.animation_level == "full"
    assert "app.motion               true                      default" in page_text(app)


async def test_a_choice_is_made_from_a_list(page):
    app, pilot, file = page
    await choose(pilot, "family")

    await pilot.press("enter")
    await pilot.pause()
    assert isinstance(app.screen, ChoicePage)
    await pilot.press("down", "enter")
    await pilot.pause()

    assert 'family = "4"' in file.read_text()


async def test_a_number_is_checked_while_it_is_typed(page, page_text):
    app, pilot, file = page
    await choose(pilot, "timeout")

    await pilot.press("enter")
    await pilot.pause()
    assert isinstance(app.screen, ValuePage)
    await pilot.press("end", "9", "9")
    await pilot.pause()
    assert "It must be 0.1 to 600." in page_text(app)
    await pilot.press("enter")
    assert isinstance(app.screen, ValuePage)
    await pilot.press("backspace", "backspace", "backspace", "enter")
    await pilot.pause()

    assert "timeout = 1.0" in file.read_text()


async def test_esc_changes_nothing(page):
    app, pilot, file = page
    await choose(pilot, "timeout")
    await pilot.press("enter")
    await pilot.pause()
    await pilot.press("escape")
    await pilot.pause()

    assert isinstance(app.screen, SettingsPage)
    assert not file.exists()


async def test_a_variable_of_the_environment_has_the_last_word(page, monkeypatch):
    app, pilot, file = page
    monkeypatch.setenv("BBSTERM_APP_BLINK", "on")
    await choose(pilot, "blinking")
    await pilot.press("down") if app.screen._setting.name != "app.blink" else None
    await pilot.press("enter")
    await pilot.pause()

    assert "blink = false" in file.read_text()
    assert "BBSTERM_APP_BLINK has the last word" in " ".join(n.message for n in app._notifications)


async def test_a_file_that_cannot_be_read_is_said_and_stays(page):
    app, pilot, file = page
    file.write_text("[app\n")
    await choose(pilot, "motion")
    await pilot.press("enter")
    await pilot.pause()

    assert file.read_text() == "[app\n"
    assert "Not saved: " in " ".join(n.message for n in app._notifications)


async def test_letters_in_the_box_are_letters(page):
    app, pilot, _ = page

    await pilot.press("slash", "r", "e", "q")
    await pilot.pause()

    assert app.screen.query_one(Input).value == "req"
    assert isinstance(app.screen, SettingsPage)
    await pilot.press("escape", "q")
    await pilot.pause()
    assert not isinstance(app.screen, SettingsPage)


async def test_without_a_terminal_of_its_own_there_is_no_editor(page):
    app, pilot, file = page

    await pilot.press("e")
    await pilot.pause()

    assert "Not edited: " in " ".join(n.message for n in app._notifications)
    assert file.exists()


async def test_help_comes_with_this_page_s_keys_first(page, page_text):
    app, pilot, _ = page

    await pilot.press("f1")
    await pilot.pause()

    assert page_text(app).index("In the settings") < 1500
