"""Known programs, and how they are recognised: a table to read, made from what was measured.

A row names what a program cannot help doing. The first that fits decides, so the strict ones come first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

__all__ = ["SIGNATURES", "Signature", "recognise"]


@dataclass(frozen=True, slots=True)
class Signature:
    """One program.

    Attributes:
        name: What people call it.
        terminal: A pattern that one of its terminal types matches; None if they tell nothing.
        supports: Options that it performs when asked (DO).
        refuses: Options that it says no to.
        accepts: Options that it agrees that the server performs (WILL).
        timing_mark: How it answers a timing mark: "yes", "no", "silent"; empty for any.
        environment: How it answers the question for a variable that it does not have; empty for any.
        count: How many terminal types it names; None for any number.
        measured: Whether we had the program, or only its documentation.
    """

    name: str
    terminal: str | None = None
    supports: frozenset[str] = frozenset()
    refuses: frozenset[str] = frozenset()
    accepts: frozenset[str] = frozenset()
    timing_mark: str = ""
    environment: str = ""
    count: int | None = None
    measured: bool = False

    def fits(self, data: Mapping[str, Any], types: list[str]) -> bool:
        """Whether what was found is what this program does."""
        return (
            (self.terminal is None or any(re.search(self.terminal, name) for name in types))
            and self.supports <= set(data.get("supported-options", ()))
            and self.refuses <= set(data.get("refused-options", ()))
            and self.accepts <= set(data.get("accepted-offers", ()))
            and self.timing_mark in ("", data.get("timing-mark"))
            and self.environment in ("", data.get("environment"))
            and self.count in (None, len(types))
        )


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NAMES: Final = "names what is undefined"

# fmt: off
SIGNATURES: Final[tuple[Signature, ...]] = (
    Signature("bbsterm",        r"(?i)^bbsterm"),
    Signature("SyncTERM",       r"(?i)^syncterm"),
    Signature("NetRunner",      r"(?i)^netrunner"),
    Signature("icy_term",       r"(?i)^icy_?term"),
    Signature("Qodem",          r"(?i)^qodem"),
    Signature("mTelnet",        r"(?i)^mtelnet"),
    Signature("MagiTerm",       r"(?i)^magiterm"),
    Signature("TinTin++",       r"(?i)^tintin\+\+", measured=True),
    Signature("Mudlet",         r"(?i)^mudlet"),
    Signature("MUSHclient",     r"(?i)^mushclient"),
    Signature("CMUD or zMUD",   r"(?i)^[cz]mud"),
    Signature("KildClient",     r"(?i)^kildclient"),
    Signature("BeIP",           r"(?i)^beip"),
    Signature("CGTerm or like it (PETSCII)", r"(?i)petscii|commodore"),
    Signature("an Atari terminal (ATASCII)", r"(?i)atascii"),
    Signature("Microsoft Telnet", r"^VTNT$"),
    # These pass on what their user's terminal is called, so it is what they do that gives them away.
    Signature("bbsterm", r"^(ANSI|PETSCII|ATASCII|XTERM-256COLOR|ATARIST\+VT52)$",
              supports=_set("CHARSET EOR LFLOW LINEMODE NAWS NEW-ENVIRON STATUS TSPEED TTYPE"),
              accepts=_set("CHARSET EOR STATUS"),
              timing_mark="yes", environment=_NAMES, measured=True),
    Signature("telnetlib3", supports=_set("CHARSET EOR LFLOW LINEMODE NEW-ENVIRON STATUS"),
              accepts=_set("CHARSET COM-PORT EOR GMCP ZMP"), timing_mark="yes", count=1, measured=True),
    Signature("inetutils or BSD telnet", r"^[^a-z]+$",
              supports=_set("LFLOW LINEMODE NEW-ENVIRON TSPEED TTYPE"), accepts=_set("SGA STATUS"),
              refuses=_set("CHARSET EOR"), timing_mark="yes", environment=_NAMES, count=1, measured=True),
    Signature("PuTTY", r"^xterm", supports=_set("NAWS NEW-ENVIRON SGA TSPEED TTYPE"),
              refuses=_set("BINARY CHARSET EOR LFLOW LINEMODE STATUS"), accepts=_set("SGA"),
              timing_mark="no", count=1),
)
"""Those that say who they are, then those that are recognised by what they do."""
# fmt: on


def recognise(data: Mapping[str, Any], types: list[str]) -> str:
    """The program's name, or empty.

    Args:
        data: A caller's fingerprint data (`ClientProbe.data`).
        types: Its terminal types as they were sent.
    """
    if data.get("silent-options") and not data.get("supported-options") and not data.get("refused-options"):
        return ""
    return next((each.name for each in SIGNATURES if each.fits(data, types)), "")
