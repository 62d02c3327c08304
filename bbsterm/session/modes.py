"""Who edits the line and who echoes: what follows from ECHO, SGA, LINEMODE and the caller's wish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from bbsterm.protocol.slc import EditMode

__all__ = [
    "CHARACTER",
    "LINE",
    "LOCAL_CHARACTER",
    "NEGOTIATED",
    "SILENT_LINE",
    "InputChoice",
    "InputMode",
    "input_mode",
]


class InputChoice(Enum):
    """What the caller wants: as the board negotiates, always character at a time, always lines."""

    AUTO = "auto"
    RAW = "raw"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class InputMode:
    """How keys travel.

    Attributes:
        label: In a word or two, for a status row.
        line: Lines are edited here and sent whole; else every key leaves at once.
        local_echo: What is typed is shown by us.
    """

    label: str
    line: bool
    local_echo: bool


LINE: Final = InputMode("line", line=True, local_echo=True)
SILENT_LINE: Final = InputMode("line, no echo", line=True, local_echo=False)
CHARACTER: Final = InputMode("character", line=False, local_echo=False)
LOCAL_CHARACTER: Final = InputMode("character, local echo", line=False, local_echo=True)

# fmt: off
NEGOTIATED: Final[Mapping[tuple[bool, bool], InputMode]] = {
    # the board performs ECHO, SGA
    (False, False): LINE,             # RFC 854: the NVT's default
    (True,  True):  CHARACTER,        # "kludge mode": RFC 857 and 858 together
    (True,  False): CHARACTER,        # it echoes, so it must see every key
    (False, True):  LOCAL_CHARACTER,  # it wants every key and leaves the echo to us
}
# fmt: on


def input_mode(
    *, echo: bool, sga: bool, choice: InputChoice = InputChoice.AUTO, linemode: EditMode | None = None
) -> InputMode:
    """How keys travel now.

    Args:
        echo: The board performs ECHO. A password is being asked for, or it echoes everything.
        sga: The board performs SUPPRESS-GO-AHEAD.
        choice: What the caller insists on.
        linemode: What LINEMODE has settled; it counts more than SGA (RFC 1184, section 2). None: nothing.
    """
    if choice is InputChoice.RAW:
        return CHARACTER
    if choice is InputChoice.LINE:
        return SILENT_LINE if echo else LINE
    if linemode is None:
        return NEGOTIATED[echo, sga]
    if EditMode.EDIT in linemode:
        return SILENT_LINE if echo else LINE
    return CHARACTER if echo else LOCAL_CHARACTER
