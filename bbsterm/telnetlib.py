r"""The API of Python's removed `telnetlib`: ``from bbsterm.telnetlib import Telnet``, and programs go on.

It keeps what those programs rely on: everything is bytes, every option is refused unless a callback decides,
NUL and DC1 are dropped from what is read. For new programs `bbsterm.sync` negotiates, and speaks text.

>>> with Telnet("bbs.example.org", 23, timeout=10) as tn:
...     tn.read_until(b"login: ")
...     tn.write(b"guest\r\n")
"""

from __future__ import annotations

import re
import selectors
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Final

from bbsterm import telopt
from bbsterm.protocol.parser import Abandoned, Negotiation, Order, Overlong, Parser, Subnegotiation
from bbsterm.protocol.vocabulary import Command
from bbsterm.telopt import *  # noqa: F403  # the constants are part of the API
from bbsterm.telopt import DONT, IAC, SB, SE, WONT

__all__ = ["DEBUGLEVEL", "NOOPT", "TELNET_PORT", "Telnet", "main", *telopt.__all__]

DEBUGLEVEL: Final = 0
TELNET_PORT: Final = 23
NOOPT: Final = b"\x00"
"""What a callback gets in place of an option, for commands that have none."""

Callback = Callable[[Any, bytes, bytes], object]

_GLOBAL_DEFAULT_TIMEOUT: Any = getattr(socket, "_GLOBAL_DEFAULT_TIMEOUT", None)
_TelnetSelector = getattr(selectors, "PollSelector", selectors.SelectSelector)
_RECEIVE: Final = 4096
_DROPPED: Final = b"\0\x11"  # NUL, and DC1 (XON)
_ANSWERS: Final = {Command.DO: WONT, Command.DONT: WONT, Command.WILL: DONT, Command.WONT: DONT}


class Telnet:
    """A connection to a telnet server. Without `host` it is made by `open`.

    Args:
        host: Name or address.
        port: The TCP port; 0 is telnet's own, 23.
        timeout: Seconds for connecting and for each reading from the socket.
    """

    debuglevel = DEBUGLEVEL
    host: str | None = None

    def __init__(
        self, host: str | None = None, port: int = 0, timeout: float | None = _GLOBAL_DEFAULT_TIMEOUT
    ) -> None:
        self.debuglevel = DEBUGLEVEL
        self.host = host
        self.port = port
        self.timeout = timeout
        self.sock: Any = None
        self.rawq = b""
        self.cookedq = b""
        self.sbdataq = b""
        self.eof = False
        self.option_callback: Callback | None = None
        self._parser = Parser()
        if host is not None:
            self.open(host, port, timeout)

    def open(self, host: str, port: int = 0, timeout: float | None = _GLOBAL_DEFAULT_TIMEOUT) -> None:
        """Connect. Do not open a connection that is open already."""
        self.eof = False
        self.host = host
        self.port = port or TELNET_PORT
        self.timeout = timeout
        sys.audit("telnetlib.Telnet.open", self, host, self.port)
        self.sock = socket.create_connection((host, self.port), timeout)

    def close(self) -> None:
        """Close the connection."""
        sock, self.sock = self.sock, None
        self.eof = True
        self._parser = Parser()
        if sock:
            sock.close()

    def __del__(self) -> None:
        self.close()

    def __enter__(self) -> Telnet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def get_socket(self) -> Any:
        """The socket; None when closed."""
        return self.sock

    def fileno(self) -> int:
        """The socket's descriptor."""
        number: int = self.sock.fileno()
        return number

    # --- debugging -----------------------------------------------------------------------------

    def msg(self, msg: str, *args: object) -> None:
        """Print a debug message, if the debug level is above 0; with `args`, by the ``%`` operator."""
        if self.debuglevel > 0:
            print(f"Telnet({self.host},{self.port}):", msg % args if args else msg)

    def set_debuglevel(self, debuglevel: int) -> None:
        """Set the debug level: above 0, what is sent and received is printed."""
        self.debuglevel = debuglevel

    def set_option_negotiation_callback(self, callback: Callback | None) -> None:
        """Call ``callback(socket, command, option)`` for all but text, in place of refusing options."""
        self.option_callback = callback

    # --- writing and reading ---------------------------------------------------------------------

    def write(self, buffer: bytes) -> None:
        """Send bytes, with every IAC doubled. May block; may raise OSError."""
        buffer = buffer.replace(IAC, IAC + IAC)
        sys.audit("telnetlib.Telnet.write", self, buffer)
        self.msg("send %r", buffer)
        self.sock.sendall(buffer)

    def read_until(self, match: bytes, timeout: float | None = None) -> bytes:
        """Read until `match`, or until the end or `timeout` seconds: then what there is, perhaps nothing.

        Raises:
            EOFError: The connection is closed, and nothing is left.
        """
        found = self._read_while(timeout, lambda start: self.cookedq.find(match, max(0, start - len(match))))
        if found < 0:
            return self.read_very_lazy()
        return self._cut(found + len(match))

    def read_all(self) -> bytes:
        """Read until the end; block until then."""
        self.process_rawq()
        parts = []
        while not self.eof:
            parts.append(self._cut(len(self.cookedq)))
            self.fill_rawq()
            self.process_rawq()
        return b"".join(parts) + self._cut(len(self.cookedq))

    def read_some(self) -> bytes:
        """Read at least one byte, or b"" at the end; block until then."""
        self.process_rawq()
        while not self.cookedq and not self.eof:
            self.fill_rawq()
            self.process_rawq()
        return self._cut(len(self.cookedq))

    def read_very_eager(self) -> bytes:
        """Read everything that can be had without blocking.

        Raises:
            EOFError: The connection is closed, and nothing is left.
        """
        self.process_rawq()
        while not self.eof and self.sock_avail():
            self.fill_rawq()
            self.process_rawq()
        return self.read_very_lazy()

    def read_eager(self) -> bytes:
        """Read what is there already, or else what can be had without blocking.

        Raises:
            EOFError: The connection is closed, and nothing is left.
        """
        self.process_rawq()
        while not self.cookedq and not self.eof and self.sock_avail():
            self.fill_rawq()
            self.process_rawq()
        return self.read_very_lazy()

    def read_lazy(self) -> bytes:
        """Process and read what was received already, without asking the socket.

        Raises:
            EOFError: The connection is closed, and nothing is left.
        """
        self.process_rawq()
        return self.read_very_lazy()

    def read_very_lazy(self) -> bytes:
        """Read what was processed already.

        Raises:
            EOFError: The connection is closed, and nothing is left.
        """
        if not self.cookedq and self.eof and not self.rawq:
            raise EOFError("telnet connection closed")
        return self._cut(len(self.cookedq))

    def read_sb_data(self) -> bytes:
        """What the last subnegotiation said; a callback calls it at SE."""
        data, self.sbdataq = self.sbdataq, b""
        return data

    def expect(
        self, list: Sequence[Any], timeout: float | None = None
    ) -> tuple[int, re.Match[bytes] | None, bytes]:
        """Read until one of several patterns matches, compiled ones or bytes.

        Returns:
            The index of the pattern that matched first, its match, and the text up to its end. Without a
            match at the end or after `timeout` seconds: ``(-1, None, text)``.

        Raises:
            EOFError: The connection is closed, and nothing is left.
        """
        patterns: Any = [re.compile(each) if isinstance(each, (bytes, str)) else each for each in list]
        result: tuple[int, re.Match[bytes]] | None = None

        def search(start: int) -> int:
            nonlocal result
            for index, pattern in enumerate(patterns):
                if match := pattern.search(self.cookedq):
                    result = index, match
                    return 0
            return -1

        if self._read_while(timeout, search) < 0 or result is None:
            text = self.read_very_lazy()
            return -1, None, text
        index, match = result
        return index, match, self._cut(match.end())

    def _read_while(self, timeout: float | None, search: Callable[[int], int]) -> int:
        """Read until `search`, told how much it has seen before, finds something; -1 if it does not."""
        self.process_rawq()
        found = search(0)
        if found >= 0 or self.eof:
            return found
        deadline = None if timeout is None else time.monotonic() + timeout
        with _TelnetSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            while not self.eof:
                if selector.select(None if deadline is None else max(0.0, deadline - time.monotonic())):
                    seen = len(self.cookedq)
                    self.fill_rawq()
                    self.process_rawq()
                    found = search(seen)
                    if found >= 0:
                        return found
                if deadline is not None and time.monotonic() >= deadline:
                    break
        return -1

    def _cut(self, end: int) -> bytes:
        text, self.cookedq = self.cookedq[:end], self.cookedq[end:]
        return text

    # --- queues ------------------------------------------------------------------------------------

    def sock_avail(self) -> bool:
        """Whether the socket has something to read."""
        with _TelnetSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            return bool(selector.select(0))

    def fill_rawq(self) -> None:
        """Receive once from the socket; block until something comes. Nothing is the end."""
        data = self.sock.recv(_RECEIVE)
        self.msg("recv %r", data)
        self.eof = not data
        self.rawq += data

    def rawq_getchar(self) -> bytes:
        """The next received byte, unprocessed; block until there is one.

        Raises:
            EOFError: The connection is closed.
        """
        if not self.rawq:
            self.fill_rawq()
            if self.eof:
                raise EOFError
        character, self.rawq = self.rawq[:1], self.rawq[1:]
        return character

    def process_rawq(self) -> None:
        """Take telnet out of what was received: text to the cooked queue, the rest to the callback."""
        raw, self.rawq = self.rawq, b""
        if not raw:
            return
        for token in self._parser.feed(raw):
            if isinstance(token, bytes):
                self.cookedq += token.translate(None, _DROPPED)
            elif isinstance(token, Negotiation):
                self._negotiated(token.verb, bytes([token.option]))
            elif isinstance(token, Order):
                self._commanded(bytes([token.byte]))
            elif isinstance(token, (Subnegotiation, Overlong)):
                self._subnegotiated(bytes([token.option]) + token.payload)
                self._commanded(SE)
            elif isinstance(token, Abandoned):
                self._subnegotiated(b"" if token.option is None else bytes([token.option]) + token.payload)

    def _negotiated(self, verb: Command, option: bytes) -> None:
        self.msg("IAC %s %d", verb.name, option[0])
        command = bytes([verb])
        if self.option_callback is not None:
            self.option_callback(self.sock, command, option)
        else:
            self.sock.sendall(IAC + _ANSWERS[verb] + option)

    def _commanded(self, command: bytes) -> None:
        if self.option_callback is not None:
            self.option_callback(self.sock, command, NOOPT)
        elif command not in (SB, SE):
            self.msg("IAC %d not recognized", command[0])

    def _subnegotiated(self, data: bytes) -> None:
        self._commanded(SB)
        self.sbdataq = data.translate(None, _DROPPED)

    # --- a person at the keyboard ------------------------------------------------------------------

    def interact(self) -> None:
        """Copy standard input to the server and what it sends to standard output, a very dumb terminal."""
        if sys.platform == "win32":  # its standard input cannot be waited for
            self.mt_interact()
            return
        with _TelnetSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            selector.register(sys.stdin, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self:
                        try:
                            text = self.read_eager()
                        except EOFError:
                            print("*** Connection closed by remote host ***")
                            return
                        self._show(text)
                    elif not self._type_line():
                        return

    def mt_interact(self) -> None:
        """Do as `interact` does, with a thread that listens."""
        threading.Thread(target=self.listener, daemon=True).start()
        while self._type_line():
            continue

    def listener(self) -> None:
        """Show what the server sends, until it closes; `mt_interact` runs it in a thread."""
        while True:
            try:
                text = self.read_eager()
            except EOFError:
                print("*** Connection closed by remote host ***")
                return
            if not text:
                time.sleep(0.02)
            self._show(text)

    def _type_line(self) -> bool:
        """Send a line of standard input; False at its end."""
        line = sys.stdin.readline().encode("ascii", "replace")
        if line:
            self.write(line)
        return bool(line)

    def _show(self, text: bytes) -> None:
        sys.stdout.write(text.decode("ascii", "replace"))
        sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> None:
    """``python -m bbsterm.telnetlib [-d] ... [host [port]]``: talk to a server; each -d adds debugging."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    debuglevel = 0
    while words and words[0] == "-d":
        debuglevel += 1
        del words[0]
    host = words[0] if words else "localhost"
    port = 0
    if len(words) > 1:
        try:
            port = int(words[1])
        except ValueError:
            port = socket.getservbyname(words[1], "tcp")
    with Telnet() as tn:
        tn.set_debuglevel(debuglevel)
        tn.open(host, port, timeout=0.5)
        tn.interact()


if __name__ == "__main__":
    main()
