"""NEW-ENVIRON (RFC 1572): the client's environment variables, well-known (VAR) and others (USERVAR)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bbsterm.limits import MAX_ENVIRON_REQUEST, MAX_VARIABLE_NAME, MAX_VARIABLE_VALUE, MAX_VARIABLES
from bbsterm.protocol.events import EnvironReceived, EnvironRequested, Event
from bbsterm.protocol.options.base import Effects, Option, Reply
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

__all__ = ["WELL_KNOWN", "NewEnviron"]

WELL_KNOWN: Final = ("USER", "JOB", "ACCT", "PRINTER", "SYSTEMTYPE", "DISPLAY")
"""The names that travel as VAR (RFC 1572, section 2); all others are USERVAR."""

_IS, _SEND, _INFO = 0, 1, 2
_VAR, _VALUE, _ESC, _USERVAR = b"\x00", b"\x01", b"\x02", b"\x03"
_SPECIAL: Final = re.compile(rb"[\x00-\x03]")
_PIECE: Final = re.compile(rb"([\x00\x01\x03])((?:[^\x00-\x03]|\x02.)*+)", re.DOTALL)
_ESCAPED: Final = re.compile(rb"\x02(.)", re.DOTALL)

Variables = tuple[tuple[str, str | None], ...]


class NewEnviron(Option):
    """The client performs it, and tells nothing but `variables`; the server asks for `ask`.

    Args:
        variables: What a client is willing to tell, by name.
        ask: What a server wants to know. Empty: everything that the client is willing to tell.
    """

    code = OptionCode.NEW_ENVIRON
    source = "RFC 1572"
    performed_by = frozenset({Role.CLIENT})
    says = (EnvironRequested, EnvironReceived)

    def __init__(self, variables: Mapping[str, str] | None = None, ask: Sequence[str] = ()) -> None:
        self.variables = dict(variables or {})
        self.ask = tuple(ask)
        self._asked = 0

    @property
    def waiting(self) -> bool:
        return self._asked > 0

    def enabled(self, side: Side) -> Effects:
        if side is Side.REMOTE:
            known = tuple(name for name in self.ask if name in WELL_KNOWN)
            others = tuple(name for name in self.ask if name not in WELL_KNOWN)
            yield from self._request(EnvironRequested(known, others))

    def disabled(self, side: Side) -> Effects:
        self._asked = 0
        yield from ()

    def subnegotiation(self, payload: bytes) -> Effects:
        verb = payload[0] if payload else -1
        if self.role is Role.CLIENT and verb == _SEND:
            yield from self._answer(payload)
        elif self.role is Role.SERVER and verb in (_IS, _INFO):
            yield from self._hear(payload)
        else:
            yield self.violation("unexpected NEW-ENVIRON message", payload)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if isinstance(event, EnvironRequested) and agreed and self.role is Role.SERVER:
            yield from self._request(event)
        if isinstance(event, EnvironReceived) and self.role is Role.CLIENT:
            told = dict(event.variables + event.user_variables)
            self.variables.update({name: value for name, value in told.items() if value is not None})
            if agreed:
                yield Reply(
                    bytes((_INFO,)) + _spell(_VAR, event.variables) + _spell(_USERVAR, event.user_variables)
                )

    # --- a server's part ---------------------------------------------------------

    def _request(self, event: EnvironRequested) -> Effects:
        wanted = [_VAR + _escape(name) for name in event.variables]
        wanted += [_USERVAR + _escape(name) for name in event.user_variables]
        for batch in _batches(wanted):
            self._asked += 1
            yield Reply(bytes((_SEND,)) + batch)

    def _hear(self, payload: bytes) -> Effects:
        spontaneous = payload[0] == _INFO
        if not spontaneous:
            self._asked = max(0, self._asked - 1)
        variables: list[tuple[str, str | None]] = []
        user_variables: list[tuple[str, str | None]] = []
        for count, (kind, raw_name, raw_value) in enumerate(_definitions(payload[1:])):
            if (
                count >= MAX_VARIABLES
                or len(raw_name) > MAX_VARIABLE_NAME
                or len(raw_value or b"") > MAX_VARIABLE_VALUE
            ):
                yield self.violation("more or longer variables than are accepted", payload)
                break
            if not raw_name:
                continue  # some clients name an empty variable to say that there are no more
            value = None if raw_value is None else _text(raw_value)
            (variables if kind == _VAR else user_variables).append((_text(raw_name), value))
        yield EnvironReceived(tuple(variables), tuple(user_variables), spontaneous)

    # --- a client's part ---------------------------------------------------------

    def _answer(self, payload: bytes) -> Effects:
        asked = [(kind, _text(name)) for kind, name, _ in _definitions(payload[1:])][:MAX_VARIABLES]
        names = {kind: tuple(name for at, name in asked if at == kind and name) for kind in (_VAR, _USERVAR)}
        yield EnvironRequested(names[_VAR], names[_USERVAR])
        told = []
        for kind in (_VAR, _USERVAR):
            everything = not asked or (kind, "") in asked  # a bare VAR or USERVAR asks for all of its kind
            told.append(_spell(kind, self._told(kind, names[kind], everything=everything)))
        yield Reply(bytes((_IS,)) + b"".join(told))

    def _told(self, kind: bytes, names: Iterable[str], *, everything: bool) -> Variables:
        """Return a value for what we tell, None for what we do not: the server must not wait for it."""
        told: dict[str, str | None] = {name: self.variables.get(name) for name in names}
        if everything:
            told.update(
                {
                    name: value
                    for name, value in self.variables.items()
                    if (name in WELL_KNOWN) == (kind == _VAR)
                }
            )
        return tuple(told.items())


def _definitions(payload: bytes) -> Iterator[tuple[bytes, bytes, bytes | None]]:
    """Yield kind, name and value (None: no VALUE) of each variable; what belongs to none is passed over."""
    kind: bytes | None = None
    name, value = b"", None
    for piece in _PIECE.finditer(payload):
        text = _ESCAPED.sub(rb"\1", piece[2])
        if piece[1] == _VALUE:
            value = text
            continue
        if kind is not None:
            yield kind, name, value
        kind, name, value = piece[1], text, None
    if kind is not None:
        yield kind, name, value


def _batches(wanted: list[bytes]) -> Iterator[bytes]:
    """Cut a long request into several; nothing wanted is one request: for everything."""
    batch = b""
    for item in wanted:
        if batch and len(batch) + len(item) > MAX_ENVIRON_REQUEST:
            yield batch
            batch = b""
        batch += item
    yield batch


def _spell(kind: bytes, variables: Variables) -> bytes:
    return b"".join(
        kind + _escape(name) + (b"" if value is None else _VALUE + _escape(value))
        for name, value in variables
    )


def _escape(text: str) -> bytes:
    """VAR, VALUE, ESC and USERVAR in a name or value get an ESC before them (RFC 1572, section 2)."""
    return _SPECIAL.sub(lambda found: _ESC + found[0], text.encode("utf-8", "replace"))


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
