"""Learning a login on a call: watch, propose the steps, save them, and let the entry log in with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from bbsterm.errors import BbstermError
from bbsterm.tui import keymap
from bbsterm.tui.clean import printable_text
from bbsterm.tui.pages.login_actions import LoginActions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bbsterm.secret import Secret
    from bbsterm.session.settings import CallSettings
    from bbsterm.tui.contracts import CallLike
    from bbsterm.tui.learning import Learning

__all__ = ["LearnActions"]

_CHIP: Final = "LEARNING"

_NO_ENTRY: Final = "Saved. This call is to no entry: add the board to the book to have it log in by itself."


class LearnActions(LoginActions):
    """The part of a call page that learns."""

    _learning: Learning | None = None
    _learnt_from: CallLike | None = None

    def action_learn(self) -> None:
        """Watch from now on; or propose what was learnt."""
        if self._learning is not None:
            self.action_stop_learning()
            return
        call = self._standing_call()
        if call is None or self._desk is None:
            return
        from bbsterm.tui.learning import Learning

        self._stop_running("learning has begun")
        self._learning, self._learnt_from = Learning(call, self._settings_now(call).user), call
        self._say_steps()
        self._toast(keymap.told("Log in by hand. ^] l s ends it and shows the steps."))

    def action_stop(self) -> None:
        """End learning, or what types."""
        if self._learning is not None:
            self.action_stop_learning()
        else:
            self.action_stop_job()

    def action_stop_learning(self) -> None:
        """Propose what was learnt."""
        learning, call, desk = self._learning, self._learnt_from, self._desk
        if learning is None or call is None or desk is None:
            return
        self._learning = self._learnt_from = None
        self.set_chip(_CHIP, None)
        title = f"Log in to {printable_text(self._board.name, 60)}"
        macro = learning.finish("learnt", title)
        if not macro.steps:
            self._toast("Nothing was typed, so nothing was learnt.")
            return
        from bbsterm.macros.writing import macro_text  # here and below: few calls learn
        from bbsterm.tui.pages.macro_page import MacroPage

        page = MacroPage(desk, None, macro_text(macro), name=_file_name(self._board.name))
        self.app.push_screen(page, partial(self._learnt, self._settings_now(call), call, learning.secret))

    def _learnt(self, settings: CallSettings, call: CallLike, secret: Secret, path: Path | None) -> None:
        """It was saved, or not."""
        if path is None:
            self._toast("What was learnt is not kept.")
            return
        if not settings.entry:
            self._toast(_NO_ENTRY)
            return
        keep = partial(self._offer_secret, settings, call, secret)
        name = printable_text(self._board.name, 24)
        self._ask_which(
            f"Log in to {name} with it from now on?",
            {"y": ("Yes", lambda: self._use_login(settings, path.stem, keep)), "n": ("No", keep)},
        )

    def _use_login(self, settings: CallSettings, name: str, then: Callable[[], None]) -> None:
        if self._desk is None:
            return
        try:
            if not self._desk.set_login(settings, name):
                self._toast(_NO_ENTRY)
                return
        except BbstermError as error:
            self._complain(error)
            return
        self._toast(f"The next call begins with {name}.")
        then()

    # --- the password that was typed ------------------------------------------------------------

    def _offer_secret(self, settings: CallSettings, call: CallLike, secret: Secret) -> None:
        """It is in no file: offer to keep it where passwords belong."""
        desk = self._desk
        if not secret or desk is None or settings.home is None:
            return
        kind = desk.secrets.best()
        if kind == "ask":
            self._ask_each_call(settings)
            return
        where = {"keyring": "your keyring", "file": "the encrypted vault"}[kind]

        def keep() -> None:
            self.run_worker(self._keep_secret(settings, call, secret, kind), name="secret")

        self._ask_which(
            f"Keep the password in {where}?",
            {
                "y": ("Yes", keep),
                "n": ("No, ask each call", lambda: self._ask_each_call(settings)),
            },
            otherwise=lambda: self._ask_each_call(settings),
        )

    def _ask_each_call(self, settings: CallSettings) -> None:
        """A macro with `{secret}` needs to know where it is."""
        if self._desk is None or settings.secret:
            return
        try:
            if self._desk.set_secret(settings, "ask"):
                self._toast("The password is asked for in each call.")
        except BbstermError as error:
            self._complain(error)

    async def _keep_secret(self, settings: CallSettings, call: CallLike, secret: Secret, kind: str) -> None:
        desk = self._desk
        if desk is None:
            return
        from bbsterm.session.login import owner_of
        from bbsterm.vault import default_reference

        owner = owner_of(settings)
        reference = str(default_reference(kind, owner))
        try:
            await desk.secrets.store(reference, owner, secret, self._ask_secret)
            desk.set_secret(settings, reference)
        except BbstermError as error:
            self._complain(error)
            self._ask_each_call(settings)
        else:
            self._toast("The password is kept.")

    # --- what happens meanwhile -------------------------------------------------------------------

    def _learn_key(self, call: CallLike, key: str, character: str | None) -> None:
        if self._learning is not None and call is self._learnt_from:
            self._learning.key(key, character, shown=call.local_echo)
            self._say_steps()

    def _learn_paste(self, call: CallLike, text: str) -> None:
        if self._learning is not None and call is self._learnt_from:
            self._learning.paste(text, shown=call.local_echo)
            self._say_steps()

    def _say_steps(self) -> None:
        if self._learning is not None:
            steps = self._learning.steps
            self.set_chip(_CHIP, f"{steps} step{'s' * (steps != 1)}")

    def _learning_ends(self) -> None:
        """The call is over: what was learnt so far is proposed."""
        if self._learning is not None:
            self.action_stop_learning()


def _file_name(board: str) -> str:
    """A board's name as a file's."""
    words = "".join(char if char.isalnum() else " " for char in board.lower()).split()
    return "-".join(words)[:40] or "login"
