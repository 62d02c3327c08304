"""Fingerprints on disk: one JSON file each, named by hashes, written whole or not at all, and not too many.

<data-dir>/client/<telnet hash>/<terminal hash>/<session hash>.json
<data-dir>/server/<protocol hash>/<session hash>.json
<data-dir>/suggestions/<hash>.json
<data-dir>/fingerprint_names.json
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from bbsterm.errors import StorageError
from bbsterm.limits import (
    MAX_FINGERPRINT_DEPTH,
    MAX_FINGERPRINT_FILE,
    MAX_FINGERPRINT_SESSIONS,
    MAX_FINGERPRINTS,
)

__all__ = ["DEPTHS", "Entry", "Kind", "Store", "read_json", "write_json"]

Kind: TypeAlias = Literal["client", "server", "suggestions"]

DEPTHS: Final[dict[Kind, int]] = {"client": 2, "server": 1, "suggestions": 0}
"""Folders above a file of each kind, each named by a hash."""

_HASH: Final = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored fingerprint.

    Attributes:
        kind: Of whom.
        hashes: The folders' names: of a caller telnet and terminal, of a board its protocol.
        session: The file's name without its ending.
        path: The file.
    """

    kind: Kind
    hashes: tuple[str, ...]
    session: str
    path: Path


class Store:
    """A data folder.

    Args:
        folder: Where. It is made when something is saved.
        most: Files of each kind.
    """

    def __init__(self, folder: Path, *, most: int = MAX_FINGERPRINTS) -> None:
        self.folder = folder
        self._most = most

    def save(self, kind: Kind, hashes: tuple[str, ...], session: str, document: dict[str, Any]) -> Path:
        """Write a file, or renew it: then the earlier "sessions" stay in it.

        Raises:
            StorageError: The disk is full or read-only, or there are too many files already.
            ValueError: A name is no hash.
        """
        if len(hashes) != DEPTHS[kind] or not all(map(_HASH.fullmatch, (*hashes, session))):
            raise ValueError(f"no place for {kind} {hashes} {session}")
        path = self.folder.joinpath(kind, *hashes, f"{session}.json")
        if path.exists():
            document = {**document, "sessions": _with_earlier(path, document.get("sessions", []))}
        elif sum(1 for _ in self.entries(kind)) >= self._most:
            raise StorageError(self.folder / kind, f"there are {self._most} files already; no more are kept")
        write_json(path, document)
        return path

    def entries(self, kind: Kind) -> Iterator[Entry]:
        """All files of one kind, by name. What is not named by hashes is not ours, and left alone."""
        pattern = "/".join(["*"] * DEPTHS[kind] + ["*.json"])
        with contextlib.suppress(OSError):
            for path in sorted((self.folder / kind).glob(pattern)):
                *hashes, name = path.relative_to(self.folder / kind).parts
                session = name.removesuffix(".json")
                if all(map(_HASH.fullmatch, (*hashes, session))):
                    yield Entry(kind, tuple(hashes), session, path)

    def remove(self, entry: Entry) -> None:
        """Delete a file; it does not matter if somebody was faster.

        Raises:
            StorageError: It cannot be deleted.
        """
        try:
            entry.path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(entry.path, _reason(error)) from error


def read_json(path: Path) -> dict[str, Any]:
    """Read one of our files.

    Raises:
        StorageError: It cannot be read, is too large, or is not a JSON object.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FINGERPRINT_FILE + 1)
    except OSError as error:
        raise StorageError(path, _reason(error)) from error
    if len(data) > MAX_FINGERPRINT_FILE:
        raise StorageError(path, f"larger than {MAX_FINGERPRINT_FILE} bytes: not one of our files")
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        raise StorageError(path, "not JSON") from None
    if not isinstance(document, dict):
        raise StorageError(path, "not a JSON object")
    if _is_deep(document):
        raise StorageError(
            path, f"lists in lists, more than {MAX_FINGERPRINT_DEPTH} deep: not one of our files"
        )
    return document


def _is_deep(document: dict[str, Any]) -> bool:
    """Whether whoever walks through it would have to fear for the stack."""
    level: list[Any] = [document]
    for _ in range(MAX_FINGERPRINT_DEPTH):
        values = [value for each in level for value in (each.values() if isinstance(each, dict) else each)]
        level = [value for value in values if isinstance(value, dict | list)]
    return bool(level)


def write_json(path: Path, document: dict[str, Any]) -> None:
    """Write a file whole or not at all, for the user alone. All text is ASCII: the rest is escaped.

    Raises:
        StorageError: It cannot be written.
    """
    data = json.dumps(document, indent=2, sort_keys=True, ensure_ascii=True).encode("ascii") + b"\n"
    if len(data) > MAX_FINGERPRINT_FILE:
        raise StorageError(path, f"{len(data)} bytes are more than a fingerprint may have")
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _write(unfinished, data)
            os.replace(unfinished, path)
        except OSError:
            with contextlib.suppress(OSError):
                unfinished.unlink()
            raise
    except OSError as error:
        raise StorageError(path, _reason(error)) from error


def _write(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    with open(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _with_earlier(path: Path, sessions: list[Any]) -> list[Any]:
    """The sessions of the file as it was, and these. A file that cannot be read is written anew."""
    with contextlib.suppress(StorageError):
        earlier = read_json(path).get("sessions")
        if isinstance(earlier, list):
            sessions = [*earlier, *sessions]
    return sessions[-MAX_FINGERPRINT_SESSIONS:]


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
