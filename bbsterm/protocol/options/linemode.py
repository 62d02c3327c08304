"""LINEMODE (RFC 1184): the client edits lines, and both ends agree on the keys that do it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bbsterm.limits import MAX_SLC_TRIPLES
from bbsterm.protocol.events import (
    CharactersChanged,
    Event,
    ForwardmaskAnswered,
    ForwardmaskChanged,
    FunctionReceived,
    LinemodeChanged,
    TextReceived,
)
from bbsterm.protocol.options.base import Effects, Option, Reply
from bbsterm.protocol.slc import EditMode, Level, SlcTable, forwardmask, forwardmask_characters
from bbsterm.protocol.vocabulary import Command, OptionCode, Role, Side

__all__ = ["Linemode"]

_MODE, _FORWARDMASK, _SLC = 1, 2, 3
_TELL_ME_YOURS: Final = bytes((_SLC, 0, Level.DEFAULT, 0))
_MASK_WIDTHS: Final = (16, 32)


class Linemode(Option):
    """The client performs it; the server says how, and the client acknowledges.

    Args:
        wanted: The mode that a server asks for.
        table: Our special characters; what Unix begins with if None.
        simulate: A server looks for special characters in kludge mode, too, where nobody negotiates them.

    Attributes:
        mode: What both ends have agreed on; None before they have.
        forward: What a client was asked to send its line for (FORWARDMASK).
    """

    code = OptionCode.LINEMODE
    source = "RFC 1184"
    performed_by = frozenset({Role.CLIENT})
    says = (LinemodeChanged, CharactersChanged, ForwardmaskChanged)

    def __init__(
        self,
        wanted: EditMode = EditMode.EDIT | EditMode.TRAPSIG,
        table: SlcTable | None = None,
        *,
        simulate: bool = False,
    ) -> None:
        self.wanted = wanted & ~EditMode.ACK
        self.table = table or SlcTable()
        self.simulate = simulate
        self.mode: EditMode | None = None
        self.forward: frozenset[int] = frozenset()
        self._proposed: EditMode | None = None
        self._told = False

    @property
    def waiting(self) -> bool:
        return self._proposed is not None

    @property
    def remote_editing(self) -> bool:
        return self.mode is not None and EditMode.EDIT not in self.mode

    def report(self) -> bytes | None:
        return None if self.mode is None else bytes((_MODE, self.mode))

    def enabled(self, side: Side) -> Effects:
        if side is Side.LOCAL:
            yield Reply(_TELL_ME_YOURS)
        else:
            yield self._propose(self.wanted)

    def disabled(self, side: Side) -> Effects:
        self.mode = self._proposed = None
        self.forward = frozenset()
        self._told = False
        yield from ()

    def subnegotiation(self, payload: bytes) -> Effects:
        head = payload[:2]
        if len(payload) == 2 and head[0] == _MODE:
            yield from self._hear_mode(EditMode(payload[1] & 0x1F))
        elif head[:1] == bytes((_SLC,)):
            yield from self._hear_characters(payload[1:])
        elif head in (bytes((Command.DO, _FORWARDMASK)), bytes((Command.DONT, _FORWARDMASK))):
            yield from self._hear_forwardmask(payload)
        elif head in (bytes((Command.WILL, _FORWARDMASK)), bytes((Command.WONT, _FORWARDMASK))):
            yield ForwardmaskAnswered(payload[0] == Command.WILL)
        else:
            yield self.violation("no LINEMODE message that we know", payload)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        match event:
            case LinemodeChanged(mode):
                self.wanted = mode & ~EditMode.ACK
                if agreed and self.wanted != self.mode:
                    yield self._propose(self.wanted)
            case CharactersChanged(changes):
                triples = b"".join(self.table.set(function, setting) for function, setting in changes)
                if agreed:
                    yield Reply(bytes((_SLC,)) + triples)
            case ForwardmaskChanged(characters) if agreed and self.role is Role.SERVER:
                yield self._forwardmask(characters)
            case _:
                return

    # --- special characters in what a caller types -------------------------------------

    def watches(self, *, kludge: bool) -> bool:
        """Whether a server must look for special characters: nobody else edits the line."""
        if self.role is Role.CLIENT:
            return False
        return self.remote_editing if self.on(Side.REMOTE) else kludge and self.simulate

    def watch(self, text: bytes) -> Iterator[Event]:
        """Cut `text` behind each special character, and say there what it is for. Nothing is left out."""
        functions = self.table.characters()
        at = 0
        for found in re.finditer(b"[" + re.escape(bytes(functions)) + b"]", text) if functions else ():
            yield TextReceived(text[at : found.end()])
            yield FunctionReceived(functions[text[found.start()]])
            at = found.end()
        if at < len(text):
            yield TextReceived(text[at:])

    # --- what the other end says ---------------------------------------------------------

    def _hear_mode(self, mode: EditMode) -> Effects:
        acknowledged = EditMode.ACK in mode
        mode &= ~EditMode.ACK
        if self.role is Role.CLIENT:
            if not acknowledged and mode != self.mode:
                self.mode = mode
                yield Reply(bytes((_MODE, mode | EditMode.ACK)))
                yield LinemodeChanged(mode)
        elif not acknowledged:
            if mode != self.mode:  # the client suggests it; agreeing is to ask for it (RFC 1184, section 2.2)
                yield self._propose(mode)
        elif self._proposed is None:
            yield self.violation("acknowledges a mode that nobody asked for", bytes((_MODE, mode)))
        else:
            self._proposed, self.mode = None, mode
            yield LinemodeChanged(mode)
            if not self._told:
                self._told = True
                yield Reply(bytes((_SLC,)) + self.table.spell())

    def _hear_characters(self, triples: bytes) -> Effects:
        if len(triples) % 3 or len(triples) > 3 * MAX_SLC_TRIPLES:
            yield self.violation("special characters come in threes, and not in hundreds", triples)
        answers, changed = self.table.receive(triples)
        if answers:
            self._told = self._told or len(answers) > 3 * len(changed)
            yield Reply(bytes((_SLC,)) + answers)
        if changed:
            yield CharactersChanged(tuple(changed.items()))

    def _hear_forwardmask(self, payload: bytes) -> Effects:
        verb, mask = payload[0], payload[2:]
        if self.role is Role.SERVER or (verb == Command.DO and len(mask) not in _MASK_WIDTHS):
            yield self.violation("a forward mask has 16 or 32 bytes, and comes from the server", payload)
            return
        heeded = verb == Command.DO
        yield Reply(bytes((Command.WILL if heeded else Command.WONT, _FORWARDMASK)))
        self.forward = forwardmask_characters(mask) if heeded else frozenset()
        yield ForwardmaskChanged(self.forward if heeded else None)

    # --- what we say -----------------------------------------------------------------------

    def _propose(self, mode: EditMode) -> Reply:
        self._proposed = mode if self.role is Role.SERVER else None
        return Reply(bytes((_MODE, mode)))

    def _forwardmask(self, characters: frozenset[int] | None) -> Reply:
        if characters is None:
            return Reply(bytes((Command.DONT, _FORWARDMASK)))
        binary = self._view.enabled(OptionCode.BINARY, Side.REMOTE)
        return Reply(bytes((Command.DO, _FORWARDMASK)) + forwardmask(characters, binary=binary))
