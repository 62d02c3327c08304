"""Files that are never half written: read with a bound, locked, kept in versions, replaced at one stroke.

The order of a save is its safety: the new text is whole on the disk (fsync) before it takes the old one's
name (rename), and the old one has got a second name before it loses its first. Whoever pulls the plug at any
moment finds the old file or the new one.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from bbsterm.errors import BookError

__all__ = [
    "Version",
    "keep_version",
    "locked",
    "make_folder",
    "prune",
    "read_regular",
    "replace",
    "stamp",
    "versions",
]

KEEP: Final = 10
"""Versions that are kept whatever their age, and days of which the last version is kept as well."""

PATIENCE: Final = 5.0
"""Seconds to wait while another bbsterm saves."""

_POLL: Final = 0.02
_VERSION: Final = re.compile(r"(?P<stem>.+)\.(?P<number>\d{6,})\.(?P<day>\d{8})T\d{6}(?P<suffix>\.[^.]+)")
_BINARY: Final = getattr(os, "O_BINARY", 0)  # Windows would change line ends
_NONBLOCK: Final = getattr(os, "O_NONBLOCK", 0)  # a FIFO must not hang us in open()
_NOFOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)


class Version(NamedTuple):
    """An earlier state of a file. The highest number is the newest."""

    path: Path
    number: int
    day: str


def read_regular(path: Path, limit: int) -> bytes:
    """The bytes of a regular file; never hangs on a FIFO, never reads a device.

    Raises:
        FileNotFoundError: There is none.
        BookError: It is no regular file, larger than `limit` bytes, or cannot be read.
    """
    try:
        handle = os.open(path, os.O_RDONLY | _BINARY | _NONBLOCK)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise BookError(f"cannot read {path}: {error.strerror}") from error
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise BookError(f"{path} is not a regular file")
        with open(handle, "rb", closefd=False) as file:
            data = file.read(limit + 1)
    finally:
        os.close(handle)
    if len(data) > limit:
        raise BookError(f"{path} is too large: {status.st_size:,} bytes, and {limit:,} are the most")
    return data


def replace(path: Path, data: bytes) -> os.stat_result:
    """Give `path` new contents, whole or not at all, readable by its owner only; say what became of it.

    Raises:
        OSError: The disk is full, the folder is read-only ... `path` is as it was.
    """
    path = path.resolve()  # a link into somebody's dotfiles stays a link
    partial = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns():x}.tmp")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _BINARY, 0o600)
    try:
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(handle, left) :]
            os.fsync(handle)
            status = os.fstat(handle)
        finally:
            os.close(handle)
        os.replace(partial, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(partial)
        raise
    _sync_folder(path.parent)
    return status


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, for its owner only; one that is there stays as it is."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        with suppress(FileExistsError):
            os.mkdir(each, 0o700)


@contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Keep other programs of ours from saving `path` meanwhile. The system frees the lock of one that died.

    Raises:
        BookError: Another one still saves after `patience` seconds.
        OSError: The folder cannot be written.
    """
    handle = os.open(_lock_name(path), os.O_RDWR | os.O_CREAT | _NOFOLLOW | _BINARY, 0o600)
    try:
        last = time.monotonic() + patience
        while not _try_lock(handle):
            if time.monotonic() > last:
                raise BookError(f"another bbsterm is saving {path.name}", hint="Try again in a moment.")
            time.sleep(_POLL)
        try:
            yield
        finally:
            _unlock(handle)
    finally:
        os.close(handle)


def keep_version(path: Path, folder: Path, now: float) -> None:
    """Give the file at `path` a second name in `folder`, which is newer than all that are there."""
    path = path.resolve()
    make_folder(folder)
    kept = versions(path, folder)
    if kept and os.path.samefile(path, kept[0].path):
        return  # a save was cut short after this step
    number = kept[0].number + 1 if kept else 1
    name = folder / f"{path.stem}.{number:06d}.{stamp(now)}{path.suffix}"
    try:
        os.link(path, name)
    except OSError:  # another file system, or one without links
        replace(name, path.read_bytes())


def versions(path: Path, folder: Path) -> list[Version]:
    """The versions of `path` in `folder`, newest first."""
    found = []
    with suppress(FileNotFoundError, NotADirectoryError):
        for name in os.listdir(folder):
            match = _VERSION.fullmatch(name)
            if match and match["stem"] == path.stem and match["suffix"] == path.suffix:
                found.append(Version(folder / name, int(match["number"]), match["day"]))
    return sorted(found, key=lambda version: version.number, reverse=True)


def prune(path: Path, folder: Path) -> None:
    """Drop old versions: the last `KEEP` stay, and the last of each of `KEEP` earlier days. Also what saves
    that were cut short left behind.
    """
    days: set[str] = set()
    for index, version in enumerate(versions(path, folder)):
        new_day = version.day not in days and len(days) < KEEP
        days.add(version.day)
        if index >= KEEP and not new_day:
            with suppress(OSError):
                os.unlink(version.path)
    _sweep(path.resolve())


def stamp(now: float) -> str:
    """A moment as it stands in file names: local time, ``20260131T120000``."""
    return time.strftime("%Y%m%dT%H%M%S", time.localtime(now))


def _sweep(path: Path) -> None:
    """Remove the partial files of programs that died while saving `path`. Only under its lock."""
    partial = re.compile(rf"\.{re.escape(path.name)}\.\d+\.[0-9a-f]+\.tmp")
    with suppress(OSError):
        for name in os.listdir(path.parent):
            if partial.fullmatch(name):
                os.unlink(path.parent / name)


def _lock_name(path: Path) -> Path:
    path = path.resolve()
    return path.with_name(f".{path.name}.lock")


def _sync_folder(folder: Path) -> None:
    """Make sure that a rename survives a power cut. Not every system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


try:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES):
                return False
            raise
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)

except ImportError:  # Windows
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # only there
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]  # only there
