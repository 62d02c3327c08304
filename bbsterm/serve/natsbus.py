"""The bus between workers and machines, over a NATS server (extra `[nats]`).

Words said here reach the callers of this process at once and by themselves, whatever becomes of NATS: it only
carries them to the others. While it is away they wait in a queue with an end; it is called until it is back.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from bbsterm import limits
from bbsterm.errors import UsageError
from bbsterm.serve.bus import LocalBus, Message
from bbsterm.serve.envelope import Envelope, pack, unpack
from bbsterm.serve.presence import HEARTBEAT, Presence

if TYPE_CHECKING:
    from nats.aio.client import Client
    from nats.aio.msg import Msg

__all__ = ["NatsBus", "check_bus", "make_bus"]

_log: Final = logging.getLogger("bbsterm.serve")
_SUBJECT: Final = "bbsterm"
_PRESENCE: Final = "presence"
_GONE: Final = "gone"
_AGAIN: Final = 2
"""Seconds between two tries to reach a server."""

_PATIENCE: Final = 3
_PENDING_BYTES: Final = 4 * 1024 * 1024
_SCHEMES: Final = ("nats", "tls", "ws", "wss")


def make_bus(urls: str) -> LocalBus:
    """The bus for `--bus`: the process's own where it is empty, NATS for ``nats://HOST:PORT[,nats://...]``.

    Raises:
        UsageError: That is no URL of a NATS server, or nats-py is not installed.
    """
    return NatsBus(check_bus(urls)) if urls else LocalBus()


def check_bus(urls: str) -> list[str]:
    """The servers that ``nats://HOST:PORT[,nats://...]`` names.

    Raises:
        UsageError: That is no URL of a NATS server, or nats-py is not installed.
    """
    servers = [url.strip() for url in urls.split(",")]
    for url in servers:
        try:
            parts = urlsplit(url)
            known = parts.scheme in _SCHEMES and parts.hostname and parts.port != 0
        except ValueError:
            known = False
        if not known:
            raise UsageError(f"--bus takes nats://HOST:PORT, not {_without_secrets(url)!r}")
    try:
        import nats  # noqa: F401
    except ImportError:
        raise UsageError("--bus needs nats-py", hint="pip install 'bbsterm[nats]'") from None
    return servers


class NatsBus(LocalBus):
    """Everybody here, and everybody whose worker talks to the same NATS servers.

    Args:
        servers: URLs of servers of one cluster; any of them will do.
        board: What tells this board's messages from another's on the same servers.
        clock: A monotonic clock in seconds.
    """

    def __init__(
        self, servers: list[str], *, board: str = "board", clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._servers: Final = servers
        self._subject: Final = f"{_SUBJECT}.{board}"
        self._clock: Final = clock
        self._presence: Final = Presence()
        self._here: Final[dict[str, Message]] = {}
        self._outgoing: Final[deque[bytes]] = deque(maxlen=limits.MAX_BUS_QUEUE)
        self._news: Final = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._client: Client | None = None
        self._complained = False
        self.connected: Final = asyncio.Event()
        """Set while NATS can be reached."""

    async def open(self) -> None:
        """Begin to call; callers need not wait for an answer."""
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._beat())]

    async def close(self) -> None:
        """Say that all of ours are gone, and hang up."""
        for key in list(self._here):
            self.withdraw(key)
        client = self._client
        if client is not None and client.is_connected:
            with contextlib.suppress(Exception):
                async with asyncio.timeout(1):
                    while self._outgoing:
                        await client.publish(self._subject, self._outgoing.popleft())
                    await client.flush()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        self.connected.clear()  # it is we who leave
        if client is not None:
            with contextlib.suppress(Exception):
                await client.close()
        self._client = None

    async def publish(self, topic: str, message: Message) -> None:
        """Give it to everybody here now, and to the others as soon as NATS takes it."""
        self.deliver(topic, message)
        self._send(topic, message)

    def announce(self, key: str, facts: Message) -> None:
        """Tell the other workers now, and at every heartbeat."""
        self._here[key] = facts
        self._send(_PRESENCE, {**facts, "key": key})

    def withdraw(self, key: str) -> None:
        """Tell them that it is over."""
        if self._here.pop(key, None) is not None:
            self._send(_PRESENCE, {"key": key, _GONE: "1"})

    def others(self) -> list[Message]:
        """Who the other workers have said is there, of late."""
        return list(self._presence.fresh(now=self._clock()))

    # --- within -----------------------------------------------------------------------

    def _send(self, topic: str, message: Message) -> None:
        try:
            data = pack(Envelope(self.worker, topic, message))
        except ValueError as error:
            _log.warning("bus: not sent: %s", error)
            return
        if topic == _PRESENCE and not self.connected.is_set():
            return  # said anew once there is somebody to hear it
        self._outgoing.append(data)
        self._news.set()

    async def _run(self) -> None:
        """Be connected; send what waits, in order."""
        self._client = await self._connect()
        while True:
            self._news.clear()
            await self.connected.wait()
            while self._outgoing and self.connected.is_set():
                try:
                    await self._client.publish(self._subject, self._outgoing[0])
                except Exception as error:  # nats-py has a dozen kinds
                    self._complain(error)
                    await asyncio.sleep(_AGAIN)
                    break
                self._outgoing.popleft()
            if not self._outgoing:
                await self._news.wait()

    async def _connect(self) -> Client:
        from nats.aio.client import Client

        while True:
            client = Client()
            try:
                await client.connect(
                    servers=list(self._servers),
                    name=f"bbsterm {self.worker}",
                    no_echo=True,
                    connect_timeout=_PATIENCE,
                    reconnect_time_wait=_AGAIN,
                    max_reconnect_attempts=-1,
                    ping_interval=20,
                    pending_size=_PENDING_BYTES,
                    allow_reconnect=True,
                    error_cb=self._on_error,
                    disconnected_cb=self._on_lost,
                    reconnected_cb=self._on_back,
                )
                await client.subscribe(
                    self._subject, cb=self._on_message, pending_msgs_limit=limits.MAX_BUS_QUEUE
                )
                await client.flush(_PATIENCE)  # the server knows now that we listen
            except asyncio.CancelledError:
                await client.close()
                raise
            except Exception as error:  # nats-py has a dozen kinds, and passes on the system's
                self._complain(error)
                with contextlib.suppress(Exception):
                    await client.close()
                await asyncio.sleep(_AGAIN)
                continue
            await self._on_back()
            return client

    async def _beat(self) -> None:
        """Say who is here, again and again."""
        while True:
            await asyncio.sleep(HEARTBEAT)
            self._say_all()

    def _say_all(self) -> None:
        for key, facts in self._here.items():
            self._send(_PRESENCE, {**facts, "key": key})

    async def _on_message(self, message: Msg) -> None:
        envelope = unpack(message.data)
        if envelope is None or envelope.worker == self.worker:
            return
        if envelope.topic != _PRESENCE:
            self.deliver(envelope.topic, envelope.message)
            return
        key = envelope.message.get("key", "")
        if _GONE in envelope.message:
            self._presence.remove(envelope.worker, key)
        else:
            self._presence.update(envelope.worker, key, envelope.message, now=self._clock())

    async def _on_back(self) -> None:
        _log.info("bus: connected as %s", self.worker)
        self._complained = False
        self.connected.set()
        self._say_all()
        self._news.set()

    async def _on_lost(self) -> None:
        if self.connected.is_set():
            _log.warning("bus: NATS is away; callers here see only each other until it is back")
        self.connected.clear()

    async def _on_error(self, error: Exception) -> None:
        self._complain(error)

    def _complain(self, error: Any) -> None:
        """Once for each time that it is away: it is called every other second."""
        if not self._complained:
            self._complained = True
            reason = str(error) or type(error).__name__
            _log.warning("bus: %s: %s; trying again", ", ".join(map(_shown, self._servers)), reason)


def _without_secrets(url: str) -> str:
    return url.rpartition("@")[2]


def _shown(url: str) -> str:
    """A server's URL without the password in it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or 4222}"
