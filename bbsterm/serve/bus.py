"""How one caller's words reach the others: publish and subscribe, by topic, and who is there.

`LocalBus` serves one process; `natsbus.NatsBus` several, on one machine or on many. Messages are flat and
made of strings, so that the areas need not know which it is.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, Protocol, TypeAlias

__all__ = ["Bus", "Listener", "LocalBus", "Message"]

Message: TypeAlias = Mapping[str, str]
Listener: TypeAlias = Callable[[Message], None]

_log: Final = logging.getLogger("bbsterm.serve")


class Bus(Protocol):
    """What the areas ask for."""

    worker: str
    """The name of this process; no other one has it."""

    async def open(self) -> None:
        """Begin to reach the others. Never waits for them, and never fails because they are away."""
        ...

    async def close(self) -> None:
        """Take leave of the others."""
        ...

    async def publish(self, topic: str, message: Message) -> None:
        """Give a message to everybody who listens to `topic` now, here and elsewhere."""
        ...

    @contextmanager
    def subscribed(self, topic: str, listener: Listener) -> Iterator[None]:
        """Call `listener` with every message on `topic`, while the context lasts. It must not wait."""
        ...

    def announce(self, key: str, facts: Message) -> None:
        """Tell the other workers that somebody is here, and go on telling until `withdraw`."""
        ...

    def withdraw(self, key: str) -> None:
        """Somebody is here no more."""
        ...

    def others(self) -> list[Message]:
        """Who is there on the other workers, each with its "worker"."""
        ...


class LocalBus:
    """Everybody is in this process."""

    def __init__(self) -> None:
        self.worker = f"w{secrets.token_hex(6)}"
        self._listeners: dict[str, list[Listener]] = {}

    async def open(self) -> None:
        """There is nobody to reach."""

    async def close(self) -> None:
        """There is nobody to take leave of."""

    async def publish(self, topic: str, message: Message) -> None:
        """Call every listener, in the order in which they came."""
        self.deliver(topic, message)

    def deliver(self, topic: str, message: Message) -> None:
        """Call every listener of this process; one that fails does not keep it from the others."""
        for listener in tuple(self._listeners.get(topic, ())):
            try:
                listener(message)
            except Exception:
                _log.exception("a message on %s could not be taken", topic)

    @contextmanager
    def subscribed(self, topic: str, listener: Listener) -> Iterator[None]:
        """Listen while the context lasts."""
        listeners = self._listeners.setdefault(topic, [])
        listeners.append(listener)
        try:
            yield
        finally:
            listeners.remove(listener)
            if not listeners:
                self._listeners.pop(topic, None)

    def announce(self, key: str, facts: Message) -> None:
        """Everybody here is in `Board.nodes`."""

    def withdraw(self, key: str) -> None:
        """Everybody here is in `Board.nodes`."""

    def others(self) -> list[Message]:
        """There are no other workers."""
        return []
