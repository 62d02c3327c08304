"""How one caller's words reach the others: publish and subscribe, by topic.

`LocalBus` serves one process. Messages are flat and made of strings, so that another bus can carry them
between processes or machines without the areas knowing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol, TypeAlias

__all__ = ["Bus", "Listener", "LocalBus", "Message"]

Message: TypeAlias = Mapping[str, str]
Listener: TypeAlias = Callable[[Message], None]


class Bus(Protocol):
    """What the areas ask for."""

    async def publish(self, topic: str, message: Message) -> None:
        """Give a message to everybody who listens to `topic` now."""
        ...

    @contextmanager
    def subscribed(self, topic: str, listener: Listener) -> Iterator[None]:
        """Call `listener` with every message on `topic`, while the context lasts. It must not wait."""
        ...


class LocalBus:
    """Everybody is in this process."""

    def __init__(self) -> None:
        self._listeners: dict[str, list[Listener]] = {}

    async def publish(self, topic: str, message: Message) -> None:
        """Call every listener, in the order in which they came."""
        for listener in tuple(self._listeners.get(topic, ())):
            listener(message)

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
