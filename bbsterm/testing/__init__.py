"""Helpers for people who test boards and clients: engines on a wire, and conversations written down."""

from __future__ import annotations

from bbsterm.testing.pair import NeverSilentError, Pair, one_by_one, pair, whole
from bbsterm.testing.spelling import read_bytes, spell
from bbsterm.testing.transcript import Recorder, TranscriptError, replay

__all__ = [
    "NeverSilentError",
    "Pair",
    "Recorder",
    "TranscriptError",
    "one_by_one",
    "pair",
    "read_bytes",
    "replay",
    "spell",
    "whole",
]
