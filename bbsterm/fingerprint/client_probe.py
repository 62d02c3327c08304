"""Phase one: what a caller's telnet does when it is asked for every option.

Events and time in, events to send out: it knows no socket and no clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from bbsterm.fingerprint.hashing import fingerprint, tame
from bbsterm.fingerprint.questions import CALLER, FEW, Question, is_our_doing, names
from bbsterm.limits import MAX_FINGERPRINT_ITEMS
from bbsterm.protocol.events import (
    CharactersChanged,
    CharsetAgreed,
    CharsetRefused,
    DisplayReceived,
    EnvironReceived,
    EnvironRequested,
    Event,
    LinemodeChanged,
    LocationReceived,
    OptionChanged,
    OptionDeclined,
    OptionRefused,
    ProtocolViolation,
    RequestOption,
    TerminalSpeedReceived,
    TerminalTypeReceived,
    TimingMarkReceived,
    WindowSizeChanged,
)
from bbsterm.protocol.slc import Level
from bbsterm.protocol.vocabulary import OptionCode, Side

__all__ = ["UNDEFINED", "ClientProbe", "terminal_kind"]

UNDEFINED: Final = "BBSTERM_PROBE"
"""A variable that nobody has: how a caller says so tells one program from another."""

QUIET: Final = 1.0
"""Seconds without news after which no more answers are expected."""

AFTER_MARK: Final = 0.3
"""The same once the timing mark has come back: all that was asked before it has been answered."""

LONGEST: Final = 4.0
"""Seconds that phase one may take in all."""

_KEEP: Final = frozenset(
    {
        OptionCode.BINARY, OptionCode.ECHO, OptionCode.SGA, OptionCode.TTYPE, OptionCode.NAWS,
        OptionCode.NEW_ENVIRON, OptionCode.CHARSET,
    }
)  # fmt: skip
"""What the rest of the call needs; everything else that was agreed to is taken back."""

_LIMITED: Final = ("ANSI", "VT100")
"""Microsoft's telnet names its terminals in this order."""

_MTTS: Final = re.compile(r"MTTS \d+$")
_TERMINFO: Final = re.compile(
    r"(xterm|screen|tmux|rxvt|linux|vt\d|vte|gnome|konsole|kitty|foot|alacritty|wezterm|iterm|st-|eterm"
    r"|cygwin|mintty|dumb|unknown|network|nsterm|ghostty|contour|putty|aixterm|dtterm|sun|hp|wyse|console)",
    re.IGNORECASE,
)
_A_SETTING: Final = OptionCode.XDISPLOC
"""Clients perform it or refuse it as ``$DISPLAY`` is set or not."""

_NO_KEYS: Final = (
    *("SYNCH", "BRK", "EOR", "MCL", "MCR", "MCWL", "MCWR", "MCBOL", "MCEOL"),
    *("INSRT", "OVER", "ECR", "EWR", "EBOL", "EEOL"),
)
"""Functions of LINEMODE that no terminal driver has a key for: the others are as the user's `stty` says."""

_SOURCES: Final = {
    TerminalSpeedReceived: OptionCode.TSPEED,
    DisplayReceived: OptionCode.XDISPLOC,
    LocationReceived: OptionCode.SEND_LOCATION,
    WindowSizeChanged: OptionCode.NAWS,
    LinemodeChanged: OptionCode.LINEMODE,
}


def terminal_kind(name: str) -> str:
    """A terminal's name without what differs from machine to machine.

    Clients that pass ``$TERM`` on say "xterm-256color" here and "linux" there: both are "terminfo"
    ("TERMINFO" where they are spelled in capitals). The bits of "MTTS 2825" depend on settings, too.
    """
    if _MTTS.match(name):
        return "MTTS"
    if _TERMINFO.match(name):
        return "TERMINFO" if name.isupper() else "terminfo"
    return name


class ClientProbe:
    """Asks and listens. `witness` may be told of events long before `begin`.

    Args:
        known: What is known already, if the beginning of the call was not witnessed: yes or no.
    """

    def __init__(self, known: Mapping[Question, bool] | None = None) -> None:
        self.answers: dict[Question, bool] = dict(known or {})
        self.types: list[str] = []
        self.finished = False
        self._asked: tuple[Question, ...] = ()
        self._agreed: set[Question] = set()
        self._told: dict[str, Any] = {}
        self._environ: dict[str, str | None] = {}
        self._violations: list[str] = []
        self._told_environ = self._environ_named = False
        self._levels: dict[str, str] = {}
        self._subnegotiated: set[int] = set()
        self._mark: bool | None = None
        self._began = self._heard = 0.0
        self._ends: float | None = None

    @property
    def deadline(self) -> float | None:
        """When to call `tick`, on the caller's clock; None before `begin` and after the end."""
        if self._ends is None or self.finished:
            return None
        quiet = QUIET if self._mark is None or self._owed else AFTER_MARK
        return min(self._ends, self._heard + quiet)

    @property
    def _owed(self) -> bool:
        """Whether an option was agreed to whose own words have not come yet."""
        owed = any(
            (code, Side.REMOTE) in self._agreed and code not in self._subnegotiated
            for code in _SOURCES.values()
        )
        asked_environ = (OptionCode.NEW_ENVIRON, Side.REMOTE) in self._agreed
        return owed or (asked_environ and not self._told_environ)

    def begin(self, *, now: float) -> list[Event]:
        """Ask all that is not known yet; return what is to be sent."""
        self._began = self._heard = now
        self._ends = now + LONGEST
        upper = tuple(name.upper() for name in self.types[:2])
        self._asked = FEW if upper == _LIMITED else CALLER
        asking: list[Event] = [
            RequestOption(code, side) for code, side in self._asked if (code, side) not in self.answers
        ]
        if self.answers.get((OptionCode.NEW_ENVIRON, Side.REMOTE)) and not self._told_environ:
            asking.append(EnvironRequested((), (UNDEFINED,)))
        if self._asked is CALLER:
            asking.append(RequestOption(OptionCode.TIMING_MARK, Side.REMOTE))
        return asking

    def tick(self, *, now: float) -> list[Event]:
        """Look at the clock. At the end, return what takes back all that was agreed to for the probe only."""
        if self.deadline is None or now < self.deadline:
            return []
        self.finished = True
        return [
            RequestOption(code, side, enabled=False)
            for code, side in self._asked
            if (code, side) in self._agreed and code not in _KEEP
        ]

    def stop(self) -> None:
        """The line is gone: what was found is all there is."""
        self.finished = True

    def witness(self, events: Iterable[Event], *, now: float = 0.0) -> None:
        """Take note of what the engine told."""
        for event in events:
            if self._note(event):
                self._heard = now

    # --- what is noted ----------------------------------------------------------------------

    def _note(self, event: Event) -> bool:
        """Whether the event is an answer, or news that more may follow."""
        match event:
            case OptionChanged(option, side, enabled):
                if enabled:
                    self.answers[option, side] = True
                    self._agreed.add((option, side))
                else:
                    self._agreed.discard((option, side))
            case OptionRefused(OptionCode.TIMING_MARK, _):
                self._mark = False
            case TimingMarkReceived(agreed):
                self._mark = agreed
            case OptionRefused(option, side):
                self.answers.setdefault((option, side), False)
            case OptionDeclined(option, side):  # it wanted it: that is an answer, although we said no
                self.answers.setdefault((option, side), True)
            case ProtocolViolation(detail, _, source):
                if not is_our_doing(detail, self.answers):
                    self._complain(f"{detail} ({source})")
            case _:
                return self._note_told(event)
        return True

    def _note_told(self, event: Event) -> bool:
        match event:
            case TerminalTypeReceived(name):
                if len(self.types) < MAX_FINGERPRINT_ITEMS and name not in self.types:
                    self.types.append(name)
            case EnvironReceived(variables, user_variables, spontaneous):
                self._note_environ(dict(variables + user_variables), spontaneous=spontaneous)
            case CharactersChanged(changes):
                for function, setting in changes:
                    self._levels[function.name] = _firmness(setting.level)
                self._subnegotiated.add(OptionCode.LINEMODE)
            case CharsetAgreed(name):
                self._told["charset"] = name
            case CharsetRefused():
                self._told.setdefault("charset", None)
            case TerminalSpeedReceived(transmit, receive):
                self._told["speed"] = [transmit, receive]
            case DisplayReceived(display):
                self._told["display"] = display
            case LocationReceived(location):
                self._told["location"] = location
            case WindowSizeChanged(size):
                self._told["window"] = [size.columns, size.rows]
            case LinemodeChanged(mode):
                self._told["linemode"] = int(mode)
            case _:
                return False
        if option := _SOURCES.get(type(event)):
            self._subnegotiated.add(option)
        return True

    def _note_environ(self, variables: dict[str, str | None], *, spontaneous: bool) -> None:
        if not spontaneous:
            self._told_environ = True
            self._environ_named = self._environ_named or UNDEFINED in variables
        variables.pop(UNDEFINED, None)
        room = MAX_FINGERPRINT_ITEMS - len(self._environ)
        self._environ.update(list(variables.items())[: max(0, room)])

    def _complain(self, what: str) -> None:
        if len(self._violations) < MAX_FINGERPRINT_ITEMS and what not in self._violations:
            self._violations.append(what)

    # --- what was found -----------------------------------------------------------------------

    def data(self) -> dict[str, Any]:
        """What the fingerprint is made of: nothing that a setting, an address or chance could change."""
        found: dict[str, Any] = {"probed-protocol": "client"}
        for side, words in ((Side.REMOTE, _PERFORMED), (Side.LOCAL, _OFFERED)):
            asked = [code for code, at in self._asked if at is side and code != _A_SETTING]
            for word, answer in zip(words, (True, False, None), strict=True):
                found[word] = names(code for code in asked if self.answers.get((code, side)) is answer)
        found["terminal-types"] = tame([terminal_kind(name) for name in self.types])
        found["tells"] = names(self._subnegotiated - {_A_SETTING})
        found["timing-mark"] = {True: "yes", False: "no", None: "silent"}[self._mark]
        found["environment"] = self._environment()
        if OptionCode.LINEMODE in self._subnegotiated:
            found["characters"] = self._characters(_NO_KEYS)
        return found

    def _characters(self, functions: Iterable[str]) -> dict[str, list[str]]:
        return {
            level: sorted(name for name in functions if self._levels.get(name) == level)
            for level in ("supported", "unsupported")
        }

    def _environment(self) -> str:
        if not self.answers.get((OptionCode.NEW_ENVIRON, Side.REMOTE)):
            return "no"
        if not self._told_environ:
            return "silent"
        return "names what is undefined" if self._environ_named else "leaves out what is undefined"

    def session(self) -> dict[str, Any]:
        """What this caller told, for a person to read: bounded, and in no fingerprint."""
        told = {
            **self._told,
            "terminal-types": self.types,
            "environment": self._environ,
            "characters": self._characters(self._levels),
            "violations": self._violations,
        }
        bounded: dict[str, Any] = tame(told)
        return bounded

    @property
    def fingerprint(self) -> str:
        """The hash of `data`."""
        return fingerprint(self.data())

    @property
    def environment(self) -> Mapping[str, str | None]:
        """What the caller told of its environment."""
        return self._environ


_PERFORMED: Final = ("supported-options", "refused-options", "silent-options")
_OFFERED: Final = ("accepted-offers", "refused-offers", "silent-offers")


def _firmness(level: Level) -> str:
    return "unsupported" if level is Level.NOSUPPORT else "supported"
