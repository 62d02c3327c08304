"""The user's own entries: dialing.toml, read and saved so that nothing is ever lost.

A save takes the lock, looks at the file again, applies only what is new to what stands there *now*, and
replaces the file at one stroke. So two programs, or a program and an editor, can work on one book; where they
changed the same field of the same entry, the save is refused and both versions are kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Protocol

from bbsterm import limits
from bbsterm.book import files
from bbsterm.book.changes import AT_END, Change, ConflictError, apply, signed
from bbsterm.book.document import EMPTY, Document, Notice, block_of, parse
from bbsterm.errors import BookConflictError, BookError, ConfigError

__all__ = ["Parsed", "Store"]


class Parsed(Protocol):
    """A memory for the document of one text: parsing is what takes time in a large book."""

    def get(self, digest: str, text: str) -> Document | None:
        """The document of that text, whose SHA-256 is `digest`; None if it is not remembered."""

    def put(self, digest: str, text: str, document: Document) -> None:
        """Remember it, and forget the one before."""


class _Seen(NamedTuple):
    """What the file was when we looked: without a look into it, and by its contents."""

    stamp: tuple[int, int, int] | None
    digest: str


class Store:
    """The file, and what is known of it."""

    def __init__(
        self, path: Path, versions: Path, *, now: Callable[[], float], parsed: Parsed | None = None
    ) -> None:
        """Nothing is read yet.

        Args:
            path: dialing.toml, which need not exist.
            versions: The folder for its last versions.
            now: The time in seconds since 1970.
            parsed: Where documents are remembered.
        """
        self.path = path
        self.versions = versions
        self.document: Document = EMPTY
        self.broken: ConfigError | None = None
        """Why the file could not be read; the document is then that of the last good version."""
        self.said: list[Notice] = []
        """What happened while saving that the user should know; whoever shows it empties the list."""
        self._now = now
        self._parsed = parsed
        self._seen = _Seen(None, "")

    # --- reading --------------------------------------------------------------------

    def load(self) -> list[Notice]:
        """Read the file. Whatever is wrong with it is returned as notices; nothing is raised or changed."""
        self.broken = None
        try:
            self.document, self._seen = self._read()
        except ConfigError as error:
            return self._fall_back(error)
        except BookError as error:
            return self._fall_back(ConfigError(self.path, None, str(error)))
        return [*self.document.notices, *self._about_state()]

    def changed(self) -> bool:
        """Whether somebody else has changed the file since it was read or saved. Looks at its date first."""
        stamp = self._stamp()
        if stamp == self._seen.stamp:
            return False
        try:
            digest = _digest(files.read_regular(self.path, limits.MAX_BOOK_FILE)) if stamp else ""
        except (OSError, BookError):
            return True
        if digest != self._seen.digest:
            return True
        self._seen = _Seen(stamp, digest)
        return False

    # --- saving ---------------------------------------------------------------------

    def commit(self, changes: Sequence[Change]) -> bool:
        """Save changes, all of them or none; say whether that made a difference.

        Raises:
            BookConflictError: The same field was changed in the file meanwhile; what was not saved is kept.
            BookError: The file cannot be saved; the message says why.
        """
        if not changes:
            return False
        with self._saving():
            return self._commit(changes)

    def start_new(self) -> None:
        """Begin an empty book. What is there now, readable or not, becomes a version."""
        with self._saving():
            self._write(EMPTY, EMPTY.text())
        self.broken = None

    def restore(self, version: Path) -> None:
        """Make an earlier version the present one. The present one becomes a version, readable or not.

        Raises:
            ConfigError: The version is broken itself.
            BookError: It cannot be read or saved.
        """
        text = _decode(files.read_regular(version, limits.MAX_BOOK_FILE), version)
        document = parse(text, version)
        with self._saving():
            self._write(document, text)
        self.broken = None

    def set_aside(self) -> Path | None:
        """Give a broken file another name, its contents untouched, and go on with the last good version."""
        if self.broken is None or not self.path.exists():
            return None
        path = self.path.resolve()
        aside = path.with_name(f"{path.name}.broken-{files.stamp(self._now())}")
        number = 1
        while aside.exists():
            number += 1
            aside = path.with_name(f"{path.name}.broken-{files.stamp(self._now())}-{number}")
        os.rename(path, aside)
        self.said.append(Notice(self.path, None, f"it could not be read, and is kept as {aside.name}"))
        self.broken = None
        self._seen = _Seen(None, "")
        return aside

    @contextmanager
    def _saving(self) -> Iterator[None]:
        """The lock, and the system's refusals in our words."""
        try:
            files.make_folder(self.path.parent)
            with files.locked(self.path):
                yield
        except OSError as error:
            reason = error.strerror or str(error)
            raise BookError(f"cannot save {self.path}: {reason}", hint="Nothing was changed.") from error

    def _commit(self, changes: Sequence[Change]) -> bool:
        if self.broken is not None and not self.changed():
            self.set_aside()
            document = self.document
        else:
            document = self._now_on_disk()
        if document.read_only:
            raise BookError(f"{self.path.name} is read-only: {document.read_only}")
        blocks = list(document.blocks)
        try:
            apply(blocks, changes)
        except ConflictError as conflict:
            raise self._conflict(conflict) from None
        if tuple(blocks) == document.blocks:
            self.document = document
            return False
        updated = replace(document, blocks=tuple(signed(block) for block in blocks), complete=True)
        text = updated.text()
        if len(changes) > 1 or any(change.follows not in (None, AT_END) for change in changes):
            _verify(text, updated, self.path)
        self._write(parse(text, self.path) if updated.notices else updated, text)
        return True

    def _now_on_disk(self) -> Document:
        """The document as it is in the file at this moment, which need not be what we read last."""
        try:
            document, seen = self._read()
        except ConfigError as error:
            hint = "Your change was not saved. Correct the file, then try again."
            raise BookError(str(error), hint=hint) from error
        if seen.stamp is None and self._seen.stamp is not None:
            return self.document  # the file is gone: what it had is not
        self._seen, self.broken = seen, None
        return document

    def _read(self) -> tuple[Document, _Seen]:
        stamp = self._stamp()
        try:
            data = files.read_regular(self.path, limits.MAX_BOOK_FILE)
        except FileNotFoundError:
            return EMPTY, _Seen(None, "")
        digest = _digest(data)
        if digest == self._seen.digest and self.broken is None:
            return self.document, _Seen(stamp, digest)
        text = _decode(data, self.path)
        document = self._parsed.get(digest, text) if self._parsed else None
        if document is None:
            document = parse(text, self.path)
            self._check_whole(document, text)
            if self._parsed:
                self._parsed.put(digest, text, document)
        return replace(document, crlf=b"\r\n" in data), _Seen(stamp, digest)

    def _check_whole(self, document: Document, text: str) -> None:
        """Refuse a file that ends where a longer version of it goes on.

        A file cut at the end of a line is often good TOML. Ours end with a line that says so; one without it
        is somebody's own work, unless all of it is the beginning of the version before.
        """
        if document.complete:
            return
        for version in files.versions(self.path, self.versions)[:1]:
            whole = self._version_text(version.path)
            if len(whole) > len(text) and whole.startswith(text.rstrip("\n")):
                state = "the file is cut: it ends here" if text.strip() else "the file is empty"
                reason = f"{state}, and {version.path.name} goes on"
                hint = "If that was you, write `# end of book` as its last line."
                raise ConfigError(self.path, text.count("\n") + 1, reason, hint=hint)

    def _version_text(self, version: Path) -> str:
        try:
            return _decode(files.read_regular(version, limits.MAX_BOOK_FILE), version)
        except (OSError, BookError, ConfigError):
            return ""

    def _good_versions(self) -> Iterator[tuple[files.Version, Document]]:
        """The versions that can be read, newest first."""
        for version in files.versions(self.path, self.versions):
            with suppress(ConfigError):
                yield version, parse(self._version_text(version.path), version.path)

    def _fall_back(self, error: ConfigError) -> list[Notice]:
        """Go on with the newest version that can be read, and say so."""
        self.broken = error
        self._seen = self._look()
        if self.document is not EMPTY:  # it was whole when this run read it
            count = len(list(self.document.entries()))
            hint = " ".join(filter(None, [f"Shown is what it had before: {_entries(count)}.", error.hint]))
            return [Notice(self.path, error.line, error.reason, hint, error=True)]
        self.document, hint = EMPTY, "There is no earlier version: the book is empty until it is corrected."
        for version, document in self._good_versions():
            self.document = document
            count = len(list(document.entries()))
            hint = f"Shown is {version.path.name} ({_age(version, self._now())}) with {_entries(count)}."
            break
        hint = " ".join(filter(None, [hint, error.hint]))
        return [Notice(self.path, error.line, error.reason, hint, error=True)]

    def _about_state(self) -> Iterable[Notice]:
        """An empty or vanished book where there are versions with entries; a mode that others can read."""
        document = self.document
        if document.read_only:
            yield Notice(self.path, None, f"read-only: {document.read_only}")
        if not document.complete and document.ours:
            yield Notice(self.path, None, "its last line is missing: it may have been cut")
        if self._seen.stamp is None:
            for version, document in self._good_versions():
                count = len(list(document.entries()))
                text = f"the book is gone; {version.path.name} has {_entries(count)}"
                yield Notice(self.path, None, text, f"To have it back: bbsterm import --mine {version.path}")
                break
        if os.name == "posix" and self._seen.stamp and self.path.stat().st_mode & 0o022:
            yield Notice(self.path, None, "others may write this file", "chmod 600 keeps it yours.")

    def _look(self) -> _Seen:
        try:
            return _Seen(self._stamp(), _digest(files.read_regular(self.path, limits.MAX_BOOK_FILE)))
        except (OSError, BookError):
            return _Seen(self._stamp(), "")

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            return _stamp_of(self.path.stat())
        except OSError:
            return None

    def _write(self, document: Document, text: str) -> None:
        if self.path.exists():
            files.keep_version(self.path, self.versions, self._now())
        data = (text.replace("\n", "\r\n") if document.crlf else text).encode("utf-8")
        status = files.replace(self.path, data)
        self.document = document
        self._seen = _Seen(_stamp_of(status), _digest(data))
        with suppress(OSError):
            files.prune(self.path, self.versions)

    def _conflict(self, conflict: ConflictError) -> BookConflictError:
        """Keep what is not saved beside the versions."""
        change = conflict.change
        assert change is not None  # `apply` says which
        shown = change.after or change.before
        assert shown is not None  # a change has one of them
        kept = self.versions / f"not-saved.{files.stamp(self._now())}.{change.id}.toml"
        try:
            files.make_folder(self.versions)
            files.replace(kept, block_of(shown).text.encode())
        except OSError:
            return BookConflictError(shown.name, conflict.fields, None)
        return BookConflictError(shown.name, conflict.fields, kept)


def _verify(text: str, document: Document, path: Path) -> None:
    """Read what is about to be written: it must mean what was meant."""
    if list(parse(text, path).entries()) != list(document.entries()):
        raise BookError(f"{path.name} could not be written: it would not mean the same")


def _age(version: files.Version, now: float) -> str:
    """How long ago the file was last what a version is."""
    minutes = max(0, int(now - version.path.stat().st_mtime)) // 60
    if minutes < 60:
        return "1 minute old" if minutes == 1 else f"{minutes} minutes old"
    hours = minutes // 60
    if hours < 48:
        return "1 hour old" if hours == 1 else f"{hours} hours old"
    return f"{hours // 24} days old"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


def _stamp_of(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_mtime_ns, status.st_size, status.st_ino


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _decode(data: bytes, path: Path) -> str:
    """The file's text with plain line ends, without a byte order mark."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(path, line, f"this is not UTF-8 text (byte {data[error.start]:#04x})") from error
    return text.replace("\r\n", "\n")
