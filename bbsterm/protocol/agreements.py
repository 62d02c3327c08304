"""Who performs what: the Q Method's state of every option on both sides, guarded against storms and loops."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from bbsterm.limits import MAX_FLIPS_PER_SECOND
from bbsterm.protocol.pacing import Meter, Throttle
from bbsterm.protocol.qmethod import Happening, QState, Say, Step, step
from bbsterm.protocol.vocabulary import Side

__all__ = ["NOTHING", "Agreements", "Outcome", "States"]

States = Mapping[tuple[int, Side], QState]
"""The Q Method's state of every option on either side that was ever spoken of."""


# Reading a member off its class goes through Python in 3.11, and these are read for every negotiation.
_NO: Final = QState.NO
_YES: Final = QState.YES
_SAY_NO: Final = Say.NO
_WE_WANT: Final = Happening.WE_WANT
_WE_DROP: Final = Happening.WE_DROP
_PEER_YES: Final = Happening.PEER_YES
_PEER_NO: Final = Happening.PEER_NO

_PERFORMING: Final = frozenset({_YES, QState.WANTNO, QState.WANTNO_OPPOSITE})
_NONE: Final[frozenset[tuple[int, Side]]] = frozenset()
_QUIET: Final = frozenset({_NO, _YES})
"""The states in which nobody waits for an answer."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one happening has changed.

    Attributes:
        say: What to put on the wire.
        enabled: True: in force from now on. False: no longer. None: no change that both ends know of.
        refused: The peer said no to our request.
        unwelcome: The peer asked for something that we do not want; said the first time only.
        looping: The option has just been frozen: it is off and stays off.
        violation: The rule that the peer broke.
        hopeless: The call should end: the peer floods us.
    """

    say: Say | None = None
    enabled: bool | None = None
    refused: bool = False
    unwelcome: bool = False
    looping: bool = False
    violation: str | None = None
    hopeless: bool = False

    @property
    def at_fault(self) -> bool:
        """Whether the peer did something worth complaining about."""
        return self.unwelcome or self.looping or self.violation is not None or self.hopeless


NOTHING: Final = Outcome()
_SAYING: Final = {None: NOTHING, Say.YES: Outcome(say=Say.YES), Say.NO: Outcome(say=Say.NO)}
_UNWELCOME: Final = Outcome(say=Say.NO, unwelcome=True)
_MUTED: Final = Outcome(violation="asked for more than is answered in a second")


class Agreements:
    """The table of states, and the only way to change it."""

    __slots__ = ("_declined", "_flips", "_frozen", "_given_up", "_states", "_throttle")

    def __init__(self) -> None:
        self._states: dict[tuple[int, Side], QState] = {}
        self._declined: dict[tuple[int, Side], float] = {}  # when we last said no to it
        self._frozen = _NONE
        self._flips: dict[tuple[int, Side], Meter] = {}
        self._throttle = Throttle()
        self._given_up = False

    def state(self, option: int, side: Side) -> QState:
        """Return the state of the option on that side."""
        return self._states.get((option, side), _NO)

    def enabled(self, option: int, side: Side) -> bool:
        """Whether both ends agree that `side` performs `option`."""
        return self._states.get((option, side)) is _YES

    def performing(self, option: int, side: Side) -> bool:
        """Whether `side` still performs `option`: until it has acknowledged our no, it does."""
        return self._states.get((option, side), _NO) in _PERFORMING

    def performed(self, side: Side) -> tuple[int, ...]:
        """All options that `side` performs now, in order of their numbers."""
        return tuple(
            sorted(
                option for (option, at), state in self._states.items() if at is side and state is QState.YES
            )
        )

    @property
    def pending(self) -> frozenset[tuple[int, Side]]:
        """What we have asked and the peer has not answered yet."""
        return frozenset(key for key, state in self._states.items() if state not in _QUIET)

    @property
    def untouched(self) -> bool:
        """Whether nothing was ever asked or said."""
        return not self._states

    @property
    def states(self) -> States:
        """A copy of the table."""
        return self._states.copy()

    def begin_with(self, states: States) -> None:
        """Take the states of a connection that has begun in the same way."""
        self._states = dict(states)

    @property
    def quiet(self) -> bool:
        """Whether nothing is `pending`."""
        return _QUIET.issuperset(self._states.values())

    def decide(self, option: int, side: Side, *, wanted: bool) -> Outcome:
        """We want `side` to perform the option, or want it to stop."""
        key = (option, side)
        if key in self._frozen:
            return NOTHING
        self._declined.pop(key, None)
        made = step(self._states.get(key, _NO), _WE_WANT if wanted else _WE_DROP)
        self._states[key] = made.state
        return _SAYING[made.say]

    def hear(
        self, option: int, side: Side, *, yes: bool, welcome: Callable[[int, Side], bool], now: float
    ) -> Outcome:
        """The peer said WILL or DO (`yes`), WONT or DONT. `welcome`: would we agree to it?"""
        if self._throttle.flooded(now):
            return self._give_up()
        key = (option, side)
        before = self._states.get(key, _NO)
        if before is (_YES if yes else _NO):
            return NOTHING  # in force already: to acknowledge it again is how loops begin
        asked = before is _NO
        if asked and self._closed(key, now):
            return NOTHING
        made = step(
            before, _PEER_YES if yes else _PEER_NO, welcome=not asked or not yes or welcome(option, side)
        )
        if made.say is not None and not self._throttle.reply(now):
            return _MUTED if self._throttle.just_muted else NOTHING
        if asked and made.say is _SAY_NO:
            self._declined[key] = now
            return _UNWELCOME
        return self._move(key, before, made, now)

    def put(self, option: int, side: Side, state: QState) -> None:
        """Take `state` for true without a word to the peer."""
        self._states[option, side] = state

    @property
    def declined(self) -> frozenset[tuple[int, Side]]:
        """What the peer has asked for, we did not want, and nobody has spoken of since."""
        return frozenset(self._declined)

    def may_answer(self, now: float) -> bool:
        """Count an answer that is no negotiation, such as AYT's, against the same bound."""
        return self._throttle.reply(now)

    def forget(self, option: int, side: Side) -> None:
        """Go back to NO without a word, for options that are happenings rather than states."""
        self._states.pop((option, side), None)
        self._flips.pop((option, side), None)

    def _closed(self, key: tuple[int, Side], now: float) -> bool:
        """Whether the peer gets no answer: the option is frozen, or we have just said no to it.

        One no is enough for all requests of the same second; without a clock, for the whole call. It is not
        enough for ever: a peer that follows RFC 1143 and asks anew waits for its answer.
        """
        said = self._declined.get(key)
        return (said is not None and 0 <= now - said < 1) or key in self._frozen

    def _move(self, key: tuple[int, Side], before: QState, made: Step, now: float) -> Outcome:
        after = made.state
        if after is before:
            return NOTHING
        self._states[key] = after
        flipped = before is _YES or (after is _YES and before is _NO)
        if flipped and self._flips.setdefault(key, Meter()).add(now) > MAX_FLIPS_PER_SECOND:
            self._frozen |= {key}
            self._states[key] = _NO
            return Outcome(say=Say.NO, enabled=False if before is _YES else None, looping=True)
        return _outcome(before, made)

    def _give_up(self) -> Outcome:
        if self._given_up:
            return NOTHING
        self._given_up = True
        return Outcome(hopeless=True)


@cache  # there are no more of them than cells in the table
def _outcome(before: QState, made: Step) -> Outcome:
    return Outcome(
        say=made.say,
        enabled=_change(before, made.state),
        refused=before is QState.WANTYES and made.state is _NO,
        violation=made.violation,
    )


def _change(before: QState, after: QState) -> bool | None:
    """Tell what both ends now agree on that they did not before."""
    if after is _YES:
        return True
    if before in _PERFORMING:
        return False
    return None
