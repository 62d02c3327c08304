from __future__ import annotations

import pytest

from bbsterm.app import BbstermApp
from bbsterm.tui import keymap, preferences
from bbsterm.tui.actions import Place
from bbsterm.tui.keeper import Keeper
from bbsterm.tui.pages.help_page import HelpPage
from bbsterm.tui.pages.settings_page import SettingsPage


@pytest.fixture
def app(paths):
    def make(text: str = "") -> BbstermApp:
        if text:
            paths.settings.write_text(text)
        return BbstermApp(keeper=Keeper(paths))

    return make


def said(app) -> str:
    return " ".join(notification.message for notification in app._notifications)


async def test_a_theme_of_ones_own_is_taken(app, paths):
    paths.themes.mkdir()
    (paths.themes / "night.toml").write_text('primary = "#ff0000"\n')
    made = app('[app]\ntheme = "night"\n')
    async with made.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert made.theme == "night"


async def test_it_starts_with_the_rest_when_one_value_is_bad(app, page_text):
    made = app('[app]\ntheme = "ambre"\nmotion = false\n[dial]\ntimeout = "soon"\n')
    async with made.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert made.theme == "bbsterm"
        assert made.animation_level == "none"
        assert "config.toml:2: there is no theme 'ambre'; did you mean amber?" in said(made)
        assert "1 more" in said(made)


async def test_a_broken_file_does_not_keep_it_from_starting(app):
    made = app("[app\n")
    async with made.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "config.toml:1: " in said(made)


async def test_keys_of_ones_own_work_and_help_names_them(app, page_text):
    made = app('[keys]\ndialer.help = "F9"\n')
    async with made.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("f1")
        assert not isinstance(made.screen, HelpPage)
        assert "F9 Help" in page_text(made)
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(made.screen, HelpPage)


async def test_another_menu_key_is_in_use(app, page_text):
    made = app('[app]\nmenu_key = "ctrl+a"\n')
    async with made.run_test(size=(80, 24)) as pilot:
        assert keymap.current().menu_keys == {"ctrl+a"}
        assert keymap.told("^] l l logs in") == "^A l l logs in"
        await pilot.press("ctrl+a")
        assert "No call is open." in said(made)
        await pilot.press("f1")
        await pilot.pause()
        assert "Only ^A is ours" in page_text(made)


async def test_the_palette_lists_the_commands_of_the_page(app):
    made = app()
    async with made.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        listed = {command.title: command.help for command in made.get_system_commands(made.screen)}

        for command in keymap.commands(Place.DIALER):
            if command.action != "palette":
                assert command.title in listed
        assert {"Theme", "Settings", "Doctor", "Help", "Quit"} <= set(listed)


@pytest.mark.parametrize("key", ["ctrl+k", "ctrl+p"])
async def test_both_keys_open_the_palette_and_what_is_chosen_is_done(app, key, wait_until):
    made = app()
    async with made.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(key, *"settings")
        await wait_until(
            pilot, lambda: made.screen.query("OptionList Option, CommandList").first().option_count
        )
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(made.screen, SettingsPage))


async def test_a_theme_that_is_chosen_is_saved_and_one_that_is_only_seen_is_not(app, paths, wait_until):
    made = app()
    async with made.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        made.action_theme()
        await pilot.pause()
        await pilot.press("down")
        await wait_until(pilot, lambda: made.theme == "amber")
        await pilot.press("escape")
        await wait_until(pilot, lambda: made.theme == "bbsterm")
        assert not paths.settings.exists()

        made.action_theme()
        await pilot.pause()
        await pilot.press("down", "enter")
        await wait_until(pilot, paths.settings.exists)
        assert 'theme = "amber"' in paths.settings.read_text()


@pytest.mark.parametrize("name", ["amber", "green", "vga", "qmodem", "contrast", "textual-dark", "nord"])
async def test_every_theme_that_is_promised_is_there(app, name):
    made = app(f'[app]\ntheme = "{name}"\n')
    async with made.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert made.theme == name
        assert said(made) == ""


async def test_a_locale_without_utf_8_is_said(paths, monkeypatch):
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C")
    made = BbstermApp(keeper=Keeper(paths), glyphs="ascii")
    async with made.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Set LANG to C.UTF-8" in said(made)


async def test_toasts_can_be_put_away_but_not_problems(app):
    made = app("[app]\ntoasts = false\n")
    async with made.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        made.notify("Saved.")
        made.notify("Not saved!", severity="error")
        await pilot.pause()
        assert said(made) == "Not saved!"


def test_motion_is_held_by_the_environment_too(monkeypatch):
    assert preferences.moves()
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    assert not preferences.moves()
    assert not preferences.blinks()
