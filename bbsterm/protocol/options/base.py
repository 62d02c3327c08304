"""What an option is: a file of its own that never sees IAC, WILL or DO.

An option is told what happened (`enabled`, `disabled`, `refused`, `subnegotiation`, `send`) and yields
effects: a `Reply` for the peer, an `Event` for our own side, an `Ask` to negotiate itself,
`Compress` to change how all bytes travel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Protocol

from bbsterm.limits import MAX_ANSWERS_PER_SECOND, MAX_SHOWN, MAX_SUBNEGOTIATION
from bbsterm.protocol.events import Event, ProtocolViolation
from bbsterm.protocol.vocabulary import Role, Side

__all__ = ["Ask", "Compress", "Effect", "Effects", "Later", "MudOption", "Option", "Reply", "View"]


@dataclass(frozen=True, slots=True)
class Reply:
    """A subnegotiation for the peer: the engine adds IAC SB, the option, IAC SE, and doubles IACs."""

    payload: bytes


@dataclass(frozen=True, slots=True)
class Ask:
    """Negotiate this option: `side` shall perform it, or shall stop."""

    side: Side
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Compress:
    """The next byte begins a compressed stream: the peer's (REMOTE), or ours (LOCAL), or ours ends.

    Ours is announced by the engine: IAC SB, the option, IAC SE, and the stream.
    """

    side: Side
    begin: bool = True


Effect = Event | Reply | Ask | Compress
Effects = Iterator[Effect]


class View(Protocol):
    """What an option may know of the connection it belongs to."""

    def enabled(self, option: int, side: Side) -> bool:
        """Whether both ends agree that `side` performs `option`."""
        ...

    def performed(self, side: Side) -> tuple[int, ...]:
        """All options that `side` performs now, in order of their numbers."""
        ...

    def reports(self) -> Iterator[tuple[int, bytes]]:
        """What the options we perform say of themselves: number and parameters."""
        ...


class Option:
    """One option, on one connection. A subclass fills in the class attributes and overrides what it needs.

    Attributes:
        code: The option's number.
        source: Where its rules are written.
        performed_by: The roles that may perform it. A WILL from, or a DO to, any other role is refused; where
            somebody insists on it all the same, the option itself is not told.
        speakers: The roles that may send subnegotiations of it.
        says: The events that `send` understands.
        max_payload: Bytes that one of its subnegotiations may have.
        answers_per_second: Replies to subnegotiations in one second, before it falls silent.
        believed: What its performer says counts although nobody agreed to it; that it does so is a violation.
        lasting: False for options that are happenings rather than states: agreed each time, never in force.
        role: Which end we are. Set by the connection.
    """

    code: ClassVar[int]
    source: ClassVar[str]
    performed_by: ClassVar[frozenset[Role]] = frozenset(Role)
    speakers: ClassVar[frozenset[Role]] = frozenset(Role)
    says: ClassVar[tuple[type[Event], ...]] = ()
    max_payload: ClassVar[int] = MAX_SUBNEGOTIATION
    answers_per_second: ClassVar[int] = MAX_ANSWERS_PER_SECOND
    believed: ClassVar[bool] = False
    lasting: ClassVar[bool] = True

    role: Role
    _view: View
    refresh: Callable[[bytes], None] | None = None
    """Called with the question, or nothing, before the option tells what may have changed meanwhile."""

    def join(self, role: Role, view: View) -> None:
        """Become part of a connection, once.

        Raises:
            ValueError: It belongs to another one already.
        """
        if hasattr(self, "role"):
            raise ValueError(f"this {type(self).__name__} belongs to another connection")
        self.role = role
        self._view = view

    @property
    def waiting(self) -> bool:
        """Whether a subnegotiation of ours still lacks its answer."""
        return False

    def welcome(self, side: Side) -> bool:
        """Would we agree that `side` performs this option?"""
        return self.performer(side) in self.performed_by

    def performer(self, side: Side) -> Role:
        """Return the role at `side`."""
        if side is Side.LOCAL:
            return self.role
        return Role.CLIENT if self.role is Role.SERVER else Role.SERVER

    def on(self, side: Side) -> bool:
        """Whether this option is in force at `side`."""
        return self._view.enabled(self.code, side)

    @property
    def remote_editing(self) -> bool:
        """Whether this option, in force, leaves the editing of lines to the server."""
        return False

    def watches(self, *, kludge: bool) -> bool:
        """Whether `watch` wants to see received text. `kludge`: the server performs ECHO and SGA."""
        return False

    def watch(self, text: bytes) -> Iterator[Event]:
        """Turn received text into events; called only while `watches` says so."""
        yield from ()

    def report(self) -> bytes | None:
        """What STATUS tells of it beside that it is in force: a subnegotiation's payload, or None."""
        return None

    def enabled(self, side: Side) -> Effects:
        """Act on the agreement that `side` performs this option from now on."""
        yield from ()

    def disabled(self, side: Side) -> Effects:
        """Act on the end of it."""
        yield from ()

    def refused(self, side: Side) -> Effects:
        """Act on the peer's no to our request."""
        yield from ()

    def subnegotiation(self, payload: bytes) -> Effects:
        """Act on what the peer says, IACs undone. Called only while the option is in force on either side."""
        yield self.violation("unexpected subnegotiation", payload)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        """Put `event`, one of `says`, on the wire. `agreed`: the option is in force on either side."""
        yield from ()

    def violation(self, detail: str, payload: bytes) -> ProtocolViolation:
        """Name a broken rule of this option's RFC."""
        return ProtocolViolation(detail, payload[:MAX_SHOWN], self.source)


@dataclass(frozen=True, slots=True, eq=False)  # one is itself: tables are kept by tuples of them
class Later:
    """An option that is made when it is first needed.

    Attributes:
        kind: Its class, or the one it is derived from.
        make: Makes a fresh one, for one connection.
    """

    kind: type[Option]
    make: Callable[[], Option]


class MudOption(Option):
    """What MUDs added: the server performs it and the client agrees; after that both may send.

    Some clients offer with WILL what is the server's to offer; a server that understands agrees to that, too.
    """

    def welcome(self, side: Side) -> bool:
        """A client only agrees to what a server performs."""
        return self.role is Role.SERVER or side is Side.REMOTE
