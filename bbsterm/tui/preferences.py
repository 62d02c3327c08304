"""The settings that hold now, for every page; and what is wrong with them, as far as this floor can tell.

Whoever needs a setting asks for it when it is used: ``preferences.current().app.confirm_paste``. So a change
on the settings page works at once. Nothing here loads Textual, which not every command wants.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from bbsterm import codecs
from bbsterm.config import Loaded, Settings
from bbsterm.errors import BbstermError, ConfigError, UsageError
from bbsterm.tui.keymap import Keymap, KeyWish, make_keymap

__all__ = ["blinks", "current", "keys_of", "moves", "problems_of", "usable", "use"]

_in_use = Settings()


def current() -> Settings:
    """The settings that hold."""
    return _in_use


def use(settings: Settings) -> None:
    """From now on others hold."""
    global _in_use
    _in_use = settings


def moves() -> bool:
    """Whether anything may move by itself: fades, spinners, blinking, the pace of a modem."""
    return _in_use.app.motion and os.environ.get("TEXTUAL_ANIMATIONS", "").lower() != "none"


def blinks() -> bool:
    """Whether blinking text blinks; else it is shown bold."""
    return _in_use.app.blink and moves()


def usable(settings: Settings) -> Settings:
    """The settings with the default for names of an emulation or a character set that nobody knows."""
    from bbsterm.screen import KINDS  # here, as below: only this needs it

    terminal = settings.terminal
    if terminal.kind not in KINDS:
        terminal = replace(terminal, kind=Settings().terminal.kind)
    if terminal.encoding is not None and not _is_encoding(terminal.encoding):
        terminal = replace(terminal, encoding=None)
    return replace(settings, terminal=terminal)


def keys_of(loaded: Loaded) -> tuple[Keymap, list[BbstermError]]:
    """The key map that the settings ask for, and what is wrong with it, by file and line."""
    wishes = [KeyWish(*line) for line in loaded.keys]
    keymap, problems = make_keymap(wishes, loaded.settings.app.menu_key)
    found: list[BbstermError] = []
    for wish, reason in problems:
        if wish.command == "app.menu_key":
            found.append(_of_value(loaded, "app.menu_key", f"menu_key: {reason}"))
        else:
            found.append(ConfigError(loaded.path, wish.line, f"{wish.command}: {reason}"))
    return keymap, found


def problems_of(loaded: Loaded, themes: Collection[str] = ()) -> list[BbstermError]:
    """All that is wrong, and all that is not known: what `bbsterm config validate` says.

    Args:
        loaded: What was read.
        themes: The names of all themes; empty if they are not known here.
    """
    found = [*loaded.problems, *loaded.warnings, *_names(loaded, themes), *keys_of(loaded)[1]]
    return sorted(found, key=lambda problem: getattr(problem, "line", None) or 0)


def _names(loaded: Loaded, themes: Collection[str]) -> Iterator[BbstermError]:
    from bbsterm.screen import KINDS  # here: only this needs it

    terminal, theme = loaded.settings.terminal, loaded.settings.app.theme
    if terminal.kind not in KINDS:
        yield _of_value(
            loaded, "terminal.kind", f"there is no terminal {terminal.kind!r}{_meant(terminal.kind, KINDS)}"
        )
    if terminal.encoding is not None and not _is_encoding(terminal.encoding):
        yield _of_value(loaded, "terminal.encoding", f"there is no character set {terminal.encoding!r}")
    if themes and theme not in themes:
        yield _of_value(loaded, "app.theme", f"there is no theme {theme!r}{_meant(theme, themes)}")


def _is_encoding(name: str) -> bool:
    try:
        codecs.readable(name)
    except LookupError:
        return False
    return True


def _meant(word: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(sorted(known))}"


_FILE: Final = "file"


def _of_value(loaded: Loaded, name: str, reason: str) -> BbstermError:
    """A problem with a value, where that value comes from."""
    origin = loaded.origin(name)
    if origin.kind != _FILE:
        return UsageError(f"{origin.where or name}: {reason}")
    line = origin.where.rpartition(":")[2]
    return ConfigError(loaded.path, int(line) if line.isdigit() else None, reason)
