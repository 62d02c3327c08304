"""One telnet conversation, without I/O: bytes and time in, events out, bytes to send out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Literal

from bbsterm.limits import MAX_OVERLONG_SUBNEGOTIATIONS, MAX_SHOWN
from bbsterm.protocol.agreements import NOTHING, Agreements, Outcome
from bbsterm.protocol.events import (
    CloseAdvised,
    CommandReceived,
    Event,
    OptionChanged,
    OptionRefused,
    ProtocolViolation,
    RequestOption,
    TerminalTypeReceived,
    TextReceived,
)
from bbsterm.protocol.nvt import NvtReader, escape, to_wire
from bbsterm.protocol.options.base import Ask, Effects, Option, Reply
from bbsterm.protocol.pacing import Meter
from bbsterm.protocol.parser import (
    Abandoned,
    Negotiation,
    Order,
    Overlong,
    Parser,
    Subnegotiation,
)
from bbsterm.protocol.policy import Policy
from bbsterm.protocol.qmethod import Say
from bbsterm.protocol.strategy import Moment, Strategy, default_strategy
from bbsterm.protocol.vocabulary import Command, OptionCode, Role, Side, option_name

__all__ = ["Connection"]

Mode = Literal["local", "remote", "kludge"]

# Reading a member off its class goes through Python in 3.11, and these are read for every token.
_LOCAL: Final = Side.LOCAL
_REMOTE: Final = Side.REMOTE
_AYT: Final = Command.AYT.value

_PEER_SAYS: Final = {
    Command.WILL: (Side.REMOTE, True),
    Command.WONT: (Side.REMOTE, False),
    Command.DO: (Side.LOCAL, True),
    Command.DONT: (Side.LOCAL, False),
}
_WE_SAY: Final = {
    (Side.LOCAL, Say.YES): Command.WILL,
    (Side.LOCAL, Say.NO): Command.WONT,
    (Side.REMOTE, Say.YES): Command.DO,
    (Side.REMOTE, Say.NO): Command.DONT,
}
_NOT_ORDERS: Final = frozenset(
    {Command.SE, Command.SB, Command.WILL, Command.WONT, Command.DO, Command.DONT, Command.IAC}
)
_ORDERS: Final = {int(command): CommandReceived(command) for command in Command if command not in _NOT_ORDERS}


class Connection:
    """The engine. It never opens a socket, reads a clock or raises because of what the peer sends.

    Args:
        role: Which end we are.
        options: The options we understand, each a fresh object. All others are refused.
        strategy: What we start on our own after `begin`; the role's default if None.
        policy: What the user insists on.

    Raises:
        ValueError: Two options have the same code.
    """

    def __init__(
        self,
        role: Role,
        options: Iterable[Option] = (),
        *,
        strategy: Strategy | None = None,
        policy: Policy = Policy(),
    ) -> None:
        self.role = role
        self._peer = Role.CLIENT if role is Role.SERVER else Role.SERVER
        self.policy = policy
        self.strategy = default_strategy(role) if strategy is None else strategy
        self._options: dict[int, Option] = {}
        self._agreements = Agreements()
        for option in options:
            if option.code in self._options:
                raise ValueError(f"{option_name(option.code)} is given twice")
            self._options[option.code] = option
            option.join(role, self._agreements)
        self._parser = Parser({code: option.max_payload for code, option in self._options.items()})
        self._nvt = NvtReader()
        self._answers: dict[int, Meter] = {}
        self._moments: list[Moment] = []  # those still to come, once begun
        self._events: list[Event] = []
        self._out = bytearray()
        self._now = 0.0
        self._negotiated = False
        self._overlong_in_a_row = 0
        self._closing = False

    # --- what is agreed: derived, never stored ------------------------------------

    def enabled(self, option: int, side: Side) -> bool:
        """Whether both ends agree that `side` performs `option`."""
        return self._agreements.enabled(option, side)

    @property
    def negotiated(self) -> bool:
        """Whether the peer has ever sent a command: if not, it may be no telnet program at all."""
        return self._negotiated

    @property
    def pending(self) -> frozenset[tuple[int, Side]]:
        """What the peer still owes us an answer to: negotiations, and subnegotiations of options in force."""
        waiting = {
            (code, side)
            for code, option in self._options.items()
            if option.waiting
            for side in Side
            if self.enabled(code, side)
        }
        return self._agreements.pending | waiting

    @property
    def settled(self) -> bool:
        """Whether nothing is pending. A peer that never answers leaves it False: use a clock beside it."""
        return not self.pending

    @property
    def mode(self) -> Mode:
        """Who edits: "local" lines, "remote" (LINEMODE without EDIT), or "kludge" (ECHO and SGA: RFC 858)."""
        server = Side.LOCAL if self.role is Role.SERVER else Side.REMOTE
        if self.enabled(OptionCode.ECHO, server) and self.enabled(OptionCode.SGA, server):
            return "kludge"
        return "local"

    # --- from the wire --------------------------------------------------------------

    def receive_data(self, data: bytes, *, now: float = 0.0) -> list[Event]:
        """Take bytes as they arrive, in pieces of any size; return what they mean, in order.

        Args:
            data: What the socket gave.
            now: Seconds on any clock that only goes forward. Bounds on rates need it; without it they count
                for the whole call.
        """
        self._now = now
        if not self._closing:
            self._read(data)
        return self._hand_over()

    def receive_eof(self) -> list[Event]:
        """The peer has closed its side: report what it left unfinished."""
        self._closing = True
        if not self._parser.idle:
            self._break("the stream ends inside a command", b"", "RFC 854")
        return self._hand_over()

    def data_to_send(self) -> bytes:
        """Take what is to be written to the socket now."""
        data = bytes(self._out)
        self._out.clear()
        return data

    # --- to the wire ----------------------------------------------------------------

    def begin(self) -> None:
        """Start what the strategy and the policy start on their own. Call it once, when the line is up."""
        self._moments = list(Moment)
        for option in sorted(self.policy.always_will):
            self._decide(option, Side.LOCAL)
        for option in sorted(self.policy.always_do):
            self._decide(option, Side.REMOTE)
        self._reach(Moment.START)

    def send_text(self, data: bytes) -> None:
        """Queue text: IACs are doubled, and without BINARY a CR that no LF follows is spelled CR NUL."""
        self._out += to_wire(data, binary=self.enabled(OptionCode.BINARY, Side.LOCAL))

    def send_bytes(self, data: bytes) -> None:
        """Queue bytes as they are, for programs that spell line ends themselves: only IACs are doubled."""
        self._out += escape(data)

    def send(self, event: Event) -> bool:
        """Queue what `event` says: a negotiation, a command, or something one of our options understands.

        Returns:
            Whether anything went out. An option that is not agreed on stays silent.
        """
        before = len(self._out)
        match event:
            case RequestOption(option, side, enabled):
                self._decide(option, side, wanted=enabled)
            case CommandReceived(command):
                self._out += bytes((Command.IAC, command))
            case _:
                self._hand_down(event)
        return len(self._out) > before

    def _hand_down(self, event: Event) -> None:
        """Let the options that understand `event` put it into their own words."""
        for option in self._options.values():
            if isinstance(event, option.says):
                self._apply(option, option.send(event, agreed=self._agreed(option.code)))

    def _agreed(self, code: int) -> bool:
        return self._agreements.enabled(code, _LOCAL) or self._agreements.enabled(code, _REMOTE)

    # --- tokens -----------------------------------------------------------------------

    def _read(self, data: bytes) -> None:
        tell, nvt, take = self._events.append, self._nvt, _TAKE
        for token in self._parser.feed(data):
            if type(token) is bytes:
                if text := nvt.read(token):
                    tell(TextReceived(text))
            else:
                self._negotiated = True
                take[type(token)](self, token)

    def _negotiate(self, token: Negotiation) -> None:
        side, yes = _PEER_SAYS[token.verb]
        outcome = self._agreements.hear(token.option, side, yes=yes, welcome=self._welcome, now=self._now)
        if outcome is not NOTHING:
            self._say(token.option, side, outcome.say)
            self._follow(token, side, outcome)
        if self._moments:
            self._reach(Moment.TELNET)

    def _follow(self, token: Negotiation, side: Side, outcome: Outcome) -> None:
        """Tell our own side, and the option, what a negotiation has come to."""
        code = token.option
        option = self._options.get(code)
        quoted = bytes((Command.IAC, token.verb, code))
        if outcome.violation:
            self._break(f"{option_name(code)}: {outcome.violation}", quoted, "RFC 1143")
        if outcome.looping:
            self._break(
                f"{option_name(code)} was turned on and off too often; it stays off", quoted, "RFC 1143"
            )
        if outcome.hopeless:
            self._advise_close("the peer floods option negotiation")
        if outcome.unwelcome and option is not None and option.performer(side) not in option.performed_by:
            who = option.performer(side).value
            self._break(f"{option_name(code)} is not for the {who} to perform", quoted, option.source)
        if outcome.enabled is not None:
            self._change(code, side, enabled=outcome.enabled)
        if outcome.refused:
            self._events.append(OptionRefused(code, side))
            if option is not None:
                self._apply(option, option.refused(side))
        if code == OptionCode.TTYPE and (outcome.refused or outcome.enabled is False):
            self._reach(Moment.TERMINAL)

    def _change(self, code: int, side: Side, *, enabled: bool) -> None:
        self._events.append(OptionChanged(code, side, enabled))
        if code == OptionCode.BINARY and side is Side.REMOTE:
            self._nvt.binary = enabled
        option = self._options.get(code)
        if option is None:
            return
        self._apply(option, option.enabled(side) if enabled else option.disabled(side))
        if not option.lasting:
            self._agreements.forget(code, side)

    def _welcome(self, code: int, side: Side) -> bool:
        insisted = self.policy.insists(code, side)
        if insisted is not None:
            return insisted
        option = self._options.get(code)
        return option is not None and option.welcome(side)

    def _subnegotiate(self, token: Subnegotiation) -> None:
        self._overlong_in_a_row = 0
        code, payload = token
        option = self._options.get(code)
        if option is None or not self._agreed(code):
            self._break(f"subnegotiation of {option_name(code)}, which is not agreed on", payload, "RFC 855")
            return
        if self._peer not in option.speakers:
            self._break(f"{option_name(code)} from a {self._peer.value}", payload, option.source)
            return
        self._apply(option, option.subnegotiation(payload), answering=True)

    def _obey(self, token: Order) -> None:
        order = _ORDERS.get(token.byte)
        if order is None:
            self._break("IAC and a byte that is no command", bytes((Command.IAC, token.byte)), "RFC 854")
            return
        self._events.append(order)
        if token.byte == _AYT:
            self._answer_are_you_there()

    def _answer_are_you_there(self) -> None:
        if not self._agreements.may_answer(self._now):
            return
        if self.role is Role.SERVER:
            self.send_text(self.policy.are_you_there)
        else:
            self._out += bytes((Command.IAC, Command.NOP))

    def _overlong(self, token: Overlong) -> None:
        name = option_name(token.option)
        self._break(f"subnegotiation of {name} is too long; the rest is ignored", token.payload, "RFC 855")
        self._overlong_in_a_row += 1
        if self._overlong_in_a_row >= MAX_OVERLONG_SUBNEGOTIATIONS:
            self._advise_close("the peer sends endless subnegotiations")

    def _abandoned(self, token: Abandoned) -> None:
        name = "without an option" if token.option is None else f"of {option_name(token.option)}"
        self._break(f"subnegotiation {name} ends without SE", token.payload, "RFC 855")

    # --- effects ------------------------------------------------------------------------

    def _apply(self, option: Option, effects: Effects, *, answering: bool = False) -> None:
        for effect in effects:
            if isinstance(effect, Reply):
                if not answering or self._may_answer(option):
                    self._out += b"\xff\xfa" + escape(bytes((option.code,)) + effect.payload) + b"\xff\xf0"
            elif isinstance(effect, Ask):
                self._decide(option.code, effect.side, wanted=effect.enabled)
            else:
                self._events.append(effect)
                if self._moments and isinstance(effect, TerminalTypeReceived):
                    self._reach(Moment.TERMINAL, effect.name)

    def _may_answer(self, option: Option) -> bool:
        meter = self._answers.setdefault(option.code, Meter())
        count = meter.add(self._now)
        if count == option.answers_per_second + 1:
            self._break(f"{option_name(option.code)} is asked too often", b"", option.source)
        return count <= option.answers_per_second

    def _decide(self, code: int, side: Side, *, wanted: bool = True) -> None:
        self._say(code, side, self._agreements.decide(code, side, wanted=wanted).say)

    def _say(self, code: int, side: Side, say: Say | None) -> None:
        if say is not None:
            self._out += bytes((Command.IAC, _WE_SAY[side, say], code))

    def _reach(self, moment: Moment, terminal: str = "") -> None:
        """Send the offers that are due now; those that are not to be asked of this terminal are left out."""
        if moment not in self._moments:
            return
        self._moments.remove(moment)
        for offer in self.strategy.due(moment):
            spared = offer.option not in self._options or terminal.lower() in offer.spare
            if not spared and self._welcome(offer.option, offer.side):
                self._decide(offer.option, offer.side)

    def _break(self, detail: str, received: bytes, source: str) -> None:
        self._events.append(ProtocolViolation(detail, received[:MAX_SHOWN], source))

    def _advise_close(self, reason: str) -> None:
        self._events.append(CloseAdvised(reason))

    def _hand_over(self) -> list[Event]:
        events, self._events = self._events, []
        return events


_TAKE: Final[Mapping[type, Callable[[Connection, Any], None]]] = {
    Negotiation: Connection._negotiate,
    Subnegotiation: Connection._subnegotiate,
    Order: Connection._obey,
    Overlong: Connection._overlong,
    Abandoned: Connection._abandoned,
}
