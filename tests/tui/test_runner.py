from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bbsterm.macros import Failed, Finished, compile_macro, read_macro
from bbsterm.session.macros import Stopped
from bbsterm.tui.runner import Job, Runner

WAITS = '[[step]]\nexpect = "login:"\nsend = "{user}<enter>"\n'
TELLS = '[[step]]\nnotify = "hello"\n'


class Heard:
    """Everything that a runner tells."""

    def __init__(self):
        self.said, self.told, self.ended = [], [], []
        self.runner = Runner(
            said=lambda job, text: self.said.append((job.chip, text)),
            notified=self.told.append,
            ended=lambda job, outcome: self.ended.append(outcome),
        )

    def play(self, call, text, **variables):
        program = compile_macro(read_macro(text, Path("m.toml")))
        self.runner.play(Job("MACRO", "m"), call, program, variables=variables, secret=None)


@pytest.fixture
async def call(exchange):
    from tests.tui.conftest import FakeCall

    class Plan:
        screen = (80, 25)

    made = FakeCall(Plan(), None)
    made.answer()
    return made


async def test_progress_is_said_and_nothing_is_left_of_it_at_the_end(call):
    heard = Heard()
    heard.play(call, WAITS, user="ann")
    assert heard.said[-1] == ("MACRO", "1/1 waiting for 'login:'")

    call.say(b"login: ")

    assert call.typed == ["ann"]
    assert heard.said[-1] == ("MACRO", None)
    assert isinstance(heard.ended[0], Finished)
    assert heard.runner.job is None
    assert call.taps == []


async def test_a_macro_without_waiting_is_over_at_once(call):
    heard = Heard()
    heard.play(call, TELLS)

    assert heard.told == ["hello"]
    assert len(heard.ended) == 1


async def test_another_one_stops_the_first(call):
    heard = Heard()
    heard.play(call, WAITS, user="ann")
    heard.play(call, WAITS, user="bob")
    call.say(b"login: ")

    assert [type(one) for one in heard.ended] == [Stopped, Finished]
    assert call.typed == ["bob"]


async def test_stopping_nothing_is_nothing(call):
    heard = Heard()

    assert heard.runner.stop() is False
    assert heard.ended == []


async def test_the_end_of_the_call_is_a_failure(call):
    heard = Heard()
    heard.play(call, WAITS, user="ann")
    call.end("closed by host")

    assert isinstance(heard.ended[0], Failed)


class FakeScriptCall:
    """Instead of the real one, which wants a real call."""

    released = 0

    def __init__(self, call, *, secret, variables):
        self.variables = variables

    def release(self):
        FakeScriptCall.released += 1


@pytest.fixture
def script(tmp_path, monkeypatch):
    monkeypatch.setattr("bbsterm.scripts.call.ScriptCall", FakeScriptCall)
    FakeScriptCall.released = 0

    def write(text):
        path = tmp_path / "s.py"
        path.write_text(text)
        return Job("SCRIPT", "s", path)

    return write


async def turns():
    """Let the script have its turns of the loop."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_script_ends_well_or_with_its_error(call, script):
    heard = Heard()
    heard.runner.run_script(script("async def main(call): pass\n"), call, variables={}, secret=None)
    await turns()
    assert heard.ended == [None]

    heard.ended.clear()
    heard.runner.run_script(script("async def main(call): 1 / 0\n"), call, variables={}, secret=None)
    await turns()
    assert "ZeroDivisionError" in str(heard.ended[0])
    assert FakeScriptCall.released == 2


async def test_a_stopped_script_runs_no_further(call, script):
    heard = Heard()
    text = "import asyncio\nasync def main(call):\n    await asyncio.Event().wait()\n"
    heard.runner.run_script(script(text), call, variables={}, secret=None)
    await asyncio.sleep(0)

    assert heard.runner.stop()
    assert isinstance(heard.ended[0], Stopped)
    await turns()
    assert FakeScriptCall.released == 1
    assert len(heard.ended) == 1
