"""Fakes and helpers for pages: a board without a line, files without a home, a page as text."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable

import pytest
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from bbsterm.config import Paths, Settings, find_paths
from bbsterm.errors import BbstermError
from bbsterm.net.address import Address
from bbsterm.screen import create_terminal
from bbsterm.screen.detect import Verdict
from bbsterm.screen.terminal import Terminal
from bbsterm.secret import Secret
from bbsterm.session.encoding import kind_for
from bbsterm.session.events import (
    CallEnded,
    CallEvent,
    CallState,
    ScreenChanged,
    ScreenNotice,
    StateChanged,
    StatusChanged,
    TerminalReplaced,
)
from bbsterm.session.settings import CallSettings
from bbsterm.tui import frames, keymap, preferences
from bbsterm.tui.actions import COMMANDS
from bbsterm.tui.contracts import Board
from bbsterm.tui.desk import Desk
from bbsterm.tui.geometry import BOARD, Plan, Wish
from bbsterm.tui.keeper import Keeper


class FakeCall:
    """A call that the test is the board of: `answer`, `say`, `end`."""

    def __init__(self, plan: Plan, terminal: Terminal | None, settings: CallSettings | None = None) -> None:
        self.address = Address("xibalba.example", 44510)
        self.settings = settings or CallSettings(name="Xibalba")
        self.local_echo = False
        self.secrets: list[str] = []
        columns, rows = plan.screen
        self.terminal = terminal or create_terminal("ansi", columns=columns, rows=rows, encoding=None)
        self.terminal.reset()
        self.plan = plan
        self.state = CallState.DIALING
        self.seconds = 0.0
        self.protocol_label = "TELNET"
        self.encryption: tuple[str, ...] = ()
        self.kind = "ansi"
        self.verdict: Verdict | None = None
        self.baud = 0
        self.quiet_seconds = 0.0
        self.unanswered = 0
        self.stopped = False
        self.taps: list[Callable[[bytes], None]] = []
        self.typed: list[str] = []
        self.sent = b""
        self.shown = b""
        self.pressed: list[tuple[str, str | None]] = []
        self.pasted: list[str] = []
        self.sizes: list[tuple[int, int]] = []
        self.hung_up = 0
        self.expected = 0
        self._listeners: list[Callable[[CallEvent], None]] = []
        self._over: asyncio.Future[CallEnded] = asyncio.get_running_loop().create_future()

    # what a page does

    def listen(self, callback: Callable[[CallEvent], None]) -> Callable[[], None]:
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def tap(self, callback: Callable[[bytes], None]) -> Callable[[], None]:
        self.taps.append(callback)
        return lambda: self.taps.remove(callback)

    async def run(self) -> CallEnded:
        self.tell(StateChanged(self.state))
        return await self._over

    def press(self, key: str, character: str | None) -> None:
        self.pressed.append((key, character))

    def paste(self, text: str) -> None:
        self.pasted.append(text)

    def type(self, text: str) -> None:
        self.typed.append(text)

    def send_secret(self, secret: Secret) -> None:
        self.secrets.append(secret.reveal())

    def expect_echo(self, *secrets: bytes) -> None:
        pass

    def send_bytes(self, data: bytes) -> None:
        self.sent += data

    def set_encoding(self, encoding: str) -> None:
        self.kind = kind_for(encoding, self.kind)
        self.terminal = create_terminal(self.kind, encoding=encoding)
        self.terminal.feed(self.shown)
        self.tell(TerminalReplaced())
        self.tell(StatusChanged())

    def next_encoding(self) -> str:
        self.set_encoding("utf-8")
        return "utf-8"

    def resize(self, columns: int, rows: int, *, window: object = None) -> None:
        self.sizes.append((columns, rows))
        self.terminal.resize(columns, rows)

    def expect_key(self) -> None:
        self.expected += 1

    def set_speed(self, baud: int) -> None:
        self.baud = baud

    def hang_up(self) -> None:
        self.hung_up += 1
        self.end("hung up")

    # what a test does

    @property
    def keys(self) -> list[str]:
        return [key for key, _ in self.pressed]

    def tell(self, event: CallEvent) -> None:
        for listener in tuple(self._listeners):
            listener(event)

    def answer(self) -> None:
        self.state = CallState.CONNECTED
        self.tell(StateChanged(self.state))

    def say(self, data: bytes) -> None:
        self.shown += data
        self.terminal.feed(data)
        for tap in tuple(self.taps):
            tap(data)
        self.tell(ScreenChanged())
        for event in self.terminal.take_events():
            self.tell(ScreenNotice(event))

    def end(self, reason: str, error: BbstermError | None = None) -> None:
        if self._over.done():
            return
        self.state = CallState.ENDED
        ended = CallEnded(reason, error, self.seconds)
        self.tell(StateChanged(self.state))
        self.tell(ended)
        self._over.set_result(ended)


class Exchange:
    """Makes boards, and keeps every call that was made to them."""

    def __init__(self) -> None:
        self.calls: list[FakeCall] = []

    @property
    def call(self) -> FakeCall:
        return self.calls[-1]

    def board(
        self,
        name: str = "Xibalba",
        wish: Wish = BOARD,
        *,
        alt_keys: bool = True,
        music: bool = False,
        redial: int = 0,
        desk: Desk | None = None,
        settings: CallSettings | None = None,
    ) -> Board:
        async def dial(plan: Plan, terminal: Terminal | None) -> FakeCall:
            self.calls.append(FakeCall(plan, terminal, settings))
            return self.calls[-1]

        return Board(name, "xibalba.example:44510", dial, wish, alt_keys, music, redial, desk=desk)


FRAME = 0.02  # s; what an application has put off to its next frame is due by then


async def at_rest(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until the application has nothing left to do: not now, not within a frame, not in a thread.

    Textual's own wait asks how much CPU the process takes, 20 ms at a time and twice for each key. Most of
    a test's time went there, and on a busy machine it ended too early.
    """
    loop = asyncio.get_running_loop()
    now = loop.time()
    frame, until = now + FRAME, now + max_sleep
    while now < until:
        await asyncio.sleep(0)
        now = loop.time()
        due = loop._scheduled[0].when() if loop._scheduled else until
        if loop._ready:
            continue
        if _threads_work(loop):
            await asyncio.sleep(0.001)
        elif due < frame:
            await asyncio.sleep(due - now)
        else:
            return


def _threads_work(loop: asyncio.AbstractEventLoop) -> bool:
    pool = loop._default_executor
    return pool is not None and len(pool._threads) > pool._idle_semaphore._value


@pytest.fixture(scope="session", autouse=True)
def styles_are_read_once():
    """Applications of all tests share the rules that they have in common; reading took half of a start."""
    read, kept = Stylesheet._parse_rules, {}

    def parse_rules(self, *args, **options):
        key = (frozenset(self._variables.items()), args, tuple(options.items()))
        if key not in kept:
            kept[key] = read(self, *args, **options)
        return kept[key]

    patch = pytest.MonkeyPatch()
    patch.setattr(Stylesheet, "_parse_rules", parse_rules)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def no_rest(monkeypatch):
    """Frames follow each other at once, so that a test sees what it said a moment ago."""
    monkeypatch.setattr(frames, "REST", 0)
    monkeypatch.setattr("textual.app.wait_for_idle", at_rest)
    monkeypatch.setattr("textual.pilot.wait_for_idle", at_rest)


@pytest.fixture
def exchange() -> Exchange:
    return Exchange()


@pytest.fixture
def paths(tmp_path) -> Paths:
    """The user's files, in a folder of the test's."""
    return find_paths({"BBSTERM_HOME": str(tmp_path)})


@pytest.fixture
def keeper(paths):
    """The user's book and settings, in a folder of the test's; what goes wrong is in `problems`."""
    made = Keeper(paths)
    made.problems = []
    made.complain = made.problems.append
    yield made
    made.close()


@pytest.fixture
def wait_until():
    """Let the application work until something is true."""

    async def wait(pilot: Pilot[object], condition: Callable[[], object], patience: float = 5.0) -> None:
        deadline = asyncio.get_running_loop().time() + patience
        while not condition():
            assert asyncio.get_running_loop().time() < deadline, "it did not come true"
            await pilot.pause(0.005)

    return wait


def page_text(app: App[object]) -> str:
    """What stands in the window, a line each, without trailing blanks."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


@pytest.fixture(name="page_text")
def page_text_fixture() -> Callable[[App[object]], str]:
    return page_text


@pytest.fixture
def unused_port() -> int:
    """A port of loopback that nobody listens on."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(autouse=True)
def shipped_settings():
    """Each test begins with the settings and keys that we ship, and with garbage collected as Python does."""
    yield
    gc.enable()
    preferences.use(Settings())
    keymap.use(keymap.Keymap(COMMANDS))
