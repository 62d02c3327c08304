from __future__ import annotations

import asyncio

import pytest

from bbsterm.net.patience import Patience

LONG = 1000.0


async def rung(*events: asyncio.Event) -> None:
    async with asyncio.timeout(10):
        for event in events:
            await event.wait()


async def test_who_waits_is_called_in_the_order_of_coming():
    patience, order, last = Patience(), [], asyncio.Event()
    patience.call_later(0.001, lambda: order.append("first"))
    patience.call_later(0.001, lambda: order.append("second"))
    patience.call_later(0.001, last.set)

    await rung(last)

    assert order == ["first", "second"]


async def test_what_was_called_off_does_not_happen():
    patience, last = Patience(), asyncio.Event()
    waiting = patience.call_later(0.001, lambda: pytest.fail("it was called off"))
    patience.call_later(0.001, last.set)
    waiting.cancel()
    waiting.cancel()

    await rung(last)


async def test_who_is_due_may_call_off_another_who_is_due():
    patience, last = Patience(), asyncio.Event()
    others = []
    patience.call_later(0.001, lambda: others[0].cancel())
    others.append(patience.call_later(0.001, lambda: pytest.fail("it was called off")))
    patience.call_later(0.001, last.set)

    await rung(last)


async def test_one_that_fails_keeps_nobody_else_from_being_called():
    loop = asyncio.get_running_loop()
    failures = []
    loop.set_exception_handler(lambda loop, context: failures.append(context["exception"]))
    patience, last = Patience(), asyncio.Event()
    error = RuntimeError("this one fails")

    def fail() -> None:
        raise error

    patience.call_later(0.001, fail)
    patience.call_later(0.001, last.set)

    await rung(last)

    assert failures == [error]


async def test_who_comes_later_is_called_later():
    patience, first, second, third = Patience(), asyncio.Event(), asyncio.Event(), asyncio.Event()
    patience.call_later(0.001, first.set)
    await rung(first)
    patience.call_later(0.001, second.set)
    await rung(second)
    patience.call_later(0.001, lambda: patience.call_later(0.001, third.set))

    await rung(third)


async def test_a_thousand_that_are_called_off_leave_one_timer_and_nothing_else():
    loop = asyncio.get_running_loop()
    patience = Patience()
    before = len(loop._scheduled)

    for _ in range(1000):
        patience.call_later(LONG, lambda: None).cancel()
    last = patience.call_later(LONG, lambda: None)

    assert len(loop._scheduled) - before == 1
    assert [list(queue.waiting) for queue in patience._queues.values()] == [[last]]
    patience.clear()
    last.cancel()


async def test_as_many_lengths_of_time_as_anybody_likes():
    patience, called = Patience(), [asyncio.Event() for _ in range(40)]
    for number, event in enumerate(called):
        patience.call_later(number / 10_000, event.set)

    await rung(*called)

    assert len(patience._queues) < len(called)


async def test_cleared_means_nobody_is_called():
    patience, last = Patience(), asyncio.Event()
    patience.call_later(0.001, lambda: pytest.fail("it was called off"))
    patience.clear()
    patience.call_later(0.001, last.set)

    await rung(last)
