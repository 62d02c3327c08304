"""What types for the user on a call: a macro or a script, one at a time, until it ends or a key stops it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bbsterm.macros import Action, Notified, Program, Progress
from bbsterm.session.macros import MacroRun, Stopped

if TYPE_CHECKING:
    from bbsterm.secret import Secret
    from bbsterm.session.call import Call
    from bbsterm.session.macros import Caller

__all__ = ["Job", "Run", "Runner"]


@dataclass(frozen=True, slots=True)
class Job:
    """What is running, or was.

    Attributes:
        chip: What the status row calls it: "LOGIN", "MACRO", "SCRIPT".
        title: What the user calls it.
        path: Its file; None for the built-in login and for keys.
    """

    chip: str
    title: str
    path: Path | None = None


class Run(Protocol):
    """What a `MacroRun` and a `LoginRun` have in common."""

    @property
    def over(self) -> bool:
        """Whether it has come to its end."""
        ...

    @property
    def progress(self) -> str:
        """Where it stands."""
        ...

    def begin(self) -> None:
        """Start."""
        ...

    def stop(self, reason: str) -> None:
        """Type nothing more."""
        ...


class Runner:
    """Runs jobs on one call page. Everything happens in the event loop.

    Args:
        said: Told of a job's progress, in a few words; None at its end.
        notified: Told what a macro tells the user.
        ended: Told how a job ended: a macro's last action, a script's error, or None for a script's success.
    """

    def __init__(
        self,
        *,
        said: Callable[[Job, str | None], None],
        notified: Callable[[str], None],
        ended: Callable[[Job, Action | Exception | None], None],
    ) -> None:
        self._said = said
        self._notified = notified
        self._ended = ended
        self._job: Job | None = None
        self._run: Run | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def job(self) -> Job | None:
        """What is running."""
        return self._job

    def play(
        self,
        job: Job,
        call: Caller,
        program: Program,
        *,
        variables: Mapping[str, str],
        secret: Callable[[], Awaitable[Secret]] | None,
    ) -> None:
        """Run a macro; what runs already is stopped."""
        self.start(
            job,
            lambda report: MacroRun(call, program, variables=variables, secret=secret, report=report),
        )

    def start(self, job: Job, make: Callable[[Callable[[Action], None]], Run]) -> None:
        """Run what `make` makes, which is told where to report; what runs already is stopped."""
        self.stop("something else was started")
        self._job = job
        self._run = run = make(lambda action: self._heard(job, action))
        run.begin()
        if not run.over:
            self._said(job, run.progress)

    def run_script(
        self,
        job: Job,
        call: Call,
        *,
        variables: Mapping[str, str],
        secret: Callable[[], Awaitable[Secret]] | None,
    ) -> None:
        """Run a script; what runs already is stopped."""
        self.stop("something else was started")
        self._job = job
        self._said(job, job.title)
        self._task = asyncio.ensure_future(self._script(job, call, variables, secret))

    def stop(self, reason: str = "stopped") -> bool:
        """Type nothing more; whether anything was running."""
        job = self._job
        if job is None:
            return False
        if self._run is not None:
            self._run.stop(reason)
        elif self._task is not None:
            self._task.cancel()
            self._finish(job, Stopped(reason))
        return True

    async def _script(
        self,
        job: Job,
        call: Call,
        variables: Mapping[str, str],
        secret: Callable[[], Awaitable[Secret]] | None,
    ) -> None:
        from bbsterm.scripts.call import ScriptCall  # here: few calls run one
        from bbsterm.scripts.running import run_script

        script = ScriptCall(call, secret=secret, variables=dict(variables))
        outcome: Exception | None = None
        try:
            assert job.path is not None
            await run_script(job.path, script)
        except Exception as error:  # a script may raise what it likes; the call goes on
            outcome = error
        finally:
            script.release()
        self._finish(job, outcome)

    def _heard(self, job: Job, action: Action) -> None:
        match action:
            case Progress():
                self._said(job, str(action))
            case Notified(text):
                self._notified(text)
            case _:
                self._finish(job, action)

    def _finish(self, job: Job, outcome: Action | Exception | None) -> None:
        if self._job is not job:
            return
        self._job = self._run = self._task = None
        self._said(job, None)
        self._ended(job, outcome)
