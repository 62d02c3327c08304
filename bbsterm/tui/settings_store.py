"""The settings file as the application uses it: read, changed one value at a time, applied at once.

A save is atomic and keeps the last versions of the file (`bbsterm.book.files`); comments and order stay. What
another program wrote meanwhile is kept: the value is put into the file as it is on the disk now.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from bbsterm.config import Loaded, Paths, find_setting, read_settings
from bbsterm.errors import BbstermError, ConfigError, StorageError

__all__ = ["NEW_FILE", "SettingsStore"]

NEW_FILE: Final = (
    "# Settings of bbsterm: what is not here has its default. `bbsterm config show` lists all of them.\n"
)


class SettingsStore:
    """Reads, changes and resets settings.

    Args:
        paths: Where the file and its versions are.
        apply: Told of the settings whenever they were read, to let them work.
        environ: Where ``BBSTERM_*`` is looked up.

    Attributes:
        loaded: What was read last.
    """

    def __init__(
        self,
        paths: Paths,
        apply: Callable[[Loaded], None] = lambda loaded: None,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._paths = paths
        self._apply = apply
        self._environ = environ
        self.loaded = read_settings(paths.settings, environ)

    @property
    def path(self) -> Path:
        """The file."""
        return self._paths.settings

    def reload(self) -> Loaded:
        """Read the file again, and let it work."""
        self.loaded = read_settings(self._paths.settings, self._environ)
        self._apply(self.loaded)
        return self.loaded

    def change(self, name: str, value: Any) -> None:
        """Set one setting, in the file and at once.

        Args:
            name: Its full name, such as ``dial.timeout``.
            value: As the file would hold it.

        Raises:
            ValueError: The value cannot be meant; the reason begins with "must".
            ConfigError: The file cannot be read as it is; it was not changed.
            StorageError: It could not be written; it is as it was.
        """
        from bbsterm.config.edit import set_value

        setting = find_setting(name)
        if setting is None:
            raise ValueError(f"must be a setting, and {name!r} is none")
        setting.kind.check(value)
        self._rewrite(lambda text: set_value(text or NEW_FILE, name, value))

    def reset(self, name: str) -> None:
        """Take one setting out of the file.

        Raises:
            ConfigError: The file cannot be read as it is; it was not changed.
            StorageError: It could not be written; it is as it was.
        """
        from bbsterm.config.edit import unset_value

        if self.path.exists():
            self._rewrite(lambda text: unset_value(text, name))

    def ensure_file(self) -> Path:
        """Make the file for an editor to open, if there is none.

        Raises:
            StorageError: It could not be written.
        """
        if not self.path.exists():
            self._rewrite(lambda text: NEW_FILE)
        return self.path

    def _rewrite(self, change: Callable[[str], str]) -> None:
        from bbsterm.book import files  # here, not above: only a change needs it
        from bbsterm.config.reading import parse_toml, read_file

        path = self.path
        try:
            files.make_folder(path.parent)
            with files.locked(path):
                text = read_file(path)
                parse_toml(path, text)
                after = change(text)
                if after != text:
                    if path.exists():
                        files.keep_version(path, self._paths.backups, time.time())
                    files.replace(path, after.encode())
                    files.prune(path, self._paths.backups)
        except OSError as error:
            raise StorageError(
                path, f"it cannot be written: {(error.strerror or str(error)).lower()}"
            ) from error
        except ConfigError:
            raise
        except BbstermError as error:
            raise StorageError(path, str(error)) from error
        self.reload()
