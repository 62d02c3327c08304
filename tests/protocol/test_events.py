from __future__ import annotations

import dataclasses
import inspect

import pytest

from bbsterm.protocol import events
from bbsterm.protocol.events import Event

EVENTS = [
    kind
    for _, kind in inspect.getmembers(events, inspect.isclass)
    if issubclass(kind, Event) and kind is not Event
]


@pytest.mark.parametrize("kind", EVENTS)
def test_events_are_values(kind):
    values = [b"x"] * len(dataclasses.fields(kind))
    event = kind(*values)

    assert event == kind(*values)
    assert hash(event) == hash(kind(*values))
    assert kind.__name__ in repr(event)
    for field in dataclasses.fields(kind):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(event, field.name, 1)


@pytest.mark.parametrize("kind", EVENTS)
def test_events_say_what_happened_and_are_listed(kind):
    assert kind.__doc__
    assert not kind.__doc__.startswith(kind.__name__)
    assert kind.__name__ in events.__all__
