"""What terminals answer, taken apart: CSI, OSC, DCS and APC among whatever else is typed."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from bbsterm.limits import MAX_TERMINAL_ANSWER

__all__ = ["Answer", "Answers", "rgb"]

_ANSWER: Final = re.compile(
    rb"\x1b\[(?P<mark>[<-?]?)(?P<params>[0-9;:]{0,256})(?P<final>[ -/]{0,2}[@-~])"
    rb"|\x1b(?P<kind>[\]P_^X])(?P<text>[^\x1b\x07]*)(?:\x07|\x1b\\)"
)
_UNFINISHED: Final = re.compile(rb"\x1b(?:\[[<-?]?[0-9;:]{0,256}[ -/]{0,2}|[\]P_^X][^\x1b\x07]*\x1b?)?\Z")
_COLOUR: Final = re.compile(
    r"rgba?:(?P<red>[0-9a-f]{1,4})/(?P<green>[0-9a-f]{1,4})/(?P<blue>[0-9a-f]{1,4})", re.IGNORECASE
)
_NAMES: Final = {b"]": "OSC", b"P": "DCS", b"_": "APC", b"^": "PM", b"X": "SOS"}


class Answer(NamedTuple):
    """One control sequence that a terminal sent.

    Attributes:
        kind: "CSI", with its private mark in front and its final bytes behind, as "CSI ?c"; or "OSC",
            "DCS", "APC", "PM", "SOS".
        text: Its parameters, or what the string holds.
    """

    kind: str
    text: str


class Answers:
    """Bytes in, answers out; an unfinished one waits for the rest. Keys and noise are left out."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[Answer]:
        """Take bytes as they come; return what they complete."""
        data = self._rest + data
        found, end = [], 0
        for match in _ANSWER.finditer(data):
            found.append(_answer(match))
            end = match.end()
        unfinished = _UNFINISHED.search(data, end)
        self._rest = unfinished[0] if unfinished else b""
        if len(self._rest) > MAX_TERMINAL_ANSWER:
            self._rest = b""
        return found


def _answer(match: re.Match[bytes]) -> Answer:
    if match["kind"]:
        return Answer(_NAMES[match["kind"]], match["text"].decode("latin-1"))
    kind = (match["mark"] + match["final"]).decode("ascii")
    return Answer(f"CSI {kind}", match["params"].decode("ascii"))


def rgb(text: str) -> str | None:
    """A colour as OSC 4, 10 and 11 answer it, "rgb:1e1e/1e1e/2e2e", as "#1e1e2e"; None if it is none."""
    match = _COLOUR.search(text)
    if match is None:
        return None
    return "#" + "".join(
        f"{round(int(part, 16) * 255 / (16 ** len(part) - 1)):02x}" for part in match.groups()
    )
