"""One telnet conversation, without I/O: bytes and time in, events out, bytes to send out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Literal

from bbsterm.errors import LocalProtocolError
from bbsterm.limits import MAX_INFLATED_AT_ONCE, MAX_OVERLONG_SUBNEGOTIATIONS
from bbsterm.protocol.compression import Inflater
from bbsterm.protocol.events import (
    CloseAdvised,
    CommandReceived,
    CompressionChanged,
    Event,
    RequestOption,
    TextReceived,
)
from bbsterm.protocol.exchange import Exchange
from bbsterm.protocol.nvt import NvtReader, escape, to_wire
from bbsterm.protocol.options.base import Option
from bbsterm.protocol.parser import Abandoned, Negotiation, Order, Overlong, Parser, Subnegotiation
from bbsterm.protocol.policy import Policy
from bbsterm.protocol.qmethod import QState
from bbsterm.protocol.shelf import Given
from bbsterm.protocol.strategy import Strategy, default_strategy
from bbsterm.protocol.vocabulary import Command, OptionCode, Role, Side, option_name

__all__ = ["Connection", "Mode"]

Mode = Literal["local", "remote", "kludge"]
"""Who edits what is typed; see `Connection.mode`."""

_NO_ORDERS: Final = frozenset(
    {Command.SE, Command.SB, Command.WILL, Command.WONT, Command.DO, Command.DONT, Command.IAC}
)
_ORDERS: Final = {int(command): CommandReceived(command) for command in Command if command not in _NO_ORDERS}

# Reading a member off its class goes through Python in 3.11, and these are read for every token.
_BINARY: Final = OptionCode.BINARY.value
_LINEMODE: Final = OptionCode.LINEMODE.value
_AYT: Final = Command.AYT.value
_SIDES: Final = tuple(Side)
_DM: Final = Command.DM.value


class Connection:
    """The engine. It never opens a socket, reads a clock, or raises because of what the peer sends.

    Args:
        role: Which end we are.
        options: The options we understand: fresh objects; or what they are made of when they are first
            needed, classes, tuples of classes, and `Later`. All others are refused.
        strategy: What we start on our own after `begin`; the role's default if None.
        policy: What the user insists on.

    Raises:
        ValueError: Two options have the same code, or one belongs to another connection.
    """

    __slots__ = (
        "__weakref__",
        "_agreements",
        "_bytes_are_bytes",
        "_deaf",
        "_events",
        "_exchange",
        "_inflater",
        "_negotiated",
        "_nvt",
        "_outbox",
        "_overlong_in_a_row",
        "_parser",
        "_synching",
        "_watching",
        "policy",
        "role",
        "strategy",
    )

    def __init__(
        self,
        role: Role,
        options: Iterable[Given] = (),
        *,
        strategy: Strategy | None = None,
        policy: Policy = Policy(),
    ) -> None:
        self.role = role
        self.policy = policy
        self.strategy = default_strategy(role) if strategy is None else strategy
        self._exchange = Exchange(role, options, self.strategy, policy)
        self._events = self._exchange.events
        self._outbox = self._exchange.outbox
        self._agreements = self._exchange.agreements
        self._parser = Parser(self._exchange.options.limits())
        self._nvt = NvtReader()
        self._bytes_are_bytes = False
        self._inflater: Inflater | None = None
        self._negotiated = False
        self._deaf = False
        self._synching = False
        self._watching: Option | None = None
        self._overlong_in_a_row = 0

    # --- what is agreed: derived, never stored ------------------------------------

    def enabled(self, option: int, side: Side) -> bool:
        """Whether both ends agree that `side` performs `option`."""
        return self._agreements.enabled(option, side)

    def option(self, code: int) -> Option | None:
        """The option of that number, as it was given to us, to look at what it holds; None without one."""
        return self._exchange.options.get(code)

    @property
    def negotiated(self) -> bool:
        """Whether the peer has ever sent a command: if not, it may be no telnet program at all."""
        return self._negotiated

    @property
    def pending(self) -> frozenset[tuple[int, Side]]:
        """What the peer still owes us an answer to: negotiations, and subnegotiations of options in force."""
        waiting = {
            (option.code, side)
            for option in self._exchange.options.all_seen()
            if option.waiting
            for side in _SIDES
            if self.enabled(option.code, side)
        }
        return self._agreements.pending | waiting

    @property
    def settled(self) -> bool:
        """Whether nothing is pending. A peer that never answers leaves it False: use a clock beside it."""
        if not self._agreements.quiet:
            return False
        options = self._exchange.options.all_seen()
        return not options or not any(
            option.waiting and self._exchange.agreed(option.code) for option in options
        )

    @property
    def mode(self) -> Mode:
        """Who edits what is typed.

        "local": the client, a line at a time. "remote": the server, by LINEMODE without EDIT. "kludge": the
        server, by ECHO and SGA (RFC 858).
        """
        linemode = self._exchange.options.seen(_LINEMODE)
        if linemode is not None and self._exchange.agreed(_LINEMODE):
            return "remote" if linemode.remote_editing else "local"
        return "kludge" if self._kludge else "local"

    @property
    def _kludge(self) -> bool:
        server = Side.LOCAL if self.role is Role.SERVER else Side.REMOTE
        if not self.enabled(OptionCode.ECHO, server):
            return False
        if self.enabled(OptionCode.SGA, server):
            return True  # a host that echoes, and has only asked its client to leave out GA, means the same
        return self.role is Role.CLIENT and self.enabled(OptionCode.SGA, Side.LOCAL)

    # --- from the wire --------------------------------------------------------------

    def receive_data(self, data: bytes, *, now: float = 0.0) -> list[Event]:
        """Take bytes as they arrive, in pieces of any size; return what they mean, in order.

        Args:
            data: What the socket gave. May be empty, to go on with a `backlog`.
            now: Seconds on any clock that only goes forward. Bounds on rates need it; without it they count
                for the whole call.
        """
        self._exchange.now = now
        if self._inflater is not None:
            self._inflater.feed(data)
        elif not self._deaf:
            self._read(data)
        if self._inflater is not None:
            self._inflate()
        return self._hand_over()

    @property
    def backlog(self) -> bool:
        """Whether compressed data waits that was too much for one call: ``receive_data(b"")`` goes on."""
        return self._inflater is not None and self._inflater.ready

    def simulate_characters(self, on: bool = True) -> None:
        """Look for special characters in kludge mode, too, from the next byte on (see `Linemode`)."""
        from bbsterm.protocol.options.linemode import Linemode  # here: most calls can do without it

        linemode = self._exchange.options.get(_LINEMODE)
        if isinstance(linemode, Linemode):
            linemode.simulate = on
            self._look_again()

    def assume(self, option: int, side: Side, state: QState) -> None:
        """Take `state` for what was negotiated, without a word to the peer."""
        self._agreements.put(option, side, state)
        self._look_again()

    def insist(self, policy: Policy) -> None:
        """Hold to `policy` from the next negotiation on."""
        self.policy = policy
        self._exchange.hold_to(policy)

    def learn(self, kind: type[Option]) -> None:
        """Understand one option more, from now on; one that we understand already stays as it is."""
        self._exchange.options.learn(kind)
        self._parser.limit(self._exchange.options.limits())

    @property
    def declined(self) -> frozenset[tuple[int, Side]]:
        """What the peer has asked for, and we have refused."""
        return self._agreements.declined

    @property
    def inside_command(self) -> bool:
        """Whether the last byte received was part of a command that is not complete."""
        return not self._parser.idle

    def compressed(self, side: Side) -> bool:
        """Whether what `side` sends is compressed now (MCCP)."""
        return self._exchange.outbox.deflating if side is Side.LOCAL else self._inflater is not None

    def release(self) -> None:
        """The connection is over: forget the options, which otherwise wait for the garbage collector."""
        self._exchange.options.clear()

    def receive_urgent(self) -> None:
        """The socket has urgent data: the peer sent a Synch (RFC 854). Text up to its DM is thrown away."""
        self._synching = True

    def receive_eof(self) -> list[Event]:
        """The peer has closed its side: report what it left unfinished. What comes after it is ignored."""
        while self.backlog:
            self._inflate()
        if not self._deaf and not self._parser.idle:
            self._exchange.violation("the stream ends inside a command", b"", "RFC 854")
        self._deaf = True
        return self._hand_over()

    def data_to_send(self) -> bytes:
        """Take what is to be written to the socket now."""
        return self._exchange.take() if self._outbox.size else b""

    # --- to the wire ----------------------------------------------------------------

    def begin(self) -> None:
        """Start what the strategy and the policy start on their own. Call it once, when the line is up."""
        self._exchange.begin()

    def send_text(self, data: bytes) -> None:
        """Queue text: IACs are doubled, and without BINARY a CR that no LF follows is spelled CR NUL."""
        self._outbox += to_wire(data, binary=self.enabled(OptionCode.BINARY, Side.LOCAL))

    def force_binary(self, on: bool = True) -> None:
        """Take received text as it is, CR NUL too, whether BINARY is agreed on or not (RFC 856)."""
        self._bytes_are_bytes = on
        self._look_again()

    def send_bytes(self, data: bytes) -> None:
        """Queue bytes as they are, for programs that spell line ends themselves: only IACs are doubled."""
        self._outbox += escape(data)

    def spell_bytes(self, data: bytes) -> bytes:
        """`send_bytes` and `data_to_send` in one: where nothing else waits, `data` itself, without a copy."""
        if not self._outbox.size and not self._outbox.deflating:
            return bytes(escape(data))
        self.send_bytes(data)
        return self._exchange.take()

    def send(self, event: Event) -> bool:
        """Queue what `event` says: a negotiation, a command, or something one of our options understands.

        Returns:
            Whether anything went out. An option that is not agreed on stays silent.

        Raises:
            LocalProtocolError: A command that only the engine may send, such as SB.
        """
        before = len(self._outbox)
        match event:
            case RequestOption(option, side, enabled):
                self._exchange.decide(option, side, wanted=enabled)
            case CommandReceived(command):
                if command in _NO_ORDERS:
                    raise LocalProtocolError(f"{command.name} is no command to send by itself")
                self._outbox += bytes((Command.IAC, command))
            case _:
                self._exchange.send(event)
        return len(self._outbox) != before

    # --- tokens -----------------------------------------------------------------------

    def _read(self, data: bytes) -> None:
        tell, nvt, take = self._events.append, self._nvt, _TAKE
        for token in self._parser.feed(data):
            if type(token) is bytes:
                if text := nvt.read(token):
                    if self._synching or self._watching:
                        self._sift(text)
                    else:
                        tell(TextReceived(text))
            else:
                self._negotiated = True
                take[type(token)](self, token)

    def _sift(self, text: bytes) -> None:
        """Text that is to be thrown away, or looked at for special characters."""
        if not self._synching and self._watching is not None:
            self._events.extend(self._watching.watch(text))

    def _negotiate(self, token: Negotiation) -> None:
        if self._exchange.negotiate(token):
            self._look_again()

    def _subnegotiate(self, token: Subnegotiation) -> None:
        self._overlong_in_a_row = 0
        self._exchange.subnegotiate(token)
        if self._exchange.inflate:
            self._exchange.inflate = False
            self._begin_inflating()
        if token.option == _LINEMODE:
            self._look_again()

    def _look_again(self) -> None:
        """What is agreed on has changed: does text still go through as it is?"""
        self._nvt.binary = self._bytes_are_bytes or self._agreements.performing(_BINARY, Side.REMOTE)
        linemode = self._exchange.options.seen(_LINEMODE)
        watches = linemode is not None and linemode.watches(kludge=self._kludge)
        self._watching = linemode if watches else None

    def _obey(self, token: Order) -> None:
        order = _ORDERS.get(token.byte)
        if order is None:
            quoted = bytes((Command.IAC, token.byte))
            self._exchange.violation("IAC and a byte that is no command", quoted, "RFC 854")
            return
        self._events.append(order)
        if token.byte == _AYT:
            self._answer_are_you_there()
        elif token.byte == _DM:
            self._synching = False

    def _answer_are_you_there(self) -> None:
        if not self._agreements.may_answer(self._exchange.now):
            return
        if self.role is Role.CLIENT:
            self._exchange.answer(bytes((Command.IAC, Command.NOP)))
        elif self.policy.are_you_there:
            binary = self.enabled(OptionCode.BINARY, Side.LOCAL)
            self._exchange.answer(to_wire(self.policy.are_you_there, binary=binary))

    def _overlong(self, token: Overlong) -> None:
        name = option_name(token.option)
        self._exchange.violation(f"subnegotiation of {name} is too long", token.payload, "RFC 855")
        self._overlong_in_a_row += 1
        if self._overlong_in_a_row == MAX_OVERLONG_SUBNEGOTIATIONS:
            self._events.append(CloseAdvised("the peer sends endless subnegotiations"))

    def _abandoned(self, token: Abandoned) -> None:
        name = "without an option" if token.option is None else f"of {option_name(token.option)}"
        self._exchange.violation(f"subnegotiation {name} ends without SE", token.payload, "RFC 855")

    # --- compression ----------------------------------------------------------------------

    def _begin_inflating(self) -> None:
        if self._inflater is not None:
            self._exchange.violation("a compressed stream begins inside another", b"", "MCCP")
            return
        self._inflater = Inflater()
        self._inflater.feed(self._parser.take_rest())
        self._events.append(CompressionChanged(Side.REMOTE, enabled=True))

    def _inflate(self) -> None:
        """Read on through the compressed stream, or the next one, as far as one call may go."""
        allowance = MAX_INFLATED_AT_ONCE
        while allowance > 0 and (inflater := self._inflater) is not None and inflater.ready:
            data = inflater.step()
            allowance -= len(data)
            if inflater.trouble:
                self._inflater, self._deaf = None, True
                self._events.append(CloseAdvised(inflater.trouble))
                return
            self._read(data)
            if inflater.finished:
                self._inflater = None
                self._events.append(CompressionChanged(Side.REMOTE, enabled=False))
                self._read(inflater.take_rest())

    def _hand_over(self) -> list[Event]:
        events = self._events.copy()
        self._events.clear()
        return events


_TAKE: Final[Mapping[type, Callable[[Connection, Any], None]]] = {
    Negotiation: Connection._negotiate,
    Subnegotiation: Connection._subnegotiate,
    Order: Connection._obey,
    Overlong: Connection._overlong,
    Abandoned: Connection._abandoned,
}
