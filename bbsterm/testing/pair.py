"""Two engines and a wire between them, without a network: for tests of anything that talks telnet.

The wire may be slow, and may cut what it carries into any pieces, as networks do::

    both = pair(client=[Naws(WindowSize(80, 25))], server=[Naws()], delay=3, cut=one_by_one)
    both.server.send(RequestOption(OptionCode.NAWS, Side.REMOTE))
    both.settle()
    assert WindowSizeChanged(WindowSize(80, 25)) in both.server_events
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from bbsterm.protocol import Connection, Event, Option, Policy, Role, Strategy

__all__ = ["Cut", "NeverSilentError", "Pair", "Wire", "one_by_one", "pair", "whole"]

Cut = Callable[[bytes], Iterable[bytes]]
"""How the wire cuts what is put on it: the pieces, in order, together the whole."""


_NO_POLICY = Policy()


class NeverSilentError(AssertionError):
    """The two ends went on and on: a negotiation loop."""


def whole(data: bytes) -> Iterator[bytes]:
    """Cut nothing."""
    yield data


def one_by_one(data: bytes) -> Iterator[bytes]:
    """Cut into single bytes."""
    for at in range(len(data)):
        yield data[at : at + 1]


class Wire:
    """One direction: what is put on it arrives `delay` ticks later, in pieces.

    Attributes:
        carried: Everything that ever travelled on it.
    """

    def __init__(self, *, delay: int = 0, cut: Cut = whole) -> None:
        self.carried = b""
        self._delay = delay
        self._cut = cut
        self._travelling: deque[tuple[int, bytes]] = deque()

    def put(self, data: bytes, tick: int) -> None:
        """Send `data` off at `tick`."""
        if data:
            self.carried += data
            self._travelling.append((tick + self._delay, data))

    def due(self, tick: int) -> Iterator[bytes]:
        """Yield the pieces that have arrived by `tick`."""
        while self._travelling and self._travelling[0][0] <= tick:
            yield from self._cut(self._travelling.popleft()[1])

    def __bool__(self) -> bool:
        return bool(self._travelling)


class Pair:
    """A client, a server, and the two directions between them. Nothing happens until `tick` or `settle`.

    Attributes:
        client: The engine at one end.
        server: The engine at the other.
        client_events: What the client has told so far.
        server_events: What the server has told so far.
        up: From client to server.
        down: From server to client.
        seconds_per_tick: How far the clock that the engines are told goes on with each tick.
    """

    def __init__(self, client: Connection, server: Connection, *, delay: int = 0, cut: Cut = whole) -> None:
        self.client, self.server = client, server
        self.client_events: list[Event] = []
        self.server_events: list[Event] = []
        self.up, self.down = Wire(delay=delay, cut=cut), Wire(delay=delay, cut=cut)
        self.seconds_per_tick = 0.01
        self._tick = 0

    @property
    def silent(self) -> bool:
        """Whether nothing travels and nobody has anything to say."""
        self._collect()
        return not (self.up or self.down)

    def tick(self) -> None:
        """Let one moment pass: what has arrived is received, and what that makes them say is sent off."""
        self._collect()
        self._tick += 1
        now = self._tick * self.seconds_per_tick
        for piece in self.down.due(self._tick):
            self.client_events += self.client.receive_data(piece, now=now)
        for piece in self.up.due(self._tick):
            self.server_events += self.server.receive_data(piece, now=now)
        while self.client.backlog:
            self.client_events += self.client.receive_data(b"", now=now)
        while self.server.backlog:
            self.server_events += self.server.receive_data(b"", now=now)

    def settle(self, *, ticks: int = 1000) -> None:
        """Go on until both are silent.

        Raises:
            NeverSilentError: They were not after so many ticks.
        """
        for _ in range(ticks):
            if self.silent:
                return
            self.tick()
        raise NeverSilentError(f"still talking after {ticks} ticks")

    def _collect(self) -> None:
        self.up.put(self.client.data_to_send(), self._tick)
        self.down.put(self.server.data_to_send(), self._tick)


def pair(
    client: Iterable[Option] = (),
    server: Iterable[Option] = (),
    *,
    delay: int = 0,
    cut: Cut = whole,
    client_strategy: Strategy | None = None,
    server_strategy: Strategy | None = None,
    client_policy: Policy = _NO_POLICY,
    server_policy: Policy = _NO_POLICY,
) -> Pair:
    """Put two engines on a wire. Call their `begin` to have them follow their strategies.

    Args:
        client: The client's options.
        server: The server's.
        delay: Ticks that bytes travel.
        cut: How the wire cuts them.
        client_strategy: As for `Connection`, and so for the rest.
        server_strategy: See above.
        client_policy: See above.
        server_policy: See above.
    """
    return Pair(
        Connection(Role.CLIENT, client, strategy=client_strategy, policy=client_policy),
        Connection(Role.SERVER, server, strategy=server_strategy, policy=server_policy),
        delay=delay,
        cut=cut,
    )
