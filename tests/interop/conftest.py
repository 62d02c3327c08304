"""A program in a pseudo-terminal of its own, as a person has it in a window."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import struct
import subprocess
import termios

import pytest

PATIENCE = 20.0  # s; these are other people's programs, on a machine that may be busy

_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[()][0-9A-Za-z]|[ -/]*[0-~])")


class Window:
    """What a program writes is kept as text without its control sequences; `type` is the keyboard."""

    def __init__(self, argv, home, *, columns=80, rows=24):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LD_LIBRARY_PATH")}
        self.process = subprocess.Popen(
            argv,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**kept, "HOME": str(home), "TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        os.close(slave)
        self.output = b""
        self.at = 0
        self.changed = asyncio.Event()
        self.loop = asyncio.get_running_loop()
        self.loop.add_reader(self.master, self._read)

    def _read(self):
        try:
            data = os.read(self.master, 65536)
        except OSError:  # EIO: the program has ended
            data = b""
        if not data:
            self.loop.remove_reader(self.master)
        self.output += data
        self.changed.set()

    @property
    def text(self):
        return _SEQUENCE.sub("", self.output.decode("utf-8", "replace"))

    def type(self, text):
        os.write(self.master, text.encode())

    async def shows(self, wanted):
        """Wait for `wanted` behind what was waited for last."""
        try:
            async with asyncio.timeout(PATIENCE):
                while (found := self.text.find(wanted, self.at)) < 0:
                    self.changed.clear()
                    await self.changed.wait()
        except TimeoutError:
            pytest.fail(f"{wanted!r} never came after {self.text[self.at :][-600:]!r}")
        self.at = found + len(wanted)

    def close(self):
        self.loop.remove_reader(self.master)
        self.process.kill()
        self.process.wait()
        os.close(self.master)


@pytest.fixture
async def window(tmp_path):
    """``window(argv)`` opens one; all are closed at the end of the test."""
    opened = []

    def open_window(*argv, **options):
        opened.append(Window(argv, tmp_path, **options))
        return opened[-1]

    yield open_window
    for one in opened:
        one.close()
