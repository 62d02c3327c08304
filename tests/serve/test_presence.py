from __future__ import annotations

from bbsterm import limits
from bbsterm.serve.presence import TTL, Presence


def test_who_is_not_said_to_be_there_again_fades():
    presence = Presence()
    presence.update("w1", "1", {"name": "Ann"}, now=0)
    presence.update("w2", "1", {"name": "Bob"}, now=10)

    assert presence.fresh(now=TTL - 1) == [{"name": "Ann", "worker": "w1"}, {"name": "Bob", "worker": "w2"}]
    assert presence.fresh(now=TTL) == [{"name": "Bob", "worker": "w2"}]
    presence.update("w2", "1", {"name": "Bob"}, now=TTL)
    assert presence.fresh(now=2 * TTL - 1) == [{"name": "Bob", "worker": "w2"}]


def test_who_leaves_is_gone_at_once():
    presence = Presence()
    presence.update("w1", "1", {"name": "Ann"}, now=0)

    presence.remove("w1", "1")
    presence.remove("w1", "1")

    assert presence.fresh(now=0) == []


def test_a_worker_cannot_speak_for_another():
    presence = Presence()

    presence.update("w1", "1", {"name": "Ann", "worker": "w2"}, now=0)

    assert presence.fresh(now=0) == [{"name": "Ann", "worker": "w1"}]


def test_a_flood_of_callers_is_bounded_and_passes(monkeypatch):
    monkeypatch.setattr(limits, "MAX_PRESENT", 3)
    presence = Presence()
    for number in range(10):
        presence.update("w1", str(number), {}, now=0)

    assert len(presence.fresh(now=0)) == 3
    presence.update("w1", "later", {"name": "Ann"}, now=TTL)
    assert presence.fresh(now=TTL) == [{"name": "Ann", "worker": "w1"}]
