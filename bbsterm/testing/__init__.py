"""Helpers for people who test boards and clients.

Engines on a wire (`pair`), conversations written down (`replay`), and calls that a program makes:
`call_board` with asyncio, `BlockingCall` without. The calls are loaded when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bbsterm.testing.pair import NeverSilentError, Pair, one_by_one, pair, whole
from bbsterm.testing.spelling import read_bytes, spell
from bbsterm.testing.transcript import Recorder, TranscriptError, replay

if TYPE_CHECKING:
    from bbsterm.scripts import BlockingCall, Cell, ExpectError, Match, ScreenView, ScriptCall, call_board
    from bbsterm.serve.demo import start_demo_board

__all__ = [
    "BlockingCall",
    "Cell",
    "ExpectError",
    "Match",
    "NeverSilentError",
    "Pair",
    "Recorder",
    "ScreenView",
    "ScriptCall",
    "TranscriptError",
    "call_board",
    "one_by_one",
    "pair",
    "read_bytes",
    "replay",
    "spell",
    "start_demo_board",
    "whole",
]

_LATER: Final = {
    **dict.fromkeys(
        ("BlockingCall", "Cell", "ExpectError", "Match", "ScreenView", "ScriptCall", "call_board"),
        "bbsterm.scripts",
    ),
    "start_demo_board": "bbsterm.serve.demo",
}


def __getattr__(name: str) -> Any:
    """What brings half of the house with it (PEP 562)."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_LATER[name]), name)
