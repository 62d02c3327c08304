"""What there is to see of a call: who, how far, how long, how much, in which character set."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bbsterm.net.address import Address
from bbsterm.net.transport import Wire
from bbsterm.protocol.connection import Connection
from bbsterm.protocol.events import FlowControlChanged
from bbsterm.protocol.options.lflow import FlowControl
from bbsterm.protocol.options.linemode import Linemode
from bbsterm.protocol.vocabulary import OptionCode, Side
from bbsterm.session.encoding import LINE_ENDINGS, Reader, Tape
from bbsterm.session.events import CallEnded, CallState
from bbsterm.session.flow import Flow
from bbsterm.session.keep_alive import KeepAlive
from bbsterm.session.modes import InputChoice, InputMode, input_mode
from bbsterm.session.settings import CallSettings
from bbsterm.session.special_keys import SpecialKeys

if TYPE_CHECKING:
    from bbsterm.screen.detect import Verdict
    from bbsterm.screen.terminal import Terminal

__all__ = ["CallFacts"]


class CallFacts:
    """The half of a call that only answers questions. The other half (`Call`) keeps what this one reads."""

    address: Address
    settings: CallSettings
    state: CallState
    ended: CallEnded | None
    _reader: Reader
    _flow: Flow
    _engine: Connection | None
    _wire: Wire | None
    _watch: KeepAlive
    _connected_at: float | None
    _clock: Callable[[], float]

    @property
    def terminal(self) -> Terminal:
        """What the board paints on. In another character set it is another one (`TerminalReplaced`)."""
        return self._reader.terminal

    @property
    def kind(self) -> str:
        """The emulation, as `CallSettings.terminal` has it."""
        return self._reader.kind

    @property
    def chosen_encoding(self) -> str | None:
        """The character set that a person has chosen, before the call or in it."""
        return self._reader.chosen

    @property
    def verdict(self) -> Verdict | None:
        """What the evidence says about the character set; None where nobody asks it."""
        return self._reader.verdict

    @property
    def tape(self) -> Tape:
        """What the terminal has shown, for the next call on it."""
        return self._reader.tape

    @property
    def seconds(self) -> float:
        """How long the line is, or was, open."""
        if self.ended is not None:
            return self.ended.seconds
        return 0.0 if self._connected_at is None else self._clock() - self._connected_at

    @property
    def speaks_telnet(self) -> bool:
        """Whether the board has sent telnet: until then it may be any TCP host."""
        return self._engine is not None and self._engine.negotiated

    @property
    def protocol_label(self) -> str:
        """What is spoken: "TELNET", "TELNET/TLS", or "RAW", also where the host turned out to speak none."""
        telnet = self.speaks_telnet or (self._engine is not None and not self.bytes_received)
        label = "TELNET" if telnet else "RAW"
        if not self.address.tls:
            return label
        return f"{label}/TLS" if self.settings.tls.verify else f"{label}/TLS UNVERIFIED"

    @property
    def encryption(self) -> tuple[str, ...]:
        """TLS version and cipher, as ("TLS 1.3 AES_256_GCM_SHA384", "TLS 1.3"); empty on a plain line."""
        tls: Any = None if self._wire is None else self._wire.info("ssl_object")
        if tls is None or not tls.version():
            return ()
        version = tls.version().replace("TLSv", "TLS ")
        cipher = (tls.cipher() or ("",))[0].removeprefix("TLS_")
        return f"{version} {cipher}", version

    @property
    def input_mode(self) -> InputMode:
        """Who edits the line and who echoes, as things stand now."""
        choice = self.settings.mode
        if choice is InputChoice.AUTO and (self._engine is None or self._reader.retro):
            choice = InputChoice.RAW
        linemode = self._linemode
        return input_mode(
            echo=self._board(OptionCode.ECHO),
            sga=self._board(OptionCode.SGA),
            choice=choice,
            linemode=None if linemode is None else linemode.mode,
        )

    @property
    def special_keys(self) -> SpecialKeys | None:
        """What LINEMODE has settled about single keys; None where no line is edited by it."""
        return None if self._linemode is None else SpecialKeys.of(self._linemode)

    @property
    def flow_control(self) -> FlowControlChanged | None:
        """Whether Ctrl+S and Ctrl+Q are for us (RFC 1372); None where the board has not asked for it."""
        if self._engine is None or not self._engine.enabled(OptionCode.LFLOW, Side.LOCAL):
            return None
        option = self._engine.option(OptionCode.LFLOW)
        return option.state if isinstance(option, FlowControl) else None

    @property
    def local_echo(self) -> bool:
        """Whether what is typed is shown by us."""
        return self.input_mode.local_echo

    @property
    def line_end(self) -> bytes:
        """What ends a line: in line mode CR LF (RFC 854), in character mode the machine's Enter."""
        if self.settings.line_ending is not None and not self._reader.retro:
            return LINE_ENDINGS[self.settings.line_ending]
        if self.input_mode.line and not self._reader.retro:
            return b"\r\n"
        return self.terminal.encode("\n")

    @property
    def bytes_received(self) -> int:
        """Bytes off the wire, telnet's own included."""
        return 0 if self._wire is None else self._wire.received

    @property
    def bytes_sent(self) -> int:
        """Bytes onto the wire, telnet's own included."""
        return 0 if self._wire is None else self._wire.sent

    @property
    def unsent(self) -> int:
        """Bytes that the board has not taken yet."""
        return 0 if self._wire is None else self._wire.unsent

    @property
    def unshown(self) -> int:
        """Bytes that have arrived and wait for the terminal."""
        return self._flow.waiting + (0 if self._wire is None else self._wire.queued)

    @property
    def baud(self) -> int:
        """Bits per second at which text appears; 0 is at once."""
        return self._flow.rate

    @property
    def quiet_seconds(self) -> float:
        """How long the board has said nothing; 0 while there is no line."""
        return 0.0 if self._connected_at is None or self.ended else self._watch.quiet(self._clock())

    @property
    def idle_seconds(self) -> float:
        """How long nothing has been sent to the board; 0 while there is no line."""
        return 0.0 if self._connected_at is None or self.ended else self._watch.idle(self._clock())

    @property
    def unanswered(self) -> int:
        """How many times in a row the board has been asked (AYT) whether it is there, without any answer."""
        return self._watch.unanswered

    @property
    def _linemode(self) -> Linemode | None:
        if self._engine is None or not self._engine.enabled(OptionCode.LINEMODE, Side.LOCAL):
            return None
        option = self._engine.option(OptionCode.LINEMODE)
        return option if isinstance(option, Linemode) else None

    def _board(self, option: OptionCode) -> bool:
        return self._engine is not None and self._engine.enabled(option, Side.REMOTE)
