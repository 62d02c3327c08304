"""The grammar of control functions (ECMA-48) as a table: characters in, functions out.

There are two tables, because terminals differ in one thing: what happens to a sequence in whose middle there
is a character that cannot be there. SyncTERM shows what it has read so far and goes on; a VT executes control
characters where they stand, and forgets what CAN or SUB cancels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import Enum, auto
from typing import Final, NamedTuple

__all__ = ["BBS", "HIGH", "VT", "Action", "Grammar", "Kind", "State", "Step"]


class State(Enum):
    """Where in a control function we are."""

    GROUND = auto()
    ESCAPE = auto()
    ESCAPE_MORE = auto()
    """ESC and intermediates (nF)."""
    CSI = auto()
    CSI_PARAMETERS = auto()
    CSI_PRIVATE = auto()
    """Parameters after a private mark."""
    CSI_MORE = auto()
    CSI_IGNORE = auto()
    STRING = auto()
    STRING_ESCAPE = auto()
    SOS = auto()
    SOS_ESCAPE = auto()


class Kind(Enum):
    """What a character is to the grammar."""

    NUL = auto()
    BEL = auto()
    FORMAT = auto()
    """BS, HT, LF, VT, FF, CR: control characters that may stand in a control string."""
    CONTROL = auto()
    CANCEL = auto()
    """CAN or SUB."""
    ESC = auto()
    INTERMEDIATE = auto()
    PARAMETER = auto()
    """Digits, colon, semicolon."""
    MARK = auto()
    """The private marks: < = > ?"""
    BRACKET = auto()
    STRING = auto()
    """Opens a control string: P, ], ^ or _."""
    SOS = auto()
    BACKSLASH = auto()
    FINAL = auto()
    DELETE = auto()
    HIGH = auto()
    VERTICAL = auto()
    """VT as the glyph that it is in ground state: it may stand in a control string."""


class Action(Enum):
    """What to do with a character."""

    IGNORE = auto()
    TEXT = auto()
    CONTROL = auto()
    START = auto()
    COLLECT = auto()
    ESCAPE = auto()
    SEQUENCE = auto()
    STRING = auto()
    SUSPEND = auto()
    """A control function begins inside a control string, which goes on afterwards (unless it was ST)."""
    SHOW = auto()
    """Show what was collected; then take the character as if nothing had been before it."""
    FORGET = auto()
    """Forget what was collected; then take the character as if nothing had been before it."""
    RESTART = auto()
    """The string ends; its ESC was the beginning of something else, which the character continues."""


class Step(NamedTuple):
    """One cell of the table: the state that comes next (None: the same one) and what to do."""

    state: State | None
    action: Action


Row = dict[Kind | None, Step]
"""Kind of character to step; None is every kind that has no cell of its own."""

Rules = Mapping[State, Row]

HIGH: Final = ""
"""Stands for all characters above 7F in `Grammar.steps`."""

_S, _K, _A = State, Kind, Action

# fmt: off
_FINALS: Final = (_K.BRACKET, _K.STRING, _K.SOS, _K.BACKSLASH, _K.FINAL)
_PRINTABLE: Final = (_K.INTERMEDIATE, _K.PARAMETER, _K.MARK, *_FINALS)


def _all(kinds: Iterable[Kind], step: Step) -> Row:
    return dict.fromkeys(kinds, step)


_END: Final = _all(_FINALS, Step(_S.GROUND, _A.SEQUENCE))

_GROUND: Final[Row] = {
    _K.ESC:          Step(_S.ESCAPE,         _A.START),
    **_all((_K.NUL, _K.BEL, _K.FORMAT, _K.CONTROL, _K.CANCEL, _K.DELETE),
                     Step(None,              _A.CONTROL)),
    None:            Step(None,              _A.TEXT),
}
_ESCAPE: Final[Row] = {
    _K.INTERMEDIATE: Step(_S.ESCAPE_MORE,    _A.COLLECT),
    _K.BRACKET:      Step(_S.CSI,            _A.COLLECT),
    _K.STRING:       Step(_S.STRING,         _A.COLLECT),
    _K.SOS:          Step(_S.SOS,            _A.COLLECT),
    **_all((_K.PARAMETER, _K.MARK, _K.BACKSLASH, _K.FINAL),
                     Step(_S.GROUND,         _A.ESCAPE)),
}
_ESCAPE_MORE: Final[Row] = {
    _K.INTERMEDIATE: Step(None,              _A.COLLECT),
    **_all((_K.PARAMETER, _K.MARK, *_FINALS),
                     Step(_S.GROUND,         _A.ESCAPE)),
}
_CSI: Final[Row] = {
    _K.PARAMETER:    Step(_S.CSI_PARAMETERS, _A.COLLECT),
    _K.MARK:         Step(_S.CSI_PRIVATE,    _A.COLLECT),
    _K.INTERMEDIATE: Step(_S.CSI_MORE,       _A.COLLECT),
    **_END,
}
_CSI_PARAMETERS: Final[Row] = {
    _K.PARAMETER:    Step(None,              _A.COLLECT),
    _K.INTERMEDIATE: Step(_S.CSI_MORE,       _A.COLLECT),
    **_END,
}
_CSI_MORE: Final[Row] = {
    _K.INTERMEDIATE: Step(None,              _A.COLLECT),
    **_END,
}
_SOS: Final[Row] = {
    _K.ESC:          Step(_S.SOS_ESCAPE,     _A.COLLECT),
    None:            Step(_S.SOS,            _A.COLLECT),
}

_SHOWN: Final[Row] = {
    _K.NUL:          Step(None,              _A.IGNORE),
    None:            Step(_S.GROUND,         _A.SHOW),
}

_BBS: Final[Rules] = {
    _S.GROUND:         _GROUND,
    _S.ESCAPE:         _ESCAPE | _SHOWN,
    _S.ESCAPE_MORE:    _ESCAPE_MORE | _SHOWN,
    _S.CSI:            _CSI | _SHOWN,
    _S.CSI_PARAMETERS: _CSI_PARAMETERS | _SHOWN,
    _S.CSI_PRIVATE:   {**_CSI_PARAMETERS, _K.MARK: Step(None, _A.COLLECT), **_SHOWN},
    _S.CSI_MORE:       _CSI_MORE | _SHOWN,
    _S.STRING:        {**_all((_K.FORMAT, _K.VERTICAL, *_PRINTABLE),
                                     Step(None,      _A.COLLECT)),
                       _K.ESC:       Step(_S.ESCAPE, _A.SUSPEND),
                       _K.BEL:       Step(_S.GROUND, _A.STRING),
                       _K.NUL:       Step(None,      _A.IGNORE),
                       None:         Step(_S.GROUND, _A.FORGET)},
    _S.SOS:            _SOS,
    _S.SOS_ESCAPE:    {**_SOS,
                       _K.BACKSLASH: Step(_S.GROUND, _A.STRING),
                       _K.SOS:       Step(_S.SOS,    _A.START)},
}

_EXECUTED: Final[Row] = {
    **_all((_K.BEL, _K.FORMAT, _K.CONTROL),
                     Step(None,              _A.CONTROL)),
    **_all((_K.NUL, _K.DELETE),
                     Step(None,              _A.IGNORE)),
    _K.CANCEL:       Step(_S.GROUND,         _A.IGNORE),
    _K.ESC:          Step(_S.ESCAPE,         _A.START),
    None:            Step(_S.GROUND,         _A.FORGET),
}
_IGNORED: Final[Row] = {
    _K.MARK:         Step(_S.CSI_IGNORE,     _A.COLLECT),
}
_RESTARTED: Final[Row] = {
    _K.BACKSLASH:    Step(_S.GROUND,         _A.STRING),
    None:            Step(_S.ESCAPE,         _A.RESTART),
}

_VT: Final[Rules] = {
    _S.GROUND:         _GROUND,
    _S.ESCAPE:         _EXECUTED | _ESCAPE,
    _S.ESCAPE_MORE:    _EXECUTED | _ESCAPE_MORE,
    _S.CSI:            _EXECUTED | _CSI,
    _S.CSI_PARAMETERS: _EXECUTED | _CSI_PARAMETERS | _IGNORED,
    _S.CSI_PRIVATE:    _EXECUTED | _CSI_PARAMETERS | _IGNORED,
    _S.CSI_MORE:       _EXECUTED | _CSI_MORE | _all((_K.PARAMETER, _K.MARK), Step(_S.CSI_IGNORE, _A.COLLECT)),
    _S.CSI_IGNORE:    {**_EXECUTED,
                       **_all((_K.PARAMETER, _K.MARK, _K.INTERMEDIATE),
                                     Step(None,             _A.IGNORE)),
                       **_all(_FINALS,
                                     Step(_S.GROUND,        _A.IGNORE))},
    _S.STRING:        {_K.ESC:       Step(_S.STRING_ESCAPE, _A.COLLECT),
                       _K.BEL:       Step(_S.GROUND,        _A.STRING),
                       _K.CANCEL:    Step(_S.GROUND,        _A.IGNORE),
                       **_all((_K.NUL, _K.FORMAT, _K.CONTROL, _K.DELETE),
                                     Step(None,             _A.IGNORE)),
                       None:         Step(None,             _A.COLLECT)},
    _S.STRING_ESCAPE:  _RESTARTED,
    _S.SOS:           {**_SOS, _K.CANCEL: Step(_S.GROUND, _A.IGNORE)},
    _S.SOS_ESCAPE:     _RESTARTED,
}

_KINDS: Final[Mapping[str, Kind]] = {
    **{chr(code): _K.CONTROL for code in range(0x20)},
    **dict.fromkeys("\b\t\n\v\f\r", _K.FORMAT),
    "\0": _K.NUL, "\a": _K.BEL, "\x18": _K.CANCEL, "\x1a": _K.CANCEL, "\x1b": _K.ESC, "\x7f": _K.DELETE,
    **{chr(code): _K.INTERMEDIATE for code in range(0x20, 0x30)},
    **{chr(code): _K.PARAMETER for code in range(0x30, 0x3C)}, **dict.fromkeys("<=>?", _K.MARK),
    **{chr(code): _K.FINAL for code in range(0x40, 0x7F)},
    "\u2642": _K.VERTICAL,
    "[": _K.BRACKET, "\\": _K.BACKSLASH, "X": _K.SOS, **dict.fromkeys("P]^_", _K.STRING),
}
# fmt: on


class Grammar:
    """Rules by character, for the machine that runs them.

    Attributes:
        steps: For each state, what a character does; `HIGH` is every character above 7F.
        runs: For the states in which a string is collected, what matches many characters that belong to it.
    """

    def __init__(self, rules: Rules) -> None:
        self.steps = {state: _by_character(row) for state, row in rules.items()}
        self.runs = {state: _run_of(state, self.steps[state]) for state in (State.STRING, State.SOS)}


def _by_character(row: Row) -> dict[str, Step]:
    return {char: row.get(kind) or row[None] for char, kind in (*_KINDS.items(), (HIGH, Kind.HIGH))}


def _run_of(state: State, steps: dict[str, Step]) -> re.Pattern[str]:
    kept = {
        char for char, step in steps.items() if step.action is Action.COLLECT and step.state in (None, state)
    }
    others = re.escape("".join(steps.keys() - kept - {HIGH}))
    high = "" if HIGH in kept else "\\x80-\\U0010ffff"
    return re.compile(f"[^{others}{high}]+")


BBS: Final = Grammar(_BBS)
"""As SyncTERM does: a broken sequence is shown, a broken string is not; sequences in a string are obeyed."""

VT: Final = Grammar(_VT)
"""As DEC's terminals do (the state machine of the VT500 series)."""
