"""How long ago, in as little room as it takes: "just now", "5m ago", "3h ago", "2d ago", "4y ago"."""

from __future__ import annotations

from typing import Final

__all__ = ["ago"]

_UNITS: Final = (
    (365 * 86400, "y"),
    (7 * 86400, "w"),
    (86400, "d"),
    (3600, "h"),
    (60, "m"),
)


def ago(seconds: float) -> str:
    """The time since something. A clock that was set back makes it negative: "just now"."""
    for size, unit in _UNITS:
        # Days up to two weeks: "9d ago" says more than "1w ago".
        if seconds >= (2 * size if unit == "w" else size):
            return f"{int(seconds // size)}{unit} ago"
    return "just now"
