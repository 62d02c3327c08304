"""RFC 1143, the Q Method of option negotiation: one table for both sides.

"Say yes" is DO for the peer's side and WILL for ours, "say no" is DONT and WONT. *Enabled* is not stored
anywhere: it is ``state is QState.YES``, so it cannot disagree with the state.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Final, NamedTuple

__all__ = ["TRANSITIONS", "Happening", "QState", "Say", "Step", "step"]


class QState(Enum):
    """What we believe about one option on one side. OPPOSITE: we changed our mind before the answer came."""

    NO = auto()
    YES = auto()
    WANTNO = auto()
    WANTNO_OPPOSITE = auto()
    WANTYES = auto()
    WANTYES_OPPOSITE = auto()

    __hash__ = object.__hash__  # Enum's own goes through Python; storms come through here


class Happening(Enum):
    """What the peer said, or what we have decided."""

    PEER_YES = auto()
    PEER_NO = auto()
    WE_WANT = auto()
    WE_DROP = auto()

    __hash__ = object.__hash__


class Say(Enum):
    """What goes out: WILL or DO, WONT or DONT, by the side."""

    YES = auto()
    NO = auto()

    __hash__ = object.__hash__


class Step(NamedTuple):
    """One cell: the new state, what to say, and what rule the peer has just broken."""

    state: QState
    say: Say | None = None
    violation: str | None = None


_Q, _H = QState, Happening
_LIED: Final = "answered NO with YES"

# fmt: off
TRANSITIONS: Final[Mapping[tuple[QState, Happening], Step]] = {
    (_Q.NO,               _H.PEER_YES): Step(_Q.YES, Say.YES),  # if welcome: see step()
    (_Q.YES,              _H.PEER_YES): Step(_Q.YES),
    (_Q.WANTNO,           _H.PEER_YES): Step(_Q.NO, violation=_LIED),
    (_Q.WANTNO_OPPOSITE,  _H.PEER_YES): Step(_Q.YES, violation=_LIED),
    (_Q.WANTYES,          _H.PEER_YES): Step(_Q.YES),
    (_Q.WANTYES_OPPOSITE, _H.PEER_YES): Step(_Q.WANTNO, Say.NO),

    (_Q.NO,               _H.PEER_NO):  Step(_Q.NO),
    (_Q.YES,              _H.PEER_NO):  Step(_Q.NO, Say.NO),
    (_Q.WANTNO,           _H.PEER_NO):  Step(_Q.NO),
    (_Q.WANTNO_OPPOSITE,  _H.PEER_NO):  Step(_Q.WANTYES, Say.YES),
    (_Q.WANTYES,          _H.PEER_NO):  Step(_Q.NO),
    (_Q.WANTYES_OPPOSITE, _H.PEER_NO):  Step(_Q.NO),

    (_Q.NO,               _H.WE_WANT):  Step(_Q.WANTYES, Say.YES),
    (_Q.YES,              _H.WE_WANT):  Step(_Q.YES),
    (_Q.WANTNO,           _H.WE_WANT):  Step(_Q.WANTNO_OPPOSITE),
    (_Q.WANTNO_OPPOSITE,  _H.WE_WANT):  Step(_Q.WANTNO_OPPOSITE),
    (_Q.WANTYES,          _H.WE_WANT):  Step(_Q.WANTYES),
    (_Q.WANTYES_OPPOSITE, _H.WE_WANT):  Step(_Q.WANTYES),

    (_Q.NO,               _H.WE_DROP):  Step(_Q.NO),
    (_Q.YES,              _H.WE_DROP):  Step(_Q.WANTNO, Say.NO),
    (_Q.WANTNO,           _H.WE_DROP):  Step(_Q.WANTNO),
    (_Q.WANTNO_OPPOSITE,  _H.WE_DROP):  Step(_Q.WANTNO),
    (_Q.WANTYES,          _H.WE_DROP):  Step(_Q.WANTYES_OPPOSITE),
    (_Q.WANTYES_OPPOSITE, _H.WE_DROP):  Step(_Q.WANTYES_OPPOSITE),
}
# fmt: on

_REFUSE: Final = Step(QState.NO, Say.NO)


def step(state: QState, happening: Happening, *, welcome: bool = True) -> Step:
    """Look the cell up. `welcome`: would we agree if the peer asked for this option now?"""
    if state is QState.NO and happening is Happening.PEER_YES and not welcome:
        return _REFUSE  # the table's one exception: the only cell that depends on what we like
    return TRANSITIONS[state, happening]
