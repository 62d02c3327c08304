"""A program with a pseudo-terminal for each client, under telnetlib3's names; `bbsterm.serve.pty` does it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

__all__ = ["PTYSpawnError", "make_pty_shell", "pty_shell"]


class PTYSpawnError(Exception):
    """The program cannot be started."""


def make_pty_shell(
    program: str,
    args: Sequence[str] | None = None,
    preexec_fn: Callable[[], None] | None = None,
    raw_mode: bool = False,
    *,
    fork_limit: int = 0,
) -> Callable[[Any, Any], Awaitable[None]]:
    """A shell for `create_server` that runs `program` for each client.

    Args:
        program: A name in PATH, or a path.
        args: Its arguments.
        preexec_fn: Called in the new process before the program begins, as by `subprocess.Popen`, with the
            same danger: in a server with threads it must take no lock. If it raises, there is no program.
        raw_mode: Leave echo and line editing to the program; without it the terminal does both.
        fork_limit: Programs at once; a client more is told that the machine is busy. 0: no bound.

    Raises:
        PTYSpawnError: There is no such program.
    """
    from bbsterm.errors import UsageError
    from bbsterm.serve.pty.shell import Host  # here, not above: who imports the name may never run it
    from bbsterm.serve.settings import ServeSettings

    settings = ServeSettings(
        pty_exec=program,
        pty_args=tuple(args or ()),
        pty_fork_limit=fork_limit,
        line_mode=not raw_mode,
        run_as=_ourselves(),
    )
    try:
        host = Host(settings, preexec_fn)
    except UsageError as error:
        raise PTYSpawnError(str(error)) from error

    async def shell(reader: Any, writer: Any) -> None:
        try:
            if writer.is_binary_writer:
                await host.shell(reader, writer)
            else:
                await host.shell(_BytesReader(reader, writer), _BytesWriter(writer))
        finally:
            writer.close()
            await host.ended()  # nobody else waits for the programs that are ending

    return shell


def _ourselves() -> str | None:
    """Root where we are root: a program that calls us so means it, and may become somebody else first."""
    import os
    import pwd

    return pwd.getpwuid(0).pw_name if os.geteuid() == 0 else None


async def pty_shell(
    reader: Any,
    writer: Any,
    program: str,
    args: Sequence[str] | None = None,
    preexec_fn: Callable[[], None] | None = None,
    raw_mode: bool = False,
) -> None:
    """Run `program` for this client until either is over; arguments are those of `make_pty_shell`."""
    await make_pty_shell(program, args, preexec_fn, raw_mode)(reader, writer)


class _BytesReader:
    """What a client types as text, as the bytes that a program reads."""

    def __init__(self, reader: Any, writer: Any) -> None:
        self._reader = reader
        self._writer = writer

    async def read(self, n: int = -1) -> bytes:
        text: str = await self._reader.read(n)
        data: bytes = self._writer.encode(text, "replace")
        return data


class _BytesWriter:
    """A writer of text that takes the bytes that a program says; everything else it does as ever."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)

    def write(self, data: bytes) -> None:
        from bbsterm.net import TelnetWriter

        TelnetWriter.write(self._writer, data)  # a program says its bytes in the client's encoding
