"""Keys with macros, triggers, and the list of macros and scripts: what a call page does with all of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from bbsterm.tui.clean import printable_text
from bbsterm.tui.highlights import Highlights
from bbsterm.tui.pages.learn_actions import LearnActions

if TYPE_CHECKING:
    from bbsterm.macros.triggers import Fired, KeyMacro, Reactions
    from bbsterm.tui.contracts import CallLike
    from bbsterm.tui.reacting import Reacting

__all__ = ["BY_A_KEY", "MacroActions"]

BY_A_KEY: Final = "stopped by a key"

RELOAD_PERIOD: Final = 1.0
"""Seconds until a saved triggers.toml works."""


class MacroActions(LearnActions):
    """The part of a call page that has macros of the user's."""

    _reacting: Reacting | None = None
    _reactions: Reactions | None = None
    _reload_timer: Timer | None = None

    # --- a call begins, a call ends ------------------------------------------------------------

    def _macros_begin(self, call: CallLike) -> None:
        """The line is open."""
        if self._desk is None:
            return
        self._stop_following()
        self._learning_ends()  # of the call before, if that was left for this one
        self._follow_triggers(call)
        self._reload_timer = self.set_interval(RELOAD_PERIOD, lambda: self._follow_triggers(call))
        self._log_in_on_connect(call)

    def _macros_end(self) -> None:
        """The call is over."""
        self._stop_following()
        self._stop_running("the call is over")
        self._learning_ends()

    def _stop_following(self) -> None:
        """No keys and no triggers any more."""
        if self._reload_timer is not None:
            self._reload_timer.stop()
            self._reload_timer = None
        if self._reacting is not None:
            self._reacting.close()
        self._reacting = self._reactions = None

    # --- keys ------------------------------------------------------------------------------------

    def _to_board(self, key: str, character: str | None) -> None:
        """A key for the board: it ends what types, and may have a macro of its own."""
        call = self._call
        if call is None:
            return
        self._stop_running(BY_A_KEY)
        macro = self._reacting.key(key) if self._reacting is not None else None
        if macro is not None:
            self._run_key(call, macro)
            return
        self._learn_key(call, key, character)
        self._tell_lacking(call, character or "")
        call.press(key, character)

    def _run_key(self, call: CallLike, macro: KeyMacro) -> None:
        if macro.run:
            self._run_named(macro.run)
            return
        from bbsterm.macros import Macro, compile_macro
        from bbsterm.macros.steps import Send
        from bbsterm.tui.runner import Job

        title = f"The key {macro.key}"
        program = compile_macro(
            Macro("key", title, (Send(macro.line, "", macro.send),), self._triggers_shown)
        )
        self._play(Job("KEY", title), call, program)

    @property
    def _triggers_shown(self) -> str:
        return str(self._desk.triggers.path) if self._desk is not None else ""

    def _run_named(self, name: str) -> None:
        """Run a macro or script of the folder by its name, with or without its ending."""
        if self._desk is None:
            return
        from bbsterm.errors import BbstermError

        try:
            script = name.endswith(".py")
            path = self._desk.store.path(Path(name).stem if script else name, script=script)
            if not script:
                self._desk.files.load(name)  # complains with the nearest name there is
        except BbstermError as error:
            self._complain(error)
            return
        self._start_file(path)

    # --- triggers ----------------------------------------------------------------------------------

    def _follow_triggers(self, call: CallLike) -> None:
        """Let triggers.toml hold as it is now."""
        desk = self._desk
        if desk is None or call is not self._call:
            return
        reactions = desk.triggers.reactions()
        if reactions is self._reactions:
            return
        if self._reacting is not None:
            self._reacting.close()
            self._reacting = None
        self._reactions = reactions
        if reactions is None:
            self._view.set_highlights(Highlights())
            return
        from bbsterm.tui.reacting import Reacting  # here: many users have no such file

        mine = reactions.of(call.settings.name)
        self._reacting = Reacting(call, mine, partial(self._fired, call))
        self._view.set_highlights(Highlights(mine.triggers))

    def _fired(self, call: CallLike, fired: Fired) -> None:
        """A trigger has found something."""
        from bbsterm.tui.reacting import told

        trigger = fired.trigger
        if trigger.bell:
            self.app.bell()
            self._news(rang=True)
        if trigger.notify:
            variables, _secret = self._known_of(call)
            text = told(trigger.notify, {**variables, "line": fired.line, "found": fired.found})
            self._toast(printable_text(text, 200))
        if trigger.run and self._runner.job is None and self._learning is None:  # one thing at a time
            self._run_named(trigger.run)

    # --- the list -----------------------------------------------------------------------------------

    def action_macros(self) -> None:
        """Macros and scripts: run one, edit one."""
        if self._desk is None:
            self._toast("This call has no macros.")
            return
        from bbsterm.tui.pages.macros_page import MacrosPage  # here and below: few calls need them

        self.app.push_screen(MacrosPage(self._desk, verb="runs"), self._chosen_file)

    def _chosen_file(self, path: Path | None) -> None:
        if path is not None:
            self._start_file(path)

    def _edit_file(self, path: Path) -> None:
        if self._desk is None:
            return
        from bbsterm.tui.pages.macro_page import MacroPage

        self.app.push_screen(MacroPage(self._desk, path))
