"""What a call reports, in the order in which it happens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bbsterm.errors import BbstermError
from bbsterm.screen.terminal import ScreenEvent

__all__ = [
    "CallEnded",
    "CallEvent",
    "CallState",
    "ScreenChanged",
    "ScreenNotice",
    "StateChanged",
    "StatusChanged",
    "TerminalReplaced",
    "Trying",
    "Vital",
    "VitalsChanged",
]


class CallState(Enum):
    """How far a call has come. It only ever goes down this list."""

    DIALING = "dialing"
    CONNECTED = "connected"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class CallEvent:
    """Something happened in a call."""


@dataclass(frozen=True, slots=True)
class StateChanged(CallEvent):
    """The call has come to this state."""

    state: CallState


@dataclass(frozen=True, slots=True)
class ScreenChanged(CallEvent):
    """Rows of the terminal look different: `terminal.take_dirty()` says which. At most one in 2 ms.

    Attributes:
        more: Whether more has arrived that is not shown yet: a flood, in which few frames will do.
    """

    more: bool = False


@dataclass(frozen=True, slots=True)
class StatusChanged(CallEvent):
    """Something that a status row shows is different: echo, input mode, encoding, protocol."""


@dataclass(frozen=True, slots=True)
class ScreenNotice(CallEvent):
    """The board did something that is not a cell: a bell, a title, a tune."""

    event: ScreenEvent


@dataclass(frozen=True, slots=True)
class Trying(CallEvent):
    """Dialling: this address of the host is tried, "192.0.2.7"."""

    where: str


@dataclass(frozen=True, slots=True)
class TerminalReplaced(CallEvent):
    """`call.terminal` is another one: what was received is read anew, in another character set.

    Attributes:
        announced: The name of the machine that the board is told anew; empty where it is not told.
    """

    announced: str = ""


@dataclass(frozen=True, slots=True)
class Vital:
    """One number of a character in a MUD.

    Attributes:
        name: "HP", "MP" (mana) or "MV" (moves).
        value: What it is now.
        most: What it can be; None where the MUD has not said.
    """

    name: str
    value: int
    most: int | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.value}" if self.most is None else f"{self.name} {self.value}/{self.most}"


@dataclass(frozen=True, slots=True)
class VitalsChanged(CallEvent):
    """The MUD says by GMCP or MSDP how the character fares. At most ten in a second; the last one counts.

    Attributes:
        vitals: All that is known, health first.
    """

    vitals: tuple[Vital, ...]


@dataclass(frozen=True, slots=True)
class CallEnded(CallEvent):
    """The call is over; the terminal keeps its last screen.

    Attributes:
        reason: What happened, for a person: "connection closed by host".
        error: Why it failed, if it did; None for a hang-up by either side.
        seconds: How long the line was open; 0 if it never was.
    """

    reason: str
    error: BbstermError | None
    seconds: float
