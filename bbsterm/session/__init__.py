"""One call, dial to hang-up: `Call`, what it is told (`CallSettings`) and what it tells (`CallEvent`).

`Call` is loaded when it is asked for: who only shows calls, or lists them, does not pay for the engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bbsterm.session.events import (
    CallEnded,
    CallEvent,
    CallState,
    ScreenChanged,
    ScreenNotice,
    StateChanged,
    StatusChanged,
    TerminalReplaced,
    Trying,
    Vital,
    VitalsChanged,
)
from bbsterm.session.modes import InputChoice, InputMode
from bbsterm.session.settings import CallSettings

if TYPE_CHECKING:
    from bbsterm.session.call import Call as Call

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
    "TerminalReplaced",
    "Trying",
    "Vital",
    "VitalsChanged",
]


def __getattr__(name: str) -> Any:
    if name != "Call":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from bbsterm.session.call import Call

    globals()[name] = Call
    return Call
