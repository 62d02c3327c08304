"""Macros on calls: what arrives is looked at, what they want is typed, secrets stay secrets."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bbsterm.errors import UsageError
from bbsterm.macros import Failed, Finished, HungUp, Notified, Progress, compile_macro, read_macro
from bbsterm.net.address import Address
from bbsterm.screen import create_terminal
from bbsterm.secret import Secret
from bbsterm.serve.demo import start_demo_board
from bbsterm.session.call import Call
from bbsterm.session.events import CallEnded, CallState, ScreenChanged, StateChanged
from bbsterm.session.macros import MacroRun, Stopped, view_of

LOGIN = """
[[step]]
expect = "name:"
send = "{user}<enter>"
[[step]]
expect = "password:"
send = "{secret}<enter>"
[[step]]
expect = "menu"
"""


class Line:
    """A call without a wire: what is typed is kept."""

    def __init__(self, kind="ansi"):
        self.terminal = create_terminal(kind, columns=40 if kind != "ansi" else 80, rows=25)
        self.kind = kind
        self.typed = []
        self._taps, self._listeners = [], []

    def arrive(self, *pieces):
        for data in pieces:
            self.terminal.feed(data)
            for tap in tuple(self._taps):
                tap(data)
            self.tell(ScreenChanged())

    def tell(self, event):
        for listener in tuple(self._listeners):
            listener(event)

    def tap(self, callback):
        self._taps.append(callback)
        return lambda: self._taps.remove(callback)

    def listen(self, callback):
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def type(self, text):
        self.typed.append(text)

    def press(self, key, character):
        self.typed.append(f"<{key}>")

    def send_bytes(self, data):
        self.typed.append(data)

    def send_secret(self, secret):
        self.typed.append(secret)

    def hang_up(self):
        self.typed.append("NO CARRIER")
        self.tell(CallEnded("hung up", None, 1.0))


class Clock:
    """Time goes on when it is told to."""

    def __init__(self):
        self.now = 0.0
        self._planned = []

    def __call__(self):
        return self.now

    def later(self, delay, callback):
        self._planned.append(planned := _Planned(self.now + delay, callback))
        return planned

    def go(self, seconds):
        self.now += seconds
        due = [planned for planned in self._planned if planned.when <= self.now]
        self._planned = [planned for planned in self._planned if planned not in due]
        for planned in due:
            planned.run()


class _Planned:
    def __init__(self, when, callback):
        self.when, self._callback = when, callback

    def cancel(self):
        self._callback = lambda: None

    def run(self):
        self._callback()


async def get_secret():
    return Secret("xyzzy")


def start(text, line=None, clock=None, *, secret=get_secret, **variables):
    line, clock, said = line or Line(), clock or Clock(), []
    program = compile_macro(read_macro(text, Path("m.toml")))
    run = MacroRun(
        line, program, variables=variables, secret=secret, report=said.append, clock=clock, later=clock.later
    )
    run.begin()
    return run, line, clock, said


async def test_it_logs_in():
    run, line, _, said = start(LOGIN, user="Ann")

    line.arrive(b"\x1b[2J\x1b[1;33mYour n", b"\x1b[0mame: ")
    line.arrive(b"Ann\r\nPassword: ")
    for _ in range(3):
        await asyncio.sleep(0)
    line.arrive(b"\x1b[2J\x1b[HMain menu")

    assert line.typed == ["Ann", "<enter>", Secret("xyzzy"), "<enter>"]
    assert isinstance(await run.wait(), Finished)
    assert [str(action) for action in said if isinstance(action, Progress)] == [
        "1/3 waiting for 'name:'",
        "2/3 waiting for 'password:'",
        "3/3 waiting for 'menu'",
    ]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("petscii", b"\x93\x0e\x05name\x1d:"),
        ("petscii", b"NAME:"),
        ("atascii", b"\x9bName:"),
        ("ansi", b"nam\x1b[31me\x1b[C:"),
    ],
)
async def test_prompts_of_all_machines_are_found(kind, data):
    _, line, _, _ = start('[[step]]\nexpect = { regex = "name ?:" }\nsend = "x"', Line(kind))

    line.arrive(data)

    assert line.typed == ["x"]


async def test_a_prompt_that_was_drawn_out_of_order_is_found():
    _, line, _, _ = start('[[step]]\nexpect = "password:"\nsend = "x"')

    line.arrive(b"\x1b[5;5Hword:", b"\x1b[5;1HPass")

    assert line.typed == ["x"]


async def test_a_slow_board_is_waited_for_and_one_that_never_asks_is_not():
    run, line, clock, _ = start('[[step]]\nexpect = "name:"\nsend = "x"\n[[step]]\nexpect = "pass"')
    for byte in b"What is your name:":
        line.arrive(bytes([byte]))
        clock.go(0.05)
    assert line.typed == ["x"]

    clock.go(20)

    assert str(await run.wait()) == "step 2 of 2: waited 20 s for 'pass'"


async def test_when_it_fails_the_screen_is_known():
    run, line, clock, _ = start(LOGIN, user="Ann")
    line.arrive(b"The board is down.")
    clock.go(21)

    failed = await run.wait()

    assert isinstance(failed, Failed)
    assert failed.lines[0] == "The board is down."


async def test_a_key_stops_it():
    run, line, clock, said = start(LOGIN, user="Ann")
    run.stop()
    line.arrive(b"name:")
    clock.go(60)

    assert line.typed == []
    assert said[-1] == Stopped("stopped by a key")
    assert run.over


async def test_the_end_of_the_call_is_its_end():
    run, line, _, _ = start(LOGIN, user="Ann")
    line.tell(CallEnded("connection closed by host", None, 3.0))

    assert "the call is over: connection closed" in str(await run.wait())


async def test_hanging_up_is_no_failure():
    run, line, _, said = start("[[step]]\nnotify = 'bye'\n[[step]]\nhangup = true")

    assert await run.wait() == HungUp()
    assert line.typed == ["NO CARRIER"]
    assert said == [Notified("bye"), HungUp()]


async def test_without_a_secret_nothing_is_typed_in_its_place():
    async def none():
        raise UsageError("the keyring has no password for this board")

    run, line, _, _ = start('[[step]]\nsend = "a{secret}b<enter>"', secret=none)

    assert "keyring has no password" in str(await run.wait())
    assert line.typed == []


async def test_a_key_pressed_while_the_secret_is_fetched_stops_it():
    asked = asyncio.Event()

    async def ask():
        asked.set()
        await asyncio.Event().wait()

    run, line, _, _ = start('[[step]]\nsend = "{secret}"', secret=ask)
    await asked.wait()
    run.stop()
    await asyncio.sleep(0)

    assert line.typed == []
    assert run.over


def test_a_view_counts_the_rows_that_have_left():
    terminal = create_terminal("ansi", columns=80, rows=25)
    terminal.feed(b"\r\n".join(b"line %d" % number for number in range(30)))

    view = view_of(terminal)

    assert view.first == 5
    assert view.lines[0] == "line 5"
    assert (view.row, view.column) == (24, 7)


async def test_the_demo_board_lets_a_macro_in():
    text = """
        [[step]]
        expect = "your name"
        send = "{user}<enter>"
        [[step]]
        expect = "main menu"
    """
    async with start_demo_board() as (host, port):
        call = Call(Address(host, port))
        run = MacroRun(call, compile_macro(read_macro(text, Path("m.toml"))), variables={"user": "Ann"})
        call.listen(lambda event: run.begin() if event == StateChanged(CallState.CONNECTED) else None)
        calling = asyncio.create_task(call.run())
        outcome = await run.wait()
        call.hang_up()
        await calling

    assert isinstance(outcome, Finished), outcome
