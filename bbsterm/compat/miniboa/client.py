"""One client of a polled server: lines come in, text goes out, and nothing ever waits."""

from __future__ import annotations

import codecs
import logging
import re
import socket
import time
from typing import Final

from bbsterm.compat.miniboa.error import ConnectionLost
from bbsterm.compat.miniboa.xterm import colorize, word_wrap
from bbsterm.limits import (
    MAX_COLUMNS,
    MAX_COMMAND,
    MAX_COMMANDS_WAITING,
    MAX_ROWS,
    MAX_UNSENT,
)
from bbsterm.protocol import Connection
from bbsterm.protocol.events import (
    CloseAdvised,
    Event,
    RequestOption,
    TerminalTypeReceived,
    TextReceived,
    WindowSizeChanged,
)
from bbsterm.protocol.options import Binary, Echo, Naws, SuppressGoAhead, TerminalType
from bbsterm.protocol.policy import Policy
from bbsterm.protocol.strategy import Strategy
from bbsterm.protocol.vocabulary import OptionCode, Role, Side

__all__ = ["ConnectionLost", "TelnetClient"]

_RECEIVE: Final = 4096
_LINE_END: Final = re.compile(r"\r\n?|\n")
_NEWLINE: Final = re.compile(r"\r?\n")

_log: Final = logging.getLogger("bbsterm.compat.miniboa")


class TelnetClient:
    """A client, as `TelnetServer` hands it to ``on_connect`` and ``on_disconnect``.

    Args:
        sock: The client's socket.
        addr_tup: Its address and port.
        encoding: Of text.

    Attributes:
        active: Whether it is there. Set it to False to hang up at the next poll.
        cmd_ready: Whether `get_command` has a line.
        address: The client's address.
        port: The client's port.
        terminal_type: What it says that it is, once `request_terminal_type` was called.
        columns: The window's width, kept up to date once `request_naws` was called.
        rows: The window's height.
        use_ansi: Whether `send_cc` sends colours.
        bytes_sent: So many bytes were sent.
        bytes_received: So many bytes came.
        connect_time: When it connected, in seconds since the epoch.
        last_input_time: When something last came.
        telnet_echo: Whether we echo what is typed.
        telnet_echo_password: Whether we echo asterisks in its place.
    """

    def __init__(self, sock: socket.socket, addr_tup: tuple[str, int], encoding: str = "utf-8") -> None:
        sock.setblocking(False)
        self.protocol = "telnet"
        self.active = True
        self.sock = sock
        self.fileno = sock.fileno()
        self.address, self.port = addr_tup[0], addr_tup[1]
        self.encoding = encoding
        self.terminal_type = "ANSI"
        self.use_ansi = True
        self.columns, self.rows = 80, 24
        self.bytes_sent = self.bytes_received = 0
        self.command_list: list[str] = []
        self.recv_buffer = ""
        self.connect_time = self.last_input_time = time.time()
        self.telnet_echo = self.telnet_echo_password = False
        self._since = self._heard = time.monotonic()
        self._unsent = bytearray()
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._after_cr = False
        options = (Binary(), Echo(), SuppressGoAhead(), Naws(), TerminalType())
        self._telnet = Connection(
            Role.SERVER, options, strategy=Strategy(), policy=Policy(are_you_there=b"\r\n[Yes]\r\n")
        )

    # --- what comes ----------------------------------------------------------------------------

    @property
    def cmd_ready(self) -> bool:
        """Whether `get_command` has a line."""
        return bool(self.command_list)

    def get_command(self) -> str | None:
        """The next line that was typed, white space around it removed; None when there is none."""
        return self.command_list.pop(0) if self.command_list else None

    # --- what goes -------------------------------------------------------------------------------

    @property
    def send_pending(self) -> bool:
        """Whether something waits to be sent by a poll."""
        return bool(self._unsent)

    def send(self, text: str) -> None:
        r"""Send text at the next poll, every newline as \r\n."""
        if text:
            self._telnet.send_bytes(_NEWLINE.sub("\r\n", text).encode(self.encoding, "replace"))
            self._take_answers()

    def send_cc(self, text: str) -> None:
        """Send text whose caret codes become colours, or nothing where `use_ansi` is False."""
        self.send(colorize(text, self.use_ansi))

    def send_wrapped(self, text: str) -> None:
        """Send text wrapped for the client's window, caret codes and all."""
        for line in word_wrap(text, self.columns):
            self.send_cc(line + "\n")

    # --- who it is ---------------------------------------------------------------------------------

    def deactivate(self) -> None:
        """Hang up at the next poll."""
        self.active = False

    def addrport(self) -> str:
        """The client's address and port: "127.0.0.1:51234"."""
        return f"{self.address}:{self.port}"

    def idle(self) -> float:
        """Seconds since something came."""
        return time.monotonic() - self._heard

    def duration(self) -> float:
        """Seconds since the client connected."""
        return time.monotonic() - self._since

    # --- what it is asked ----------------------------------------------------------------------------

    def request_do_sga(self) -> None:
        """Ask the client to suppress GA (RFC 858)."""
        self._ask(OptionCode.SGA, Side.REMOTE)

    def request_will_echo(self) -> None:
        """Offer to echo what is typed (RFC 857), and do so."""
        self._ask(OptionCode.ECHO, Side.LOCAL)
        self.telnet_echo = True

    def request_wont_echo(self) -> None:
        """Stop echoing."""
        self._ask(OptionCode.ECHO, Side.LOCAL, enabled=False)
        self.telnet_echo = False

    def password_mode_on(self) -> None:
        """Say that we echo, and do not: what is typed does not show."""
        self._ask(OptionCode.ECHO, Side.LOCAL)

    def password_mode_off(self) -> None:
        """Show typing again."""
        self._ask(OptionCode.ECHO, Side.LOCAL, enabled=False)

    def request_naws(self) -> None:
        """Ask for the window's size (RFC 1073): `columns` and `rows` follow it from then on."""
        self._ask(OptionCode.NAWS, Side.REMOTE)

    def request_terminal_type(self) -> None:
        """Ask for the terminal's type (RFC 1091)."""
        self._ask(OptionCode.TTYPE, Side.REMOTE)

    def _ask(self, option: OptionCode, side: Side, *, enabled: bool = True) -> None:
        self._telnet.send(RequestOption(option, side, enabled))
        self._take_answers()

    # --- what the server calls ---------------------------------------------------------------------------

    @property
    def wants_input(self) -> bool:
        """Whether the socket should be read: not while its lines are not taken, or nothing can be sent."""
        return len(self.command_list) < MAX_COMMANDS_WAITING and len(self._unsent) < MAX_UNSENT // 2

    def socket_send(self) -> None:
        """Send what the socket takes, without waiting."""
        try:
            sent = self.sock.send(self._unsent)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            _log.info("%s: %s", self.addrport(), error)
            self.active = False
            return
        self.bytes_sent += sent
        del self._unsent[:sent]

    def socket_recv(self) -> None:
        """Take what the socket has, without waiting.

        Raises:
            ConnectionLost: The client has hung up.
        """
        try:
            data = self.sock.recv(_RECEIVE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            raise ConnectionLost(str(error)) from error
        if not data:
            raise ConnectionLost("the client hung up")
        self.last_input_time, self._heard = time.time(), time.monotonic()
        self.bytes_received += len(data)
        for event in self._telnet.receive_data(data, now=self._heard):
            self._hear(event)
        self._take_answers()

    def _hear(self, event: Event) -> None:
        match event:
            case TextReceived(data):
                self._typed(self._decoder.decode(data))
            case WindowSizeChanged(size):
                self.columns = min(size.columns, MAX_COLUMNS) or self.columns
                self.rows = min(size.rows, MAX_ROWS) or self.rows
            case TerminalTypeReceived(name):
                self.terminal_type = name
            case CloseAdvised(reason):
                _log.warning("%s closed: %s", self.addrport(), reason)
                self.active = False
            case _:
                return

    def _typed(self, text: str) -> None:
        if self._after_cr and text.startswith("\n"):
            text = text[1:]
        if self.telnet_echo and text:
            self.send(re.sub(r"[^\r\n]", "*", text) if self.telnet_echo_password else text)
        self._after_cr = text.endswith("\r") if text else self._after_cr
        *lines, rest = _LINE_END.split(self.recv_buffer + text)
        self.recv_buffer = rest[:MAX_COMMAND]
        self.command_list += [line[:MAX_COMMAND].strip() for line in lines]

    def _take_answers(self) -> None:
        self._unsent += self._telnet.data_to_send()
        if len(self._unsent) > MAX_UNSENT:
            _log.warning("%s does not read what we send: closed", self.addrport())
            self._unsent.clear()
            self.active = False
