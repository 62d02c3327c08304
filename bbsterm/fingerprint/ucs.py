"""`ucs-detect`, where it is installed, looks at a caller's terminal as well, on a PTY."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import Any, Final

from bbsterm.errors import BbstermError
from bbsterm.fingerprint.asking import Line
from bbsterm.limits import MAX_UCS_REPORT

__all__ = ["ucs_detect"]

_PROGRAM: Final = "ucs-detect"
_NOBODY: Final = "nobody"
_SECONDS: Final = 20.0
_BOUNDS: Final = ("--limit-codepoints=100", "--limit-words=100", "--limit-errors=10")

_log: Final = logging.getLogger(__name__)


async def ucs_detect(line: Line, writer: Any, *, seconds: float = _SECONDS) -> str:
    """Run it for the caller; return its report (YAML), cut, or empty where there is none.

    Raises:
        ConnectionError: The caller hung up.
    """
    found = shutil.which(_PROGRAM)
    if found is None or os.name == "nt":
        return ""
    with tempfile.TemporaryDirectory(prefix="bbsterm-") as folder:
        file = Path(folder) / "report.yaml"
        try:
            await _run(line, writer, found, file, seconds)
            return _read(file)
        except FileNotFoundError:  # it was too slow, or did not like the terminal
            return ""
        except (BbstermError, OSError, LookupError) as error:
            if isinstance(error, ConnectionError):
                raise
            _log.warning("%s cannot be used: %s", _PROGRAM, error)
            return ""


async def _run(line: Line, writer: Any, program: str, file: Path, seconds: float) -> None:
    from bbsterm.serve.pty.shell import Host  # here, not above: there are no PTYs on Windows
    from bbsterm.serve.settings import ServeSettings

    run_as = None
    if os.geteuid() == 0:  # nothing that a caller types into is run as root
        run_as = _NOBODY
        shutil.chown(file.parent, _NOBODY)
    arguments = f"--save-yaml={file}", *_BOUNDS
    host = Host(ServeSettings(pty_exec=program, pty_args=arguments, run_as=run_as))
    try:
        async with asyncio.timeout(seconds):
            await host.shell(_Reader(line), _Writer(line, writer))
    except TimeoutError:
        _log.info("%s took too long", _PROGRAM)
    finally:
        await host.close()


def _read(file: Path) -> str:
    """The report, if it is a file: whoever wrote it may have put something else there."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    with open(os.open(file, flags), "rb") as report:
        if not stat.S_ISREG(os.fstat(report.fileno()).st_mode):
            return ""
        return report.read(MAX_UCS_REPORT).decode("utf-8", "replace")


class _Reader:
    """The caller's bytes, whatever the encoding of the shell."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def read(self, _: int) -> bytes:
        return await self._line.read()


class _Writer:
    """To the caller, in bytes; otherwise the shell's writer."""

    def __init__(self, line: Line, writer: Any) -> None:
        self._line, self._writer = line, writer

    def write(self, data: bytes) -> None:
        self._line.send(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)
