"""Settings: a TOML file, overridden by the environment, and where all files of the user's are kept.

``config.toml``, all of it optional; `bbsterm.config.settings` has every setting, docs/settings.md too::

    [dial]
    timeout = 10.0        # seconds to find and reach a board

    [terminal]
    kind = "ansi"         # utf8, vt, petscii, atascii ...

    [app]
    theme = "amber"

    [keys]
    dialer.find = "ctrl+f"

Any of them (but keys) can be set for one run: ``BBSTERM_DIAL_TIMEOUT=5``, ``BBSTERM_TERMINAL_KIND=utf8``.
"""

from __future__ import annotations

from bbsterm.config.paths import Paths, find_paths, private_folder
from bbsterm.config.reading import KeyLine, Loaded, Origin, load_settings, read_settings
from bbsterm.config.settings import (
    SETTINGS,
    AppSettings,
    DialSettings,
    FileSettings,
    Setting,
    Settings,
    TerminalSettings,
    find_setting,
)

__all__ = [
    "SETTINGS",
    "AppSettings",
    "DialSettings",
    "FileSettings",
    "KeyLine",
    "Loaded",
    "Origin",
    "Paths",
    "Setting",
    "Settings",
    "TerminalSettings",
    "find_paths",
    "find_setting",
    "load_settings",
    "private_folder",
    "read_settings",
]
