"""Every setting in a list that is searched by typing: its value, where that comes from, and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from bbsterm.config import SETTINGS, Setting
from bbsterm.config.kinds import Choice, Flag
from bbsterm.config.schema import plain
from bbsterm.errors import BbstermError
from bbsterm.tui import keymap
from bbsterm.tui.actions import Place
from bbsterm.tui.applying import theme_names
from bbsterm.tui.bar_text import keys_bar
from bbsterm.tui.editor import run_editor
from bbsterm.tui.keymap import bindings
from bbsterm.tui.pages.value_page import ChoicePage, ValuePage
from bbsterm.tui.settings_store import SettingsStore
from bbsterm.tui.widgets.bottom_bar import BottomBar

__all__ = ["SettingsPage", "found"]

_NAME: Final = max(len(setting.name) for setting in SETTINGS) + 1
_VALUE: Final = 26


def found(text: str) -> list[Setting]:
    """The settings in whose name, help or variable every word occurs."""
    words = text.lower().split()
    return [
        setting
        for setting in SETTINGS
        if all(word in f"{setting.name} {setting.help} {setting.variable}".lower() for word in words)
    ]


class SettingsPage(Screen[None]):
    """A box, a list, what the chosen one means, a row of keys.

    Args:
        store: Reads and writes them.
    """

    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.SETTINGS)]
    place = Place.SETTINGS

    def __init__(self, store: SettingsStore) -> None:
        super().__init__()
        self._store = store
        self._shown: list[Setting] = []

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        with Horizontal(id="find"):
            yield Label("Settings")
            yield Input(placeholder="/ to find")
        yield OptionList(id="settings", markup=False)
        yield Static("", id="about", markup=False)
        yield BottomBar(keys_bar(keymap.commands(Place.SETTINGS), title="", back=False), id="bar")

    def on_mount(self) -> None:
        """All of them."""
        self._input = self.query_one(Input)
        self._list = self.query_one("#settings", OptionList)
        self._about = self.query_one("#about", Static)
        self._offer()

    # --- the list -------------------------------------------------------------------------

    def _offer(self) -> None:
        chosen = self._setting
        self._shown = found(self._input.value)
        self._list.clear_options()
        self._list.add_options(Option(self._row(setting)) for setting in self._shown)
        if self._shown:
            self._list.highlighted = self._shown.index(chosen) if chosen in self._shown else 0
        self._explain()

    def _row(self, setting: Setting) -> Content:
        loaded = self._store.loaded
        origin = loaded.origin(setting.name)
        value = plain(loaded.settings.value(setting.name))
        value = value if len(value) < _VALUE else f"{value[: _VALUE - 2]}…"
        return Content.assemble(
            (f" {setting.name:<{_NAME}}", ""),
            (f"{value:<{_VALUE}}", "bold $accent" if origin.kind != "default" else "bold"),
            (str(origin), "dim"),
        )

    @property
    def _setting(self) -> Setting | None:
        index = self._list.highlighted
        return self._shown[index] if index is not None and index < len(self._shown) else None

    @on(OptionList.OptionHighlighted)
    def _explain(self) -> None:
        setting = self._setting
        if setting is None:
            self._about.update("No setting has these words.")
            return
        origin = self._store.loaded.origin(setting.name)
        default = "" if origin.kind == "default" else f" Default: {plain(setting.default)}."
        self._about.update(
            f"{setting.help}\nMay be {setting.kind.allowed}.{default} Variable: {setting.variable}."
        )

    @on(Input.Changed)
    def _typed(self) -> None:
        self._offer()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.set_focus(self._list)

    def on_key(self, event: events.Key) -> None:
        """In the box, up and down move the list, and Esc leaves it."""
        if not self._input.has_focus:
            return
        if event.key in ("up", "down"):
            event.stop()
            self.set_focus(self._list)
        elif event.key == "escape":
            event.stop()
            self._input.value = ""
            self.set_focus(self._list)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the box a letter is a letter, and Enter goes back to the list."""
        box = hasattr(self, "_input") and self._input.has_focus
        return not (box and action in {"find", "change", "reset", "edit_file", "close"})

    # --- actions ----------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def action_change(self) -> None:
        """Turn it over, choose another value, or type one."""
        setting = self._setting
        if setting is None:
            return
        value = self._store.loaded.settings.value(setting.name)
        if isinstance(setting.kind, Flag):
            self._save(setting, not value)
        elif setting.name == "app.theme":
            self.app.push_screen(
                ChoicePage("Theme", theme_names(self.app), self.app.theme, self._preview),
                lambda choice: self._take(setting, choice),
            )
        elif isinstance(setting.kind, Choice):
            self.app.push_screen(
                ChoicePage(setting.name, setting.kind.choices, str(value)),
                lambda choice: self._take(setting, choice),
            )
        else:
            typed = "" if value is None else plain(value) if value != "" else ""
            self.app.push_screen(ValuePage(setting, typed), lambda choice: self._take(setting, choice))

    def _preview(self, theme: str) -> None:
        self.app.theme = theme

    def _take(self, setting: Setting, value: Any) -> None:
        if value is not None:
            self._save(setting, value)

    def _save(self, setting: Setting, value: Any) -> None:
        try:
            self._store.change(setting.name, str(value) if isinstance(value, Path) else value)
        except (BbstermError, ValueError) as error:
            self.app.notify(f"Not saved: {error}", severity="error", markup=False)
        else:
            origin = self._store.loaded.origin(setting.name)
            if origin.kind == "environment":
                self.app.notify(f"Saved; but in this run {origin.where} has the last word.", markup=False)
        self._offer()

    def action_reset(self) -> None:
        """The default again."""
        setting = self._setting
        if setting is None:
            return
        try:
            self._store.reset(setting.name)
        except BbstermError as error:
            self.app.notify(f"Not saved: {error}", severity="error", markup=False)
        self._offer()

    def action_edit_file(self) -> None:
        """The file in the user's editor; what was changed there works at once."""
        try:
            path = self._store.ensure_file()
            with self.app.suspend():
                problem = run_editor(path, self._store.loaded.settings.app.editor)
        except SuspendNotSupported:
            problem = "an editor needs a terminal of its own"
        except BbstermError as error:
            problem = str(error)
        if problem:
            self.app.notify(f"Not edited: {problem}", severity="error", markup=False)
        self._store.reload()
        self._offer()

    def action_find(self) -> None:
        """Into the box."""
        self.set_focus(self._input)

    def action_palette(self) -> None:
        """Commands, themes, settings."""
        self.app.action_command_palette()

    def action_help(self) -> None:
        """The help page."""
        from bbsterm.tui.pages.help_page import HelpPage  # here: few ask

        self.app.push_screen(HelpPage(first=Place.SETTINGS))

    def action_close(self) -> None:
        """Back to where it was asked for."""
        self.dismiss()

    @on(BottomBar.Clicked)
    async def _clicked(self, message: BottomBar.Clicked) -> None:
        await self.run_action(message.action)
