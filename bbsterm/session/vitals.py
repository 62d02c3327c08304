"""How one's character in a MUD fares: what GMCP's Char.Vitals and MSDP's HEALTH say, as a few numbers.

A caller introduces itself once the MUD has offered one of them, and asks for what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import bbsterm
from bbsterm.limits import (
    MAX_INTRODUCTIONS,
    MAX_VITAL_DIGITS,
    MAX_VITALS_PAYLOAD,
    MAX_VITALS_PER_SECOND,
)
from bbsterm.mud.gmcp import gmcp_decode, gmcp_encode
from bbsterm.mud.msdp import msdp_decode, msdp_encode
from bbsterm.protocol.events import Event, GmcpReceived, MsdpReceived, OptionChanged
from bbsterm.protocol.vocabulary import OptionCode, Side
from bbsterm.session.events import Vital, VitalsChanged

__all__ = ["Vitals"]

_SUPPORTED: Final = ("Char 1", "Room 1")
_ASKED: Final = ("HEALTH", "HEALTH_MAX", "MANA", "MANA_MAX", "MOVEMENT", "MOVEMENT_MAX")

# What it is called here; what MUDs call it, and call the most there can be: GMCP and MSDP, in small letters.
_NAMES: Final = (
    (
        "HP",
        ("hp", "health"),
        ("maxhp", "hpmax", "hp_max", "max_hp", "maxhealth", "health_max", "max_health"),
    ),
    ("MP", ("mp", "mana"), ("maxmp", "mpmax", "mp_max", "max_mp", "maxmana", "mana_max", "max_mana")),
    (
        "MV",
        ("mv", "moves", "movement"),
        ("maxmv", "mvmax", "mv_max", "max_mv", "maxmoves", "moves_max", "maxmovement", "movement_max"),
    ),
)
_KNOWN: Final = frozenset(name for _label, now, most in _NAMES for name in (*now, *most))
_PACKAGES: Final = frozenset({"char.vitals", "char.maxstats"})  # the second: Aardwolf's
_WHOLE: Final = re.compile(rf"[+-]?[0-9]{{1,{MAX_VITAL_DIGITS}}}")


class Vitals:
    """What one call has heard of its character so far. It never raises for what a MUD sends.

    Args:
        tell: Told of what is different, `MAX_VITALS_PER_SECOND` times at most.
        later: Calls a function after so many seconds.
        clock: Seconds, monotonic.
    """

    def __init__(
        self,
        *,
        tell: Callable[[VitalsChanged], None],
        later: Callable[[float, Callable[[], None]], None],
        clock: Callable[[], float],
    ) -> None:
        self._tell, self._later, self._clock = tell, later, clock
        self._numbers: dict[str, int] = {}
        self._introductions = 0
        self._told_at = float("-inf")
        self._planned = False

    @property
    def now(self) -> tuple[Vital, ...]:
        """What is known, in the order in which it is shown."""
        return tuple(self._known())

    def introduction(self, event: Event) -> list[Event]:
        """What a MUD is told once it and we have agreed on GMCP or MSDP; nothing for any other event.

        A MUD that begins again and again is told `MAX_INTRODUCTIONS` times.
        """
        if not (isinstance(event, OptionChanged) and event.side is Side.REMOTE and event.enabled):
            return []
        if event.option not in (OptionCode.GMCP, OptionCode.MSDP) or self._introductions >= MAX_INTRODUCTIONS:
            return []
        self._introductions += 1
        if event.option == OptionCode.MSDP:
            return [MsdpReceived(msdp_encode({"REPORT": _ASKED}))]
        hello = {"client": "bbsterm", "version": bbsterm.__version__}
        return [_message("Core.Hello", hello), _message("Core.Supports.Set", list(_SUPPORTED))]

    def hear(self, event: Event) -> None:
        """Take what a MUD says; what is different is told now, or when enough time has passed."""
        before = dict(self._numbers)
        for name, value in _told(event).items():
            number = _number(value)
            if number is not None and name.lower() in _KNOWN:
                self._numbers[name.lower()] = number
        if self._numbers == before or self._planned:
            return
        wait = self._told_at + 1 / MAX_VITALS_PER_SECOND - self._clock()
        if wait > 0:
            self._planned = True
            self._later(wait, self._tell_now)
        else:
            self._tell_now()

    def _tell_now(self) -> None:
        self._planned, self._told_at = False, self._clock()
        self._tell(VitalsChanged(self.now))

    def _known(self) -> Iterator[Vital]:
        for label, now, most in _NAMES:
            value = self._first(now)
            if value is not None:
                yield Vital(label, value, self._first(most))

    def _first(self, names: tuple[str, ...]) -> int | None:
        return next((self._numbers[name] for name in names if name in self._numbers), None)


def _message(package: str, data: object) -> Event:
    name, _, document = gmcp_encode(package, data).partition(b" ")
    return GmcpReceived(name.decode("ascii"), document)


def _told(event: Event) -> Mapping[str, object]:
    """Names and values, if the event may have some of ours; whatever cannot be read has none."""
    match event:
        case GmcpReceived(package, payload) if package.lower() in _PACKAGES:
            if len(payload) <= MAX_VITALS_PAYLOAD:
                try:
                    _package, data = gmcp_decode(b"vitals " + payload)
                except ValueError:
                    return {}
                return data if isinstance(data, dict) else {}
        case MsdpReceived(payload) if len(payload) <= MAX_VITALS_PAYLOAD:
            return msdp_decode(payload)
    return {}


def _number(value: object) -> int | None:
    """A number of at most `MAX_VITAL_DIGITS` digits, of a number or of text; None for anything else."""
    if isinstance(value, str):
        return int(value) if _WHOLE.fullmatch(value) else None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return int(value) if abs(value) < 10**MAX_VITAL_DIGITS else None  # neither infinity nor NaN is less
