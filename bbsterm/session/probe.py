"""Does a board answer? A short look at its door: connect, see how it greets, hang up. Nothing is said to it.

Boards are asked a few at a time, each after a moment of its own, and the caller keeps what was found for an
hour (`bbsterm.book.history.PROBE_FRESH`): a list of a thousand must not be a nuisance to anybody.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import re
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from bbsterm.book.history import Probe
from bbsterm.errors import BbstermError, InsecureError
from bbsterm.limits import MAX_PROBE_BYTES, MAX_PROBES_AT_ONCE
from bbsterm.net.address import Address
from bbsterm.net.dial import dial
from bbsterm.net.tls import TlsSettings

__all__ = ["PATIENCE", "Look", "banner_hash", "look", "probe", "probe_all", "says"]

PATIENCE: Final = 3.0
"""Seconds that a board has, from the first packet to its greeting."""

_GREETING: Final = 1.0  # s to wait for its first words
_PAUSE: Final = 0.2  # s of silence after which they are taken for complete
_JITTER: Final = 0.5  # s at most before each call, so that eight do not start as one

_CONTROLS: Final = re.compile(
    rb"\xff(?:[\xfb-\xfe].|\xfa.*?\xff\xf0|[^\xff])|\x1b\[[0-?]*[ -/]*[@-~]", re.DOTALL
)
# Negotiation (RFC 854), escape sequences, digits (dates, node numbers, callers) and blanks are no part of it.
_NO_GREETING: Final = re.compile(
    rb"\xff(?:[\xfb-\xfe].|\xfa.*?\xff\xf0|[^\xff])|\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x20\d]+", re.DOTALL
)


class _Listener(asyncio.Protocol):
    """Collects what comes, up to a bound."""

    def __init__(self) -> None:
        self.heard = bytearray()
        self.news = asyncio.Event()
        self.over = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.heard += data[: MAX_PROBE_BYTES - len(self.heard)]
        if len(self.heard) >= MAX_PROBE_BYTES:
            self._end()
        self.news.set()

    def eof_received(self) -> bool:
        self._end()
        return False

    def connection_lost(self, error: Exception | None) -> None:
        self._end()

    def _end(self) -> None:
        self.over = True
        self.news.set()

    async def greeting(self, seconds: float) -> bytes:
        """What it says first, until it is silent for a moment, or the time is up."""
        patience = seconds
        try:
            async with asyncio.timeout(seconds):
                while not self.over:
                    async with asyncio.timeout(patience):
                        await self.news.wait()
                    self.news.clear()
                    patience = _PAUSE
        except TimeoutError:
            pass  # it has said what it has to say, or nothing at all
        return bytes(self.heard)


class Look(NamedTuple):
    """What was found, what the board said first, and why it could not be reached (empty if it was)."""

    probe: Probe
    heard: bytes
    problem: str


async def probe(
    address: Address, *, seconds: float = PATIENCE, now: Callable[[], float] = time.time
) -> Probe:
    """Look whether a board answers: what `look` finds, without the rest."""
    return (await look(address, seconds=seconds, now=now)).probe


async def look(address: Address, *, seconds: float = PATIENCE, now: Callable[[], float] = time.time) -> Look:
    """Connect, listen for a moment, hang up. Never raises what the network says: that is the finding.

    Args:
        address: Whom to ask. For ``telnets://`` the certificate is not judged, only whether TLS is spoken.
        seconds: How long it may take to be reached.
        now: Seconds since 1970.

    Returns:
        When, whether it is up, whether it speaks TLS (None where that was not asked), the milliseconds until
        the line was open, and a hash of its greeting (`banner_hash`).
    """
    started = time.perf_counter()
    listener: _Listener | None = None
    try:
        listener = await dial(
            replace(address, user=None),
            _Listener,
            connect_timeout=seconds,
            handshake_timeout=seconds,
            tls=TlsSettings(verify=False),
        )
        milliseconds = round((time.perf_counter() - started) * 1000, 1)
        heard = await listener.greeting(_GREETING)
    except InsecureError as error:
        return Look(Probe(int(now()), True, tls=False), b"", str(error))
    except BbstermError as error:
        return Look(Probe(int(now()), False), b"", str(error))
    finally:
        if listener is not None and listener.transport is not None:
            listener.transport.abort()
    tls = True if address.tls else None
    return Look(Probe(int(now()), True, tls, milliseconds, banner_hash(heard)), heard, "")


def says(found: Look, encoding: str) -> str:
    """A look in a sentence: ``Reachable in 34 ms, TLS. It says: Welcome to Xibalba``.

    Args:
        found: The look.
        encoding: The board's character set.
    """
    if found.problem:
        reached = "Reachable, but without TLS: " if found.probe.up else "Not reachable: "
        return reached + found.problem
    tls = ", TLS" if found.probe.tls else ""
    try:
        text = _CONTROLS.sub(b"", found.heard).decode(encoding, "replace")
    except LookupError:
        text = ""
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    heard = f"It says: {words[:120]}" if words else "It says nothing unasked."
    return f"Reachable in {found.probe.milliseconds or 0:.0f} ms{tls}. {heard}"


async def probe_all(
    addresses: Sequence[Address],
    *,
    seconds: float = PATIENCE,
    at_once: int = MAX_PROBES_AT_ONCE,
    jitter: float = _JITTER,
    now: Callable[[], float] = time.time,
) -> AsyncIterator[tuple[Address, Probe]]:
    """Ask several boards; what is found comes as it is found, in no order.

    Args:
        addresses: Whom to ask, each once.
        seconds: How long each may take to be reached.
        at_once: How many at the same time; never more than `MAX_PROBES_AT_ONCE`.
        jitter: Seconds at most that each waits before it is called.
        now: Seconds since 1970.
    """
    gate = asyncio.Semaphore(max(1, min(at_once, MAX_PROBES_AT_ONCE)))

    async def ask(address: Address) -> tuple[Address, Probe]:
        async with gate:
            await asyncio.sleep(random.uniform(0, jitter))
            return address, await probe(address, seconds=seconds, now=now)

    asked = [asyncio.create_task(ask(address)) for address in dict.fromkeys(addresses)]
    try:
        for each in asyncio.as_completed(asked):
            yield await each
    finally:
        for task in asked:
            task.cancel()
        await asyncio.gather(*asked, return_exceptions=True)


def banner_hash(heard: bytes) -> str:
    """What a greeting is recognised by: without what changes from call to call. Empty for none."""
    words = _NO_GREETING.sub(b"", heard)
    return hashlib.sha256(words).hexdigest()[:32] if words else ""
