"""A line of the log every so often: who is there, how much was said, how long it has been quiet."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final

from bbsterm.net import Server

__all__ = ["StatusLogger"]

_SHOWN: Final = 20
"""Callers that one line names; the others are counted."""


class StatusLogger:
    """Logs who is there, every so often, when it has changed.

    Args:
        server: Whose clients.
        interval: Seconds; 0 never logs.
        log: Where to.
    """

    def __init__(self, server: Server, interval: float, log: logging.Logger | None = None) -> None:
        self._server = server
        self._interval = interval
        self._log = log or logging.getLogger("bbsterm.serve")
        self._task: asyncio.Task[None] | None = None
        self._last: dict[str, Any] | None = None

    def start(self) -> None:
        """Begin."""
        if self._interval > 0:
            self._task = asyncio.get_running_loop().create_task(self._run())

    def stop(self) -> None:
        """Log no more."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self._interval)
            status = self._get_status()
            if self._status_changed(status):
                self._log.info("Status: %s", self._format_status(status))
                self._last = status

    def _get_status(self) -> dict[str, Any]:
        clients = []
        for client in self._server.clients:
            peer = client.get_extra_info("peername") or ("-", 0)
            tls = client.get_extra_info("ssl_object") is not None
            clients.append(
                {
                    "ip": peer[0],
                    "port": peer[1],
                    "rx": client.rx_bytes,
                    "tx": client.tx_bytes,
                    "idle": int(client.idle),
                    "tls": tls,
                }
            )
        clients.sort(key=lambda each: (each["ip"], each["port"]))
        return {"count": len(clients), "clients": clients}

    def _status_changed(self, status: dict[str, Any]) -> bool:
        """Whether anybody came, left or did something; growing idle is no news."""
        return _without_idle(status) != _without_idle(self._last or {"clients": []})

    def _format_status(self, status: dict[str, Any]) -> str:
        if not status["count"]:
            return "0 clients connected"
        shown = ", ".join(
            f"{each['ip']}:{each['port']} (rx={each['rx']}, tx={each['tx']}, idle={each['idle']}"
            f"{' tls' if each.get('tls') else ''})"
            for each in status["clients"][:_SHOWN]
        )
        more = f" and {status['count'] - _SHOWN} more" if status["count"] > _SHOWN else ""
        return f"{status['count']} client(s): {shown}{more}"


def _without_idle(status: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(each["ip"], each["port"], each["rx"], each["tx"]) for each in status["clients"]]
