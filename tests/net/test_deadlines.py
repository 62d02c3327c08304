from __future__ import annotations

import asyncio

from bbsterm.net.deadlines import Deadlines

LONG = 1000.0


async def rung(*events: asyncio.Event) -> None:
    async with asyncio.timeout(10):
        for event in events:
            await event.wait()


async def test_who_waits_is_called_in_the_order_of_coming():
    deadlines, order, last = Deadlines(), [], asyncio.Event()
    deadlines.call_later(0.001, lambda: order.append("first"))
    deadlines.call_later(0.001, lambda: order.append("second"))
    deadlines.call_later(0.001, last.set)

    await rung(last)

    assert order == ["first", "second"]


async def test_what_was_called_off_does_not_happen():
    deadlines, called, last = Deadlines(), [], asyncio.Event()
    waiting = deadlines.call_later(0.001, lambda: called.append("it was called off"))
    deadlines.call_later(0.001, last.set)
    waiting.cancel()
    waiting.cancel()

    await rung(last)

    assert called == []


async def test_who_is_due_may_call_off_another_who_is_due():
    deadlines, called, last = Deadlines(), [], asyncio.Event()
    others = []
    deadlines.call_later(0.001, lambda: others[0].cancel())
    others.append(deadlines.call_later(0.001, lambda: called.append("it was called off")))
    deadlines.call_later(0.001, last.set)

    await rung(last)

    assert called == []


async def test_one_that_fails_keeps_nobody_else_from_being_called():
    loop = asyncio.get_running_loop()
    failures = []
    loop.set_exception_handler(lambda loop, context: failures.append(context["exception"]))
    deadlines, last = Deadlines(), asyncio.Event()
    error = RuntimeError("this one fails")

    def fail() -> None:
        raise error

    deadlines.call_later(0.001, fail)
    deadlines.call_later(0.001, last.set)

    await rung(last)

    assert failures == [error]


async def test_who_comes_later_is_called_later():
    deadlines, first, second, third = Deadlines(), asyncio.Event(), asyncio.Event(), asyncio.Event()
    deadlines.call_later(0.001, first.set)
    await rung(first)
    deadlines.call_later(0.001, second.set)
    await rung(second)
    deadlines.call_later(0.001, lambda: deadlines.call_later(0.001, third.set))

    await rung(third)


async def test_a_thousand_that_are_called_off_leave_one_timer_and_nothing_else():
    loop = asyncio.get_running_loop()
    deadlines = Deadlines()
    before = len(loop._scheduled)

    for _ in range(1000):
        deadlines.call_later(LONG, lambda: None).cancel()
    last = deadlines.call_later(LONG, lambda: None)

    assert len(loop._scheduled) - before == 1
    assert [list(queue.waiting) for queue in deadlines._queues.values()] == [[last]]
    deadlines.clear()
    last.cancel()


async def test_as_many_lengths_of_time_as_anybody_likes():
    deadlines, called = Deadlines(), [asyncio.Event() for _ in range(40)]
    for number, event in enumerate(called):
        deadlines.call_later(number / 10_000, event.set)

    await rung(*called)

    assert len(deadlines._queues) < len(called)


async def test_cleared_means_nobody_is_called():
    deadlines, called, last = Deadlines(), [], asyncio.Event()
    deadlines.call_later(0.001, lambda: called.append("it was called off"))
    deadlines.clear()
    deadlines.call_later(0.001, last.set)

    await rung(last)

    assert called == []
