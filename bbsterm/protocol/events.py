"""What the engine tells, and what it can be told to say: one word for one thing, both ways.

A client *sends* `WindowSizeChanged`, a server *receives* it. Events are values: compare them with ``==``,
read them with ``repr``.
"""

from __future__ import annotations

from dataclasses import dataclass

from bbsterm.protocol.vocabulary import Command, Side, WindowSize

__all__ = [
    "CharsetAgreed",
    "CharsetRefused",
    "CharsetRequested",
    "CloseAdvised",
    "CommandReceived",
    "EnvironReceived",
    "EnvironRequested",
    "Event",
    "GmcpReceived",
    "OptionChanged",
    "OptionRefused",
    "ProtocolViolation",
    "ReportRequested",
    "RequestOption",
    "StatusReceived",
    "TerminalSpeedReceived",
    "TerminalTypeReceived",
    "TerminalTypesKnown",
    "TextReceived",
    "TimingMarkReceived",
    "WindowSize",
    "WindowSizeChanged",
]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on the wire, or that we want to happen there."""


@dataclass(frozen=True, slots=True)
class TextReceived(Event):
    """Bytes for the terminal, exactly as the board meant them.

    IAC IAC is one 0xFF, CR NUL is CR, and nothing has been decoded yet: what
    the bytes *mean* is up to the terminal and its codec.
    """

    data: bytes


@dataclass(frozen=True, slots=True)
class CommandReceived(Event):
    """A command without an option: NOP, BRK, IP, AO, AYT, EC, EL, GA, EOR, DM, EOF, SUSP, ABORT."""

    command: Command


@dataclass(frozen=True, slots=True)
class OptionChanged(Event):
    """Both ends now agree that `side` performs (or no longer performs) `option`."""

    option: int
    side: Side
    enabled: bool


@dataclass(frozen=True, slots=True)
class OptionRefused(Event):
    """We asked for `option` on `side`, and the peer said no."""

    option: int
    side: Side


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class CloseAdvised(Event):
    """The peer does harm; whoever owns the connection should close it, and may show `reason`."""

    reason: str


@dataclass(frozen=True, slots=True)
class RequestOption(Event):
    """Send it to negotiate: `side` shall perform `option`, or with ``enabled=False`` shall stop."""

    option: int
    side: Side
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class ReportRequested(Event):
    """Send it to ask the peer for its report: the SEND of TTYPE, TSPEED, XDISPLOC and STATUS."""

    option: int


@dataclass(frozen=True, slots=True)
class WindowSizeChanged(Event):
    """The client's window has this size now (NAWS)."""

    size: WindowSize


@dataclass(frozen=True, slots=True)
class TerminalTypeReceived(Event):
    """One answer of the TTYPE cycle, in the order of the client's preference."""

    name: str


@dataclass(frozen=True, slots=True)
class TerminalTypesKnown(Event):
    """The TTYPE cycle has come to its end; `names` are all the different answers, in order."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TerminalSpeedReceived(Event):
    """The client's line speed in bits per second (TSPEED)."""

    transmit: int
    receive: int


@dataclass(frozen=True, slots=True)
class EnvironRequested(Event):
    """The server asks for these variables; both tuples empty means "send all" (NEW-ENVIRON)."""

    variables: tuple[str, ...]
    user_variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class CharsetRequested(Event):
    """One side offers these character sets, the best first (CHARSET REQUEST)."""

    offers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CharsetAgreed(Event):
    """Both ends now use this character set, named as the accepting side spelled it (CHARSET)."""

    name: str


@dataclass(frozen=True, slots=True)
class CharsetRefused(Event):
    """None of the offered character sets was acceptable (CHARSET REJECTED)."""


@dataclass(frozen=True, slots=True)
class TimingMarkReceived(Event):
    """Everything sent before our timing mark has been processed by the peer (TIMING-MARK)."""

    agreed: bool


@dataclass(frozen=True, slots=True)
class StatusReceived(Event):
    """What the peer believes the options' state is (STATUS).

    Attributes:
        local: Options that the peer thinks we perform (its DO entries).
        remote: Options that the peer says it performs (its WILL entries).
    """

    local: tuple[int, ...]
    remote: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GmcpReceived(Event):
    """A GMCP message. `payload` is the document as it was sent, usually JSON in UTF-8; empty if there is none."""

    package: str
    payload: bytes
