"""The grammar of control functions (ECMA-48) as a table: characters in, functions out.

There are two tables, because terminals differ in one thing: what happens to a sequence in whose middle there
is a character that cannot be there. SyncTERM shows what it has read so far and goes on; a VT executes control
characters where they stand, and forgets what CAN or SUB cancels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum, auto
from typing import Final, NamedTuple, Protocol

from bbsterm import limits

__all__ = ["BBS", "VT", "Action", "Kind", "Listener", "Parser", "Rules", "State", "Step", "kind_of"]


class Listener(Protocol):
    """Who is told what the characters mean."""

    def on_text(self, text: str) -> None:
        """Draw these characters."""

    def on_control(self, char: str) -> None:
        """Do what a control character (00 to 1F, 7F) says."""

    def on_escape(self, function: str) -> None:
        """Do what ESC, intermediates (20-2F) and a final (30-7E) say. Without ESC: ``7``, ``(0``, ``#8``."""

    def on_sequence(self, parameters: str, function: str) -> None:
        """Do what a control sequence says: parameters with private mark (30-3F); intermediates and final."""

    def on_string(self, kind: str, body: str) -> None:
        """Take a control string. `kind` opened it: ``]`` OSC, ``P`` DCS, ``_`` APC, ``^`` PM, ``X`` SOS."""


class State(Enum):
    """Where in a control function we are."""

    GROUND = auto()
    ESCAPE = auto()
    ESCAPE_MORE = auto()
    CSI = auto()
    CSI_MORE = auto()
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
    BRACKET = auto()
    STRING = auto()
    """Opens a control string: P, ], ^ or _."""
    SOS = auto()
    BACKSLASH = auto()
    FINAL = auto()
    DELETE = auto()
    HIGH = auto()


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
    SHOW = auto()
    """Show what was collected; then take the character as if nothing had been before it."""
    FORGET = auto()
    """Forget what was collected; then take the character as if nothing had been before it."""


class Step(NamedTuple):
    """One cell of the table: the state that comes next (None: the same one) and what to do."""

    state: State | None
    action: Action


Row = dict[Kind | None, Step]
"""Kind of character to step; None is every kind that has no cell of its own."""

Rules = Mapping[State, Row]

_S, _K, _A = State, Kind, Action

# fmt: off
_PRINTABLE: Final = (_K.INTERMEDIATE, _K.PARAMETER, _K.BRACKET, _K.STRING, _K.SOS, _K.BACKSLASH, _K.FINAL)
_FINALS: Final = (_K.BRACKET, _K.STRING, _K.SOS, _K.BACKSLASH, _K.FINAL)


def _all(kinds: Iterable[Kind], step: Step) -> Row:
    return dict.fromkeys(kinds, step)


_GROUND: Final[Row] = {
    _K.ESC:          Step(_S.ESCAPE,      _A.START),
    **_all((_K.NUL, _K.BEL, _K.FORMAT, _K.CONTROL, _K.CANCEL, _K.DELETE),
                     Step(None,           _A.CONTROL)),
    None:            Step(None,           _A.TEXT),
}
_ESCAPE: Final[Row] = {
    _K.INTERMEDIATE: Step(_S.ESCAPE_MORE, _A.COLLECT),
    _K.BRACKET:      Step(_S.CSI,         _A.COLLECT),
    _K.STRING:       Step(_S.STRING,      _A.COLLECT),
    _K.SOS:          Step(_S.SOS,         _A.COLLECT),
    **_all((_K.PARAMETER, _K.BACKSLASH, _K.FINAL),
                     Step(_S.GROUND,      _A.ESCAPE)),
}
_ESCAPE_MORE: Final[Row] = {
    _K.INTERMEDIATE: Step(None,           _A.COLLECT),
    **_all((_K.PARAMETER, *_FINALS),
                     Step(_S.GROUND,      _A.ESCAPE)),
}
_CSI: Final[Row] = {
    _K.PARAMETER:    Step(None,           _A.COLLECT),
    _K.INTERMEDIATE: Step(_S.CSI_MORE,    _A.COLLECT),
    **_all(_FINALS,  Step(_S.GROUND,      _A.SEQUENCE)),
}
_CSI_MORE: Final[Row] = {
    _K.INTERMEDIATE: Step(None,           _A.COLLECT),
    **_all(_FINALS,  Step(_S.GROUND,      _A.SEQUENCE)),
}
_SOS: Final[Row] = {
    _K.ESC:          Step(_S.SOS_ESCAPE,  _A.COLLECT),
    None:            Step(_S.SOS,         _A.COLLECT),
}
_SOS_ESCAPE: Final[Row] = _SOS | {
    _K.BACKSLASH:    Step(_S.GROUND,      _A.STRING),
}

_SHOWN: Final[Row] = {
    _K.NUL:          Step(None,           _A.IGNORE),
    None:            Step(_S.GROUND,      _A.SHOW),
}
_BBS_STRING: Final[Row] = {
    **_all((_K.FORMAT, *_PRINTABLE),
                     Step(_S.STRING,        _A.COLLECT),
    ),
    _K.ESC:          Step(_S.STRING_ESCAPE, _A.COLLECT),
    _K.BEL:          Step(_S.GROUND,        _A.STRING),
    None:            Step(_S.GROUND,        _A.FORGET),
}

BBS: Final[Rules] = {
    _S.GROUND:        _GROUND,
    _S.ESCAPE:        _ESCAPE | _SHOWN,
    _S.ESCAPE_MORE:   _ESCAPE_MORE | _SHOWN,
    _S.CSI:           _CSI | _SHOWN,
    _S.CSI_MORE:      _CSI_MORE | _SHOWN,
    _S.STRING:        _BBS_STRING,
    _S.STRING_ESCAPE: _BBS_STRING | {_K.BACKSLASH: Step(_S.GROUND, _A.STRING)},
    _S.SOS:           _SOS,
    _S.SOS_ESCAPE:    _SOS_ESCAPE,
}
"""As SyncTERM does: a broken sequence is shown, a broken string is not."""

_EXECUTED: Final[Row] = {
    **_all((_K.BEL, _K.FORMAT, _K.CONTROL),
                     Step(None,           _A.CONTROL)),
    **_all((_K.NUL, _K.DELETE),
                     Step(None,           _A.IGNORE)),
    _K.CANCEL:       Step(_S.GROUND,      _A.IGNORE),
    _K.ESC:          Step(_S.ESCAPE,      _A.START),
    None:            Step(_S.GROUND,      _A.FORGET),
}

VT: Final[Rules] = {
    _S.GROUND:        _GROUND,
    _S.ESCAPE:        _EXECUTED | _ESCAPE,
    _S.ESCAPE_MORE:   _EXECUTED | _ESCAPE_MORE,
    _S.CSI:           _EXECUTED | _CSI,
    _S.CSI_MORE:      _EXECUTED | _CSI_MORE,
    _S.STRING:       {_K.ESC:       Step(_S.STRING_ESCAPE, _A.COLLECT),
                      _K.BEL:       Step(_S.GROUND,        _A.STRING),
                      _K.CANCEL:    Step(_S.GROUND,        _A.IGNORE),
                      **_all((_K.NUL, _K.FORMAT, _K.CONTROL, _K.DELETE),
                                    Step(None,             _A.IGNORE)),
                      None:         Step(None,             _A.COLLECT)},
    _S.STRING_ESCAPE: {_K.BACKSLASH: Step(_S.GROUND, _A.STRING), None: Step(_S.ESCAPE, _A.FORGET)},
    _S.SOS:           {**_SOS, _K.CANCEL: Step(_S.GROUND, _A.IGNORE)},
    _S.SOS_ESCAPE:    {_K.BACKSLASH: Step(_S.GROUND, _A.STRING), None: Step(_S.ESCAPE, _A.FORGET)},
}
"""As DEC's terminals do (the state machine of the VT500 series)."""

_KINDS: Final[Mapping[str, Kind]] = {
    **{chr(code): _K.CONTROL for code in range(0x20)},
    **dict.fromkeys("\b\t\n\v\f\r", _K.FORMAT),
    "\0": _K.NUL, "\a": _K.BEL, "\x18": _K.CANCEL, "\x1a": _K.CANCEL, "\x1b": _K.ESC, "\x7f": _K.DELETE,
    **{chr(code): _K.INTERMEDIATE for code in range(0x20, 0x30)},
    **{chr(code): _K.PARAMETER for code in range(0x30, 0x40)},
    **{chr(code): _K.FINAL for code in range(0x40, 0x7F)},
    "[": _K.BRACKET, "\\": _K.BACKSLASH, "X": _K.SOS, **dict.fromkeys("P]^_", _K.STRING),
}
# fmt: on


def kind_of(char: str) -> Kind:
    """What a character is to the grammar."""
    return _KINDS.get(char, Kind.HIGH)


class Parser:
    """Runs a table. Feed it characters in any portions; it calls its listener.

    Attributes:
        state: Where in a control function we are, between two calls of `feed` too.
        collected: What has been read of it, ESC included.
    """

    def __init__(self, rules: Rules, listener: Listener) -> None:
        self.rules = rules
        self.state = State.GROUND
        self.collected = ""
        self._listener = listener

    def feed(self, text: str) -> None:
        """Take characters, one by one: the plain machine, for what is rare and for checking the fast one."""
        for char in text:
            self._take(char)

    def _take(self, char: str) -> None:
        row = self.rules[self.state]
        step = row.get(kind_of(char)) or row[None]
        if step.state is not None:
            self.state = step.state
        match step.action:
            case Action.TEXT:
                self._listener.on_text(char)
            case Action.CONTROL:
                self._listener.on_control(char)
            case Action.START:
                self.collected = char
            case Action.COLLECT:
                if len(self.collected) < limits.MAX_CONTROL_STRING:
                    self.collected += char
            case Action.ESCAPE:
                self._listener.on_escape(self.collected[1:] + char)
            case Action.SEQUENCE:
                parameters, intermediates = _split(self.collected[2:])
                self._listener.on_sequence(parameters, intermediates + char)
            case Action.STRING:
                body = self.collected[2:].removesuffix("\x1b")
                self._listener.on_string(self.collected[1], body)
            case Action.SHOW:
                self._listener.on_text(self.collected)
                self._take(char)
            case Action.FORGET:
                if self.state is State.ESCAPE:
                    self.collected = "\x1b"
                self._take(char)
            case Action.IGNORE:
                pass


def _split(collected: str) -> tuple[str, str]:
    """Parameters (30-3F) and the intermediates after them."""
    parameters = collected.rstrip(" !\"#$%&'()*+,-./")
    return parameters, collected[len(parameters) :]
