import asyncio

import pytest

from bbsterm.serve.shells.guards import ConnectionCounter, busy_shell, robot_check, robot_shell


class Caller:
    """Answers the writer's questions about the cursor from a list, then types."""

    is_binary_writer = False

    def __init__(self, *answers):
        self.answers = list(answers)
        self.heard = ""
        self.shown = ""

    async def read(self, n):
        if not self.heard:
            self.heard = self.answers.pop(0) if self.answers else ""
        taken, self.heard = self.heard[:n], self.heard[n:]
        return taken

    def write(self, text):
        self.shown += text

    echo = write

    async def drain(self):
        pass


def test_a_counter_lets_in_as_many_as_there_is_room_for():
    counter = ConnectionCounter(2)

    assert [counter.try_acquire() for _ in range(3)] == [True, True, False]
    counter.release()
    assert counter.count == 1
    counter.release()
    counter.release()
    assert counter.count == 0


@pytest.mark.parametrize(
    ("answers", "passes"),
    [
        (("\x1b[1;5R", "\x1b[1;6R"), True),
        (("typed before\x1b[1;5R", "\x1b[1;6R"), True),
        (("\x1b[1;5R", "\x1b[1;7R"), False),
        (("\x1b[1;5R",), False),
        (("R" * 9999,), False),
        ((), False),
    ],
)
async def test_only_a_terminal_knows_where_its_cursor_is(answers, passes):
    caller = Caller(*answers)

    assert await robot_check(caller, caller) is passes


async def test_who_does_not_answer_is_no_terminal():
    class Silent(Caller):
        async def read(self, n):
            await asyncio.Event().wait()

    caller = Silent()

    assert await robot_check(caller, caller, timeout=0.01) is False


async def test_robots_are_asked_twice():
    caller = Caller("y\r", "  \r", "n\r")

    await robot_shell(caller, caller)

    assert "electric sheep" in caller.shown
    assert caller.shown.count("windowmakers") == 2  # a blank is no answer


async def test_who_comes_too_late_hears_an_explosion():
    caller = Caller("hello\r", "?\r")

    await busy_shell(caller, caller)

    assert caller.shown == "Machine is busy, do not touch! \r\nYou hear a distant explosion... "
