"""Names for fingerprints: what callers suggest, and what a moderator has accepted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bbsterm.errors import StorageError, UsageError
from bbsterm.fingerprint.hashing import NOTHING, fingerprint
from bbsterm.fingerprint.store import Entry, Store, read_json, write_json
from bbsterm.limits import MAX_FINGERPRINT_NAME
from bbsterm.serve.clean import line

__all__ = ["Names", "Suggestion"]

_FILE: Final = "fingerprint_names.json"
_HASH: Final = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What somebody calls a program.

    Attributes:
        id: Its file's name: what `--accept` takes; the beginning is enough.
        of: The fingerprint that is to have the name.
        what: "telnet" (the program), "terminal", or "server".
        name: The name suggested.
    """

    id: str
    of: str
    what: str
    name: str


class Names:
    """The names in a data folder.

    Args:
        folder: The data folder.
    """

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)
        self._file = folder / _FILE

    def known(self) -> dict[str, str]:
        """Accepted names by fingerprint.

        Raises:
            StorageError: The file is there and cannot be understood. It is not changed.
        """
        if not self._file.exists():
            return {}
        return {
            each: line(name, MAX_FINGERPRINT_NAME)
            for each, name in read_json(self._file).items()
            if _HASH.fullmatch(each) and isinstance(name, str)
        }

    def suggest(self, of: str, what: str, name: str) -> bool:
        """Keep a suggestion for the moderator; False where there is nothing to keep.

        Raises:
            StorageError: It cannot be kept.
        """
        name = line(name, MAX_FINGERPRINT_NAME)
        if not name or of == NOTHING:
            return False
        document = {"of": of, "what": what, "name": name}
        self._store.save("suggestions", (), fingerprint(document), document)
        return True

    def suggestions(self) -> list[Suggestion]:
        """All that wait for the moderator. Files that make no sense are left out."""
        found = (_suggestion(entry) for entry in self._store.entries("suggestions"))
        return sorted((each for each in found if each is not None), key=lambda each: (each.of, each.name))

    def find(self, start: str) -> Suggestion:
        """The suggestion whose id begins so.

        Raises:
            UsageError: There is none, or more than one.
        """
        matching = [each for each in self.suggestions() if start and each.id.startswith(start)]
        if len(matching) != 1:
            what = "fits several suggestions" if matching else "is no suggestion"
            raise UsageError(f"{start!r} {what}", hint="`bbsterm fingerprint moderate` lists them.")
        return matching[0]

    def accept(self, suggestion: Suggestion, name: str | None = None) -> str:
        """Give the name, or another one, to the fingerprint; return it. Other suggestions for it are dropped.

        Raises:
            UsageError: The name is empty.
            StorageError: It cannot be written.
        """
        name = line(suggestion.name if name is None else name, MAX_FINGERPRINT_NAME)
        if not name:
            raise UsageError("a name needs at least one character that shows")
        write_json(self._file, {**self.known(), suggestion.of: name})
        for entry in self._store.entries("suggestions"):
            other = _suggestion(entry)
            if other is not None and other.of == suggestion.of:
                self._store.remove(entry)
        return name

    def drop(self, suggestion: Suggestion) -> None:
        """Forget a suggestion.

        Raises:
            StorageError: It cannot be deleted.
        """
        for entry in self._store.entries("suggestions"):
            if entry.session == suggestion.id:
                self._store.remove(entry)


def _suggestion(entry: Entry) -> Suggestion | None:
    try:
        document = read_json(entry.path)
    except StorageError:
        return None
    of, what, name = (_text(document, key) for key in ("of", "what", "name"))
    if not _HASH.fullmatch(of) or what not in ("telnet", "terminal", "server") or not name:
        return None
    return Suggestion(entry.session, of, what, name)


def _text(document: Mapping[str, Any], key: str) -> str:
    value = document.get(key)
    return line(value, MAX_FINGERPRINT_NAME) if isinstance(value, str) else ""
