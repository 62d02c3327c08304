"""What a board's telnet offers, requests and refuses, and what it says before anybody has logged in.

Bytes and time in, bytes out; no socket, no clock. The stages: listen to the banner, ask for every option,
ask for MSSP if need be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Final

from bbsterm.errors import LocalProtocolError
from bbsterm.fingerprint.banner import answers_to, banner_ansi, banner_text, guess_encoding
from bbsterm.fingerprint.hashing import fingerprint, tame
from bbsterm.fingerprint.prompts import MOST, answer_to
from bbsterm.fingerprint.questions import SCANS, Question, Scan, is_our_doing, names
from bbsterm.limits import MAX_BANNER, MAX_FINGERPRINT_ITEMS, MAX_SERVER_TALK
from bbsterm.mud.mssp import mssp_decode
from bbsterm.protocol import Connection
from bbsterm.protocol.events import (
    CharsetAgreed,
    CloseAdvised,
    EnvironRequested,
    Event,
    MsspReceived,
    OptionChanged,
    OptionDeclined,
    OptionRefused,
    ProtocolViolation,
    RequestOption,
    TextReceived,
    TimingMarkReceived,
    WindowSize,
)
from bbsterm.protocol.options.base import Option
from bbsterm.protocol.options.binary import Binary
from bbsterm.protocol.options.charset import Charset
from bbsterm.protocol.options.echo import Echo
from bbsterm.protocol.options.eor import EndOfRecord
from bbsterm.protocol.options.lflow import FlowControl
from bbsterm.protocol.options.linemode import Linemode
from bbsterm.protocol.options.mccp2 import Mccp2
from bbsterm.protocol.options.mssp import Mssp
from bbsterm.protocol.options.naws import Naws
from bbsterm.protocol.options.new_environ import NewEnviron
from bbsterm.protocol.options.sga import SuppressGoAhead
from bbsterm.protocol.options.status import Status
from bbsterm.protocol.options.timing_mark import TimingMark
from bbsterm.protocol.options.tspeed import TerminalSpeed
from bbsterm.protocol.options.ttype import TerminalType
from bbsterm.protocol.options.xdisploc import DisplayLocation
from bbsterm.protocol.policy import Policy
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

__all__ = ["ProbeSettings", "ServerProbe"]

QUIET: Final = 1.0
"""Seconds without news after which no more answers are expected."""

AFTER_MARK: Final = 0.3
"""The same once the timing mark has come back."""

LONGEST: Final = 6.0
"""Seconds that the questions may take."""

_SOON: Final = 1.0
"""Seconds for MSSP once all questions are answered: servers send it as soon as it is agreed on."""

_REQUEST: Final = b"MSSP-REQUEST\r\n"
_REPLY: Final = re.compile(rb"MSSP-REPLY-START(.*?)MSSP-REPLY-END", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ProbeSettings:
    """How a board is looked at.

    Attributes:
        scan: "quick" or "full".
        banner_quiet: Seconds of silence after which the banner is complete.
        banner_wait: Seconds for the banner in all.
        banner_bytes: Bytes of it that are kept.
        mssp_wait: Seconds for the MUD's status, once it was agreed on or asked for.
        ask_mssp: Type MSSP-REQUEST where the option is not offered.
        encoding: The board's character set; empty to go by what it says.
        terminal: What we call our terminal.
        environment: Variables that we tell.
        encrypted: TLS: no compression.
        policy: Options that are always or never agreed to.
    """

    scan: Scan = "quick"
    banner_quiet: float = 2.0
    banner_wait: float = 8.0
    banner_bytes: int = MAX_BANNER
    mssp_wait: float = 5.0
    ask_mssp: bool = False
    encoding: str = ""
    terminal: str = "VT100"
    environment: Mapping[str, str] = field(default_factory=dict)
    encrypted: bool = False
    policy: Policy = Policy()


class _Stage(Enum):
    BANNER = auto()
    QUESTIONS = auto()
    MSSP = auto()
    OVER = auto()


class ServerProbe:
    """One look at one board.

    Args:
        settings: How.
        now: Seconds on any clock that only goes forward.
    """

    def __init__(self, settings: ProbeSettings, *, now: float) -> None:
        self.settings = settings
        self.banner = bytearray()
        self.ended = ""
        self._connection = Connection(Role.CLIENT, _options(settings), policy=settings.policy)
        self._connection.begin()
        self._stage = _Stage.BANNER
        self._since = self._heard = now
        self._talk = 0
        self._prompts = self._answered = 0
        self._answers: dict[Question, bool] = {}
        self._unasked: set[Question] = set()
        self._mark: bool | None = None
        self._mssp: dict[str, Any] | None = None
        self._reply = bytearray()
        self._violations: list[str] = []
        self._variables: set[str] = set()
        self._charset = ""

    # --- time and bytes -------------------------------------------------------------------

    @property
    def finished(self) -> bool:
        """Whether everything has been asked: hang up."""
        return self._stage is _Stage.OVER

    @property
    def deadline(self) -> float | None:
        """When to call `tick`; None at the end."""
        match self._stage:
            case _Stage.BANNER:
                settings = self.settings
                return min(self._heard + settings.banner_quiet, self._since + settings.banner_wait)
            case _Stage.QUESTIONS:
                quiet = AFTER_MARK if self._mark is not None else QUIET
                return min(self._heard + quiet, self._since + LONGEST)
            case _Stage.MSSP:
                # Who has answered the mark has had time to send it; who has to be asked in words has not.
                patient = self._mark is None or not self._has_mssp
                wait = self.settings.mssp_wait
                return self._since + (wait if patient else min(wait, _SOON))
            case _Stage.OVER:
                return None

    def data_to_send(self) -> bytes:
        """Take what is to be written to the socket now."""
        return self._connection.data_to_send()

    def receive(self, data: bytes, *, now: float) -> None:
        """Take bytes as they arrive."""
        if self.finished:
            return
        self._take(self._connection.receive_data(data, now=now), now)
        while self._connection.backlog and not self.finished:
            self._take(self._connection.receive_data(b"", now=now), now)
        self.tick(now=now)

    def receive_eof(self, why: str = "the board hung up") -> None:
        """The board has said all: what was found is all there is."""
        if not self.finished:
            self.ended = why
            self._stage = _Stage.OVER

    def tick(self, *, now: float) -> None:
        """Look at the clock, and whether there is anything left to wait for."""
        while not self.finished and self._is_over(now):
            if self._stage is _Stage.BANNER and self._is_asked(now):
                return
            self._enter(_NEXT[self._stage], now)

    # --- stages ---------------------------------------------------------------------------

    def _is_over(self, now: float) -> bool:
        deadline = self.deadline
        if deadline is None or now >= deadline:
            return True
        if self._stage is _Stage.BANNER:
            return len(self.banner) >= self.settings.banner_bytes
        if self._stage is _Stage.MSSP:
            return self._mssp is not None or not self._expects_mssp
        return False

    def _is_asked(self, now: float) -> bool:
        """Whether the board has fallen silent at a question that is answered: then there is more to come."""
        late = now >= self._since + self.settings.banner_wait
        full = len(self.banner) >= self.settings.banner_bytes
        if late or full or self._prompts == MOST:
            return False
        answer = answer_to(bytes(self.banner[self._answered :]))
        if not answer:
            return False
        self._prompts, self._answered, self._heard = self._prompts + 1, len(self.banner), now
        self._connection.send_text(answer)
        return True

    def _enter(self, stage: _Stage, now: float) -> None:
        self._stage, self._since, self._heard = stage, now, now
        if stage is _Stage.QUESTIONS:
            self._unasked = {question for question, yes in self._answers.items() if yes}
            for code, side in SCANS[self.settings.scan]:
                if (code, side) not in self._answers:
                    self._say(RequestOption(code, side))
            self._say(RequestOption(OptionCode.TIMING_MARK, Side.REMOTE))
        elif stage is _Stage.MSSP and self._mssp is None and self.settings.ask_mssp and not self._has_mssp:
            self._connection.send_text(_REQUEST)

    def _say(self, event: Event) -> None:
        try:
            self._connection.send(event)
        except LocalProtocolError as error:  # the engine knows better than we do what must not be said
            self._complain(str(error))

    @property
    def _has_mssp(self) -> bool:
        return self._connection.enabled(OptionCode.MSSP, Side.REMOTE)

    @property
    def _expects_mssp(self) -> bool:
        return self._has_mssp or self.settings.ask_mssp

    # --- what is heard ----------------------------------------------------------------------

    def _take(self, events: Iterable[Event], now: float) -> None:
        for event in events:
            if self.finished:
                return
            if isinstance(event, TextReceived):
                self._hear(event.data, now)
            elif self._note(event):
                self._heard = now

    def _hear(self, data: bytes, now: float) -> None:
        self._talk += len(data)
        if self._talk > MAX_SERVER_TALK:
            self.receive_eof("it talks without end")
            return
        if self._stage is _Stage.BANNER:
            self._heard = now
            self.banner += data[: self.settings.banner_bytes - len(self.banner)]
            self._connection.send_bytes(answers_to(data))
        elif self._stage is _Stage.MSSP and len(self._reply) < MAX_BANNER:
            self._reply += data
            if found := _REPLY.search(self._reply):
                self._mssp = _plain_mssp(found[1])

    def _note(self, event: Event) -> bool:
        match event:
            case OptionChanged(option, side, enabled):
                if enabled:
                    self._answers[option, side] = True
            case TimingMarkReceived(agreed):
                self._mark = agreed
            case OptionRefused(option, side):
                self._answers.setdefault((option, side), False)
            case OptionDeclined(option, side):
                self._answers[option, side] = True
            case MsspReceived(payload):
                self._mssp = dict(mssp_decode(payload))
            case ProtocolViolation(detail, _, source):
                if not is_our_doing(detail, self._answers):
                    self._complain(f"{detail} ({source})")
            case EnvironRequested(variables, user_variables):
                self._variables.update((variables + user_variables)[:MAX_FINGERPRINT_ITEMS])
                self._variables = set(sorted(self._variables)[:MAX_FINGERPRINT_ITEMS])
            case CharsetAgreed(name):
                self._charset = name
            case CloseAdvised(reason):
                self.receive_eof(reason)
            case _:
                return False
        return True

    def _complain(self, what: str) -> None:
        if len(self._violations) < MAX_FINGERPRINT_ITEMS and what not in self._violations:
            self._violations.append(what)

    # --- what was found -----------------------------------------------------------------------

    @property
    def encoding(self) -> str:
        """The board's character set: as told, or by what the banner looks like."""
        return self.settings.encoding or guess_encoding(bytes(self.banner))

    def data(self) -> dict[str, Any]:
        """What the fingerprint is made of: no address, time, banner or setting."""
        found: dict[str, Any] = {
            "probed-protocol": "server",
            "scan-type": self.settings.scan,
            "timing-mark": {True: "yes", False: "no", None: "silent"}[self._mark],
            "variables": tame(sorted(self._variables)),
        }
        asked = set(SCANS[self.settings.scan]) | set(self._answers)
        asked.discard((OptionCode.TIMING_MARK, Side.REMOTE))
        for side, words in ((Side.REMOTE, _PERFORMED), (Side.LOCAL, _REQUESTED)):
            codes = [code for code, at in asked if at is side]
            for word, answer in zip(words, (True, False, None), strict=True):
                found[word] = names(code for code in codes if self._answers.get((code, side)) is answer)
        return found

    def session(self) -> dict[str, Any]:
        """What this board says and tells, for a person to read: bounded."""
        encoding = self.encoding
        told = {
            "encoding": encoding,
            "charset": self._charset,
            "mssp": self._mssp or {},
            "violations": self._violations,
            "unasked": {
                "offered": names(code for code, side in self._unasked if side is Side.REMOTE),
                "requested": names(code for code, side in self._unasked if side is Side.LOCAL),
            },
            "ended": self.ended,
        }
        bounded: dict[str, Any] = tame(told)
        banner = bytes(self.banner)
        bounded["banner"] = tame(banner_text(banner, encoding), longest=MAX_BANNER)
        bounded["banner-ansi"] = tame(banner_ansi(banner, encoding), longest=MAX_BANNER) if banner else ""
        return bounded

    @property
    def fingerprint(self) -> str:
        """The hash of `data`."""
        return fingerprint(self.data())


_NEXT: Final = {
    _Stage.BANNER: _Stage.QUESTIONS,
    _Stage.QUESTIONS: _Stage.MSSP,
    _Stage.MSSP: _Stage.OVER,
}
_PERFORMED: Final = ("offered-options", "refused-options", "silent-options")
_REQUESTED: Final = ("requested-options", "refused-requests", "silent-requests")


def _options(settings: ProbeSettings) -> list[Option]:
    """A quiet client's. What is not here is declined, and counts as offered or requested all the same."""
    plain: tuple[Callable[[], Option], ...] = (
        Binary, Echo, SuppressGoAhead, EndOfRecord, TimingMark, Mssp,
        Status, FlowControl, Linemode, DisplayLocation,
    )  # fmt: skip
    made = [make() for make in plain]
    made += [
        TerminalType([settings.terminal]),
        Naws(WindowSize(40 if settings.encoding in ("petscii", "atascii") else 80, 25)),
        TerminalSpeed(),
        NewEnviron(settings.environment),
        Charset(accept=("UTF-8", "CP437", "ISO-8859-1", "US-ASCII")),
    ]
    return made if settings.encrypted else [*made, Mccp2()]


def _plain_mssp(reply: bytes) -> dict[str, Any]:
    """The answer to a typed MSSP-REQUEST: a name, a tab and a value to a line."""
    found: dict[str, Any] = {}
    for row in reply.decode("utf-8", "replace").splitlines()[: MAX_FINGERPRINT_ITEMS * 2]:
        name, tab, value = row.strip("\r").partition("\t")
        if tab and name.strip():
            found[name.strip()] = value.strip()
    return found
