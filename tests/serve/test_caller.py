from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bbsterm import limits
from bbsterm.serve.caller import Caller, Patience
from bbsterm.serve.dialects.ansi import Ansi
from bbsterm.serve.inbox import CallerGone
from bbsterm.serve.keys import Special
from tests.serve.memory import ANSI_80, MemoryLine


@asynccontextmanager
async def calling(*, by_line=False, patience=None, speaks=True):
    line = MemoryLine(by_line=by_line)
    caller = Caller(line, patience=patience or Patience())
    if speaks:
        caller.speak(Ansi("utf-8"))
    listening = asyncio.create_task(caller.inbox.listen())
    try:
        yield caller, line
    finally:
        listening.cancel()


async def test_a_line_is_echoed_and_edited_by_us():
    async with calling() as (caller, line):
        line.type("Anx\x7fn\r")

        assert await caller.ask("Name: ", 20) == "Ann"
        await caller.flush()
        assert line.sent == b"Name: Anx\x08 \x08n\r\n"


async def test_a_caller_who_edits_lines_is_not_echoed():
    async with calling(by_line=True) as (caller, line):
        line.type("Ann\r\n")

        assert await caller.ask("Name: ", 20) == "Ann"
        assert line.sent == b"Name: "


@pytest.mark.parametrize(("agreed", "echo"), [(False, b"Ann"), (True, b""), (None, b"")])
async def test_a_bare_line_feed_says_who_edits_only_where_telnet_did_not(agreed, echo):
    async with calling(by_line=agreed) as (caller, line):
        line.type("x\n")  # Ctrl+J of one who types, or the end of a line from `nc`
        await caller.ask("", 20)
        await caller.flush()
        line.sent.clear()
        line.type("Ann\r")

        assert await caller.ask("", 20) == "Ann"
        await caller.flush()
        assert line.sent.rstrip() == echo


async def test_escape_gives_up():
    async with calling() as (caller, line):
        line.type("An\x1b")

        assert await caller.ask("Name: ", 20) is None


async def test_what_others_say_comes_above_the_line_being_typed():
    async with calling() as (caller, line):
        asking = asyncio.create_task(caller.ask("> ", 20))
        line.type("hel")
        await line.shows("hel")
        caller.inbox.notify("|10Bob: hi")
        shown = await line.shows("> hel")
        line.type("lo\r")

        assert shown == b"\x1b[5D\x1b[K\x1b[92mBob: hi\x1b[0m\r\n> hel"
        assert await asking == "hello"


async def test_a_line_may_be_taken_back_once_it_is_complete():
    async with calling() as (caller, line):
        line.type("hi\r")

        assert await caller.ask("> ", 20, keep=False) == "hi"
        await caller.flush()
        assert line.sent == b"> hi\x1b[4D\x1b[K"


async def test_one_key_is_enough_and_others_ring():
    async with calling() as (caller, line):
        line.type("x")
        pressing = asyncio.create_task(caller.press("Which? ", ("a", "b")))
        await line.shows("\x07")
        line.type("b")

        assert await pressing == "b"


async def test_of_a_line_the_first_key_counts():
    async with calling(by_line=True) as (caller, line):
        line.type("apple\r\nb\r\n")

        assert await caller.press("Which? ", ("a", "b")) == "a"
        assert await caller.press("Which? ", ("a", "b")) == "b"


async def test_keys_before_the_end_of_the_line_are_still_given():
    async with calling() as (caller, line):
        line.type("ab")
        line.hang_up()

        assert await caller.key() == "a"
        assert await caller.key() == "b"
        with pytest.raises(CallerGone, match="hung up"):
            await caller.key()


async def test_a_broken_line_is_said_to_be_one():
    async with calling() as (caller, line):
        line.break_(ConnectionResetError("reset by peer"))

        with pytest.raises(CallerGone, match="the line broke"):
            await caller.key()


async def test_sending_to_a_closed_line_ends_the_call():
    async with calling() as (caller, line):
        line.close()

        await caller.say("hello")
        with pytest.raises(CallerGone, match="hung up"):
            await caller.flush()


async def test_who_does_not_read_is_cut_off():
    async with calling(patience=Patience(sending=0.01)) as (caller, line):
        line.stuck = True

        with pytest.raises(CallerGone, match=r"has not read for 0\.01 s"):
            await caller.say("hello" * 4000)  # enough to be sent at once
        assert line.aborted


async def test_who_is_quiet_is_warned_and_then_hung_up():
    async with calling(patience=Patience(idle=0.06, warning=0.03)) as (caller, line):
        with pytest.raises(CallerGone, match="idle") as gone:
            await caller.ask("> ", 20)

        assert line.sent.count(b"Still there?") == 1
        assert "quiet" in gone.value.farewell


async def test_any_key_keeps_the_line_open():
    async with calling(patience=Patience(idle=0.06, warning=0.03)) as (caller, line):
        asking = asyncio.create_task(caller.ask("> ", 20))
        await line.shows("Still there?")
        line.type("x")
        await line.shows("Still there?")
        line.type("\r")

        assert await asking == "x"


async def test_without_patience_nobody_is_hung_up():
    async with calling(patience=Patience(idle=0)) as (caller, _line):
        assert await caller.key(0.01) is None


async def test_a_lone_escape_is_noticed_after_a_moment(monkeypatch):
    monkeypatch.setattr("bbsterm.serve.inbox._ESCAPE_PATIENCE", 0.01)
    async with calling() as (caller, line):
        line.type("\x1b")

        assert await caller.key() is Special.ESCAPE


async def test_an_arrow_in_two_pieces_is_one_key():
    async with calling() as (caller, line):
        line.type("\x1b")
        line.type("[A")

        assert await caller.key() is Special.UP


async def test_typing_ahead_has_an_end():
    async with calling() as (caller, line):
        line.type("x" * (limits.MAX_KEYS_AHEAD + 1))
        line.type("y")
        assert await caller.key() == "x"

        assert caller.inbox.typed_ahead
        caller.inbox.forget_keys()
        assert await caller.key() == "y"  # it was not read until there was room


async def test_a_line_without_end_ends_the_call(monkeypatch):
    monkeypatch.setattr(limits, "MAX_TYPING_RATE", 10**9)
    async with calling() as (caller, line):
        for _ in range(6):
            line.type("x" * 1000)

        with pytest.raises(CallerGone, match="typed a line without end"):
            await caller.ask("> ", 64)
        assert len(line.sent) < 1000


async def test_a_flood_of_typing_is_read_slowly(monkeypatch):
    slept = []

    async def sleep(seconds):
        slept.append(seconds)

    monkeypatch.setattr("bbsterm.serve.inbox.asyncio.sleep", sleep)
    async with calling() as (caller, line):
        line.type("x" * limits.TYPING_BURST)
        line.type("x" * limits.MAX_TYPING_RATE)
        for _ in range(limits.TYPING_BURST + limits.MAX_TYPING_RATE):
            assert await caller.key() == "x"

    assert slept == [0, pytest.approx(1, abs=0.5)]


async def test_pages_are_drawn_no_faster_than_they_can_be_seen(monkeypatch):
    slept = []

    async def sleep(seconds):
        slept.append(seconds)

    monkeypatch.setattr("bbsterm.serve.caller.asyncio.sleep", sleep)
    async with calling() as (caller, _line):
        for _ in range(limits.PAGES_BURST + 5):
            await caller.show_file(b"page")

    assert slept[: limits.PAGES_BURST] == [0] * limits.PAGES_BURST
    assert slept[-1] == pytest.approx(5 / limits.MAX_PAGES_PER_SECOND, abs=0.05)


async def test_who_does_not_look_loses_the_oldest_lines_and_is_told():
    async with calling() as (caller, _line):
        for number in range(limits.MAX_NOTICES + 5):
            caller.inbox.notify(f"line {number}")

        assert (await caller.happening()).markup == "|08(5 lines went by too fast to show)"
        assert (await caller.happening()).markup == "line 5"


async def test_a_window_is_kept_within_reason():
    async with calling() as (caller, line):
        line.known = replace(ANSI_80, columns=0xFFFF, rows=1)

        assert (caller.columns, caller.rows) == (limits.MAX_COLUMNS, 8)
        line.known = replace(ANSI_80, columns=None, rows=None)
        assert (caller.columns, caller.rows) == (80, 24)


async def test_a_terminal_that_answers_tells_that_it_has_drawn():
    async with calling() as (caller, line):
        answered = asyncio.create_task(caller.answered(5))
        await line.shows(b"\x1b[6n")
        line.type("\x1b[1;1R")

        assert await answered
        assert not caller.inbox.typed_ahead


async def test_one_that_does_not_is_not_waited_for_for_ever():
    async with calling() as (caller, _line):
        assert not await caller.answered(0.01)


async def test_a_hidden_line_is_stars():
    async with calling() as (caller, line):
        line.type("secret\r")

        assert await caller.ask("Password: ", 20, hidden=True) == "secret"
        await caller.flush()
        assert b"secret" not in line.sent
        assert b"******" in line.sent
