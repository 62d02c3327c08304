"""One call, dial to hang-up: `Call`, what it is told (`CallSettings`) and what it tells (`CallEvent`)."""

from __future__ import annotations

from bbsterm.session.call import Call
from bbsterm.session.events import (
    CallEnded,
    CallEvent,
    CallState,
    ScreenChanged,
    ScreenNotice,
    StateChanged,
    StatusChanged,
)
from bbsterm.session.modes import InputChoice, InputMode
from bbsterm.session.settings import CallSettings

__all__ = [
    "Call",
    "CallEnded",
    "CallEvent",
    "CallSettings",
    "CallState",
    "InputChoice",
    "InputMode",
    "ScreenChanged",
    "ScreenNotice",
    "StateChanged",
    "StatusChanged",
]
