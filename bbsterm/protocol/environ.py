"""What ENVIRON (RFC 1408) and NEW-ENVIRON (RFC 1572) share: their verbs, their escapes, their bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bbsterm.limits import MAX_ENVIRON_REQUEST, MAX_VARIABLE_NAME, MAX_VARIABLE_VALUE, MAX_VARIABLES
from bbsterm.protocol.events import EnvironReceived, EnvironRequested, Event
from bbsterm.protocol.options.base import Effects, Option, Reply
from bbsterm.protocol.vocabulary import Role, Side

__all__ = ["MNES", "WELL_KNOWN", "EnvironOption"]

WELL_KNOWN: Final = ("USER", "JOB", "ACCT", "PRINTER", "SYSTEMTYPE", "DISPLAY")
"""The names that travel as VAR (RFC 1572, section 2)."""

MNES: Final = ("CHARSET", "CLIENT_NAME", "CLIENT_VERSION", "MTTS", "TERMINAL_TYPE")
"""And those that the MUD New-Environ Standard adds. All others are USERVAR."""

_IS, _SEND, _INFO = 0, 1, 2
_VAR, _VALUE, _ESC, _USERVAR = b"\x00", b"\x01", b"\x02", b"\x03"
_SPECIAL: Final = re.compile(rb"[\x00-\x03]")
_PIECE: Final = re.compile(rb"([\x00\x01\x03])((?:[^\x00-\x03]|\x02.)*+)", re.DOTALL)
_ESCAPED: Final = re.compile(rb"\x02(.)", re.DOTALL)

Variables = tuple[tuple[str, str | None], ...]


class EnvironOption(Option):
    """The client performs it, and tells nothing but `variables`; the server asks for `ask`.

    Args:
        variables: What a client is willing to tell, by name.
        ask: What a server wants to know. Empty: everything that the client is willing to tell.
    """

    performed_by = frozenset({Role.CLIENT})
    says = (EnvironRequested, EnvironReceived)

    def __init__(self, variables: Mapping[str, str] | None = None, ask: Sequence[str] = ()) -> None:
        self.variables = dict(variables or {})
        self.ask = tuple(ask)
        self._asked = 0

    @property
    def waiting(self) -> bool:
        """Whether a SEND of ours has not been answered by an IS."""
        return self._asked > 0

    def enabled(self, side: Side) -> Effects:
        """Ask at once, if it is ours to ask."""
        if side is Side.REMOTE:
            yield from self._request(_sorted(self.ask))

    def disabled(self, side: Side) -> Effects:
        """Forget what was asked."""
        self._asked = 0
        yield from ()

    def subnegotiation(self, payload: bytes) -> Effects:
        """SEND is for clients, IS and INFO are for servers."""
        verb = payload[0] if payload else -1
        if self.role is Role.CLIENT and verb == _SEND:
            yield from self._answer(payload)
        elif self.role is Role.SERVER and verb in (_IS, _INFO):
            yield from self._hear(payload)
        else:
            yield self.violation("neither variables nor a question for them", payload)

    def send(self, event: Event, *, agreed: bool) -> Effects:
        """Ask for variables as a server; as a client, tell what has changed."""
        if isinstance(event, EnvironRequested) and agreed and self.role is Role.SERVER:
            yield from self._request(event)
        if isinstance(event, EnvironReceived) and self.role is Role.CLIENT:
            told = dict(event.variables + event.user_variables)
            self.variables.update({name: value for name, value in told.items() if value is not None})
            if agreed:
                variables = self.spell(_VAR, event.variables) + self.spell(_USERVAR, event.user_variables)
                yield Reply(bytes((_INFO,)) + variables)

    # --- how it is spelled; ENVIRON has two ways -------------------------------------

    def heard(self, payload: bytes) -> bytes:
        """Translate a payload from the peer's spelling into RFC 1572's."""
        return payload

    def spell(self, kind: bytes, variables: Variables) -> bytes:
        """Spell definitions of one kind; a value of None is "not defined"."""
        return b"".join(
            kind + _escape(name) + (b"" if value is None else _VALUE + _escape(value))
            for name, value in variables
        )

    # --- a server's part ---------------------------------------------------------------

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
        told: dict[bytes, list[tuple[str, str | None]]] = {_VAR: [], _USERVAR: []}
        for count, (kind, name, value) in enumerate(_definitions(self.heard(payload)[1:])):
            too_long = len(name) > MAX_VARIABLE_NAME or len(value or b"") > MAX_VARIABLE_VALUE
            if too_long or count == MAX_VARIABLES:
                yield self.violation("more or longer variables than are accepted", payload)
                break
            if name:  # some clients name an empty variable to say that there are no more
                told[kind].append((_text(name), None if value is None else _text(value)))
        yield EnvironReceived(tuple(told[_VAR]), tuple(told[_USERVAR]), spontaneous)

    # --- a client's part ---------------------------------------------------------------

    def _answer(self, payload: bytes) -> Effects:
        asked = [(kind, _text(name)) for kind, name, _ in _definitions(self.heard(payload)[1:])]
        if len(asked) > MAX_VARIABLES:
            yield self.violation("more variables than are looked at", payload)
            del asked[MAX_VARIABLES:]
        names = {kind: tuple(name for at, name in asked if at == kind and name) for kind in (_VAR, _USERVAR)}
        yield EnvironRequested(names[_VAR], names[_USERVAR])
        told = b""
        for kind in (_VAR, _USERVAR):
            everything = not asked or (kind, "") in asked  # a bare VAR or USERVAR asks for all of its kind
            told += self.spell(kind, self._told(kind, names[kind], everything=everything))
        yield Reply(bytes((_IS,)) + told)

    def asked_for(self, payload: bytes) -> list[str]:
        """The names that a question names, of both kinds; empty if it asks for everything."""
        if payload[:1] != bytes((_SEND,)):
            return []
        names = [_text(name) for _, name, _ in _definitions(self.heard(payload)[1:])]
        return [] if "" in names else names[:MAX_VARIABLES]

    def _told(self, kind: bytes, names: Iterable[str], *, everything: bool) -> Variables:
        """Return a value for what we tell, None for what we do not: the server must not wait for it."""
        told = {name: self.variables.get(name) for name in names}
        if everything:
            told.update({name: value for name, value in self.variables.items() if _kind(name) == kind})
        return tuple(told.items())


def _kind(name: str) -> bytes:
    return _VAR if name in WELL_KNOWN or name in MNES else _USERVAR


def _sorted(names: Iterable[str]) -> EnvironRequested:
    names = tuple(names)
    return EnvironRequested(
        tuple(name for name in names if _kind(name) == _VAR),
        tuple(name for name in names if _kind(name) == _USERVAR),
    )


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
    """Cut a long request into several; nothing wanted is one request, for everything."""
    batch = b""
    for item in wanted:
        if batch and len(batch) + len(item) > MAX_ENVIRON_REQUEST:
            yield batch
            batch = b""
        batch += item
    yield batch


def _escape(text: str) -> bytes:
    """VAR, VALUE, ESC and USERVAR in a name or value get an ESC before them (RFC 1572, section 2)."""
    return _SPECIAL.sub(lambda found: _ESC + found[0], text.encode("utf-8", "replace"))


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
