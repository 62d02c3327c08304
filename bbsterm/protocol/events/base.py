"""What happens between any two ends: text, commands, options, and what goes wrong."""

from __future__ import annotations

from bbsterm.protocol.events.making import Event, event
from bbsterm.protocol.vocabulary import Command, Side

__all__ = [
    "CloseAdvised",
    "CommandReceived",
    "CompressionChanged",
    "Event",
    "OptionChanged",
    "OptionDeclined",
    "OptionRefused",
    "ProtocolViolation",
    "ReportRequested",
    "RequestOption",
    "TextReceived",
]


@event
class TextReceived(Event):
    """Bytes for the terminal, exactly as the board meant them.

    IAC IAC is one 0xFF, CR NUL is CR, and nothing has been decoded yet: what
    the bytes *mean* is up to the terminal and its codec.
    """

    data: bytes


@event
class CommandReceived(Event):
    """A command without an option: NOP, BRK, IP, AO, AYT, EC, EL, GA, EOR, DM, EOF, SUSP, ABORT."""

    command: Command


@event
class OptionChanged(Event):
    """Both ends now agree that `side` performs (or no longer performs) `option`."""

    option: int
    side: Side
    enabled: bool


@event
class OptionRefused(Event):
    """We asked for `option` on `side`, and the peer said no."""

    option: int
    side: Side


@event
class OptionDeclined(Event):
    """The peer asked that `side` perform `option`, and we said no; told as often as it is said."""

    option: int
    side: Side


@event
class RequestOption(Event):
    """Send it to negotiate: `side` shall perform `option`, or with ``enabled=False`` shall stop."""

    option: int
    side: Side
    enabled: bool = True


@event
class ReportRequested(Event):
    """Send it to ask the peer for its report: the SEND of TTYPE, TSPEED, XDISPLOC and STATUS."""

    option: int


@event
class ProtocolViolation(Event):
    """The peer broke a rule. The call goes on; the log and the fingerprint remember.

    Attributes:
        detail: What was wrong, for a person to read.
        received: The offending bytes, cut to 32.
        source: Where the rule is written, such as ``"RFC 1073"``.
    """

    detail: str
    received: bytes
    source: str


@event
class CompressionChanged(Event):
    """What we send (LOCAL) or receive (REMOTE) is compressed from here on, or no longer is (MCCP).

    Send it with ``enabled=False`` to end our own compression.
    """

    side: Side
    enabled: bool


@event
class CloseAdvised(Event):
    """The peer does harm; whoever owns the connection should close it, and may show `reason`."""

    reason: str
