"""A caller's program: how it begins, that its end is noticed, and how it is ended."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import pwd
import signal
import subprocess
import termios
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bbsterm.errors import UsageError
from bbsterm.serve.pty.terminal import PseudoTerminal

__all__ = ["Account", "Program", "account"]

_STEPS: Final = ((signal.SIGHUP, 1.0), (signal.SIGTERM, 2.0), (signal.SIGKILL, 2.0))
"""What a program that should end is told, and how long it may take."""

_LOOK_EVERY: Final = 0.05
_LOOK_RARELY: Final = 0.5


@dataclass(frozen=True, slots=True)
class Account:
    """Whom programs run as. `name`, `home` and `shell` are for the environment.

    Attributes:
        switch: Arguments of `subprocess.Popen` that become this user; empty where we are it.
    """

    name: str
    home: str
    shell: str
    user: int
    switch: Mapping[str, Any]


def account(run_as: str | None) -> Account:
    """The user that programs run as.

    Raises:
        UsageError: There is none of that name, we may not become it, or we are root and none was named.
    """
    me = os.geteuid()
    if run_as is None and me == 0:
        raise UsageError(
            "--pty-exec as root would give every caller this machine",
            hint="Name the user that programs run as: --run-as USER.",
        )
    try:
        entry = pwd.getpwuid(me) if run_as is None else pwd.getpwnam(run_as)
    except KeyError:
        if run_as is not None:
            raise UsageError(f"--run-as: there is no user {run_as!r}") from None
        return Account(str(me), "/", "/bin/sh", me, {})
    home = entry.pw_dir if os.path.isdir(entry.pw_dir) else "/"
    switch: dict[str, Any] = {}
    if entry.pw_uid != me:
        if me != 0:
            raise UsageError(f"--run-as {run_as}: only root can become another user")
        groups = os.getgrouplist(entry.pw_name, entry.pw_gid)
        switch = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": groups}
    return Account(entry.pw_name, home, entry.pw_shell or "/bin/sh", entry.pw_uid, switch)


class Program:
    """A program with a terminal, in a session of its own.

    Args:
        terminal: Its terminal.
        command: The program's path, and its arguments.
        environment: Its variables.
        whom: Who it runs as.
        first: Called in the new process before the program begins, as `subprocess.Popen`'s `preexec_fn`, with
            the same danger: where there are threads, it must take no lock.

    Raises:
        OSError: It cannot be started; or `first` failed.
    """

    def __init__(
        self,
        terminal: PseudoTerminal,
        command: Sequence[str],
        environment: Mapping[str, str],
        whom: Account,
        first: Callable[[], None] | None = None,
    ) -> None:
        self._terminal = terminal
        if whom.switch:
            os.chown(terminal.slave, whom.user, -1)

        def begin() -> None:
            _take_terminal()  # one system call, after everything else
            if first is not None:
                first()

        try:
            self._process = subprocess.Popen(
                command,
                stdin=terminal.slave,
                stdout=terminal.slave,
                stderr=terminal.slave,
                env=dict(environment),
                start_new_session=True,
                close_fds=True,
                preexec_fn=begin,
                **whom.switch,
            )
        except subprocess.SubprocessError as error:
            raise OSError(str(error)) from error
        terminal.started()

    @property
    def number(self) -> int:
        """The process's number; its group and session have the same."""
        return self._process.pid

    async def ended(self) -> int:
        """Wait for its end; return its exit code, or -N for signal N. It is no zombie then."""
        loop = asyncio.get_running_loop()
        try:
            watched = os.pidfd_open(self.number)
        except (AttributeError, OSError):  # not Linux, or it has ended already
            while (code := self._process.poll()) is None:  # noqa: ASYNC110  # nobody tells us
                await asyncio.sleep(_LOOK_RARELY)
            return code
        over: asyncio.Future[None] = loop.create_future()
        loop.add_reader(watched, _done, over)
        try:
            await over
        finally:
            loop.remove_reader(watched)
            os.close(watched)
        return self._process.wait()

    async def end(self) -> None:
        """End it and its group: hang up, then ask, then kill. Returns once it is reaped."""
        groups = {self.number, self._terminal.foreground()} - {0, os.getpgrp()}
        self._terminal.close()
        for number, patience in _STEPS:
            for group in groups:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(group, number)
            if await self._within(patience, groups):
                return

    async def _within(self, seconds: float, groups: set[int]) -> bool:
        """Whether it ended in time, and its groups with it."""
        deadline = asyncio.get_running_loop().time() + seconds
        while self._process.poll() is None or any(_lives(group) for group in groups):
            if asyncio.get_running_loop().time() >= deadline:
                return False
            await asyncio.sleep(_LOOK_EVERY)
        return True


def _done(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _take_terminal() -> None:
    """In the new process: standard input is its controlling terminal."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
