"""The user's macros: TOML files in one folder, and how one finds the others that it runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bbsterm import limits
from bbsterm.errors import ConfigError, StorageError, UsageError
from bbsterm.macros import Macro, Program, compile_macro, read_macro

__all__ = ["MacroFiles", "load_macro_file"]

_ENDING: Final = ".toml"


def load_macro_file(path: Path) -> Macro:
    """Read one macro file.

    Raises:
        ConfigError: It is no macro, or has mistakes.
        StorageError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limits.MAX_MACRO_FILE + 1)
        return read_macro(data.decode("utf-8"), path)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(path, line, "this is not UTF-8 text") from None
    except OSError as error:
        raise StorageError(path, error.strerror or str(error)) from error


@dataclass(frozen=True, slots=True)
class MacroFiles:
    """A folder of macros.

    Attributes:
        folder: Where they are; it need not exist.
    """

    folder: Path

    def names(self) -> list[str]:
        """The macros there are, sorted."""
        try:
            return sorted(path.stem for path in self.folder.iterdir() if path.suffix == _ENDING)
        except OSError:
            return []

    def path(self, name: str) -> Path:
        """Where a macro is, or would be.

        Raises:
            UsageError: It would be outside of the folder.
        """
        if not name or name != Path(name).name or name.startswith(".") or "\\" in name:
            raise UsageError(f"{name!r} is no name of a macro", hint="A name has no folders in it.")
        return self.folder / f"{name}{_ENDING}"

    def load(self, name: str) -> Macro:
        """Read a macro.

        Raises:
            UsageError: There is none of that name.
            ConfigError: It has mistakes.
            StorageError: It cannot be read.
        """
        if name not in (names := self.names()):
            from difflib import get_close_matches  # here, not above: only mistakes need it

            near = get_close_matches(name, names, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"Macros are files in {self.folder}."
            raise UsageError(f"there is no macro {name!r}", hint=hint)
        return load_macro_file(self.path(name))

    def program(self, name: str) -> Program:
        """A macro with all that it runs, ready to run itself.

        Raises:
            UsageError: There is none of that name.
            ConfigError: It, or one that it runs, has mistakes.
            StorageError: It cannot be read.
        """
        return self.compile(self.load(name))

    def compile(self, macro: Macro) -> Program:
        """The same of a macro from elsewhere, which may run those of the folder.

        Raises:
            ConfigError: It, or one that it runs, has mistakes.
        """
        return compile_macro(macro, self._find)

    def _find(self, name: str) -> Macro:
        names = self.names()
        if name not in names:
            raise KeyError(*names)
        return load_macro_file(self.path(name))
