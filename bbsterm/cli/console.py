"""The user's own terminal for `--plain`: raw or in lines as the board wants it, and restored afterwards."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any, Final

from bbsterm.protocol.events import FlowControlChanged
from bbsterm.session.modes import InputMode

__all__ = ["ESCAPE", "Console"]

ESCAPE: Final = b"\x1d"
"""Ctrl+]: ends the call, as in telnet(1)."""

_INPUT, _OUTPUT, _CONTROL, _LOCAL, _CHARACTERS = 0, 1, 2, 3, 6


class Console:
    """stdin and stdout, by their descriptors: a terminal each, or a pipe, or a file.

    Args:
        stdin: A descriptor, or None where there is no standard input.
        stdout: A descriptor.
    """

    def __init__(self, stdin: int | None, stdout: int) -> None:
        self._stdin = stdin
        self._stdout = stdout
        self._termios = _termios() if stdin is not None and os.isatty(stdin) else None
        self._mode: InputMode | None = None
        self._flow: FlowControlChanged | None = None

    @property
    def stdin(self) -> int | None:
        """The descriptor to read keys from."""
        return self._stdin

    @property
    def types(self) -> bool:
        """Whether somebody types, rather than a program or a file."""
        return self._termios is not None

    @property
    def shows(self) -> bool:
        """Whether a terminal shows what we write."""
        return os.isatty(self._stdout)

    @property
    def size(self) -> tuple[int, int] | None:
        """Columns and rows of the terminal, where there is one that knows."""
        if not self.shows:
            return None
        try:
            columns, rows = os.get_terminal_size(self._stdout)
        except OSError:
            return None
        return (columns, rows) if columns and rows else None

    def write(self, text: str) -> None:
        """Write all of it, waiting where the reader is slow: the board then waits too.

        Raises:
            BrokenPipeError: The reader has gone.
        """
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        data = memoryview(text.encode(encoding, "replace"))
        while data:
            data = data[os.write(self._stdout, data) :]

    def use(self, mode: InputMode, flow: FlowControlChanged | None = None) -> None:
        """Have the terminal deliver keys, or edit lines and echo them, as `mode` says.

        Args:
            mode: Who edits, and who echoes.
            flow: Whether Ctrl+S and Ctrl+Q stop and start the output here, where the board has said so;
                None: while lines are edited here.
        """
        self._mode, self._flow = mode, flow
        if self._termios is None or self._stdin is None:
            return
        attributes = self._termios.tcgetattr(self._stdin)
        _edit_lines(self._termios, attributes, echo=mode.local_echo) if mode.line else _raw(
            self._termios, attributes
        )
        if flow is not None:
            _flow(self._termios, attributes, flow)
        self._termios.tcsetattr(self._stdin, self._termios.TCSANOW, attributes)

    def use_again(self) -> None:
        """After a stop (Ctrl+Z and fg), when the shell has had the terminal."""
        if self._mode is not None:
            self.use(self._mode, self._flow)

    @contextlib.contextmanager
    def restored(self) -> Iterator[None]:
        """Whatever happens inside, the terminal is afterwards what it was before."""
        if self._termios is None or self._stdin is None:
            yield
            return
        before = self._termios.tcgetattr(self._stdin)
        try:
            yield
        finally:
            self._termios.tcsetattr(self._stdin, self._termios.TCSANOW, before)


def _raw(termios: ModuleType, attributes: list[Any]) -> None:
    """Every key at once and none special; output as the board sends it (cfmakeraw)."""
    attributes[_INPUT] &= ~(
        termios.IGNBRK
        | termios.BRKINT
        | termios.PARMRK
        | termios.ISTRIP
        | termios.INLCR
        | termios.IGNCR
        | termios.ICRNL
        | termios.IXON
    )
    attributes[_OUTPUT] &= ~termios.OPOST
    attributes[_CONTROL] = (attributes[_CONTROL] & ~(termios.CSIZE | termios.PARENB)) | termios.CS8
    attributes[_LOCAL] &= ~(termios.ECHO | termios.ECHONL | termios.ICANON | termios.ISIG | termios.IEXTEN)
    attributes[_CHARACTERS][termios.VMIN] = 1
    attributes[_CHARACTERS][termios.VTIME] = 0


def _edit_lines(termios: ModuleType, attributes: list[Any], *, echo: bool) -> None:
    """The system edits the line, as in a shell; Ctrl+] delivers it at once."""
    attributes[_INPUT] = (attributes[_INPUT] | termios.ICRNL | termios.IXON) & ~(
        termios.INLCR | termios.IGNCR
    )
    attributes[_OUTPUT] |= termios.OPOST
    attributes[_LOCAL] |= termios.ICANON | termios.ISIG | termios.IEXTEN | termios.ECHOE | termios.ECHOK
    attributes[_LOCAL] = (attributes[_LOCAL] & ~termios.ECHO) | (termios.ECHO if echo else 0)
    attributes[_CHARACTERS][termios.VEOL2] = ESCAPE
    attributes[_CHARACTERS][termios.VEOF] = b"\x04"
    attributes[_CHARACTERS][termios.VEOL] = b"\0"


def _flow(termios: ModuleType, attributes: list[Any], flow: FlowControlChanged) -> None:
    """Whether the system heeds XOFF and XON, and whether any key is XON."""
    attributes[_INPUT] &= ~(termios.IXON | termios.IXANY)
    if flow.enabled:
        attributes[_INPUT] |= termios.IXON | (termios.IXANY if flow.restart_any else 0)


def _termios() -> ModuleType | None:
    """The module that knows about terminals; None on systems that have none like ours."""
    try:
        import termios
    except ImportError:
        return None
    return termios
