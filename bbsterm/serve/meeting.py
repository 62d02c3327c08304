"""What callers meet: the shells that `--shell` knows by name, each with the kind of connection it wants.

`open_meeting` finds one by its name. A shell that needs more than a function (files, a life of its own) is an
asynchronous context manager here, which is given the server's settings.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from bbsterm.errors import UsageError
from bbsterm.net import TelnetServer
from bbsterm.net.shell_names import function_lookup, shell_named
from bbsterm.serve.settings import ServeSettings

__all__ = ["SHELLS", "Meeting", "NamedShell", "folder", "open_meeting"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A shell in operation.

    Attributes:
        shell: ``async def shell(reader, writer)``, or a plain function.
        factory: The kind of connection that it wants.
        encoding: What it reads and writes unless the settings say otherwise; "false" is bytes.
        force_binary: It sends 8 bits in any case.
        line_mode: It wants echo and line editing on the caller's side.
        own_encoding: The settings' encoding means something else to it (the board's callers').
        own_timeout: It has its own idea of falling asleep.
        dismiss: Tells everybody that the server closes, and hangs up within so many seconds. None: the
            server does it.
    """

    shell: Callable[[Any, Any], Awaitable[None] | None]
    factory: type[TelnetServer] = TelnetServer
    encoding: str = "utf8"
    force_binary: bool = True
    line_mode: bool = False
    own_encoding: bool = False
    own_timeout: bool = False
    dismiss: Callable[[float], Awaitable[None]] | None = None


class NamedShell(NamedTuple):
    """One shell of ours: its name, a line about it, and where its function is."""

    name: str
    about: str
    where: str
    encoding: str = "utf8"
    opened: Callable[[ServeSettings], AbstractAsyncContextManager[Meeting]] | None = None


def folder(settings: ServeSettings) -> Path:
    """Where a server keeps things."""
    from bbsterm.config import find_paths

    return settings.data_dir or find_paths().board.parent


@contextlib.asynccontextmanager
async def _board(settings: ServeSettings) -> AsyncIterator[Meeting]:
    from bbsterm.serve.line import BoardConnection
    from bbsterm.serve.server import FAREWELL, board_of, board_shell

    board = board_of(settings)
    try:
        await board.open()
        yield Meeting(
            board_shell(board),
            BoardConnection,
            encoding="false",
            force_binary=False,
            own_encoding=True,
            own_timeout=True,
            dismiss=lambda seconds: board.dismiss(FAREWELL, patience=seconds),
        )
    finally:
        await board.close()


@contextlib.asynccontextmanager
async def _mud(settings: ServeSettings) -> AsyncIterator[Meeting]:
    from bbsterm.serve.mud import Mud, Store

    mud = Mud(store=Store(folder(settings) / "mud.json"))
    try:
        yield Meeting(mud.shell, line_mode=True, own_timeout=True)
    finally:
        await mud.close()


def _fingerprint(settings: ServeSettings) -> AbstractAsyncContextManager[Meeting]:
    """That package stands a floor above this one: it is found by its name, as a shell of the user's is."""
    found = function_lookup("bbsterm.fingerprint.meeting.fingerprint_meeting")
    meeting: AbstractAsyncContextManager[Meeting] = found(settings)
    return meeting


SHELLS: Final = (
    NamedShell("board", "a board: chat, wall, gallery ...", "", opened=_board),
    NamedShell(
        "telsh", "looks at the caller's own connection", "bbsterm.serve.shells.telsh.telnet_server_shell"
    ),
    NamedShell("echo", "says what it hears, as text", "bbsterm.serve.shells.small.echo"),
    NamedShell("binary", "the same, as bytes", "bbsterm.serve.shells.small.binary", encoding="false"),
    NamedShell("wargame", "asks one question", "bbsterm.serve.shells.small.wargame"),
    NamedShell("mud", "a small MUD", "", opened=_mud),
    NamedShell("fingerprint", "finds out what calls", "", opened=_fingerprint),
)
"""In the order of the manual."""


def open_meeting(settings: ServeSettings) -> AbstractAsyncContextManager[Meeting]:
    """What `settings.shell` names, looked for at once: before anything listens.

    Raises:
        UsageError: There is none, or it cannot be imported.
    """
    if settings.pty_exec is not None:
        if os.name == "nt":
            raise UsageError("--pty-exec needs a POSIX system: Windows has no pseudo-terminals of this kind")
        from bbsterm.serve.pty.shell import pty_meeting

        return pty_meeting(settings)
    named = next((each for each in SHELLS if each.name == settings.shell), None)
    if named is not None and named.opened is not None:
        return named.opened(settings)
    if named is None and "." not in settings.shell:
        raise _unknown(settings.shell)
    where = named.where if named else settings.shell
    found = function_lookup(where) if named else shell_named(where)
    return contextlib.nullcontext(Meeting(found, encoding=named.encoding if named else "utf8"))


def _unknown(name: str) -> UsageError:
    import difflib

    names = [each.name for each in SHELLS]
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"Did you mean {near[0]}?" if near else "A function of your own is MODULE.FUNCTION: mygame.shell."
    return UsageError(f"no shell {name!r}; there are {', '.join(names)}", hint=hint)
