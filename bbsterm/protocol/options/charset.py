"""CHARSET (RFC 2066): the side that performs it offers character sets, the other takes one or none.

Translation tables (TTABLE) are refused, as the RFC allows.
"""

from __future__ import annotations

from collections.abc import Sequence

from bbsterm.limits import MAX_CHARSET_NAME, MAX_CHARSETS
from bbsterm.protocol.events import CharsetAgreed, CharsetRefused, CharsetRequested, Event
from bbsterm.protocol.options.base import Ask, Effects, Option, Reply
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

__all__ = ["Charset"]

_REQUEST, _ACCEPTED, _REJECTED = b"\x01", b"\x02", b"\x03"
_TTABLE_IS, _TTABLE_REJECTED = b"\x04", b"\x05"
_TTABLE = b"[TTABLE]"


class Charset(Option):
    """Both roles may perform it.

    Args:
        offers: Names that we offer as soon as we may, the best first.
        accept: Names that we take when they are offered, the best first.
    """

    code = OptionCode.CHARSET
    source = "RFC 2066"
    says = (CharsetRequested,)

    def __init__(self, offers: Sequence[str] = (), accept: Sequence[str] = ()) -> None:
        self.offers = tuple(offers)
        self.accept = tuple(accept)
        self._offered: tuple[str, ...] = ()
        self._overruled = False  # our request crossed the server's: its refusal is still to come

    @property
    def waiting(self) -> bool:
        return bool(self._offered)

    def enabled(self, side: Side) -> Effects:
        if side is Side.LOCAL and self.offers:
            yield self._request(self.offers)
        elif self.role is Role.SERVER and self.offers and not self.on(Side.LOCAL):
            yield Ask(
                Side.LOCAL
            )  # only who performs it may offer (RFC 2066, section 2), and we would like to

    def disabled(self, side: Side) -> Effects:
        self._offered = ()
        yield from ()

    def send(self, event: Event, *, agreed: bool) -> Effects:
        if isinstance(event, CharsetRequested) and event.offers and agreed:
            yield self._request(event.offers)

    def subnegotiation(self, payload: bytes) -> Effects:
        verb, rest = payload[:1], payload[1:]
        if verb == _REQUEST:
            yield from self._choose(rest)
        elif verb == _ACCEPTED and self._offered:
            yield from self._agree(rest)
        elif verb == _REJECTED and self._offered:
            self._offered = ()
            yield CharsetRefused()
        elif verb == _REJECTED and self._overruled:
            self._overruled = False
        elif verb == _TTABLE_IS:
            yield Reply(_TTABLE_REJECTED)
        else:
            yield self.violation("unexpected CHARSET message", payload)

    def offered_by(self, payload: bytes) -> list[str]:
        """The names that a request offers; empty if it is none."""
        return list(_names(payload[1:])) if payload[:1] == _REQUEST else []

    def _request(self, names: Sequence[str]) -> Reply:
        self._offered = tuple(names)
        separator = ";" if any(" " in name for name in names) else " "
        return Reply(_REQUEST + "".join(separator + name for name in names).encode("ascii", "replace"))

    def _choose(self, listed: bytes) -> Effects:
        """Take the name we like best, spelled as it was offered."""
        offers = _names(listed)
        if self._offered and self.role is Role.SERVER:
            yield Reply(_REJECTED)  # both asked at once: the server's request stands (RFC 2066, section 5)
            return
        self._overruled, self._offered = bool(self._offered), ()
        yield CharsetRequested(offers)
        known = {_plain(name): name for name in reversed(offers)}
        for name in self.accept:
            if (chosen := known.get(_plain(name))) is not None:
                yield Reply(_ACCEPTED + chosen.encode("ascii"))
                yield CharsetAgreed(chosen)
                return
        yield Reply(_REJECTED)
        yield CharsetRefused()

    def _agree(self, raw: bytes) -> Effects:
        offered = {_plain(name): name for name in self._offered}
        self._offered = ()
        name = offered.get(_plain(raw.decode("ascii", "replace")))
        if name is None:
            yield self.violation("accepted a character set that was not offered", raw)
            yield CharsetRefused()
            return
        yield CharsetAgreed(name)


def _names(listed: bytes) -> tuple[str, ...]:
    """Split a list whose first byte is its separator; a translation table offer before it is passed over."""
    if listed.startswith(_TTABLE):
        listed = listed[len(_TTABLE) + 1 :]  # and the version byte
    if not listed:
        return ()
    raw = listed[1:].split(listed[:1], MAX_CHARSETS)[:MAX_CHARSETS]
    return tuple(name.decode("ascii") for name in raw if 0 < len(name) <= MAX_CHARSET_NAME and name.isascii())


def _plain(name: str) -> str:
    """Compare names as people mean them: "utf-8", "UTF8" and "utf_8" are one."""
    return "".join(char for char in name.upper() if char.isalnum())
