"""Lets settings work in the application: themes, keys, motion. All else asks for them when it is used."""

from __future__ import annotations

from pathlib import Path

from textual.app import App

from bbsterm.config import Loaded
from bbsterm.errors import BbstermError
from bbsterm.tui import keymap, preferences
from bbsterm.tui.theme import DEFAULT, THEMES
from bbsterm.tui.user_themes import read_themes

__all__ = ["apply_settings", "register_themes", "theme_names"]


def register_themes(app: App[int], folder: Path) -> list[BbstermError]:
    """Our themes and the user's, whose files may have changed; what is wrong with those."""
    own, problems = read_themes(folder) if folder.is_dir() else ([], [])
    for theme in (*THEMES, *own):
        app.register_theme(theme)
    return [*problems]


def theme_names(app: App[int]) -> list[str]:
    """Ours first, then all others by name; `textual-ansi` and its like are the terminal's own colours."""
    ours = [theme.name for theme in THEMES]
    return [*ours, *sorted(set(app.available_themes) - set(ours))]


def apply_settings(app: App[int], loaded: Loaded) -> list[BbstermError]:
    """Let them hold from now on; what is wrong with them. A theme that is not there is the default one."""
    settings = loaded.settings
    preferences.use(settings)
    keys, _ = preferences.keys_of(loaded)
    if keys != keymap.current():
        keymap.use(keys)
        app.set_keymap(keymap.textual_keymap(keys))
    app.animation_level = "full" if preferences.moves() else "none"
    wanted = settings.app.theme if settings.app.theme in app.available_themes else DEFAULT
    if app.theme != wanted:
        app.theme = wanted
    return preferences.problems_of(loaded, app.available_themes)
