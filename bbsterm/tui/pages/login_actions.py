"""Logging in by itself: what runs on connect, what is asked before, what is said when it fails."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bbsterm.errors import BbstermError
from bbsterm.session.events import CallState
from bbsterm.tui import keymap
from bbsterm.tui.clean import printable_text
from bbsterm.tui.pages.past_actions import PastActions

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bbsterm.macros import Action, Failed, Program
    from bbsterm.net.address import Address
    from bbsterm.secret import Secret
    from bbsterm.session.login import Plan
    from bbsterm.session.settings import CallSettings
    from bbsterm.tui.contracts import CallLike
    from bbsterm.tui.desk import Desk
    from bbsterm.tui.runner import Job, Runner
    from bbsterm.vault import Question

__all__ = ["LoginActions"]

_NOTHING: Final = (
    "There is nothing to log in with: give the entry a user and a password, or learn a macro (e)."
)


class _Now:
    """A call with what its entry says now: it may have learnt its login since it was dialled."""

    def __init__(self, call: CallLike, settings: CallSettings) -> None:
        self._call = call
        self.settings = settings

    @property
    def address(self) -> Address:
        return self._call.address

    @property
    def state(self) -> CallState:
        return self._call.state


class LoginActions(PastActions):
    """The part of a call page that types for its user."""

    _runner_made: Runner | None = None

    @property
    def _desk(self) -> Desk | None:
        return self._board.desk

    @property
    def _runner(self) -> Runner:
        """What types; made when something first does: most calls start without it."""
        if self._runner_made is None:
            from bbsterm.tui.runner import Runner

            self._runner_made = Runner(
                said=self._job_says, notified=self._job_notifies, ended=self._job_ended
            )
        return self._runner_made

    def _stop_running(self, reason: str) -> bool:
        """Stop what types, if anything does; an empty reason is not worth a word."""
        return self._runner_made is not None and self._runner_made.stop(reason)

    def action_hang_up(self) -> None:
        """End the call; what types ends before it, and has not failed."""
        self._stop_running("")
        super().action_hang_up()

    def _settings_now(self, call: CallLike) -> CallSettings:
        """How it is called, as the entry is now."""
        return call.settings if self._desk is None else self._desk.fresh(call.settings)

    # --- on connect, and when asked ---------------------------------------------------------

    def _log_in_on_connect(self, call: CallLike) -> None:
        desk = self._desk
        if desk is None:
            return
        settings = self._settings_now(call)
        if not (settings.login or settings.secret):
            return
        from bbsterm.session.login import plan_login  # here: most calls have none

        try:
            plan = plan_login(call.address, settings, desk.files, desk)
        except BbstermError as error:
            self._complain(error)
            return
        if plan is None:
            return
        if not plan.ask_first:
            self._log_in(call, settings, plan)
            return
        start = partial(self._log_in, call, settings, plan)
        who = f" as {printable_text(settings.user, 20)}" if settings.user else ""
        self._ask_which(
            f"Log in to {printable_text(self._board.name, 24)}{who} automatically?",
            {
                "y": ("Once", start),
                "a": ("Always", lambda: self._always(settings, start)),
                "n": ("Never", lambda: self._never(settings)),
            },
        )

    def _always(self, settings: CallSettings, start: Callable[[], None]) -> None:
        self._remember(settings, answer=True)
        start()

    def _never(self, settings: CallSettings) -> None:
        self._remember(settings, answer=False)
        self._toast(keymap.told("It is not asked again. ^] l l logs in when you want it."))

    def _remember(self, settings: CallSettings, *, answer: bool) -> None:
        from bbsterm.session.login import remember_answer

        if self._desk is not None:
            try:
                remember_answer(self._desk, settings, answer)
            except BbstermError as error:
                self._complain(error)

    def action_log_in(self) -> None:
        """Log in now, whatever was answered before."""
        call, desk = self._standing_call(), self._desk
        if call is None or desk is None:
            return
        settings = self._settings_now(call)
        try:
            plan = _plan(call.address, settings, desk)
        except BbstermError as error:
            self._complain(error)
            return
        if plan is None:
            self._toast(_NOTHING)
        else:
            self._log_in(call, settings, plan)

    def action_stop_job(self) -> None:
        """Stop what types."""
        if not self._stop_running("stopped"):
            self._toast("Nothing is running.")

    def _standing_call(self) -> CallLike | None:
        """The call, if there is one to type to."""
        call = self._call
        if call is None or call.state is not CallState.CONNECTED:
            self._toast("There is no call to type to.")
            return None
        return call

    def _log_in(self, call: CallLike, settings: CallSettings, plan: Plan) -> None:
        from bbsterm.session.login import AUTO, IEMSI, OFF
        from bbsterm.tui.runner import Job

        desk = self._desk
        if desk is None:
            return
        own = settings.login not in ("", AUTO, IEMSI, OFF)
        path = desk.files.path(settings.login) if own else None
        if plan.iemsi:
            self._log_in_by_iemsi(call, settings, plan)
        elif plan.program is not None:
            self._play(Job("LOGIN", plan.program.title, path), call, plan.program)

    def _log_in_by_iemsi(self, call: CallLike, settings: CallSettings, plan: Plan) -> None:
        from bbsterm.session.login_run import LoginRun  # here: few boards speak it
        from bbsterm.tui.runner import Job

        _variables, fetch = self._known_of(call)
        if fetch is not None and call is self._call and call.state is CallState.CONNECTED:
            self._runner.start(
                Job("LOGIN", "IEMSI"),
                lambda report: LoginRun(call, plan, fetch, settings=settings, report=report),
            )

    # --- running ------------------------------------------------------------------------------

    def _play(self, job: Job, call: CallLike, program: Program) -> None:
        """Run a macro on the call."""
        if call is not self._call or call.state is not CallState.CONNECTED:
            return
        variables, secret = self._known_of(call)
        self._runner.play(job, call, program, variables=variables, secret=secret)

    def _known_of(self, call: CallLike) -> tuple[dict[str, str], Callable[[], Awaitable[Secret]] | None]:
        """What a macro may type: the entry's words, and how it gets the password."""
        from bbsterm.session.login import secret_for, variables_of

        settings = self._settings_now(call)
        variables = variables_of(call.address, settings)
        if self._desk is None:
            return variables, None
        fetch = secret_for(
            _Now(call, settings),
            self._desk.secrets,
            ask=self._ask_secret,
            confirm=self._confirm,
            notes=self._desk,
        )
        return variables, fetch

    async def _ask_secret(self, question: Question) -> Secret | None:
        """A line of dots, over the board."""
        from bbsterm.tui.pages.secret_page import SecretPage

        answered: asyncio.Future[Secret | None] = asyncio.get_running_loop().create_future()
        page = SecretPage(question.prompt, question.problem, twice=question.kind.startswith("new"))

        def answer(secret: Secret | None) -> None:
            if not answered.done():
                answered.set_result(secret)

        self.app.push_screen(page, answer)
        return await answered

    async def _confirm(self, question: str) -> bool:
        answered: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        def answer(yes: bool) -> None:
            if not answered.done():
                answered.set_result(yes)

        self._ask_which(
            printable_text(question, 200),
            {"y": ("Yes", lambda: answer(True)), "n": ("No", lambda: answer(False))},
            otherwise=lambda: answer(False),
        )
        return await answered

    def _job_says(self, job: Job, text: str | None) -> None:
        if not self.is_attached:
            return
        self.set_chip(job.chip, None if text is None else printable_text(text, 80))
        if text is not None and self.is_current and not self._modes.is_open:
            self._flash()

    def _job_notifies(self, text: str) -> None:
        self._toast(printable_text(text, 200))

    def _job_ended(self, job: Job, outcome: Action | Exception | None) -> None:
        """Only what went wrong is worth a page."""
        from bbsterm.macros import Action, Failed, Finished, HungUp

        if not self.is_attached:
            return
        match outcome:
            case Finished() | HungUp() | None:
                pass
            case Failed() if self._wanted_end:
                pass  # the user has hung up
            case Failed():
                self._job_failed(job, outcome)
            case Exception():
                self._script_failed(job, outcome)
            case Action() if reason := getattr(outcome, "reason", ""):  # stopped, by whom or what
                self._toast(f"{job.title}: {reason}.")

    # --- failure --------------------------------------------------------------------------------

    def _job_failed(self, job: Job, outcome: Failed) -> None:
        from bbsterm.tui.pages.failed_page import FailedPage  # here: few calls need it

        if not self.is_current:
            self._toast(f"{self._board.name}: {job.title} failed at {outcome}", bad=True)
            return
        page = FailedPage(job, outcome, self._save_failure())
        self.app.push_screen(page, partial(self._after_failure, job))

    def _save_failure(self) -> Path | None:
        """A picture of the screen as it is now."""
        from datetime import datetime

        from bbsterm.tui.captures import save_shot

        if self._call is None:
            return None
        name, terminal = f"{self._board.name} failed", self._call.terminal
        try:
            return save_shot(self._folder, "svg", name, terminal, now=datetime.now())
        except OSError as error:
            self._toast(f"Not saved: {error}", bad=True)
            return None

    def _after_failure(self, job: Job, wish: str | None) -> None:
        if wish == "again":
            self._again(job)
        elif wish == "edit" and job.path is not None and self._desk is not None:
            self._edit_file(job.path)

    def _again(self, job: Job) -> None:
        """The same once more, as its file is now."""
        if job.path is None:
            self.action_log_in()
        else:
            self._start_file(job.path, job.chip)

    def _start_file(self, path: Path, chip: str = "") -> None:
        """Run a macro or a script of the folder."""
        call, desk = self._standing_call(), self._desk
        if call is None or desk is None:
            return
        if path.suffix == ".py":
            self._start_script(call, path)
            return
        from bbsterm.session.macro_files import load_macro_file
        from bbsterm.tui.runner import Job

        try:
            program = desk.files.compile(load_macro_file(path))
        except BbstermError as error:
            self._complain(error)
            return
        self._play(Job(chip or "MACRO", program.title, path), call, program)

    def _start_script(self, call: CallLike, path: Path) -> None:
        from bbsterm.session.call import Call
        from bbsterm.tui.runner import Job

        if isinstance(call, Call):
            variables, secret = self._known_of(call)
            self._runner.run_script(Job("SCRIPT", path.stem, path), call, variables=variables, secret=secret)

    def _script_failed(self, job: Job, error: Exception) -> None:
        from bbsterm.tui.pages.text_page import TextPage
        from bbsterm.tui.script_errors import account_of

        if not self.is_current or job.path is None:
            self._toast(printable_text(f"{job.title}: {error}", 200), bad=True)
            return
        self.app.push_screen(TextPage(f"{job.path.name} failed", account_of(job.path, error)))

    def _edit_file(self, path: Path) -> None:
        raise NotImplementedError

    def _complain(self, error: BbstermError) -> None:
        self._toast(printable_text(" ".join(filter(None, (f"{error}.", error.hint))), 300), bad=True)


def _plan(address: Address, settings: CallSettings, desk: Desk) -> Plan | None:
    """What logs in, if anything can; whether it was refused before does not count.

    Raises:
        BbstermError: The entry's macro cannot be used.
    """
    from bbsterm.macros import compile_macro
    from bbsterm.macros.login import login_macro
    from bbsterm.session.login import AUTO, OFF, Plan, plan_login

    told = replace(settings, login=AUTO) if settings.login in ("", OFF) else settings
    plan = plan_login(address, told, desk.files)
    if plan is None and settings.user:
        return Plan(compile_macro(login_macro(secret=False)))
    return plan
