"""A host terminal for benchmarks: a program in a pseudo-terminal, its output read at a chosen speed."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from pathlib import Path

# The program's session gets the terminal as its own, as a shell's job has it.
OWN_TERMINAL = (
    "import fcntl, os, sys, termios\n"
    "os.setsid()\n"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
    "os.execvp(sys.argv[1], sys.argv[1:])\n"
)


class PtyHost:
    """Runs `argv`; collects what it writes, with the time at which something was first seen."""

    def __init__(
        self,
        argv: list[str],
        *,
        columns: int = 80,
        rows: int = 26,
        bytes_per_second: int = 0,
        environ: dict[str, str] | None = None,
    ) -> None:
        self.rate = bytes_per_second
        self.written = 0
        self.tail = b""
        self.frames = 0
        self._home = tempfile.TemporaryDirectory(prefix="bbsterm-bench-")
        self._condition = threading.Condition()
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        surroundings = os.environ | {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "BBSTERM_HOME": self._home.name,
            "HOME": self._home.name,
            **(environ or {}),
        }
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-c", OWN_TERMINAL, *argv],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=surroundings,
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        due = time.perf_counter()
        while True:
            try:
                ready, _, _ = select.select([self._master], [], [], 0.2)
                if not ready:
                    due = time.perf_counter()
                    continue
                data = os.read(self._master, 1024 if self.rate else 65536)
            except (OSError, ValueError):
                return
            if not data:
                return
            with self._condition:
                if b"\x1b[?2026$p" in data:  # synchronised output? yes: then frames can be counted
                    os.write(self._master, b"\x1b[?2026;2$y")
                self.written += len(data)
                self.frames += data.count(b"\x1b[?2026l")
                self.tail = (self.tail + data)[-200_000:]
                self._condition.notify_all()
            if self.rate:
                due = max(due, time.perf_counter() - 0.05) + len(data) / self.rate
                time.sleep(max(0.0, due - time.perf_counter()))

    def shows(self, text: bytes) -> bool:
        """Whether it has been written, not too long ago."""
        with self._condition:
            return text in self.tail

    def wait_for(self, text: bytes, seconds: float) -> float:
        """The time (perf_counter) at which `text` had been written.

        Raises:
            TimeoutError: It was not, in time.
        """
        deadline = time.perf_counter() + seconds
        with self._condition:
            while text not in self.tail:
                left = deadline - time.perf_counter()
                if left <= 0 or (self.process.poll() is not None and not self._condition.wait(0.3)):
                    raise TimeoutError(f"{text!r} was not shown; the end was {self.tail[-500:]!r}")
                self._condition.wait(min(left, 0.3))
            return time.perf_counter()

    def type(self, data: bytes) -> None:
        """Press keys."""
        os.write(self._master, data)

    def end(self) -> int:
        """End the program, politely first; return its exit code."""
        self.rate = 0
        if self.process.poll() is None:
            self.process.terminate()
        try:
            return self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def close(self) -> None:
        """Leave nothing behind."""
        self.end()
        os.close(self._master)
        self._reader.join(2)
        self._home.cleanup()

    @property
    def home(self) -> Path:
        """The program's home, until `close`."""
        return Path(self._home.name)
