"""Where the log goes, and how much of it: `--loglevel` and `--logfile`."""

from __future__ import annotations

import argparse
import contextlib
import logging
import sys
from pathlib import Path
from typing import Final

from bbsterm.errors import UsageError

__all__ = ["start_logging"]

_TRACE: Final = 5
_SIZE: Final = 10 * 1024 * 1024
_KEPT: Final = 2  # older files beside the current one
_LOGGERS: Final = ("bbsterm", "asyncio")  # asyncio's complaints would otherwise land on the screen
_FORMAT: Final = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def start_logging(
    args: argparse.Namespace, *, file: Path | None = None, level: str = "warning", form: str | None = None
) -> None:
    """Send the log to `--logfile`; without that to `file`, or to stderr where that is None too.

    Args:
        args: The command line, with or without `loglevel` and `logfile`.
        file: The command's own place, for one that owns the screen. Used only if `--loglevel` was given.
        level: The level unless `--loglevel` says another.
        form: A line of the log, as `logging.Formatter` has it; ours unless given.

    Raises:
        UsageError: The file cannot be written, or a line of this form cannot.
    """
    chosen: str | None = getattr(args, "loglevel", None)
    named: str | None = getattr(args, "logfile", None)
    logging.addLevelName(_TRACE, "TRACE")
    if named is None and file is not None and chosen is None:
        handler: logging.Handler = logging.NullHandler()
    elif named is None and file is None:
        handler = logging.StreamHandler()
    else:
        handler = _to_file(Path(named).expanduser() if named else file)
    try:
        handler.setFormatter(logging.Formatter(form or _FORMAT))
    except ValueError as error:
        raise UsageError(
            f"no format of a log: {form!r}", hint="Such as '%(asctime)s %(message)s'."
        ) from error
    handler.handleError = _Once()  # type: ignore[method-assign]  # logging's own writes a traceback each time
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]  # a second call replaces the first
    logging.getLogger("bbsterm").setLevel(_TRACE if chosen == "trace" else (chosen or level).upper())


class _Once:
    """Says that the log cannot be written, once: a full disk must not fill the terminal, too."""

    def __init__(self) -> None:
        self._said = False

    def __call__(self, record: logging.LogRecord) -> None:
        if self._said:
            return
        self._said = True
        error = sys.exc_info()[1]
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        with contextlib.suppress(OSError, ValueError):  # that may have been the full one
            print(f"bbsterm: the log cannot be written: {reason}", file=sys.stderr, flush=True)


def _to_file(path: Path | None) -> logging.Handler:
    from logging.handlers import RotatingFileHandler  # here, not above: it imports sockets and queues

    assert path is not None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        return RotatingFileHandler(
            path, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", errors="replace"
        )
    except OSError as error:
        raise UsageError(
            f"cannot write the log file {path}: {(error.strerror or str(error)).lower()}"
        ) from error
