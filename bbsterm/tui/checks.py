"""All that is wrong with the user's files for the application: settings, keys and themes."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES

from bbsterm.config import Loaded
from bbsterm.errors import BbstermError
from bbsterm.tui.preferences import problems_of
from bbsterm.tui.theme import THEMES
from bbsterm.tui.user_themes import read_themes

__all__ = ["everything_wrong"]


def everything_wrong(loaded: Loaded) -> list[BbstermError]:
    """Every problem, with its file and line; the settings file's first."""
    own, broken = read_themes(loaded.path.parent / "themes")
    names = {*BUILTIN_THEMES, *(theme.name for theme in (*THEMES, *own))}
    return [*problems_of(loaded, names), *broken]
