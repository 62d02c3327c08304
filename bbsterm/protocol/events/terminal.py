"""What a client tells of itself: window, terminal, speed, environment, character set, place."""

from __future__ import annotations

from bbsterm.protocol.events.making import Event, event
from bbsterm.protocol.vocabulary import WindowSize

__all__ = [
    "CharsetAgreed",
    "CharsetRefused",
    "CharsetRequested",
    "DisplayReceived",
    "EnvironReceived",
    "EnvironRequested",
    "LocationReceived",
    "LoggedOut",
    "StatusReceived",
    "TerminalSpeedReceived",
    "TerminalTypeReceived",
    "TerminalTypesKnown",
    "TimingMarkReceived",
    "WindowSizeChanged",
]


@event
class WindowSizeChanged(Event):
    """The client's window has this size now (NAWS)."""

    size: WindowSize


@event
class TerminalTypeReceived(Event):
    """One answer of the TTYPE cycle, in the order of the client's preference."""

    name: str


@event
class TerminalTypesKnown(Event):
    """The TTYPE cycle has come to its end; `names` are all the different answers, in order."""

    names: tuple[str, ...]


@event
class TerminalSpeedReceived(Event):
    """The client's line speed in bits per second (TSPEED)."""

    transmit: int
    receive: int


@event
class EnvironRequested(Event):
    """The server asks for these variables; both tuples empty means "send all" (NEW-ENVIRON)."""

    variables: tuple[str, ...]
    user_variables: tuple[str, ...]


@event
class EnvironReceived(Event):
    """The client's variables, in the order sent. A value of None means "not defined here".

    Attributes:
        variables: The well-known ones (VAR): USER, JOB, ACCT, PRINTER, SYSTEMTYPE, DISPLAY.
        user_variables: All others (USERVAR).
        spontaneous: True when nobody asked (INFO), False for an answer (IS).
    """

    variables: tuple[tuple[str, str | None], ...]
    user_variables: tuple[tuple[str, str | None], ...]
    spontaneous: bool = False


@event
class CharsetRequested(Event):
    """One side offers these character sets, the best first (CHARSET REQUEST)."""

    offers: tuple[str, ...]


@event
class CharsetAgreed(Event):
    """Both ends now use this character set, named as the accepting side spelled it (CHARSET)."""

    name: str


@event
class CharsetRefused(Event):
    """None of the offered character sets was acceptable (CHARSET REJECTED)."""


@event
class DisplayReceived(Event):
    """The X display of the client, as ``host:number``; empty if it has none (XDISPLOC)."""

    display: str


@event
class LocationReceived(Event):
    """Where the client is, for people to read (SEND-LOCATION)."""

    location: str


@event
class TimingMarkReceived(Event):
    """Everything sent before our timing mark has been processed by the peer (TIMING-MARK)."""

    agreed: bool


@event
class StatusReceived(Event):
    """What the peer believes the options' state is (STATUS).

    Attributes:
        local: Options that the peer thinks we perform (its DO entries).
        remote: Options that the peer says it performs (its WILL entries).
        parameters: What it says of some of them: number and parameters (its SB blocks).
    """

    local: tuple[int, ...]
    remote: tuple[int, ...]
    parameters: tuple[tuple[int, bytes], ...] = ()


@event
class LoggedOut(Event):
    """Both ends agree that the user is logged out: send what is left, and close (LOGOUT)."""
