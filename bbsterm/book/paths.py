"""Where the address book is kept. Who opens it says so: this floor knows no platform's folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["BookPaths"]


@dataclass(frozen=True, slots=True)
class BookPaths:
    """Where the book is kept.

    Attributes:
        entries: dialing.toml.
        state: state.sqlite3.
        versions: The folder of the last versions of dialing.toml.
        old_calls: recent.sqlite3, where earlier versions kept calls; read once. None if there is none.
    """

    entries: Path
    state: Path
    versions: Path
    old_calls: Path | None = None

    @classmethod
    def under(cls, config: Path, state: Path) -> BookPaths:
        """The usual names, in the folders for settings and for state."""
        return cls(
            config / "dialing.toml", state / "state.sqlite3", config / "backups", state / "recent.sqlite3"
        )
