"""Telnet's grammar (RFC 854, RFC 855): bytes become text, orders, negotiations and subnegotiations.

`TRANSITIONS` is the specification; `Parser` runs it, a run of bytes at a time where a row repeats itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum, auto
from typing import Final, NamedTuple

from bbsterm.limits import MAX_SUBNEGOTIATION
from bbsterm.protocol.vocabulary import Command

__all__ = [
    "ANY",
    "TRANSITIONS",
    "Abandoned",
    "Action",
    "Negotiation",
    "Order",
    "Overlong",
    "Parser",
    "State",
    "Step",
    "Subnegotiation",
    "Text",
    "Token",
]


Text = bytes
"""A run of data bytes, IAC IAC already one 0xFF, NVT rules not applied. No other token is bytes."""


class Order(NamedTuple):
    """IAC and one byte that takes no operand. Not every such byte has a meaning."""

    byte: int


class Negotiation(NamedTuple):
    """IAC WILL, WONT, DO or DONT, and the option's number."""

    verb: Command
    option: int


class Subnegotiation(NamedTuple):
    """Everything between IAC SB option and IAC SE, with doubled IACs undone."""

    option: int
    payload: bytes


class Overlong(NamedTuple):
    """A subnegotiation has passed its bound; the rest is dropped to IAC SE. `payload` is its beginning."""

    option: int
    payload: bytes


class Abandoned(NamedTuple):
    """A subnegotiation ended in IAC and a command that was not SE. `option` is None if none had come."""

    option: int | None
    payload: bytes


Token = Text | Order | Negotiation | Subnegotiation | Overlong | Abandoned


class State(Enum):
    """Where in the grammar we are, between two bytes."""

    DATA = auto()
    COMMAND = auto()
    OPTION = auto()
    SB_OPTION = auto()
    SB_OPTION_IAC = auto()
    SB_DATA = auto()
    SB_COMMAND = auto()

    __hash__ = object.__hash__  # Enum's own goes through Python; this is asked for on every byte


class Action(Enum):
    """What a byte does on its way."""

    NOTHING = auto()
    TEXT = auto()
    VERB = auto()
    ORDER = auto()
    NEGOTIATE = auto()
    OPEN = auto()
    COLLECT = auto()
    CLOSE = auto()
    ABANDON = auto()

    __hash__ = object.__hash__


class Step(NamedTuple):
    """One cell of the table: where to go, and what to do with the byte."""

    state: State
    action: Action = Action.NOTHING


ANY: Final = -1
"""The row's entry for every byte that has none of its own."""

_S, _A, _C = State, Action, Command

# fmt: off
TRANSITIONS: Final[Mapping[State, Mapping[int, Step]]] = {
    _S.DATA:          {_C.IAC:  Step(_S.COMMAND),
                       ANY:     Step(_S.DATA,    _A.TEXT)},
    _S.COMMAND:       {_C.IAC:  Step(_S.DATA,    _A.TEXT),
                       _C.WILL: Step(_S.OPTION,  _A.VERB),
                       _C.WONT: Step(_S.OPTION,  _A.VERB),
                       _C.DO:   Step(_S.OPTION,  _A.VERB),
                       _C.DONT: Step(_S.OPTION,  _A.VERB),
                       _C.SB:   Step(_S.SB_OPTION),
                       ANY:     Step(_S.DATA,    _A.ORDER)},
    _S.OPTION:        {ANY:     Step(_S.DATA,    _A.NEGOTIATE)},
    # IAC SB IAC SE is what a buggy peer makes of an empty subnegotiation: were that IAC an option's
    # number, text would vanish up to the next IAC SE. Option 255 is reached by doubling it.
    _S.SB_OPTION:     {_C.IAC:  Step(_S.SB_OPTION_IAC),
                       ANY:     Step(_S.SB_DATA, _A.OPEN)},
    _S.SB_OPTION_IAC: {_C.IAC:  Step(_S.SB_DATA, _A.OPEN),
                       ANY:     Step(_S.COMMAND, _A.ABANDON)},
    _S.SB_DATA:       {_C.IAC:  Step(_S.SB_COMMAND),
                       ANY:     Step(_S.SB_DATA, _A.COLLECT)},
    _S.SB_COMMAND:    {_C.IAC:  Step(_S.SB_DATA, _A.COLLECT),
                       _C.SE:   Step(_S.DATA,    _A.CLOSE),
                       ANY:     Step(_S.COMMAND, _A.ABANDON)},
}
# fmt: on

# Reading a member off its class goes through Python in 3.11, and these are read for every token.
_DATA: Final = State.DATA
_SB_DATA: Final = State.SB_DATA
_DONT: Final = Command.DONT

_IAC: Final = Command.IAC.value
_DOUBLED: Final = b"\xff\xff"
_SB: Final = b"\xff\xfa"
_SE: Final = b"\xff\xf0"
_VERBS: Final[Mapping[int, Command]] = {verb.value: verb for verb in (_C.WILL, _C.WONT, _C.DO, _C.DONT)}
_ORDERS: Final[Mapping[bytes, Order]] = {
    bytes((_C.IAC, byte)): Order(byte) for byte in range(256) if byte not in TRANSITIONS[_S.COMMAND]
}
_NEGOTIATIONS: Final[Mapping[bytes, Negotiation]] = {
    bytes((_C.IAC, verb, option)): Negotiation(verb, option)
    for verb in _VERBS.values()
    for option in range(256)
}
_RUN: Final = re.compile(rb"(?:[^\xff]++|\xff\xff)*+")
_SHOWN: Final = 32
"""Bytes of a broken subnegotiation that its token shows."""


class Parser:
    """Runs the table. Feed it chunks as they come; it remembers what is unfinished.

    Args:
        limits: The longest payload of each option that has a bound of its own, in bytes.
    """

    __slots__ = ("_at", "_chunk", "_limit", "_limits", "_option", "_overlong", "_payload", "_state", "_verb")

    def __init__(self, limits: Mapping[int, int] | None = None) -> None:
        self._limits = limits or {}
        self._limit = MAX_SUBNEGOTIATION
        self._state = _DATA
        self._chunk, self._at = b"", 0
        self._verb = _DONT
        self._option: int | None = None
        self._payload = bytearray()
        self._overlong = False

    @property
    def idle(self) -> bool:
        """Whether the stream stands between two commands; if not, something is unfinished."""
        return self._state is State.DATA

    def limit(self, limits: Mapping[int, int]) -> None:
        """Other bounds, from the next subnegotiation on."""
        self._limits = limits

    def feed(self, chunk: bytes) -> Iterator[Token]:
        """Yield the tokens that `chunk` completes, one by one, as they are asked for."""
        self._chunk, self._at, end = chunk, 0, len(chunk)
        while (at := self._at) < end:
            byte, token = chunk[at], None
            if self._state is _DATA:
                token = self._run(chunk, at) if byte != _IAC else self._command(chunk, at)
            elif self._state is _SB_DATA and (run := self._run(chunk, at)):
                yield from self._collect(run)
                continue
            if token:
                yield token
            else:
                self._at += 1
                yield from self._byte(byte)

    def take_rest(self) -> bytes:
        """Take away what `feed` has not looked at yet: from here on the stream is something else."""
        rest = self._chunk[self._at :]
        self._at = len(self._chunk)
        return rest

    def _run(self, chunk: bytes, at: int) -> bytes:
        """The first fast lane: two rows of the table, a whole run at a time instead of byte by byte."""
        end = chunk.find(_IAC, at)
        if end < 0:
            self._at = len(chunk)
            return chunk[at:]
        if not chunk.startswith(_DOUBLED, end):
            self._at = end
            return chunk[at:end]
        run = _RUN.match(chunk, at)
        assert run is not None  # the pattern matches nothing at all, too
        self._at = run.end()
        return run[0].replace(_DOUBLED, b"\xff")

    def _command(self, chunk: bytes, at: int) -> Token | None:
        """The second: a command that lies whole in the chunk, or doubled IACs and what follows them.

        None leaves it to the table. That the table would say the same is what the tests cut chunks for.
        """
        if (order := _ORDERS.get(chunk[at : at + 2])) is not None:
            self._at = at + 2
            return order
        if chunk.startswith(_SB, at):
            return self._whole_subnegotiation(chunk, at + 2)
        if (negotiation := _NEGOTIATIONS.get(chunk[at : at + 3])) is not None:
            self._at = at + 3
            return negotiation
        return self._run(chunk, at)

    def _whole_subnegotiation(self, chunk: bytes, at: int) -> Subnegotiation | None:
        end = chunk.find(_IAC, at)
        if end <= at or not chunk.startswith(_SE, end):
            return None  # it goes on in the next chunk, or has IACs inside
        option, payload = chunk[at], chunk[at + 1 : end]
        if len(payload) > self._limits.get(option, MAX_SUBNEGOTIATION):
            return None  # and the table counts it
        self._at = end + 2
        return Subnegotiation(option, payload)

    def _byte(self, byte: int) -> Iterator[Token]:
        row = TRANSITIONS[self._state]
        self._state, action = row.get(byte) or row[ANY]
        yield from _ACTIONS[action](self, byte)

    def _nothing(self, byte: int) -> Iterator[Token]:
        return iter(())

    def _text(self, byte: int) -> Iterator[Token]:
        yield bytes((byte,))

    def _remember_verb(self, byte: int) -> Iterator[Token]:
        self._verb = _VERBS[byte]
        return iter(())

    def _order(self, byte: int) -> Iterator[Token]:
        yield Order(byte)

    def _negotiate(self, byte: int) -> Iterator[Token]:
        yield Negotiation(self._verb, byte)

    def _open(self, byte: int) -> Iterator[Token]:
        self._option = byte
        self._limit = self._limits.get(byte, MAX_SUBNEGOTIATION)
        return iter(())

    def _collect_byte(self, byte: int) -> Iterator[Token]:
        return self._collect(bytes((byte,)))

    def _collect(self, run: bytes) -> Iterator[Token]:
        """Keep what the bound leaves room for; say so once when it does not."""
        if self._overlong:
            return
        if len(self._payload) + len(run) <= self._limit:
            self._payload += run
            return
        self._overlong = True
        assert self._option is not None
        yield Overlong(self._option, bytes((self._payload + run[:_SHOWN])[:_SHOWN]))
        self._payload.clear()

    def _close(self, byte: int) -> Iterator[Token]:
        option, payload, overlong = self._forget()
        if not overlong and option is not None:
            yield Subnegotiation(option, payload)

    def _abandon(self, byte: int) -> Iterator[Token]:
        """Report it, then look at this byte again as the command that it is."""
        option, payload, _ = self._forget()
        yield Abandoned(option, payload[:_SHOWN])
        yield from self._byte(byte)

    def _forget(self) -> tuple[int | None, bytes, bool]:
        option, payload, overlong = self._option, bytes(self._payload), self._overlong
        self._option, self._overlong = None, False
        self._payload.clear()
        return option, payload, overlong


_ACTIONS: Final[Mapping[Action, Callable[[Parser, int], Iterator[Token]]]] = {
    Action.NOTHING: Parser._nothing,
    Action.TEXT: Parser._text,
    Action.VERB: Parser._remember_verb,
    Action.ORDER: Parser._order,
    Action.NEGOTIATE: Parser._negotiate,
    Action.OPEN: Parser._open,
    Action.COLLECT: Parser._collect_byte,
    Action.CLOSE: Parser._close,
    Action.ABANDON: Parser._abandon,
}
