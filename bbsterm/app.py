"""The Textual application: which page is shown, themes, signals, the end. Pages are in `bbsterm.tui`."""

from __future__ import annotations

import bbsterm.tui  # isort: skip  # first: it tells Textual how long to wait after an ESC

import asyncio
import signal
import time
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.notifications import SeverityLevel
from textual.screen import Screen

from bbsterm.errors import BbstermError
from bbsterm.net.address import Address
from bbsterm.session.settings import CallSettings
from bbsterm.tui import preferences
from bbsterm.tui.actions import PREFIX_KEYS
from bbsterm.tui.applying import apply_settings, register_themes, theme_names
from bbsterm.tui.calling import CallingApp
from bbsterm.tui.collector import PERIOD, Collector
from bbsterm.tui.driver import clean_driver, terminal_restored
from bbsterm.tui.host_glyphs import find_glyphs, locale_warning
from bbsterm.tui.keeper import Keeper
from bbsterm.tui.keymap import BACK_TO_CALL
from bbsterm.tui.messages_kept import KeptMessages
from bbsterm.tui.settings_store import SettingsStore

if TYPE_CHECKING:
    from bbsterm.config import Loaded
    from bbsterm.session.recording import Recording

__all__ = ["BbstermApp", "run_app"]

STYLESHEET: Final = Path(bbsterm.tui.__file__).with_name("style.tcss")
MAX_TOASTS: Final = 2
BROKEN: Final = "bbsterm has stopped because of a mistake of its own. Please report it with the lines above."
GC_DELAY: Final = 0.5
"""Seconds after which start-up's objects are taken for permanent."""

_SIGNALS: Final = ("SIGTERM", "SIGHUP", "SIGINT")


class BbstermApp(CallingApp, inherit_bindings=False):
    """Opens on a call, on the demo board, or on the dialer. Returns the exit code.

    Args:
        call: Whom to call at once.
        demo: Start the demo board and call it at once.
        demo_settings: How to call it; as an ANSI terminal unless given.
        recording: What to play at once, and how many times as fast as it was.
        keeper: Settings, history and folders.
        glyphs: What the user's terminal can draw: "full", "basic" or "ascii" (`bbsterm.screen.glyphs`).

    Attributes:
        glyphs: The same, for whoever draws.
    """

    TITLE = "bbsterm"
    CSS_PATH = STYLESHEET
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (66, "-wide")]
    NOTIFICATION_TIMEOUT = 4
    PROBLEM_TIMEOUT: ClassVar[float] = 8
    """Seconds that what went wrong can be read in the corner; Messages in the palette keeps all of it."""
    # None has priority: in a call all of these are the board's.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+p,ctrl+k", "command_palette", "Palette", show=False),
        Binding("ctrl+q", "quit", "Quit", show=False),
        Binding(
            ",".join(sorted(PREFIX_KEYS)), "back_to_call", "Back to the call", show=False, id=BACK_TO_CALL
        ),
    ]

    def __init__(
        self,
        call: tuple[Address, CallSettings] | None = None,
        *,
        demo: bool = False,
        demo_settings: CallSettings | None = None,
        recording: tuple[Recording, float] | None = None,
        keeper: Keeper | None = None,
        glyphs: str = "full",
    ) -> None:
        super().__init__(keeper or Keeper(), demo_settings or CallSettings(name="Demo BBS"))
        self.glyphs = glyphs
        self._first = call
        self._demo = demo
        self._recording = recording
        self._keeper.complain = lambda text: self.notify(text, severity="error")
        self._toasts: deque[float] = deque(maxlen=MAX_TOASTS)
        self._signals_caught: list[int] = []
        self._collector = Collector()
        self._messages = KeptMessages()
        self._store = SettingsStore(self._keeper.paths, self._apply)
        self._theme_problems = register_themes(self, self._keeper.paths.themes)
        self._setting_problems = apply_settings(self, self._store.loaded)

    # --- pages ------------------------------------------------------------------------

    def on_mount(self) -> None:
        """The first page."""
        self._catch_signals()
        self._complain()
        if warning := locale_warning(self.glyphs):
            self.notify(warning, severity="warning")
        if not self.is_headless:
            self.set_timer(GC_DELAY, self._calm_collector)
        if self._first is not None:
            self.run_worker(self._show_call(*self._first), name="page")
        elif self._demo:
            self.run_worker(self._show_demo(), name="page")
        elif self._recording is not None:
            self.run_worker(self._show_recording(*self._recording), name="page")
        else:
            self._show_dialer()

    # --- leaving ----------------------------------------------------------------------

    async def action_quit(self) -> None:
        """Out of the application; while calls are open, a question comes first."""
        live = self.open_calls
        if not live:
            self.exit(0)
            return
        from bbsterm.tui.pages.confirm_page import ConfirmPage

        count = "1 call is" if live == 1 else f"{live} calls are"
        page = ConfirmPage(f"{count} open. Quit?", "Calls that stand are hung up.", yes="quits")
        self.push_screen(page, lambda yes: self.exit(0) if yes else None)

    async def on_event(self, event: events.Event) -> None:
        """Textual's way for every event; a call in a flood is told that a key is on its way."""
        if isinstance(event, events.Key):
            expect = getattr(self.screen_stack[-1], "expect_key", None) if self.screen_stack else None
            if expect is not None:
                expect()
        await super().on_event(event)

    # --- what Textual asks ------------------------------------------------------------

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette lists beside a page's own commands."""
        from bbsterm.tui.palette import page_commands  # here, as below: the first page does not wait for it

        listed = list(page_commands(screen))
        yield from listed
        for command in (
            SystemCommand("Theme", "Change the colours of everything but the board's art", self.action_theme),
            SystemCommand("Settings", "Every setting, with its help.", self.action_settings),
            SystemCommand("Messages", "What the corner has said, to be read again.", self.action_messages),
            SystemCommand("Doctor", "What this terminal and installation can do.", self.action_doctor),
            SystemCommand("Help", "Every key, on one page.", self.action_help),
            SystemCommand("Quit", "Leave bbsterm.", self.action_quit),
        ):
            if command.title not in {each.title for each in listed}:
                yield command

    def action_theme(self) -> None:
        """Themes, shown while they are walked over; the chosen one is saved."""
        from bbsterm.tui.pages.value_page import ChoicePage

        page = ChoicePage("Theme", theme_names(self), self.theme, lambda name: setattr(self, "theme", name))
        self.push_screen(page, self._save_theme)

    def _save_theme(self, name: str | None) -> None:
        if name is None:
            return
        try:
            self._store.change("app.theme", name)
        except BbstermError as error:
            self.notify(f"Not saved: {error}", severity="error")

    def action_settings(self) -> None:
        """The settings page, over whatever is shown."""
        from bbsterm.tui.pages.settings_page import SettingsPage

        self.push_screen(SettingsPage(self._store))

    def action_doctor(self) -> None:
        """What `bbsterm doctor` says."""
        from bbsterm.tui.pages.doctor_page import DoctorPage

        self.push_screen(DoctorPage(self._keeper.paths))

    def action_messages(self) -> None:
        """What toasts have said."""
        from bbsterm.tui.pages.text_page import TextPage

        self.push_screen(TextPage("Messages", self._messages.listed()))

    def _apply(self, loaded: Loaded) -> None:
        """Settings were read anew: let them hold, and say what is wrong with them."""
        self._theme_problems = register_themes(self, self._keeper.paths.themes)
        self._setting_problems = apply_settings(self, loaded)
        self._complain()

    def _complain(self) -> None:
        """What is wrong with the user's files, once; the rest of them holds."""
        problems = [*self._setting_problems, *self._theme_problems]
        if problems:
            more = f" And {len(problems) - 1} more: see Doctor in the palette." if len(problems) > 1 else ""
            self.notify(f"{problems[0]}{more}", severity="error")

    def action_help(self) -> None:
        """The help page."""
        from bbsterm.tui.pages.help_page import HelpPage

        self.push_screen(HelpPage(first=getattr(self.screen, "place", None)))

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """A toast. At most two at once, and what it says is text unless it is said to be markup."""
        self._messages.keep(message, severity)
        if severity == "information" and not preferences.current().app.toasts:
            return
        if timeout is None:
            timeout = self.NOTIFICATION_TIMEOUT if severity == "information" else self.PROBLEM_TIMEOUT
        now = time.monotonic()
        if len(self._toasts) == MAX_TOASTS and self._toasts[0] > now:
            self.clear_notifications()
            self._toasts.clear()
        self._toasts.append(now + timeout)
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    # --- the end ----------------------------------------------------------------------

    def _catch_signals(self) -> None:
        """Leave in good order when told to by the system, and let a shell see by what."""
        loop = asyncio.get_running_loop()
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is None:
                continue
            try:
                loop.add_signal_handler(number, self.exit, 128 + number)
            except (NotImplementedError, RuntimeError, ValueError):
                return  # Windows; or not the main thread, whose signals these are
            self._signals_caught.append(number)

    def _calm_collector(self) -> None:
        """Keep the garbage collector from walking all of Textual again and again."""
        self._collector.start()
        self.set_interval(PERIOD, self._collector.tick, name="collector")

    def on_unmount(self) -> None:
        """Signals are the system's again, and the book is closed."""
        self._keeper.close()
        for number in self._signals_caught:
            asyncio.get_running_loop().remove_signal_handler(number)

    def _fatal_error(self) -> None:
        """An error of ours: where it happened, but without the values, which may be a user's words."""
        from rich.console import Group
        from rich.segment import Segments
        from rich.traceback import Traceback

        what = Group(Traceback(show_locals=False, width=None), BROKEN)
        self._exit_renderables.append(Segments(self.console.render(what, self.console.options)))
        self._close_messages_no_wait()


def run_app(
    call: tuple[Address, CallSettings] | None = None,
    *,
    demo: bool = False,
    demo_settings: CallSettings | None = None,
    recording: tuple[Recording, float] | None = None,
    glyphs: str | None = None,
) -> int:
    """Run the application on the terminal.

    Args:
        call: Whom to call at once; None opens the dialer.
        demo: Start the demo board and call it at once.
        demo_settings: How to call it; as an ANSI terminal unless given.
        recording: What to play at once, and how many times as fast as it was.
        glyphs: What the terminal can draw; None to find out.

    Returns:
        The exit code: 0, 1 where we failed, 3 where the last call could not be made or was cut off,
        128 + N after a signal.
    """
    glyphs = glyphs or _wished_glyphs() or find_glyphs()
    app = BbstermApp(call, demo=demo, demo_settings=demo_settings, recording=recording, glyphs=glyphs)
    driver = app.driver_class = clean_driver(app.driver_class)
    with terminal_restored(driver):
        result = app.run()
    return result if result is not None else (app.return_code or 0)


def _wished_glyphs() -> str | None:
    """What the settings say that the terminal can draw."""
    from bbsterm.config import read_settings

    return read_settings().settings.terminal.glyphs
