"""LINEMODE's special characters (RFC 1184, sections 2.4 and 5): what each key does, and how both ends agree.

Either end proposes triples of function, level and character; `ANSWERS` says what comes of a proposal. A level
may only sink while the two argue, so they stop.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum, IntFlag, auto
from typing import Final

from bbsterm.limits import MAX_SLC_TRIPLES

__all__ = [
    "ANSWERS",
    "DEFAULTS",
    "Answer",
    "EditMode",
    "Level",
    "Setting",
    "SlcFunction",
    "SlcTable",
    "forwardmask",
    "forwardmask_characters",
]


class EditMode(IntFlag):
    """The bits of LINEMODE MODE (RFC 1184, section 2.2)."""

    EDIT = 1
    TRAPSIG = 2
    ACK = 4
    SOFT_TAB = 8
    LIT_ECHO = 16


class SlcFunction(IntEnum):
    """What a special character does (RFC 1184, section 2.4)."""

    SYNCH = 1
    BRK = 2
    IP = 3
    AO = 4
    AYT = 5
    EOR = 6
    ABORT = 7
    EOF = 8
    SUSP = 9
    EC = 10
    EL = 11
    EW = 12
    RP = 13
    LNEXT = 14
    XON = 15
    XOFF = 16
    FORW1 = 17
    FORW2 = 18
    MCL = 19
    MCR = 20
    MCWL = 21
    MCWR = 22
    MCBOL = 23
    MCEOL = 24
    INSRT = 25
    OVER = 26
    ECR = 27
    EWR = 28
    EBOL = 29
    EEOL = 30


class Level(IntEnum):
    """How firmly a setting is meant, the weakest claim last."""

    NOSUPPORT = 0
    CANTCHANGE = 1
    VALUE = 2
    DEFAULT = 3


_LEVEL_BITS: Final = 0x03
_FLUSH_OUT: Final = 0x20
_FLUSH_IN: Final = 0x40
_ACK: Final = 0x80


@dataclass(frozen=True, slots=True)
class Setting:
    """One special character.

    Attributes:
        level: How firmly it is meant.
        character: The byte that invokes the function; 0xFF means "none".
        flush_in: Typing it throws away what was typed before.
        flush_out: Typing it throws away output that is on its way.
    """

    level: Level
    character: int = 0
    flush_in: bool = False
    flush_out: bool = False

    @property
    def active(self) -> bool:
        """Whether some byte invokes the function."""
        return self.level in (Level.VALUE, Level.CANTCHANGE) and self.character != 0xFF

    def spell(self, function: int, *, ack: bool = False) -> bytes:
        """Spell it for the wire: function, flags and level, character."""
        flags = self.level | (_FLUSH_IN * self.flush_in) | (_FLUSH_OUT * self.flush_out) | (_ACK * ack)
        return bytes((function, flags, self.character))


_F, _L = SlcFunction, Level
NOT_SUPPORTED: Final = Setting(Level.NOSUPPORT)

# fmt: off
DEFAULTS: Final[Mapping[SlcFunction, Setting]] = {
    **dict.fromkeys(SlcFunction, NOT_SUPPORTED),
    _F.SYNCH: Setting(_L.DEFAULT),
    _F.BRK:   Setting(_L.DEFAULT),
    _F.IP:    Setting(_L.VALUE, 0x03, flush_in=True, flush_out=True),
    _F.AO:    Setting(_L.VALUE, 0x0F, flush_out=True),
    _F.AYT:   Setting(_L.VALUE, 0x14),
    _F.EOR:   Setting(_L.DEFAULT),
    _F.ABORT: Setting(_L.VALUE, 0x1C, flush_in=True, flush_out=True),
    _F.EOF:   Setting(_L.VALUE, 0x04),
    _F.SUSP:  Setting(_L.VALUE, 0x1A, flush_in=True),
    _F.EC:    Setting(_L.VALUE, 0x7F),
    _F.EL:    Setting(_L.VALUE, 0x15),
    _F.EW:    Setting(_L.VALUE, 0x17),
    _F.RP:    Setting(_L.VALUE, 0x12),
    _F.LNEXT: Setting(_L.VALUE, 0x16),
    _F.XON:   Setting(_L.VALUE, 0x11),
    _F.XOFF:  Setting(_L.VALUE, 0x13),
}
"""What a Unix terminal driver begins with."""


class Answer(Enum):
    """What becomes of a proposal that differs from what we have."""

    IGNORE = auto()   # nothing to agree on
    ACCEPT = auto()   # take it, and say so
    INSIST = auto()   # ours stays: repeat it
    RESET = auto()    # they leave it to us: back to our default, and say what that is
    GIVE_UP = auto()  # neither can change: the function is not supported


_A = Answer

ANSWERS: Final[Mapping[tuple[Level, Level], Answer]] = {  # ours, theirs
    (_L.NOSUPPORT,  _L.NOSUPPORT):  _A.IGNORE,
    (_L.NOSUPPORT,  _L.CANTCHANGE): _A.INSIST,
    (_L.NOSUPPORT,  _L.VALUE):      _A.INSIST,
    (_L.NOSUPPORT,  _L.DEFAULT):    _A.INSIST,
    (_L.CANTCHANGE, _L.NOSUPPORT):  _A.ACCEPT,
    (_L.CANTCHANGE, _L.CANTCHANGE): _A.GIVE_UP,
    (_L.CANTCHANGE, _L.VALUE):      _A.INSIST,
    (_L.CANTCHANGE, _L.DEFAULT):    _A.INSIST,
    (_L.VALUE,      _L.NOSUPPORT):  _A.ACCEPT,
    (_L.VALUE,      _L.CANTCHANGE): _A.ACCEPT,
    (_L.VALUE,      _L.VALUE):      _A.ACCEPT,
    (_L.VALUE,      _L.DEFAULT):    _A.RESET,
    (_L.DEFAULT,    _L.NOSUPPORT):  _A.ACCEPT,
    (_L.DEFAULT,    _L.CANTCHANGE): _A.ACCEPT,
    (_L.DEFAULT,    _L.VALUE):      _A.ACCEPT,
    (_L.DEFAULT,    _L.DEFAULT):    _A.IGNORE,
}
# fmt: on


class SlcTable:
    """One end's special characters, and its half of the argument about them.

    Args:
        defaults: What each function is until something else is agreed on.
    """

    def __init__(self, defaults: Mapping[SlcFunction, Setting] = DEFAULTS) -> None:
        complete = defaults is DEFAULTS
        self._defaults: Mapping[SlcFunction, Setting] = (
            defaults if complete else {each: defaults.get(each, NOT_SUPPORTED) for each in SlcFunction}
        )
        self._settings = self._defaults  # until something is set: most connections never get so far

    def __getitem__(self, function: SlcFunction) -> Setting:
        return self._settings[function]

    def __iter__(self) -> Iterator[SlcFunction]:
        return iter(self._settings)

    def set(self, function: SlcFunction, setting: Setting) -> bytes:
        """Change one of ours; return the triple that proposes it to the other end."""
        self._put(function, setting)
        return setting.spell(function)

    def _put(self, function: SlcFunction, setting: Setting) -> None:
        self._settings = {**self._settings, function: setting}

    def characters(self) -> dict[int, SlcFunction]:
        """The bytes that invoke a function. Where two claim the same byte, the lower number has it."""
        return {
            setting.character: function
            for function, setting in reversed(tuple(self._settings.items()))
            if setting.active
        }

    def spell(self) -> bytes:
        """Spell the whole table, as triples."""
        return b"".join(setting.spell(function) for function, setting in self._settings.items())

    def receive(self, triples: bytes) -> tuple[bytes, dict[SlcFunction, Setting]]:
        """Take the other end's proposals.

        Args:
            triples: Function, flags and character, over and over. A cut last one and all after the bound are
                ignored.

        Returns:
            The triples to answer with, and what has changed.
        """
        before = self._settings
        answers, everything = b"", False
        for at in range(0, min(len(triples), 3 * MAX_SLC_TRIPLES) - 2, 3):
            number, flags, character = triples[at : at + 3]
            if number == 0:  # "use your defaults" or "tell me what you have": either way the whole table
                everything = True
                if Level(flags & _LEVEL_BITS) is Level.DEFAULT:
                    self._settings = self._defaults
            elif number > SlcFunction.EEOL:
                answers += NOT_SUPPORTED.spell(number)
            else:
                answers += self._consider(SlcFunction(number), flags, character)
        changed = {function: now for function, now in self._settings.items() if before[function] != now}
        return (self.spell() if everything else answers), changed

    def _consider(self, function: SlcFunction, flags: int, character: int) -> bytes:
        mine = self._settings[function]
        level = Level(flags & _LEVEL_BITS)
        theirs = Setting(level, character, bool(flags & _FLUSH_IN), bool(flags & _FLUSH_OUT))
        if level is mine.level and (character == mine.character or flags & _ACK):
            self._put(function, theirs)
            return b""
        if flags & _ACK:
            return b""  # it acknowledges something that we have not proposed
        match ANSWERS[mine.level, level]:
            case Answer.ACCEPT:
                self._put(function, theirs)
                return theirs.spell(function, ack=True)
            case Answer.INSIST:
                return mine.spell(function)
            case Answer.RESET:
                self._put(function, self._defaults[function])
                return self._defaults[function].spell(function)
            case Answer.GIVE_UP:
                self._put(function, NOT_SUPPORTED)
                return NOT_SUPPORTED.spell(function)
            case Answer.IGNORE:
                return b""


def forwardmask(characters: frozenset[int], *, binary: bool) -> bytes:
    """Build a FORWARDMASK (RFC 1184, section 2.3): one bit a character, the first byte's highest bit is NUL.

    Args:
        characters: Bytes that forward the line; above 127 they need `binary`.
        binary: BINARY is on for what the client sends: 32 bytes instead of 16.
    """
    mask = bytearray(32 if binary else 16)
    for character in characters:
        if character < 8 * len(mask):
            mask[character // 8] |= 0x80 >> character % 8
    return bytes(mask)


def forwardmask_characters(mask: bytes) -> frozenset[int]:
    """Read a FORWARDMASK of up to 32 bytes back; missing bytes are zero."""
    return frozenset(
        8 * index + bit for index, byte in enumerate(mask[:32]) for bit in range(8) if byte & (0x80 >> bit)
    )
