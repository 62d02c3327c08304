"""Where all files of the user's are kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Paths", "find_paths", "private_folder"]


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the files are. Nothing is created by asking.

    Attributes:
        settings: The settings file, and its folder for all that the user writes.
        entries: The user's own address book, dialing.toml.
        state: Imported lists, call history, statistics (`bbsterm.book.state`).
        log: The log file.
        captures: The folder of recordings and screenshots.
        board: What `bbsterm serve` keeps.
    """

    settings: Path
    entries: Path
    state: Path
    log: Path
    captures: Path
    board: Path

    @property
    def themes(self) -> Path:
        """The folder of the user's own themes."""
        return self.settings.parent / "themes"

    @property
    def macros(self) -> Path:
        """The folder of macros and scripts."""
        return self.settings.parent / "macros"

    @property
    def triggers(self) -> Path:
        """The file of keys with macros, and of triggers."""
        return self.settings.parent / "triggers.toml"

    @property
    def vault(self) -> Path:
        """The file with passwords that a passphrase opens."""
        return self.board.parent / "secrets.vault"

    @property
    def plain_secrets(self) -> Path:
        """The file with passwords in plain text, of those who wanted it so."""
        return self.board.parent / "secrets-in-plain-text.json"

    @property
    def fingerprints(self) -> Path:
        """The folder of what `bbsterm fingerprint` and `serve --shell fingerprint` find."""
        return self.board.parent / "fingerprints"

    @property
    def backups(self) -> Path:
        """The folder of the last versions of the files that the user writes."""
        return self.settings.parent / "backups"


def find_paths(environ: Mapping[str, str] = os.environ) -> Paths:
    """The platform's folders for us; ``BBSTERM_HOME`` puts all of them under one."""
    if home := environ.get("BBSTERM_HOME"):
        config = state = log = data = Path(home).expanduser()
    else:
        from platformdirs import PlatformDirs  # here, not above: --help needs no folders

        places = PlatformDirs("bbsterm", appauthor=False)
        config, state = places.user_config_path, places.user_state_path
        log, data = places.user_log_path, places.user_data_path
    return Paths(
        settings=config / "config.toml",
        entries=config / "dialing.toml",
        state=state / "state.sqlite3",
        log=log / "bbsterm.log",
        captures=data / "captures",
        board=data / "board.sqlite3",
    )


def private_folder(path: Path) -> Path:
    """Make a folder, and those above it, for the user alone (0700); return it. An old one stays as it is."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
