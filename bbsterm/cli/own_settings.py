"""The user's settings, for commands that go on with the rest when one of them is wrong."""

from __future__ import annotations

import sys

from bbsterm.config import Settings, read_settings
from bbsterm.tui.preferences import usable

__all__ = ["own_settings"]


def own_settings() -> Settings:
    """What can be understood; what cannot is said on stderr, and its default holds."""
    loaded = read_settings()
    for problem in loaded.problems:
        print(f"bbsterm: {problem}", file=sys.stderr)
    return usable(loaded.settings)
