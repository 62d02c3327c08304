from __future__ import annotations

import sys

import pytest

from bbsterm.serve.descriptors import SPARE, calm_handler, room_for

resource = pytest.importorskip("resource")


@pytest.fixture
def limits(monkeypatch):
    """A soft and a hard limit to play with."""
    state = [256, 1024]

    def setrlimit(which, values):
        assert values[0] <= state[1]
        state[:] = values

    monkeypatch.setattr(resource, "getrlimit", lambda which: tuple(state))
    monkeypatch.setattr(resource, "setrlimit", setrlimit)
    return state


def test_there_is_room_already(limits):
    assert room_for(100) == 100
    assert limits == [256, 1024]


def test_the_soft_limit_is_raised(limits):
    assert room_for(200) == 200
    assert limits == [200 + SPARE, 1024]


def test_the_hard_limit_is_a_limit(limits, caplog):
    assert room_for(5000) == 1024 - SPARE
    assert "room for 960 callers only" in caplog.text


def test_no_limit_is_no_limit(limits):
    limits[:] = [resource.RLIM_INFINITY, resource.RLIM_INFINITY]

    assert room_for(5000) == 5000


def test_where_there_are_no_limits_to_ask_for(monkeypatch):
    monkeypatch.setitem(sys.modules, "resource", None)

    assert room_for(5000) == 5000


def test_trouble_is_said_in_one_line_once_a_second(caplog):
    times = [0.0, 0.1, 0.9, 1.0, 1.5, 2.5]
    handle = calm_handler(iter(times).__next__)

    for _ in times:
        handle(None, {"message": "socket.accept() out of system resource", "exception": OSError(24, "many")})

    assert [record.getMessage() for record in caplog.records] == [
        "socket.accept() out of system resource: OSError(24, 'many')"
    ] * 3
