from __future__ import annotations

import pytest
from textual.widget import Widget

from bbsterm.app import BbstermApp
from bbsterm.tui.actions import COMMANDS, PREFIX_KEYS, Place
from bbsterm.tui.key_names import key_name
from bbsterm.tui.keymap import alt_keys, bindings
from bbsterm.tui.pages.call_page import CallPage
from bbsterm.tui.pages.detail_page import DetailPage
from bbsterm.tui.pages.dialer_page import DialerPage
from bbsterm.tui.pages.doctor_page import DoctorPage
from bbsterm.tui.pages.edit_page import EditPage
from bbsterm.tui.pages.failed_page import FailedPage
from bbsterm.tui.pages.help_page import HelpPage, help_text
from bbsterm.tui.pages.import_page import ImportPage
from bbsterm.tui.pages.macro_page import MacroPage
from bbsterm.tui.pages.macros_page import MacrosPage
from bbsterm.tui.pages.settings_page import SettingsPage
from bbsterm.tui.pages.trial_page import TrialPage
from bbsterm.tui.widgets.scrollback_pane import ScrollbackPane

PAGES: dict[Place, type[Widget]] = {
    Place.CALL: CallPage,
    Place.SHOT: CallPage,
    Place.SCROLLBACK: ScrollbackPane,
    Place.CAPTURE: CallPage,
    Place.LOGIN: CallPage,
    Place.MACROS: MacrosPage,
    Place.MACRO: MacroPage,
    Place.TRIALS: TrialPage,
    Place.FAILED: FailedPage,
    Place.ENDED: CallPage,
    Place.DIALER: DialerPage,
    Place.FORM: EditPage,
    Place.IMPORT: ImportPage,
    Place.DETAIL: DetailPage,
    Place.HELP: HelpPage,
    Place.SETTINGS: SettingsPage,
    Place.PAGE: DoctorPage,
}


@pytest.mark.parametrize("place", list(Place))
def test_every_command_is_something_its_page_can_do(place):
    for command in COMMANDS[place]:
        if command.more is None:
            assert hasattr(PAGES[place], f"action_{command.action}"), command


@pytest.mark.parametrize("place", list(Place))
def test_no_key_means_two_things(place):
    keys = [key for command in COMMANDS[place] for key in command.keys]

    assert len(keys) == len(set(keys))


def test_help_names_every_command_and_key():
    text = help_text(width=500).plain

    for place, commands in COMMANDS.items():
        assert place.value in text
        for command in commands:
            assert command.detail in text
            assert command.keys_shown in text


def test_alt_letters_are_syncterm_s():
    assert {"alt+h", "alt+e", "alt+x", "alt+o"} <= set(alt_keys())
    assert set(alt_keys()) <= {f"alt+{letter}" for letter in "bcdehlmoux"}


def test_a_binding_carries_textual_s_names():
    by_action = {binding.action: binding for binding in bindings(Place.DIALER)}

    assert by_action["find"].key == "slash"
    assert by_action["help"].key == "f1,question_mark"
    assert by_action["palette"].key == "ctrl+p,ctrl+k"


@pytest.mark.parametrize(
    ("key", "character", "name"),
    [
        ("question_mark", "?", "?"),
        ("H", "H", "h"),
        ("escape", "\x1b", "Esc"),
        ("enter", "\r", "Enter"),
        ("ctrl+right_square_bracket", "\x1d", "^]"),
        ("ctrl+5", None, "^]"),
        ("up", None, "Up"),
        ("f5", None, "F5"),
        ("space", " ", "space"),
    ],
)
def test_a_key_s_name_is_the_table_s(key, character, name):
    assert key_name(key, character) == name


def test_no_binding_of_the_application_takes_a_key_from_the_board():
    app = BbstermApp()
    pages = [app, *(CallPage.__mro__)]
    priority = [
        binding
        for page in pages
        for binding in getattr(page, "_merged_bindings", app._bindings) or ()
        if getattr(binding, "priority", False)
    ]

    assert priority == []
    assert not [b for _, b in app._bindings if b.priority]
    assert "ctrl+right_square_bracket" in PREFIX_KEYS
