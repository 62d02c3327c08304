"""The part of a writer that agrees on who edits lines: LINEMODE, its special characters, and flow control."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bbsterm.net.writer_negotiation import NegotiatingWriter
from bbsterm.protocol import Connection
from bbsterm.protocol.events import (
    CharactersChanged,
    Event,
    FlowControlChanged,
    ForwardmaskChanged,
    FunctionReceived,
    LinemodeChanged,
)
from bbsterm.protocol.options import Linemode as LinemodeOption
from bbsterm.protocol.slc import EditMode, Level, Setting, SlcFunction, SlcTable
from bbsterm.protocol.slc import forwardmask as spell_forwardmask
from bbsterm.protocol.vocabulary import OptionCode
from bbsterm.slc import BSD_SLC_TAB, SLC, SLC_FLUSHIN, SLC_FLUSHOUT, Forwardmask, Linemode

__all__ = ["LinemodeWriter"]

_UNTOUCHED: Final = SlcTable()
_FLOWING: Final = FlowControlChanged(enabled=True, restart_any=False)  # what RFC 1372 begins with


class LinemodeWriter(NegotiatingWriter):
    """What `TelnetWriter` knows of line editing. Special characters are bytes here, as in `bbsterm.slc`."""

    __slots__ = ("_flow", "_forwardmask", "slc_simulated")

    default_linemode = Linemode(bytes([EditMode.LIT_ECHO]))
    """What a server asks for, unless it leaves editing to the client: to edit lines itself."""

    default_slc_tab = BSD_SLC_TAB
    """The special characters that a call begins with, as far as an end has any."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.slc_simulated = True
        self._flow = _FLOWING
        self._forwardmask: frozenset[int] | None = None

    # --- who edits ---------------------------------------------------------------------------

    @property
    def linemode(self) -> Linemode:
        """The mode that both ends have agreed on; before that, remote."""
        option = self._linemode_option
        if option is None or option.mode is None:
            return Linemode()
        return Linemode(bytes([option.mode | EditMode.ACK]))

    def send_linemode(self, linemode: Linemode | None = None) -> bool:
        """Ask for a mode as a server, or suggest one as a client. It counts once acknowledged."""
        mask = (linemode or self.default_linemode).mask[0]
        return self._send(LinemodeChanged(EditMode(mask & 0x1F) & ~EditMode.ACK))

    def request_linemode_change(
        self,
        edit: bool | None = None,
        trapsig: bool | None = None,
        soft_tab: bool | None = None,
        lit_echo: bool | None = None,
    ) -> bool:
        """Ask for the present mode with some of its bits changed; None leaves a bit as it is."""
        bits = {
            EditMode.EDIT: edit,
            EditMode.TRAPSIG: trapsig,
            EditMode.SOFT_TAB: soft_tab,
            EditMode.LIT_ECHO: lit_echo,
        }
        mode = EditMode(self.linemode.mask[0] & 0x1F) & ~EditMode.ACK
        for bit, wanted in bits.items():
            if wanted is not None:
                mode = mode | bit if wanted else mode & ~bit
        return self._send(LinemodeChanged(mode))

    # --- special characters --------------------------------------------------------------------

    @property
    def slctab(self) -> dict[bytes, SLC]:
        """Every function's special character, as agreed until now."""
        option = self._linemode_option
        table = option.table if option is not None else _UNTOUCHED
        return {bytes([function]): SLC.of(table[function]) for function in table}

    def set_slc_callback(self, slc_byte: bytes, func: Callable[..., Any]) -> None:
        """Call ``func(slc_byte)`` when the client types that function's special character.

        Where LINEMODE leaves editing to us, and in kludge mode while `slc_simulated`. The character stays in
        what is read.
        """
        self._callbacks["slc", slc_byte] = func
        if self.slc_simulated:
            self.connection.simulate_characters()

    def request_slc(self, slc_byte: bytes, slc_def: SLC) -> bool:
        """Propose another special character for a function."""
        flags = slc_def.mask[0]
        setting = Setting(
            Level(slc_def.level[0]),
            slc_def.val[0],
            flush_in=bool(flags & SLC_FLUSHIN[0]),
            flush_out=bool(flags & SLC_FLUSHOUT[0]),
        )
        return self._send(CharactersChanged(((SlcFunction(slc_byte[0]), setting),)))

    @property
    def forwardmask(self) -> Forwardmask | None:
        """The characters that send a line as it is, if the server asked for any."""
        if self._forwardmask is None:
            return None
        return Forwardmask(
            spell_forwardmask(self._forwardmask, binary=max(self._forwardmask, default=0) > 127)
        )

    def request_forwardmask(self, fmask: Forwardmask | bytes | None = None) -> bool:
        """Ask the client to send its line when one of these is typed; by default every special character.

        Args:
            fmask: A mask, or the characters themselves.
        """
        characters = fmask if isinstance(fmask, bytes) else None
        if isinstance(fmask, Forwardmask):
            characters = bytes(code for code in range(256) if code in fmask)
        if characters is None:
            wanted = (each.val[0] for each in self.slctab.values() if each.variable or each.cantchange)
            characters = bytes(wanted)
        return self._send(ForwardmaskChanged(frozenset(characters)))

    # --- flow control ----------------------------------------------------------------------------

    @property
    def lflow(self) -> bool:
        """Whether the client is to heed XOFF and XON itself (RFC 1372)."""
        return self._flow.enabled

    @lflow.setter
    def lflow(self, value: bool) -> None:
        self._flow = FlowControlChanged(enabled=value, restart_any=self._flow.restart_any)

    @property
    def xon_any(self) -> bool:
        """Whether any key, not only XON, starts output again after XOFF."""
        return self._flow.restart_any

    @xon_any.setter
    def xon_any(self, value: bool) -> None:
        self._flow = FlowControlChanged(enabled=self._flow.enabled, restart_any=value)

    def send_lineflow_mode(self) -> bool:
        """Tell the client what `lflow` and `xon_any` say. Servers only."""
        return self._send(self._flow)

    # --- hearing of it -----------------------------------------------------------------------------

    def event_received(self, event: Event) -> None:
        """The engine told something."""
        if type(event) is FunctionReceived:
            self._call("slc", bytes([event.function]))
        elif type(event) is FlowControlChanged:
            self._flow = event
        elif type(event) is ForwardmaskChanged:
            self._forwardmask = event.characters
        super().event_received(event)

    def state_words(self) -> list[str]:
        """What `repr` tells of the state."""
        flags = {"lineflow": self.lflow, "xon_any": self.xon_any, "slc_sim": self.slc_simulated}
        return [f"{'+' if on else '-'}{word}" for word, on in flags.items()] + super().state_words()

    @property
    def _linemode_option(self) -> LinemodeOption | None:
        option = self.connection.option(OptionCode.LINEMODE)
        return option if isinstance(option, LinemodeOption) else None
