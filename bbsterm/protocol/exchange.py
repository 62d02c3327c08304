"""The options at work: what is negotiated, what they say to each other, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from bbsterm.limits import MAX_SHOWN, OUTBOX_HIGH
from bbsterm.protocol.agreements import NOTHING, Agreements, Outcome
from bbsterm.protocol.events import (
    CloseAdvised,
    CompressionChanged,
    Event,
    OptionChanged,
    OptionDeclined,
    OptionRefused,
    ProtocolViolation,
    TerminalTypeReceived,
)
from bbsterm.protocol.nvt import escape
from bbsterm.protocol.options.base import Ask, Compress, Effects, Option, Reply
from bbsterm.protocol.outbox import Outbox
from bbsterm.protocol.pacing import Meter
from bbsterm.protocol.parser import Negotiation, Subnegotiation
from bbsterm.protocol.policy import Policy
from bbsterm.protocol.qmethod import Say
from bbsterm.protocol.shelf import Given, Opening, Shelf
from bbsterm.protocol.strategy import Moment, Offer, Strategy
from bbsterm.protocol.vocabulary import Command, OptionCode, Role, Side, option_name

__all__ = ["Exchange"]

# Reading a member off its class goes through Python in 3.11, and these are read for every token.
_LOCAL: Final = Side.LOCAL
_REMOTE: Final = Side.REMOTE

_PEER_SAYS: Final = {
    Command.WILL: (_REMOTE, True),
    Command.WONT: (_REMOTE, False),
    Command.DO: (_LOCAL, True),
    Command.DONT: (_LOCAL, False),
}
_WE_SAY: Final = {
    (_LOCAL, Say.YES): Command.WILL,
    (_LOCAL, Say.NO): Command.WONT,
    (_REMOTE, Say.YES): Command.DO,
    (_REMOTE, Say.NO): Command.DONT,
}
_TTYPE: Final = OptionCode.TTYPE.value
_AT_TELNET: Final = Moment.TELNET
_AT_TERMINAL: Final = Moment.TERMINAL
_NO_MOMENTS: Final[frozenset[Moment]] = frozenset()
_AFTER_START: Final = frozenset({_AT_TELNET, _AT_TERMINAL})


class Exchange:
    """Negotiations and subnegotiations in; events and bytes out.

    Attributes:
        options: Those we understand, by number.
        agreements: Who performs what.
        events: What our own side is to be told, in order.
        outbox: What is to be sent.
        now: Seconds on the caller's clock.
        inflate: The peer's next byte begins a compressed stream. Whoever reads bytes looks, and sets it back.
    """

    __slots__ = (
        "_answers",
        "_begun",
        "_moments",
        "_policy",
        "_role",
        "_strategy",
        "_unsent",
        "agreements",
        "events",
        "inflate",
        "now",
        "options",
        "outbox",
    )

    def __init__(
        self,
        role: Role,
        options: Iterable[Given],
        strategy: Strategy,
        policy: Policy,
    ) -> None:
        self.agreements = Agreements()
        self.events: list[Event] = []
        self.outbox = Outbox()
        self.now = 0.0
        self.inflate = False
        self._role = role
        self._strategy = strategy
        self._policy = policy
        self._begun = False
        self._moments = _NO_MOMENTS  # those still to come
        self._answers: dict[int, Meter] | None = None  # how fast the peer makes each option answer
        self._unsent = 0  # bytes that the peer made us say since the outbox was last taken
        self.options = Shelf(role, options, self.agreements)

    def begin(self) -> None:
        """Start what policy and strategy start on their own."""
        self._begun = True
        self._moments = _AFTER_START
        if not self.options.shared or not self.agreements.untouched or self.outbox:
            self._open()
            return
        pack, alike = self.options.pack, (self._role, self._strategy, self._policy)
        last = pack.opening
        if last is not None and last[:3] == alike:
            self.agreements.begin_with(last.states)
            self.outbox += last.said
            return
        self._open()
        said = self.outbox.take()
        self.outbox += said
        pack.opening = Opening(*alike, said, self.agreements.states)

    def _open(self) -> None:
        for code in sorted(self._policy.always_will):
            self.decide(code, _LOCAL)
        for code in sorted(self._policy.always_do):
            self.decide(code, _REMOTE)
        self._offer(self._strategy.due(Moment.START))

    def hold_to(self, policy: Policy) -> None:
        """Another policy, from now on; what it offers at once is not offered any more."""
        self._policy = policy

    def agreed(self, code: int) -> bool:
        """Whether the option is in force on either side."""
        return self.agreements.enabled(code, _LOCAL) or self.agreements.enabled(code, _REMOTE)

    def decide(self, code: int, side: Side, *, wanted: bool = True) -> None:
        """We want `side` to perform the option, or to stop."""
        say = self.agreements.decide(code, side, wanted=wanted).say
        if say is not None:
            self.outbox += bytes((Command.IAC, _WE_SAY[side, say], code))

    def send(self, event: Event) -> None:
        """Let the options that understand `event` put it into their own words."""
        for option in self.options.speaking(event):
            self._apply(option, option.send(event, agreed=self.agreed(option.code)), ours=True)

    def take(self) -> bytes:
        """Take what is to be sent."""
        self._unsent = 0
        return self.outbox.take()

    # --- what the peer says --------------------------------------------------------------

    def negotiate(self, token: Negotiation) -> bool:
        """The peer said WILL, WONT, DO or DONT. Return whether something else is agreed on now."""
        if self._unsent > OUTBOX_HIGH:
            return False  # nobody reads what we answer: see `answer`
        side, yes = _PEER_SAYS[token.verb]
        outcome = self.agreements.hear(token.option, side, yes=yes, welcome=self._welcome, now=self.now)
        if outcome is not NOTHING:
            if outcome.say is not None:
                self.answer(bytes((Command.IAC, _WE_SAY[side, outcome.say], token.option)))
            self._follow(token, side, outcome)
        if _AT_TELNET in self._moments:
            self._reach(_AT_TELNET)
        return outcome.enabled is not None

    def subnegotiate(self, token: Subnegotiation) -> None:
        """The peer said something in an option's own words."""
        code, payload = token
        option = self.options.get(code)
        agreed = self.agreed(code)
        if not agreed:
            self.violation(
                f"subnegotiation of {option_name(code)}, which is not agreed on", payload, "RFC 855"
            )
        if option is None or not (agreed or (option.believed and self._welcome(code, _REMOTE))):
            return
        if (peer := option.performer(_REMOTE)) not in option.speakers:
            self.violation(f"{option_name(code)} from a {peer.value}", payload, option.source)
        else:
            if option.refresh is not None:
                option.refresh(payload)
            self._apply(option, option.subnegotiation(payload))

    def answer(self, data: bytes) -> bool:
        """Send what the peer made us say; False, and nothing goes out, if it lets our answers pile up."""
        if self._unsent > OUTBOX_HIGH:
            return False
        self._unsent += len(data)
        if self._unsent > OUTBOX_HIGH:
            self.violation("asks on and on, and does not read the answers", b"", "RFC 854")
        self.outbox += data
        return True

    def violation(self, detail: str, received: bytes, source: str) -> None:
        """Tell that the peer broke a rule."""
        self.events.append(ProtocolViolation(detail, received[:MAX_SHOWN], source))

    # --- what follows ------------------------------------------------------------------------

    def _follow(self, token: Negotiation, side: Side, outcome: Outcome) -> None:
        """Tell our own side, and the option, what a negotiation has come to."""
        code = token.option
        if outcome.at_fault:
            self._complain(token, side, outcome)
        if outcome.enabled is not None:
            self._switch(code, side, enabled=outcome.enabled)
        if outcome.refused:
            self.events.append(_refusal(code, side))
            if (option := self.options.minding(code)) is not None:
                self._apply(option, option.refused(side))
        if code == _TTYPE and (outcome.refused or outcome.enabled is False):
            self._reach(_AT_TERMINAL)

    def _switch(self, code: int, side: Side, *, enabled: bool) -> None:
        """From now on both ends agree that `side` performs the option, or that it does not."""
        option = self.options.get(code)
        self.events.append(_change(code, side, enabled))
        if enabled and self._begun:
            self._offer(self._strategy.following(code, side))
        if option is not None and option.refresh is not None:
            option.refresh(b"")
        if option is not None and option.performer(side) in option.performed_by:
            self._apply(option, option.enabled(side) if enabled else option.disabled(side))
        if option is not None and not option.lasting:
            self.agreements.forget(code, side)

    def _complain(self, token: Negotiation, side: Side, outcome: Outcome) -> None:
        """Name what the peer has done wrong with this negotiation."""
        code, option, name = token.option, self.options.get(token.option), option_name(token.option)
        quoted = bytes((Command.IAC, token.verb, code))
        if outcome.violation:
            self.violation(f"{name}: {outcome.violation}", quoted, "RFC 1143")
        if outcome.looping:
            self.violation(f"{name} was turned on and off too often; it stays off", quoted, "RFC 1143")
        if outcome.hopeless:
            self.events.append(CloseAdvised("the peer floods option negotiation"))
        if outcome.unwelcome and option is not None and option.performer(side) not in option.performed_by:
            who = option.performer(side).value
            self.violation(f"{name} is not for the {who} to perform", quoted, option.source)
        if outcome.unwelcome:
            self.events.append(OptionDeclined(code, side))

    def _welcome(self, code: int, side: Side) -> bool:
        insisted = self._policy.insists(code, side)
        if insisted is not None:
            return insisted
        option = self.options.get(code)
        return option is not None and option.welcome(side)

    def _apply(self, option: Option, effects: Effects, *, ours: bool = False) -> None:
        """Do what an option says is to be done. `ours`: it was not the peer who set it off."""
        for effect in effects:
            if isinstance(effect, Reply):
                if ours:
                    self.outbox += _framed(option.code, effect.payload)
                elif self._may_answer(option):
                    self.answer(_framed(option.code, effect.payload))
            elif isinstance(effect, Compress):
                self._compress(option, effect)
            elif isinstance(effect, Ask):
                self.decide(option.code, effect.side, wanted=effect.enabled)
            else:
                self.events.append(effect)
                if self._moments and isinstance(effect, TerminalTypeReceived):
                    self._reach(_AT_TERMINAL, effect.name)

    def _may_answer(self, option: Option) -> bool:
        if self._answers is None:
            self._answers = {}
        count = self._answers.setdefault(option.code, Meter()).add(self.now)
        if count == option.answers_per_second + 1:
            self.violation(f"{option_name(option.code)} is asked too often", b"", option.source)
        return count <= option.answers_per_second

    def _compress(self, option: Option, effect: Compress) -> None:
        if effect.side is _REMOTE:
            self.inflate = True
        elif effect.begin is not self.outbox.deflating:
            if effect.begin:
                self.outbox += _framed(option.code, b"")
                self.outbox.deflate()
            else:
                self.outbox.finish()
            self.events.append(CompressionChanged(_LOCAL, effect.begin))

    def _reach(self, moment: Moment, terminal: str = "") -> None:
        """Send the offers that are due now; those that are not to be asked of this terminal are left out."""
        if moment not in self._moments:
            return
        self._moments -= {moment}
        if due := self._strategy.due(moment):
            self._offer(due, terminal)

    def _offer(self, offers: Iterable[Offer], terminal: str = "") -> None:
        for offer in offers:
            spared = offer.option not in self.options or terminal.lower() in offer.spare
            if not spared and self._welcome(offer.option, offer.side):
                self.decide(offer.option, offer.side)


# Events are frozen, so one serves all connections; there are at most a thousand of these.


@cache
def _change(code: int, side: Side, enabled: bool) -> OptionChanged:
    return OptionChanged(code, side, enabled)


@cache
def _refusal(code: int, side: Side) -> OptionRefused:
    return OptionRefused(code, side)


def _framed(code: int, payload: bytes) -> bytes:
    return b"\xff\xfa" + escape(bytes((code,)) + payload) + b"\xff\xf0"
