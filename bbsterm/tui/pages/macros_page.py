"""Macros and scripts in a list: run, edit, try, delete; and the way to keys and triggers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from bbsterm.errors import BbstermError
from bbsterm.macros import Program
from bbsterm.tui import keymap
from bbsterm.tui.actions import Place
from bbsterm.tui.bar_text import keys_bar
from bbsterm.tui.clean import printable_text
from bbsterm.tui.keymap import bindings
from bbsterm.tui.macro_store import Listed
from bbsterm.tui.pages.trial_actions import TrialActions
from bbsterm.tui.widgets.bottom_bar import BottomBar

if TYPE_CHECKING:
    from bbsterm.tui.desk import Desk

__all__ = ["MacrosPage"]

_NONE = "There are no macros yet: a makes one; in a call ^] l e learns one."


class MacrosPage(TrialActions):
    """Dismissed with the file that was chosen, None for none.

    Args:
        desk: Where they are.
        verb: What Enter does: "runs" or "chooses" it, which leaves the page; or "edits" it, here.
    """

    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.MACROS)]
    place = Place.MACROS

    def __init__(self, desk: Desk, *, verb: str = "edits") -> None:
        super().__init__()
        self._desk = desk
        self._verb = verb
        self._shown: list[Listed] = []

    def compose(self) -> ComposeResult:
        """A heading, the list, what is said of the chosen one, the keys."""
        yield Static(f" Macros and scripts   Enter {self._verb} it", id="form-head")
        yield OptionList(id="settings", markup=False)
        yield Static("", id="form-say", markup=False)
        yield BottomBar(keys_bar(keymap.commands(Place.MACROS), title="", back=False, tight=True), id="bar")

    def on_mount(self) -> None:
        """All of them."""
        self._list = self.query_one(OptionList)
        self._offer()

    def on_screen_resume(self) -> None:
        """They may have been changed meanwhile."""
        if self._shown or self.is_mounted:
            self._offer()

    def _offer(self) -> None:
        at = self._list.highlighted
        self._shown = [
            one for one in self._desk.store.listed() if self._verb != "chooses" or not one.is_script
        ]
        self._list.clear_options()
        self._list.add_options(Option(_line(one)) for one in self._shown)
        if self._shown:
            self._list.highlighted = min(at or 0, len(self._shown) - 1)
        self.say("" if self._shown else keymap.told(_NONE))

    def say(self, text: str, *, bad: bool = False) -> None:
        """One line, above the keys."""
        line = self.query_one("#form-say", Static)
        line.update(text)
        line.set_class(bad, "-bad")

    @property
    def _chosen(self) -> Listed | None:
        at = self._list.highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    @on(OptionList.OptionHighlighted)
    def _walked(self) -> None:
        if one := self._chosen:
            self.say(printable_text(one.problem or str(one.path), 240), bad=bool(one.problem))

    @on(OptionList.OptionSelected)
    def _entered(self) -> None:
        self.action_choose()

    # --- what can be done -----------------------------------------------------------------------

    def action_choose(self) -> None:
        """Run it, choose it or edit it."""
        if (one := self._chosen) is None:
            return
        if self._verb == "edits" or one.problem:
            self.action_edit()
        else:
            self.dismiss(one.path)

    def action_edit(self) -> None:
        """To the editor."""
        if one := self._chosen:
            self._edit(one.path)

    def _edit(self, path: Path) -> None:
        from bbsterm.tui.pages.macro_page import MacroPage  # here: the list is shown first

        self.app.push_screen(MacroPage(self._desk, path))

    def action_add(self) -> None:
        """A new one, by its name."""
        from bbsterm.tui.pages.name_page import NamePage

        def named(name: str | None) -> None:
            if name:
                self._edit(self._path(name))

        page = NamePage("The new macro's name", check=self._bad_name, about="NAME, or NAME.py for a script")
        self.app.push_screen(page, named)

    def _path(self, name: str) -> Path:
        script = name.endswith(".py")
        return self._desk.store.path(name.removesuffix(".py").removesuffix(".toml"), script=script)

    def _bad_name(self, name: str) -> str:
        try:
            path = self._path(name)
        except BbstermError as error:
            return str(error)
        return "there is one of that name" if path.exists() else ""

    def action_delete(self) -> None:
        """Delete it, once that was confirmed."""
        from bbsterm.tui.pages.confirm_page import ConfirmPage

        if (one := self._chosen) is None:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                try:
                    self._desk.store.delete(one.path)
                except BbstermError as error:
                    self.say(str(error), bad=True)
                else:
                    self._offer()
                    self.app.notify(f"Deleted {one.path.name}; its last version is kept with the backups.")

        self.app.push_screen(ConfirmPage("Delete it?", str(one.path), yes="deletes it"), answered)

    def action_triggers(self) -> None:
        """Keys and triggers."""
        self._edit(self._desk.store.triggers)

    def action_folder(self) -> None:
        """Show the folder."""
        from bbsterm.config import private_folder
        from bbsterm.tui.desktop import open_path

        folder = private_folder(self._desk.store.folder)
        if not open_path(folder):
            self.say(f"Nothing here opens folders. It is {folder}", bad=True)

    # --- trials ---------------------------------------------------------------------------------

    def _program(self) -> Program | None:
        from bbsterm.session.macro_files import load_macro_file

        one = self._chosen
        if one is None or one.is_script:
            self.say("A script is tried by running it in a call." if one else keymap.told(_NONE))
            return None
        return self._compiled(lambda: self._desk.files.compile(load_macro_file(one.path)))

    def _captures(self) -> Path:
        return self._desk.captures

    # --- the rest -----------------------------------------------------------------------------

    def action_help(self) -> None:
        """The help page."""
        from bbsterm.tui.pages.help_page import HelpPage

        self.app.push_screen(HelpPage(first=self.place))

    def action_close(self) -> None:
        """Nothing is chosen."""
        self.dismiss(None)

    @on(BottomBar.Clicked)
    async def _clicked(self, message: BottomBar.Clicked) -> None:
        await self.run_action(message.action)


def _line(one: Listed) -> Content:
    kind = "script" if one.is_script else "macro"
    said = (f"! {one.problem}", "$error") if one.problem else (one.title, "$text-muted")
    return Content.assemble(
        (f" {printable_text(one.path.stem, 28):<28}  ", "bold"),
        (f"{kind:<8}", ""),
        (printable_text(said[0], 100), said[1]),
    )
