"""A login at work: prompts, IEMSI, and IEMSI that comes to nothing."""

from __future__ import annotations

import asyncio

from bbsterm.errors import SecretError
from bbsterm.macros import Finished, Notified, compile_macro
from bbsterm.macros.iemsi import crc32
from bbsterm.macros.login import login_macro
from bbsterm.net.address import Address
from bbsterm.screen import create_terminal
from bbsterm.secret import Secret
from bbsterm.session.events import ScreenChanged
from bbsterm.session.login import Plan
from bbsterm.session.login_run import LoginRun
from bbsterm.session.macros import Stopped
from bbsterm.session.settings import CallSettings

PROMPTS = compile_macro(login_macro())
IRQ = b"**EMSI_IRQ8E08\r"


class Line:
    """A call without a wire: what is sent is kept."""

    kind = "ansi"

    def __init__(self, user="ann"):
        self.terminal = create_terminal("ansi", columns=80, rows=25)
        self.address, self.settings = Address("h", 23), CallSettings(user=user)
        self.sent, self.hidden = [], []
        self._taps, self._listeners = [], []

    def arrive(self, data):
        self.terminal.feed(data)
        for tap in tuple(self._taps):
            tap(data)
        for listener in tuple(self._listeners):
            listener(ScreenChanged())

    def tap(self, callback):
        self._taps.append(callback)
        return lambda: callback in self._taps and self._taps.remove(callback)

    def listen(self, callback):
        self._listeners.append(callback)
        return lambda: callback in self._listeners and self._listeners.remove(callback)

    def type(self, text):
        self.sent.append(text)

    def press(self, key, character):
        self.sent.append(f"<{key}>")

    def send_bytes(self, data):
        self.sent.append(data)

    def send_secret(self, secret):
        self.sent.append(secret)

    def expect_echo(self, *secrets):
        self.hidden += secrets

    def hang_up(self):
        self.sent.append("NO CARRIER")


class Clock:
    def __init__(self):
        self.now, self._planned = 0.0, []

    def __call__(self):
        return self.now

    def later(self, delay, callback):
        timer = asyncio.get_running_loop().call_later(3600, lambda: None)
        self._planned.append((self.now + delay, timer, callback))
        return timer

    def go(self, seconds):
        self.now += seconds
        due = [one for one in self._planned if one[0] <= self.now]
        self._planned = [one for one in self._planned if one[0] > self.now]
        for _, timer, callback in due:
            if not timer.cancelled():
                timer.cancel()
                callback()


async def get():
    return Secret("hunter2")


async def refuse():
    raise SecretError("not for this host")


def start(plan, fetch=get, user="ann"):
    line, clock, said = Line(user), Clock(), []
    run = LoginRun(line, plan, fetch, report=said.append, clock=clock, later=clock.later)
    run.begin()
    return line, clock, said, run


async def turns():
    for _ in range(5):
        await asyncio.sleep(0)


async def test_the_common_prompts_are_answered():
    line, clock, said, run = start(Plan(PROMPTS))

    line.arrive(b"login: ")
    clock.go(1)
    line.arrive(b"\r\npassword: ")
    clock.go(1)
    await turns()

    assert line.sent == ["ann", "<enter>", Secret("hunter2"), "<enter>"]
    assert isinstance(await run.wait(), Finished)
    assert isinstance(said[-1], Finished)


async def test_iemsi_is_answered_with_one_packet_that_is_hidden():
    line, _, said, run = start(Plan(PROMPTS, iemsi=True))

    line.arrive(b"\r\n" + IRQ)
    await turns()

    assert len(line.sent) == 1
    assert line.sent[0].startswith(b"**EMSI_ICI")
    assert b"{hunter2}" in line.sent[0]
    assert b"hunter2" in line.hidden
    assert run.progress == "IEMSI"

    body = b"{id}{Xibalba}{}{}{}{}{}{}"
    packet = b"EMSI_ISI%04X" % len(body) + body
    line.arrive(b"login: **" + packet + crc32(packet, inverted=False).encode() + b"\r")

    assert line.sent[1:] == [b"**EMSI_ACKA490\r**EMSI_ACKA490\r"]
    assert Notified("Logged in by IEMSI to Xibalba.") in said
    assert isinstance(await run.wait(), Finished)
    assert line._taps == []


async def test_iemsi_that_is_refused_leaves_the_prompts():
    line, clock, said, run = start(Plan(PROMPTS, iemsi=True))
    line.arrive(IRQ)
    await turns()
    line.arrive(b"**EMSI_IIR61E2\r")

    line.arrive(b"login: ")
    clock.go(1)

    assert line.sent[1:] == ["ann", "<enter>"]
    assert Notified("No IEMSI: the board does not want it.") in said
    run.stop()


async def test_a_board_without_iemsi_has_prompts():
    line, clock, _, run = start(Plan(PROMPTS, iemsi=True))

    line.arrive(b"login: ")
    clock.go(59)
    line.arrive(b"password: ")
    clock.go(0.5)
    await turns()

    assert line.sent == ["ann", "<enter>", Secret("hunter2"), "<enter>"]
    assert run.over


async def test_iemsi_never_answers_a_host_that_must_not_have_the_password():
    line, _, said, run = start(Plan(None, iemsi=True), refuse)

    line.arrive(IRQ)
    await turns()

    assert line.sent == []
    assert Notified("No IEMSI: not for this host.") in said
    assert await run.wait() == Stopped("not for this host")


async def test_without_iemsi_in_the_entry_a_request_is_art():
    line, _, _, run = start(Plan(PROMPTS))

    line.arrive(IRQ)
    await turns()

    assert line.sent == []
    run.stop()


async def test_a_user_who_takes_over_ends_all_of_it():
    line, _, said, run = start(Plan(PROMPTS, iemsi=True))
    run.stop("a key")

    line.arrive(IRQ + b"login: ")
    await turns()

    assert line.sent == []
    assert said[-1] == Stopped("a key")
    assert run.over
