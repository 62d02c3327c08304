"""`bbsterm serve --workers N`: processes that share a port, and a parent that starts a dead one again.

Each worker has a listening socket of its own, made by the parent, which keeps it: who waits to be accepted
by a worker that dies is accepted by the next one. A worker that is killed loses only its own callers.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from socket import socket
from typing import Final

from bbsterm.errors import BbstermError, UsageError
from bbsterm.serve.settings import ServeSettings
from bbsterm.serve.sockets import sharing

__all__ = ["run_workers"]

_log: Final = logging.getLogger("bbsterm.serve")

_STOPS: Final = (signal.SIGINT, signal.SIGTERM)
_GRACE: Final = 5.0
"""Seconds beyond `--drain` after which a worker that should have ended is killed."""

_SHORT_LIFE: Final = 5.0
"""A worker that lives no longer is not started again at once: something is wrong here."""

_PAUSE: Final = 1.0
_POLL: Final = 0.1


@dataclass(slots=True)
class _Worker:
    """One process, and what it listens on."""

    number: int
    sock: socket
    process: int = 0
    since: float = 0.0
    not_before: float = 0.0


def run_workers(
    settings: ServeSettings,
    sockets: Sequence[socket],
    say: Callable[[ServeSettings, Sequence[socket]], None],
) -> int:
    """Start the workers, keep them running, end them when told to stop; return the exit code.

    Args:
        settings: What each worker does; its limit of callers is shared out among them.
        sockets: What systemd made; each worker accepts from all of them.
        say: Called once, when callers can come.

    Raises:
        UsageError: This system cannot.
        ListenError: The port cannot be taken.
    """
    if not hasattr(os, "fork"):
        raise UsageError("--workers needs a system that can fork; this one cannot", hint="Use one process.")
    if settings.shell == "mud":
        raise UsageError("the MUD is one world: it needs one process", hint="Leave out --workers.")
    if settings.tls_selfsigned:
        from bbsterm.serve.meeting import folder  # here, not above: it needs more than a parent does
        from bbsterm.serve.selfsigned import certificate

        certificate(folder(settings), settings.host)  # once for all: each worker would make its own
    listeners = list(sockets) or sharing(settings.host, settings.port, settings.workers)
    share = replace(settings, limit_callers=max(1, -(-settings.limit_callers // settings.workers)), workers=1)
    team = [_Worker(number, listeners[number % len(listeners)]) for number in range(1, settings.workers + 1)]
    return _Parent(share, team, listeners).run(lambda: say(settings, listeners[:1]))


class _Parent:
    """Watches over the workers. It has no event loop, no threads and no callers: nothing in it can break."""

    def __init__(self, settings: ServeSettings, team: list[_Worker], listeners: list[socket]) -> None:
        self._settings = settings
        self._team = team
        self._listeners = listeners
        self._stopping = 0.0
        self._code = 0
        self._lifeline = os.pipe()
        """Workers read it, nobody writes: it ends when this process does, however that comes about."""

    def run(self, started: Callable[[], None]) -> int:
        for number in _STOPS:
            signal.signal(number, self._stop)
        for worker in self._team:
            self._start(worker)
        started()
        while any(worker.process for worker in self._team) or not self._stopping:
            self._reap()
            self._look_after()
            time.sleep(
                _POLL
            )  # a signal ends it early only where a handler raises, and a tenth is soon enough
        _log.info("all workers have ended")
        return self._code

    def _stop(self, number: int, frame: object) -> None:
        """Told to stop: tell the workers; the second time, they do not wait for anybody either."""
        if not self._stopping:
            print("bbsterm: closing", file=sys.stderr, flush=True)
        self._stopping = self._stopping or time.monotonic()
        self._tell(signal.SIGTERM)

    def _tell(self, number: int) -> None:
        for worker in self._team:
            if worker.process:
                try:
                    os.kill(worker.process, number)
                except ProcessLookupError:
                    continue  # it has ended meanwhile, and is reaped in a moment

    def _start(self, worker: _Worker) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if not process:
            os._exit(self._work(worker))
        worker.process, worker.since = process, time.monotonic()
        _log.info("worker %d is process %d", worker.number, process)

    def _work(self, worker: _Worker) -> int:
        """The life of a worker, in its own process."""
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the parent, which tells us
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.close(self._lifeline[1])
            for listener in self._listeners:
                if listener is not worker.sock:
                    listener.close()
            return _serve(self._settings, worker.sock, self._lifeline[0])
        except BbstermError as error:
            print(
                f"bbsterm: {error}",
                *([error.hint] if error.hint else []),
                sep="\n",
                file=sys.stderr,
                flush=True,
            )
            return 1
        except KeyboardInterrupt:
            return 0
        except BaseException:  # whatever it was, this process must not go on as its parent's twin
            _log.exception("worker %d failed", worker.number)
            return 70

    def _reap(self) -> None:
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not process:
                return
            for worker in self._team:
                if worker.process == process:
                    self._ended(worker, os.waitstatus_to_exitcode(status))

    def _ended(self, worker: _Worker, code: int) -> None:
        process, worker.process = worker.process, 0
        if self._stopping:
            return
        lived = time.monotonic() - worker.since
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        if (
            code == 1 and lived < _SHORT_LIFE
        ):  # it could not begin, and has said why: the next one cannot either
            self._code = 1
            self._stopping = time.monotonic()
            self._tell(signal.SIGTERM)
            return
        _log.warning("worker %d (process %d) %s: its callers are lost", worker.number, process, how)
        worker.not_before = time.monotonic() + (_PAUSE if lived < _SHORT_LIFE else 0.0)

    def _look_after(self) -> None:
        now = time.monotonic()
        if self._stopping:
            if now - self._stopping > self._settings.drain + _GRACE:
                self._tell(signal.SIGKILL)
            return
        for worker in self._team:
            if not worker.process and now >= worker.not_before:
                self._start(worker)


def _serve(settings: ServeSettings, sock: socket, lifeline: int) -> int:
    import asyncio

    from bbsterm.serve.descriptors import calm_handler
    from bbsterm.serve.service import open_service
    from bbsterm.serve.signals import until_told

    async def serve() -> int:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(calm_handler())
        async with until_told((signal.SIGTERM,)) as over, open_service(settings, [sock]):
            loop.add_reader(lifeline, over.set)
            await over.wait()
            loop.remove_reader(lifeline)
        return 0

    return asyncio.run(serve())
