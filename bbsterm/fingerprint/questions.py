"""What is asked, of servers and of callers: lists of options to read, and those that are never asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeAlias

from bbsterm.protocol.vocabulary import OptionCode, Side, option_name

__all__ = [
    "CALLER",
    "FEW",
    "FULL",
    "NEVER",
    "QUICK",
    "SCANS",
    "Question",
    "Scan",
    "is_our_doing",
    "names",
]

Question: TypeAlias = tuple[int, Side]
"""An option, and who is to perform it: REMOTE is asked with DO, LOCAL with WILL."""

Scan: TypeAlias = Literal["quick", "full"]

_O, _L, _R = OptionCode, Side.LOCAL, Side.REMOTE

NEVER: Final = frozenset({_O.LOGOUT, _O.TIMING_MARK, _O.START_TLS, _O.EXOPL})
"""A yes to LOGOUT ends the call, to START-TLS begins a handshake; TIMING-MARK marks the questions' end."""

_MUD: Final = (
    _O.MSDP, _O.MSSP, _O.MSP, _O.MXP, _O.ZMP, _O.AARDWOLF, _O.ATCP, _O.GMCP,
)  # fmt: skip
_COMPRESSION: Final = (_O.MCCP2, _O.MCCP3)
_TELLS: Final = (_O.TTYPE, _O.NAWS, _O.TSPEED, _O.LFLOW, _O.LINEMODE, _O.XDISPLOC, _O.NEW_ENVIRON)
_BOTH: Final = (_O.BINARY, _O.SGA, _O.EOR, _O.STATUS, _O.CHARSET, _O.COM_PORT)
_LEGACY: Final = tuple(
    code for code in OptionCode if code not in NEVER and code not in (*_MUD, *_COMPRESSION, *_TELLS, *_BOTH)
)
_MUD_OF_OLD: Final = (_O.MCCP1,)


def _asked(codes: Iterable[int], side: Side) -> tuple[Question, ...]:
    return tuple((int(code), side) for code in codes)


# Compression comes last: whatever is said after a yes to it may be compressed.
QUICK: Final[tuple[Question, ...]] = (
    *_asked((*_BOTH, _O.ECHO, *_MUD), _R),
    *_asked((*_BOTH, *_TELLS), _L),
    *_asked(_COMPRESSION, _R),
)
"""What servers usually have, and what they usually want from a client."""

_EVERY: Final = (*_BOTH, *_TELLS, *_MUD, *_LEGACY)

FULL: Final[tuple[Question, ...]] = (
    *_asked((code for code in _EVERY if code != _O.MCCP1), _R),
    # WILL ECHO from a client, and each end would repeat what the other says for ever.
    *_asked((code for code in _EVERY if code != _O.ECHO), _L),
    *_asked(_COMPRESSION, _R),
)
"""Every option that has a name, in both directions, but for those in `NEVER`."""

SCANS: Final[dict[Scan, tuple[Question, ...]]] = {"quick": QUICK, "full": FULL}

CALLER: Final[tuple[Question, ...]] = (
    *_asked((*_BOTH, *_TELLS, *(code for code in _LEGACY if code not in _MUD_OF_OLD)), _R),
    *_asked((*_BOTH, *_MUD, _O.MCCP2, _O.KERMIT), _L),
)
"""What every caller is asked. Not MCCP3: a caller that agrees begins to compress what it sends at once."""

FEW: Final[tuple[Question, ...]] = (
    *_asked((_O.BINARY, _O.SGA, _O.TTYPE, _O.NAWS, _O.NEW_ENVIRON), _R),
    *_asked((_O.BINARY, _O.SGA), _L),
)
"""What Microsoft's telnet is asked: it shows options that it does not know as text."""


def names(codes: Iterable[int]) -> list[str]:
    """The options' names in the order of the alphabet, so that the order of answers does not matter."""
    return sorted({option_name(code) for code in codes})


def is_our_doing(violation: str, answers: Mapping[Question, bool]) -> bool:
    """Whether a peer only uses an option that we asked for, and do not understand."""
    return any(
        yes and violation == f"subnegotiation of {option_name(code)}, which is not agreed on"
        for (code, _), yes in answers.items()
    )
