"""IEMSI (FSC-0056): the board asks who calls, and the whole login is one packet. Bytes and time in, acts out.

The password is never known here: `SendIdentity` says when it is due, and `identity` makes the packet of it
for whoever has it. Only the first request of a call is answered: anybody may write one into a message.
"""

from __future__ import annotations

import binascii
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, NamedTuple

from bbsterm import limits

__all__ = [
    "Act",
    "GaveUp",
    "Iemsi",
    "Profile",
    "SendIdentity",
    "SendReply",
    "Welcomed",
    "crc32",
    "escaped",
    "identity",
    "packet_crc16",
    "read_fields",
]

TRY_SECONDS: Final = 20.0
"""FSC-0056's T1: so long an answer to our packet is waited for."""

ALL_SECONDS: Final = 60.0
"""Its T2: so long the whole may take, from the beginning of the call or from the board's request."""

TRIES: Final = 3

_MOST: Final = 2048  # bytes of one packet's fields
_SEVEN: Final = bytes(byte & 0x7F for byte in range(256))
_FIELD: Final = re.compile(r"\{((?:[^}]|\}\})*)\}")
_ESCAPE: Final = re.compile(r"\\([0-9A-Fa-f]{2}|\\)|\}\}")
_PACKET: Final = re.compile(rb"\*\*EMSI_(?:(?P<short>IRQ8E08|NAKEEC3|IIR61E2)|ISI(?P<length>[0-9A-F]{4}))")


class Act:
    """Something to do, or that is known now."""


@dataclass(frozen=True, slots=True)
class SendIdentity(Act):
    """Send `identity(profile, password, inverted=inverted)`.

    Attributes:
        inverted: Which of the two CRC-32 that are about: boards differ, so the next try has the other.
    """

    inverted: bool


@dataclass(frozen=True, slots=True)
class SendReply(Act):
    """Send these bytes."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Welcomed(Act):
    """The board knows who calls.

    Attributes:
        board: What it says of itself: id, name, location, operator, localtime, notice, wait, capabilities.
    """

    board: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GaveUp(Act):
    """There will be no IEMSI in this call."""

    reason: str


class Profile(NamedTuple):
    """Who calls, and with what.

    Attributes:
        name: The user's name.
        alias: Another one.
        terminal: "ANSI" or "TTY".
        rows: Height of the screen.
        columns: Width of the screen.
        software: What calls: name and version.
    """

    name: str
    alias: str = ""
    terminal: str = "ANSI"
    rows: int = 25
    columns: int = 80
    software: str = "bbsterm"


def packet_crc16(name: str) -> str:
    """The CRC-16 of a packet without fields, four hexadecimal digits: ``"8E08"`` for ``"IRQ"``."""
    return f"{binascii.crc_hqx(f'EMSI_{name}'.encode('ascii'), 0):04X}"


def crc32(data: bytes, *, inverted: bool) -> str:
    """The CRC-32 of a packet with fields, eight digits: zlib's (`inverted` at its end) or the one without."""
    return f"{zlib.crc32(data) ^ (0 if inverted else 0xFFFFFFFF):08X}"


def escaped(text: str) -> str:
    r"""A field's text as it travels: ``}`` doubled, backslash and what is not printable ASCII as ``\xx``."""
    data = text.encode("cp437", "replace")
    return "".join(
        "}}" if byte == 0x7D else chr(byte) if 0x20 <= byte < 0x7F and byte != 0x5C else f"\\{byte:02X}"
        for byte in data
    )


def identity(profile: Profile, password: str, *, inverted: bool) -> bytes:
    """The ICI packet: who calls, with the password, ready for the wire.

    Raises:
        ValueError: It would be longer than FSC-0056 allows.
    """
    crt = f"{profile.terminal},{profile.rows},{profile.columns},0"
    fields = (
        *(profile.name, profile.alias or profile.name, "", "", "", password, ""),
        *(crt, "", "CHT,TAB,ASCII8", "HOT,CLR,MORE", profile.software, ""),
    )
    body = "".join(f"{{{escaped(field)}}}" for field in fields).encode("ascii")
    if len(body) > _MOST:
        raise ValueError(f"an ICI packet has at most {_MOST} bytes, not {len(body)}")
    packet = b"EMSI_ICI%04X" % len(body) + body
    return b"**" + packet + crc32(packet, inverted=inverted).encode("ascii") + b"\r"


def read_fields(body: str) -> list[str]:
    """The fields of a packet, unescaped."""
    return [_ESCAPE.sub(_unescaped, match[1]) for match in _FIELD.finditer(body)]


def _unescaped(match: re.Match[str]) -> str:
    if match[0] == "}}":
        return "}"
    code = match[1]
    return code if code == "\\" else bytes([int(code, 16)]).decode("cp437")


ACK: Final = b"**EMSI_ACKA490\r" * 2
NAK: Final = b"**EMSI_NAKEEC3\r"


class State(Enum):
    """Where we are."""

    WAITING = auto()
    SENT = auto()
    OVER = auto()


class Happening(Enum):
    """What can happen."""

    IRQ = auto()
    NAK = auto()
    ISI = auto()
    BAD_ISI = auto()
    IIR = auto()
    LATE = auto()
    TOO_LATE = auto()


class Doing(Enum):
    """What follows from it."""

    NOTHING = auto()
    IDENTIFY = auto()
    IDENTIFY_AGAIN = auto()
    WELCOME = auto()
    COMPLAIN = auto()
    GIVE_UP = auto()


class Step(NamedTuple):
    """A cell of the table."""

    state: State
    doing: Doing = Doing.NOTHING


_S, _H, _D = State, Happening, Doing

# fmt: off
TRANSITIONS: Final[Mapping[State, Mapping[Happening, Step]]] = {
    _S.WAITING: {_H.IRQ:      Step(_S.SENT, _D.IDENTIFY),
                 _H.NAK:      Step(_S.WAITING),
                 _H.ISI:      Step(_S.WAITING),
                 _H.BAD_ISI:  Step(_S.WAITING),
                 _H.IIR:      Step(_S.OVER, _D.GIVE_UP),
                 _H.LATE:     Step(_S.WAITING),
                 _H.TOO_LATE: Step(_S.OVER, _D.GIVE_UP)},
    _S.SENT:    {_H.IRQ:      Step(_S.SENT),  # it asked before it had our answer
                 _H.NAK:      Step(_S.SENT, _D.IDENTIFY_AGAIN),
                 _H.ISI:      Step(_S.OVER, _D.WELCOME),
                 _H.BAD_ISI:  Step(_S.SENT, _D.COMPLAIN),
                 _H.IIR:      Step(_S.OVER, _D.GIVE_UP),
                 _H.LATE:     Step(_S.SENT, _D.IDENTIFY_AGAIN),
                 _H.TOO_LATE: Step(_S.OVER, _D.GIVE_UP)},
    _S.OVER:    {happening:   Step(_S.OVER) for happening in _H},
}
# fmt: on

_REASONS: Final = {
    _H.IIR: "the board does not want it",
    _H.LATE: "the board does not answer",
    _H.NAK: "the board does not understand",
    _H.TOO_LATE: "the board does not ask for it",
}
_BOARD: Final = ("id", "name", "location", "operator", "localtime", "notice", "wait", "capabilities")


class Iemsi:
    """One call's IEMSI, from the caller's side.

    Args:
        now: Seconds, on any clock; the same one for every `now`.
    """

    def __init__(self, *, now: float) -> None:
        self.state = State.WAITING
        self._seen = b""
        self._tries = 0
        self._complaints = 0
        self._end = now + ALL_SECONDS
        self._late = self._end

    @property
    def deadline(self) -> float | None:
        """When to call `tick`; None once it is over."""
        return None if self.state is State.OVER else min(self._late, self._end)

    def feed(self, data: bytes, *, now: float) -> list[Act]:
        """Some more of the board's bytes, cut anywhere."""
        if self.state is State.OVER:
            return []
        self._seen = (self._seen + data.translate(_SEVEN))[-limits.MAX_IEMSI :]
        acts: list[Act] = []
        for happening, body in self._packets():
            acts += self._happened(happening, now, body)
        return acts

    def tick(self, *, now: float) -> list[Act]:
        """The time is this."""
        if self.state is State.OVER or now < min(self._late, self._end):
            return []
        return list(self._happened(_H.TOO_LATE if now >= self._end else _H.LATE, now))

    # --- inside -------------------------------------------------------------------------

    def _packets(self) -> Iterator[tuple[Happening, str]]:
        """The whole packets that have come; what is cut stays for the next time."""
        while match := _PACKET.search(self._seen):
            if match["short"]:
                self._seen = self._seen[match.end() :]
                yield Happening[match["short"][:3].decode("ascii")], ""
                continue
            length = int(match["length"], 16)
            if length > _MOST:
                self._seen = self._seen[match.end() :]
                yield _H.BAD_ISI, ""
                continue
            end = match.end() + length
            if len(self._seen) < end + 8:
                self._seen = self._seen[match.start() :]
                return
            packet, body = self._seen[match.start() + 2 : end], self._seen[match.end() : end]
            told = self._seen[end : end + 8].decode("ascii").upper()
            good = told in (crc32(packet, inverted=True), crc32(packet, inverted=False))
            self._seen = self._seen[end + 8 if good else match.end() :]
            yield (_H.ISI if good else _H.BAD_ISI), body.decode("ascii")

    def _happened(self, happening: Happening, now: float, body: str = "") -> Iterator[Act]:
        asked = self.state is State.SENT
        self.state, doing = TRANSITIONS[self.state][happening]
        match doing:
            case Doing.IDENTIFY:
                self._end = now + ALL_SECONDS
                yield self._identify(now)
            case Doing.IDENTIFY_AGAIN if self._tries < TRIES:
                yield self._identify(now)
            case Doing.COMPLAIN if self._complaints < TRIES:
                self._complaints += 1
                yield SendReply(NAK)
            case Doing.WELCOME:
                yield SendReply(ACK)
                yield Welcomed(dict(zip(_BOARD, read_fields(body), strict=False)))
            case Doing.IDENTIFY_AGAIN | Doing.COMPLAIN | Doing.GIVE_UP:
                self.state = State.OVER
                if asked and happening is Happening.TOO_LATE:
                    happening = Happening.LATE
                yield GaveUp(_REASONS.get(happening, "the board's answer cannot be read"))
            case Doing.NOTHING:
                pass

    def _identify(self, now: float) -> SendIdentity:
        self._tries += 1
        self._late = now + TRY_SECONDS
        return SendIdentity(inverted=self._tries % 2 == 0)
