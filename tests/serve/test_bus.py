from __future__ import annotations

from bbsterm.serve.bus import LocalBus


async def test_who_listens_hears_and_others_do_not():
    bus, heard, elsewhere = LocalBus(), [], []

    with bus.subscribed("chat", heard.append), bus.subscribed("news", elsewhere.append):
        await bus.publish("chat", {"text": "hi"})
    await bus.publish("chat", {"text": "too late"})

    assert heard == [{"text": "hi"}]
    assert elsewhere == []


async def test_a_listener_may_leave_while_a_message_is_given_out():
    bus, heard = LocalBus(), []
    leaving = bus.subscribed("chat", heard.append)

    with bus.subscribed("chat", lambda message: leaving.__exit__(None, None, None)):
        leaving.__enter__()
        await bus.publish("chat", {"text": "one"})

    assert heard == [{"text": "one"}]
