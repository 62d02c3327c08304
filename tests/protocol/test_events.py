from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle

import pytest

from bbsterm.protocol import events
from bbsterm.protocol.events import Event
from bbsterm.protocol.vocabulary import Side

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


@pytest.mark.parametrize("kind", EVENTS)
def test_events_are_dataclasses_in_all_that_dataclasses_can(kind):
    names = [field.name for field in dataclasses.fields(kind)]
    event = kind(**{name: name.encode() for name in names})

    assert list(inspect.signature(kind).parameters) == list(kind.__match_args__) == names
    assert dataclasses.replace(event) == copy.deepcopy(event) == pickle.loads(pickle.dumps(event)) == event
    assert not hasattr(event, "__dict__")
    with pytest.raises(dataclasses.FrozenInstanceError):
        del event.anything


def test_events_of_other_kinds_and_other_values_differ():
    refused, declined = (kind(24, Side.LOCAL) for kind in (events.OptionRefused, events.OptionDeclined))

    assert refused != declined
    assert refused != (24, Side.LOCAL)
    assert refused != events.OptionRefused(24, Side.REMOTE)
    assert repr(events.RequestOption(1, Side.LOCAL)) == (
        "RequestOption(option=1, side=<Side.LOCAL: 'local'>, enabled=True)"
    )
