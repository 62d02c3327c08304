"""A telnet server without threads or tasks: your loop calls `poll`, and everything happens in there."""

from __future__ import annotations

import logging
import selectors
import socket
from collections.abc import Callable, ValuesView
from typing import Final

from bbsterm.compat.miniboa.client import TelnetClient
from bbsterm.compat.miniboa.error import ConnectionLost

__all__ = ["MAX_CONNECTIONS", "TelnetServer"]

MAX_CONNECTIONS: Final = 1000
"""Clients at once, at most."""

_BACKLOG: Final = 128

_log: Final = logging.getLogger("bbsterm.compat.miniboa")

Handler = Callable[[TelnetClient], object]


def _on_connect(client: TelnetClient) -> None:
    _log.info("%s connected", client.addrport())
    client.send("You are connected. Now it is time to add your own code.\n")


def _on_disconnect(client: TelnetClient) -> None:
    _log.info("%s is gone", client.addrport())


class TelnetServer:
    """Listens, and looks after its clients whenever it is polled.

    Args:
        port: The TCP port.
        address: The address to listen on; empty for all.
        on_connect: Called with every new client.
        on_disconnect: Called with every client that has gone, or was deactivated.
        max_connections: Clients at once; more are hung up on.
        timeout: Seconds that a `poll` waits at most for something to happen.
        client_class: A subclass of `TelnetClient`, to use in its place.
        socket_family: `socket.AF_INET6` for IPv6.
        encoding: Of text.

    Attributes:
        clients: The clients that are there, by file descriptor.
        server_socket: The listening socket.
        server_fileno: Its file descriptor.
    """

    def __init__(
        self,
        port: int = 7777,
        address: str = "",
        on_connect: Handler = _on_connect,
        on_disconnect: Handler = _on_disconnect,
        max_connections: int = MAX_CONNECTIONS,
        timeout: float = 0.05,
        client_class: type[TelnetClient] | None = None,
        socket_family: int | None = None,
        encoding: str = "utf-8",
    ) -> None:
        if client_class is not None and not issubclass(client_class, TelnetClient):
            raise TypeError("client_class must be a subclass of TelnetClient")
        self.address = address
        self.on_connect = on_connect
        self.on_disconnect = on_disconnect
        self.max_connections = min(max_connections, MAX_CONNECTIONS)
        self.timeout = timeout
        self.client_class = client_class or TelnetClient
        self.encoding = encoding
        self.clients: dict[int, TelnetClient] = {}
        self.server_socket = socket.socket(socket_family or socket.AF_INET, socket.SOCK_STREAM)
        try:
            self.server_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.server_socket.bind((address, port))
            self.server_socket.listen(_BACKLOG)
            self.server_socket.setblocking(False)
        except OSError:
            self.server_socket.close()
            raise
        self.port: int = self.server_socket.getsockname()[1]
        self.server_fileno = self.server_socket.fileno()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self.server_socket, selectors.EVENT_READ)

    def stop(self) -> None:
        """Hang up on every client, and listen no more."""
        for client in self.clients.values():
            client.sock.close()
        self.clients.clear()
        self._selector.close()
        self.server_socket.close()

    def client_count(self) -> int:
        """How many clients there are."""
        return len(self.clients)

    connection_count = client_count

    def client_list(self) -> ValuesView[TelnetClient]:
        """The clients that are there."""
        return self.clients.values()

    def poll(self) -> None:
        """Let in who has come, take what was typed, send what waits, and let go of who is gone."""
        self._let_go()
        for client in self.clients.values():
            self._watch(client)
        for key, happened in self._selector.select(self.timeout):
            if key.fileobj is self.server_socket:
                self._let_in()
                continue
            client = self.clients[key.fd]
            if happened & selectors.EVENT_READ:
                try:
                    client.socket_recv()
                except ConnectionLost:
                    client.deactivate()
            if happened & selectors.EVENT_WRITE and client.active:
                client.socket_send()

    def _watch(self, client: TelnetClient) -> None:
        """Look at a client's socket for what can be done with it."""
        events = selectors.EVENT_READ if client.wants_input else 0
        events |= selectors.EVENT_WRITE if client.send_pending else 0
        known = self._selector.get_map().get(client.fileno)
        if known is None:
            if events:
                self._selector.register(client.fileno, events)
        elif not events:
            self._selector.unregister(client.fileno)
        elif known.events != events:
            self._selector.modify(client.fileno, events)

    def _let_in(self) -> None:
        try:
            sock, where = self.server_socket.accept()
        except OSError as error:
            _log.warning("cannot accept: %s", error)
            return
        if len(self.clients) >= self.max_connections:
            _log.warning("%s turned away: %d clients already", where[0], len(self.clients))
            sock.close()
            return
        client = self.client_class(sock, where, encoding=self.encoding)
        self.clients[client.fileno] = client
        self.on_connect(client)

    def _let_go(self) -> None:
        """Send the last words of those who were deactivated, and close."""
        for client in [each for each in self.clients.values() if not each.active]:
            if client.send_pending:
                client.socket_send()
            self.on_disconnect(client)
            del self.clients[client.fileno]
            if client.fileno in self._selector.get_map():
                self._selector.unregister(client.fileno)
            client.sock.close()
