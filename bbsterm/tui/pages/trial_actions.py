"""Trying a macro out, from the list and from the editor alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.screen import Screen

from bbsterm.errors import BbstermError
from bbsterm.macros import Program
from bbsterm.tui import macro_trial, preferences
from bbsterm.tui.clean import printable_text

__all__ = ["TrialActions"]

_RECORDINGS = (".cast", ".ans", ".raw", ".txt")


class TrialActions(Screen[Any]):
    """The part of a page that tries its macro out."""

    def _program(self) -> Program | None:
        """The macro that is tried; None if there is none, which was said then."""
        raise NotImplementedError

    def _captures(self) -> Path:
        """Where recordings are looked for."""
        raise NotImplementedError

    def say(self, text: str, *, bad: bool = False) -> None:
        """One line, where the page has it."""
        raise NotImplementedError

    def action_try_demo(self) -> None:
        """On the demo board."""
        if (program := self._program()) is not None:
            self.say("Calling the demo board ...")
            self.run_worker(self._try_demo(program), name="trial", exclusive=True)

    async def _try_demo(self, program: Program) -> None:
        try:
            trial = await macro_trial.try_on_demo(program, self.say)
        except BbstermError as error:
            self.say(printable_text(f"{error}. {error.hint}", 240), bad=True)
        else:
            self._show(trial)

    def action_try_recording(self) -> None:
        """On a recording: one of ours from a list, or any file."""
        program = self._program()
        if program is None:
            return
        found = self._recordings()
        if not found:
            self._ask_path(program)
            return
        from bbsterm.tui.pages.choice_page import ChoicePage

        def chosen(place: int | None) -> None:
            if place is not None and place < len(found):
                self._try_file(program, found[place])
            elif place is not None:
                self._ask_path(program)

        names = [printable_text(path.name, 64) for path in found]
        self.app.push_screen(ChoicePage("Recordings", [*names, "Another file ..."], verb="plays it"), chosen)

    def _recordings(self) -> list[Path]:
        """The newest first."""
        folder = preferences.current().files.captures or self._captures()
        try:
            files = [path for path in folder.iterdir() if path.suffix.lower() in _RECORDINGS[:3]]
            return sorted(files, key=lambda path: path.stat().st_mtime, reverse=True)[:50]
        except OSError:
            return []

    def _ask_path(self, program: Program) -> None:
        from bbsterm.tui.pages.name_page import NamePage

        def chosen(text: str | None) -> None:
            if text:
                self._try_file(program, Path(text).expanduser())

        page = NamePage(
            "A recording or a capture",
            check=_no_file,
            about="A file: .cast has times, anything else is the board's own bytes",
        )
        self.app.push_screen(page, chosen)

    def _try_file(self, program: Program, path: Path) -> None:
        try:
            trial = macro_trial.try_on_recording(program, path)
        except BbstermError as error:
            self.say(printable_text(str(error), 240), bad=True)
        else:
            self._show(trial)

    def _show(self, trial: macro_trial.Trial) -> None:
        from bbsterm.tui.pages.trial_page import TrialPage  # here: few are shown

        self.say("")
        self.app.push_screen(TrialPage(trial))

    def _compiled(self, make: Callable[[], Program]) -> Program | None:
        try:
            return make()
        except BbstermError as error:
            self.say(printable_text(f"{error}. {error.hint}".removesuffix(" "), 240), bad=True)
            return None


def _no_file(text: str) -> str:
    return "" if Path(text).expanduser().is_file() else "there is no such file"
