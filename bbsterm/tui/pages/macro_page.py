"""The editor of a macro: its steps as a list, its text, and what is wrong with it while it is typed.

Scripts and triggers.toml are edited here too, as text.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from bbsterm.errors import BbstermError
from bbsterm.macros import Problem, Program
from bbsterm.tui import keymap, macro_edit
from bbsterm.tui.actions import Place
from bbsterm.tui.bar_text import keys_bar
from bbsterm.tui.clean import printable_text
from bbsterm.tui.keymap import bindings
from bbsterm.tui.macro_checks import NEW_MACRO, NEW_SCRIPT, NEW_TRIGGERS, problems_of
from bbsterm.tui.macro_edit import StepFields
from bbsterm.tui.macro_trial import compile_text
from bbsterm.tui.pages.trial_actions import TrialActions
from bbsterm.tui.widgets.bottom_bar import BottomBar

if TYPE_CHECKING:
    from bbsterm.tui.desk import Desk

__all__ = ["MacroPage"]

_PROBLEMS = 3
"""So many are shown at once, a line each."""

_OF_STEPS = frozenset({"change", "add", "delete", "move_up", "move_down"})


class MacroPage(TrialActions):
    """Dismissed with the file that was saved, None if none was.

    Args:
        desk: Where macros are.
        path: The file, which may not be there yet; None for a macro that has no name yet.
        text: What it begins with, instead of the file's text.
        name: What a macro without a name is called, if nobody knows better.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.MACRO)]
    place = Place.MACRO

    def __init__(self, desk: Desk, path: Path | None, text: str | None = None, *, name: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._path = path
        self._proposed = name
        self._problem = ""
        self._is_triggers = path == desk.store.triggers
        self._is_macro = not self._is_triggers and (path is None or path.suffix == ".toml")
        self._saved: Path | None = None
        if text is None:
            text = self._read()
        self._before = text if path is not None else ""
        self._begin = text

    def _read(self) -> str:
        if self._path is None:
            return NEW_MACRO
        try:
            text = self._desk.store.read(self._path)
        except BbstermError as error:
            self._problem = str(error)
            return ""
        if text or self._path.exists():
            return text
        return NEW_TRIGGERS if self._is_triggers else NEW_MACRO if self._is_macro else NEW_SCRIPT

    def compose(self) -> ComposeResult:
        """A heading; the steps or the text; what is wrong; the keys."""
        yield Static("", id="form-head", markup=False)
        yield OptionList(id="settings", markup=False)
        yield TextArea(self._begin, id="text", tab_behavior="focus", show_line_numbers=True)
        yield Static("", id="problems", markup=False)
        commands = [c for c in keymap.commands(Place.MACRO) if self.check_action(c.action, ()) is not False]
        yield BottomBar(keys_bar(commands, title="", back=False, tight=True), id="bar")

    def on_mount(self) -> None:
        """The steps, if there are any to see."""
        self._area = self.query_one(TextArea)
        self._list = self.query_one(OptionList)
        self._show_steps(self._is_macro and bool(macro_edit.steps_of(self._begin)))
        self._check()
        if self._problem:
            self.say(self._problem, bad=True)

    @property
    def text(self) -> str:
        """As it stands in the editor."""
        return self._area.text

    @property
    def changed(self) -> bool:
        """Whether something is not saved."""
        return self.text != self._before

    # --- what is shown --------------------------------------------------------------------------

    def _show_steps(self, steps: bool) -> None:
        self._list.display, self._area.display = steps, not steps
        if steps:
            self._list_steps()
        (self._list if steps else self._area).focus()

    def _list_steps(self) -> None:
        at = self._list.highlighted or 0
        steps = macro_edit.steps_of(self.text)
        self._list.clear_options()
        self._list.add_options(
            Option(Content(f" {number:>3}  {printable_text(macro_edit.line_of(step), 200)}"))
            for number, step in enumerate(steps, start=1)
        )
        if steps:
            self._list.highlighted = min(at, len(steps) - 1)

    def _show_head(self) -> None:
        title = self._path.name if self._path is not None else "What was learnt, not saved yet"
        self.query_one("#form-head", Static).update(f" {title}{' *' if self.changed else ''}")

    def say(self, text: str, *, bad: bool = False) -> None:
        """A line or three, above the keys."""
        line = self.query_one("#problems", Static)
        line.update(text)
        line.set_class(bad, "-bad")

    @on(TextArea.Changed)
    def _check(self) -> None:
        """What is wrong with it now."""
        self._show_head()
        problems = self._problems()
        lines = [
            printable_text(f"line {one.line}: {one.reason}" if one.line else one.reason, 240)
            for one in problems[:_PROBLEMS]
        ]
        if len(problems) > _PROBLEMS:
            lines[-1] += f"   (and {len(problems) - _PROBLEMS} more)"
        self.say("\n".join(lines), bad=bool(problems))

    def _problems(self) -> list[Problem]:
        path = self._path or self._desk.store.folder / f"{self._proposed or 'new'}.toml"
        return problems_of(self.text, path, self._desk.files, triggers=self._is_triggers)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a macro has steps, and can be tried; its steps are changed where they are seen."""
        if action in _OF_STEPS:
            return self._is_macro and (not self.is_mounted or self.query_one(OptionList).display)
        return self._is_macro or action not in ("view", "try_demo", "try_recording")

    def action_view(self) -> None:
        """The steps, or the text at the step."""
        if self._area.display:
            if self._problems():
                self.say("Only a macro without mistakes is shown as steps.", bad=True)
            else:
                self._show_steps(True)
            return
        steps, at = macro_edit.steps_of(self.text), self._list.highlighted
        self._show_steps(False)
        if at is not None and at < len(steps):
            self._area.move_cursor((max(steps[at].line - 1, 0), 0))

    # --- steps ------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _entered(self) -> None:
        self.action_change()

    def action_change(self) -> None:
        """The chosen step, as a form; or in the text, if it is of a kind that no form has."""
        steps, at = macro_edit.steps_of(self.text), self._list.highlighted
        if at is None or at >= len(steps):
            return
        fields = macro_edit.fields_of(steps[at])
        if fields is None:
            self.action_view()
            self.say("A step of this kind is changed in the text. ^T goes back to the steps.")
            return
        self._ask_step(f"Step {at + 1}", fields, lambda new: macro_edit.change_step(self.text, at, new))

    def action_add(self) -> None:
        """A step behind the chosen one."""
        at = self._list.highlighted
        place = 0 if at is None else at + 1
        self._ask_step(
            "A new step",
            StepFields("expect"),
            lambda new: macro_edit.add_step(self.text, place, new),
            then=place,
        )

    def _ask_step(
        self, title: str, fields: StepFields, make: Callable[[StepFields], str], then: int | None = None
    ) -> None:
        from bbsterm.tui.pages.step_page import StepPage

        def problem(new: StepFields) -> str:
            try:
                make(new)
            except ValueError as error:
                return str(error)
            return ""

        def done(new: StepFields | None) -> None:
            if new is not None:
                self._rewrite(lambda: make(new), then)

        self.app.push_screen(StepPage(fields, problem, title), done)

    def action_delete(self) -> None:
        """The chosen step."""
        at = self._list.highlighted
        if at is not None:
            self._rewrite(lambda: macro_edit.remove_step(self.text, at))

    def action_move_up(self, by: int = -1) -> None:
        """Before its neighbour."""
        at = self._list.highlighted
        if at is not None:
            self._rewrite(lambda: macro_edit.move_step(self.text, at, by), at + by)

    def action_move_down(self) -> None:
        """After its neighbour."""
        self.action_move_up(1)

    def _rewrite(self, make: Callable[[], str], then: int | None = None) -> None:
        """Another text; the text box's undo takes it back."""
        try:
            text = make()
        except ValueError as error:
            self.say(str(error), bad=True)
            return
        self._area.replace(text, (0, 0), self._area.document.end)
        self._list_steps()
        if then is not None:
            self._list.highlighted = then

    # --- saving -----------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Save; a new one needs a name, and one with mistakes a second thought."""
        if not self._problems():
            self._save()
            return
        from bbsterm.tui.pages.pick_page import Pick, PickPage

        picks = [Pick("stay", "Stay", "and mend it"), Pick("save", "Save", "as it is; it will not run")]
        page = PickPage("There are mistakes in it", picks)
        self.app.push_screen(page, lambda answer: self._save() if answer == "save" else None)

    def _save(self) -> None:
        if self._path is not None:
            self._write(self._path)
            return
        from bbsterm.tui.pages.name_page import NamePage

        def named(name: str | None) -> None:
            if name and self._write(self._desk.store.path(name)):
                self.dismiss(self._saved)

        page = NamePage(
            "The macro's name",
            self._free_name(),
            check=self._bad_name,
            about="letters and digits, such as xibalba",
        )
        self.app.push_screen(page, named)

    def _free_name(self) -> str:
        name, number = self._proposed, 1
        while self._bad_name(name) and number < 100:
            number += 1
            name = f"{self._proposed}-{number}"
        return name

    def _bad_name(self, name: str) -> str:
        try:
            path = self._desk.store.path(name)
        except BbstermError as error:
            return str(error)
        return "there is one of that name" if path.exists() else ""

    def _write(self, path: Path) -> bool:
        text = self.text
        try:
            self._desk.store.save(path, text)
        except BbstermError as error:
            self.say(str(error), bad=True)
            return False
        self._path = self._saved = path
        self._before = text
        self._check()
        if not self._problems():
            self.say(f"Saved {path}")
        return True

    def action_close(self) -> None:
        """Back; asks first if something was changed."""
        if not self.changed:
            self.dismiss(self._saved)
            return
        from bbsterm.tui.pages.pick_page import Pick, PickPage

        def answered(answer: str | None) -> None:
            if answer == "discard":
                self.dismiss(self._saved)
            elif answer == "save" and self._path is None:
                self.action_save()
            elif answer == "save" and self._path is not None and self._write(self._path):
                self.dismiss(self._saved)

        picks = [Pick("save", "Save", "keep the changes"), Pick("discard", "Discard", "forget them")]
        picks.append(Pick("stay", "Stay", "go on editing"))
        self.app.push_screen(PickPage("Save the changes?", picks), answered)

    # --- trials, help ------------------------------------------------------------------------------

    def _program(self) -> Program | None:
        path = self._path or self._desk.store.folder / "learnt.toml"
        return self._compiled(lambda: compile_text(self.text, path, self._desk.files))

    def _captures(self) -> Path:
        return self._desk.captures

    def action_help(self) -> None:
        """The help page."""
        from bbsterm.tui.pages.help_page import HelpPage

        self.app.push_screen(HelpPage(first=self.place))

    @on(BottomBar.Clicked)
    async def _clicked(self, message: BottomBar.Clicked) -> None:
        await self.run_action(message.action)
