"""A host with several addresses: try one after the other, each with a head start (RFC 8305)."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Sequence
from itertools import chain, zip_longest
from typing import Any, Final, TypeAlias

from bbsterm.net.transport import prepare_socket

__all__ = ["AddressInfo", "connect", "interleaved", "race"]

AddressInfo: TypeAlias = tuple[int, int, int, str, tuple[Any, ...]]
"""What `socket.getaddrinfo` gives."""

_STAGGER: Final = 0.25  # s between attempts; RFC 8305, section 5


def interleaved(found: Sequence[AddressInfo]) -> list[AddressInfo]:
    """The system's order (RFC 6724), but never the same family twice in a row while there is another."""
    first = [info for info in found if info[0] == found[0][0]]
    others = [info for info in found if info[0] != found[0][0]]
    return [info for info in chain.from_iterable(zip_longest(first, others)) if info is not None]


async def race(
    found: Sequence[AddressInfo], *, trying: Callable[[str], None] | None = None
) -> socket.socket | list[OSError]:
    """The socket of the first that answers, or why none of them did.

    Cancelling it leaves no socket. (asyncio's own forgets one that is connected at that very moment.)
    """
    waiting = list(found)
    racers: set[asyncio.Task[socket.socket]] = set()
    problems: list[OSError] = []
    try:
        while waiting or racers:
            if waiting:
                info = waiting.pop(0)
                if trying is not None:
                    trying(str(info[4][0]))
                racers.add(asyncio.create_task(connect(info)))
            head_start = _STAGGER if waiting else None
            done, _ = await asyncio.wait(racers, timeout=head_start, return_when=asyncio.FIRST_COMPLETED)
            for racer in done:
                racers.discard(racer)
                try:
                    return racer.result()
                except OSError as problem:
                    problems.append(problem)
    finally:
        for racer in racers:
            racer.cancel()
            racer.add_done_callback(_discard)
    return problems


async def connect(info: AddressInfo) -> socket.socket:
    """A socket connected with one address.

    Raises:
        OSError: It could not be.
    """
    family, kind, number, _, where = info
    sock = socket.socket(family, kind, number)
    try:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, where)
        prepare_socket(sock)
    except BaseException:
        sock.close()
        raise
    return sock


def _discard(loser: asyncio.Task[socket.socket]) -> None:
    """Close the line of one that came in second."""
    if not loser.cancelled() and loser.exception() is None:
        loser.result().close()
