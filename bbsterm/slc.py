"""LINEMODE's special characters in bytes, as telnetlib3's programs know them (RFC 1184).

The engine's own words for the same things are in `bbsterm.protocol.slc`; a test holds both to the same
numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bbsterm.protocol.slc import DEFAULTS, EditMode, Setting, SlcFunction, forwardmask

__all__ = [
    "BSD_SLC_TAB",
    "LMODE_FORWARDMASK",
    "LMODE_MODE",
    "LMODE_MODE_ACK",
    "LMODE_MODE_EDIT",
    "LMODE_MODE_LIT_ECHO",
    "LMODE_MODE_LOCAL",
    "LMODE_MODE_REMOTE",
    "LMODE_MODE_SOFT_TAB",
    "LMODE_MODE_TRAPSIG",
    "LMODE_SLC",
    "NSLC",
    "SLC",
    "SLC_ABORT",
    "SLC_ACK",
    "SLC_AO",
    "SLC_AYT",
    "SLC_BRK",
    "SLC_CANTCHANGE",
    "SLC_DEFAULT",
    "SLC_EC",
    "SLC_EL",
    "SLC_EOF",
    "SLC_EOR",
    "SLC_EW",
    "SLC_FLUSHIN",
    "SLC_FLUSHOUT",
    "SLC_FORW1",
    "SLC_FORW2",
    "SLC_IP",
    "SLC_LEVELBITS",
    "SLC_LNEXT",
    "SLC_NOSUPPORT",
    "SLC_RP",
    "SLC_SUSP",
    "SLC_SYNCH",
    "SLC_VARIABLE",
    "SLC_XOFF",
    "SLC_XON",
    "Forwardmask",
    "Linemode",
    "SLC_nosupport",
    "generate_forwardmask",
    "generate_slctab",
    "name_slc_command",
    "snoop",
]

NSLC: Final = 30
"""How many functions there are; they are numbered from 1."""

SLC_NOSUPPORT: Final = b"\x00"
SLC_CANTCHANGE: Final = b"\x01"
SLC_VARIABLE: Final = b"\x02"
SLC_DEFAULT: Final = b"\x03"
SLC_LEVELBITS: Final = 0x03
SLC_FLUSHOUT: Final = b"\x20"
SLC_FLUSHIN: Final = b"\x40"
SLC_ACK: Final = b"\x80"

SLC_SYNCH: Final = b"\x01"
SLC_BRK: Final = b"\x02"
SLC_IP: Final = b"\x03"
SLC_AO: Final = b"\x04"
SLC_AYT: Final = b"\x05"
SLC_EOR: Final = b"\x06"
SLC_ABORT: Final = b"\x07"
SLC_EOF: Final = b"\x08"
SLC_SUSP: Final = b"\x09"
SLC_EC: Final = b"\x0a"
SLC_EL: Final = b"\x0b"
SLC_EW: Final = b"\x0c"
SLC_RP: Final = b"\x0d"
SLC_LNEXT: Final = b"\x0e"
SLC_XON: Final = b"\x0f"
SLC_XOFF: Final = b"\x10"
SLC_FORW1: Final = b"\x11"
SLC_FORW2: Final = b"\x12"

LMODE_MODE: Final = b"\x01"
LMODE_FORWARDMASK: Final = b"\x02"
LMODE_SLC: Final = b"\x03"
LMODE_MODE_REMOTE: Final = b"\x00"
LMODE_MODE_LOCAL: Final = b"\x01"
LMODE_MODE_EDIT: Final = b"\x01"
LMODE_MODE_TRAPSIG: Final = b"\x02"
LMODE_MODE_ACK: Final = b"\x04"
LMODE_MODE_SOFT_TAB: Final = b"\x08"
LMODE_MODE_LIT_ECHO: Final = b"\x10"


_LEVELS: Final = ("nosupport", "cantchange", "variable", "default")


def _shown(value: bytes) -> str:
    """A character as people write it: ``^C``; 255 is none (RFC 1184)."""
    code = value[0]
    if code == 0xFF:
        return r"(DISABLED:\xff)"
    if code < 0x20 or code == 0x7F:
        return "^" + chr(code ^ 0x40)
    return chr(code) if code < 0x7F else rf"\x{code:02x}"


class SLC:
    """One special character: the flags and level in `mask`, the character in `val`, one byte each."""

    def __init__(self, mask: bytes = SLC_DEFAULT, value: bytes = b"\x00") -> None:
        self.mask = mask
        self.val = value

    @classmethod
    def of(cls, setting: Setting) -> SLC:
        """The same in bytes."""
        spelled = setting.spell(0)
        return cls(spelled[1:2], spelled[2:3])

    @property
    def level(self) -> bytes:
        """How firmly it is meant: one of SLC_NOSUPPORT, SLC_CANTCHANGE, SLC_VARIABLE and SLC_DEFAULT."""
        return bytes([self.mask[0] & SLC_LEVELBITS])

    @property
    def nosupport(self) -> bool:
        """Whether there is no such function here."""
        return self.level == SLC_NOSUPPORT

    @property
    def cantchange(self) -> bool:
        """Whether it cannot be changed."""
        return self.level == SLC_CANTCHANGE

    @property
    def variable(self) -> bool:
        """Whether it is set, and may be changed."""
        return self.level == SLC_VARIABLE

    @property
    def default(self) -> bool:
        """Whether the other end may choose."""
        return self.level == SLC_DEFAULT

    @property
    def ack(self) -> bool:
        """Whether it acknowledges."""
        return bool(self.mask[0] & SLC_ACK[0])

    @property
    def flushin(self) -> bool:
        """Whether typing it throws away what was typed before."""
        return bool(self.mask[0] & SLC_FLUSHIN[0])

    @property
    def flushout(self) -> bool:
        """Whether typing it throws away output that is on its way."""
        return bool(self.mask[0] & SLC_FLUSHOUT[0])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SLC) and (self.mask, self.val) == (other.mask, other.val)

    def __hash__(self) -> int:
        return hash((self.mask, self.val))

    def set_value(self, value: bytes) -> None:
        """Take another character."""
        self.val = value

    def set_mask(self, mask: bytes) -> None:
        """Take other flags and another level, all at once."""
        self.mask = mask

    def set_flag(self, flag: bytes) -> None:
        """Set one flag more."""
        self.mask = bytes([self.mask[0] | flag[0]])

    def __repr__(self) -> str:
        names = ("ack", "flushin", "flushout")
        words = [name for name in _LEVELS if getattr(self, name)] + [
            name for name in names if getattr(self, name)
        ]
        return f"({_shown(self.val)}, {'|'.join(words)})"


class SLC_nosupport(SLC):
    """A function that there is not."""

    def __init__(self) -> None:
        super().__init__(SLC_NOSUPPORT, b"\xff")


BSD_SLC_TAB: Final[Mapping[bytes, SLC]] = {
    bytes([function]): SLC.of(DEFAULTS[function]) for function in SlcFunction if function <= SlcFunction.FORW2
}
"""What a Unix terminal driver begins with."""


def generate_slctab(tabset: Mapping[bytes, SLC] = BSD_SLC_TAB) -> dict[bytes, SLC]:
    """A table of all functions: those of `tabset`, and no support for the others."""
    numbers = (bytes([number]) for number in range(1, NSLC + 1))
    return {number: tabset.get(number, SLC(SLC_NOSUPPORT)) for number in numbers}


class Forwardmask:
    """Which characters send the line as it is: one bit each; NUL's is the first byte's highest."""

    def __init__(self, value: bytes, ack: bool = False) -> None:
        self.value = value
        self.ack = ack

    def __contains__(self, number: int) -> bool:
        return number // 8 < len(self.value) and bool(self.value[number // 8] & (0x80 >> number % 8))

    def description_table(self) -> list[str]:
        """The mask for people: a line for each byte that has bits, with the characters that they mean."""
        lines = []
        for number, byte in enumerate(self.value):
            if byte:
                meant = ", ".join(_shown(bytes([8 * number + bit])) for bit in range(8) if byte & 0x80 >> bit)
                lines.append(f"[{number:2}] 0b{byte:08b} {meant}")
            elif not lines or lines[-1] != "(...)":
                lines.append(f"[{number:2}] 0b00000000" if number in (0, len(self.value) - 1) else "(...)")
        return lines

    def __str__(self) -> str:
        return "0b" + "".join(f"{byte:08b}" for byte in self.value)


def generate_forwardmask(
    binary_mode: bool, tabset: Mapping[bytes, SLC] = BSD_SLC_TAB, ack: bool = False
) -> Forwardmask:
    """The mask of every character that `tabset` gives a function, 32 bytes with `binary_mode`, else 16."""
    characters = frozenset(each.val[0] for each in tabset.values() if each.variable or each.cantchange)
    return Forwardmask(forwardmask(characters, binary=binary_mode), ack)


class Linemode:
    """LINEMODE's MODE byte, as questions."""

    def __init__(self, mask: bytes = b"\x00") -> None:
        self.mask = mask

    @property
    def _mode(self) -> EditMode:
        return EditMode(self.mask[0] & 0x1F)

    @property
    def local(self) -> bool:
        """Whether the client edits lines."""
        return EditMode.EDIT in self._mode

    edit = local

    @property
    def remote(self) -> bool:
        """Whether the server edits lines."""
        return not self.local

    @property
    def trapsig(self) -> bool:
        """Whether the client sends commands such as IP in place of its special characters."""
        return EditMode.TRAPSIG in self._mode

    @property
    def ack(self) -> bool:
        """Whether it acknowledges."""
        return EditMode.ACK in self._mode

    @property
    def soft_tab(self) -> bool:
        """Whether the client shows a tab as blanks."""
        return EditMode.SOFT_TAB in self._mode

    @property
    def lit_echo(self) -> bool:
        """Whether the client shows control characters as they are."""
        return EditMode.LIT_ECHO in self._mode

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Linemode) and self.mask == other.mask

    def __hash__(self) -> int:
        return hash(self.mask)

    def __str__(self) -> str:
        return "local" if self.local else "remote"

    def __repr__(self) -> str:
        names = ("lit_echo", "soft_tab", "ack", "trapsig", "remote", "local")
        return f"<{self.mask!r}: {', '.join(f'{name}:{getattr(self, name)}' for name in names)}>"


def name_slc_command(byte: bytes) -> str:
    """The name of a function: "SLC_IP"; ``repr(byte)`` where there is none."""
    try:
        return f"SLC_{SlcFunction(byte[0]).name}"
    except (ValueError, IndexError):
        return repr(byte)


def snoop(
    byte: bytes, slctab: Mapping[bytes, SLC], slc_callbacks: Mapping[bytes, Callable[..., Any]]
) -> tuple[Callable[..., Any] | None, bytes, SLC] | None:
    """The callback, number and setting of the function that typing `byte` invokes, if there is one."""
    for number, each in slctab.items():
        if each.val == byte and (each.variable or each.cantchange):
            return slc_callbacks.get(number), number, each
    return None
