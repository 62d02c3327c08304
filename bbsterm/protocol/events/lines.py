"""Who edits lines and how (LINEMODE, LFLOW), and serial lines (COM-PORT)."""

from __future__ import annotations

from bbsterm.protocol.events.making import Event, event
from bbsterm.protocol.slc import EditMode, Setting, SlcFunction
from bbsterm.protocol.vocabulary import ComPort

__all__ = [
    "CharactersChanged",
    "ComPortReported",
    "ComPortRequested",
    "ComPortSignature",
    "FlowControlChanged",
    "ForwardmaskAnswered",
    "ForwardmaskChanged",
    "FunctionReceived",
    "LinemodeChanged",
]


@event
class LinemodeChanged(Event):
    """Who edits lines, and how (LINEMODE MODE). A server sends it to ask; it comes back once agreed on."""

    mode: EditMode


@event
class CharactersChanged(Event):
    """These special characters have a new meaning (LINEMODE SLC). Send it to propose settings."""

    changes: tuple[tuple[SlcFunction, Setting], ...]


@event
class ForwardmaskChanged(Event):
    """Typing one of these bytes sends the line as it is (LINEMODE FORWARDMASK); None: only its end does.

    A server sends it, a client receives it.
    """

    characters: frozenset[int] | None


@event
class ForwardmaskAnswered(Event):
    """Whether the client will heed the forward mask."""

    agreed: bool


@event
class FunctionReceived(Event):
    """The caller typed this function's special character: the last byte of the text before this event."""

    function: SlcFunction


@event
class FlowControlChanged(Event):
    """The client is to heed XOFF and XON, or to pass them on (LFLOW).

    Attributes:
        enabled: XOFF stops output.
        restart_any: After XOFF any key starts it again, not only XON.
    """

    enabled: bool
    restart_any: bool


@event
class ComPortRequested(Event):
    """A client asks something of the server's serial port; 0 asks for the present setting (COM-PORT)."""

    command: ComPort
    value: int = 0


@event
class ComPortReported(Event):
    """The serial port's setting or state is this now (COM-PORT)."""

    command: ComPort
    value: int


@event
class ComPortSignature(Event):
    """What the other end calls itself (COM-PORT). Send it empty to ask."""

    text: str
