"""The part of a writer that telnetlib3's programs use without a connection: fed by hand, byte by byte."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from bbsterm.net.writer_linemode import LinemodeWriter
from bbsterm.protocol.events import Event, TextReceived
from bbsterm.telopt import DO, DONT, IAC, SB, SE, WILL, WONT

__all__ = ["FeedingWriter"]


class FeedingWriter(LinemodeWriter):
    """What a writer can be asked beside writing: to take bytes, and what the peer told by MUD options."""

    __slots__ = ()

    is_binary_writer = True
    log = logging.getLogger(__name__)

    @property
    def is_oob(self) -> bool:
        """Whether the last byte fed was part of a command that is not complete."""
        return self.connection.inside_command

    def is_closing(self) -> bool:
        """Whether the line is closed, or about to be."""
        raise NotImplementedError

    def handle_subnegotiation(self, buf: Iterable[bytes]) -> None:
        """Take a subnegotiation as if the peer had sent it: its option's byte, and what follows."""
        payload = b"".join(buf)
        self._feed(IAC + SB + payload.replace(IAC, IAC + IAC) + IAC + SE)

    def feed_byte(self, byte: bytes) -> bool:
        """Take a byte from the peer, where no connection does it; answers are sent, callbacks are called.

        Returns:
            Whether it is text. The text itself is not kept: the caller has it.
        """
        return self._feed(byte)

    def _feed(self, data: bytes) -> bool:
        take = getattr(getattr(self, "protocol", None), "take", None)
        if take is not None:  # its own connection reads it, and calls back
            take(data)
            return False
        events = self.connection.receive_data(data)
        self.flush()
        text = False
        for event in events:
            if type(event) is TextReceived:
                text = True
            else:
                self.event_received(event)
                self._call_back(event)
        self.waiters_look_again()
        return text

    def handle_do(self, opt: bytes) -> bool:
        """Take a DO as if the peer had sent it; return whether we perform the option now."""
        self._feed(IAC + DO + opt)
        return self.local_option.enabled(opt)

    def handle_dont(self, opt: bytes) -> None:
        """Take a DONT as if the peer had sent it."""
        self._feed(IAC + DONT + opt)

    def handle_will(self, opt: bytes) -> None:
        """Take a WILL as if the peer had sent it."""
        self._feed(IAC + WILL + opt)

    def handle_wont(self, opt: bytes) -> None:
        """Take a WONT as if the peer had sent it."""
        self._feed(IAC + WONT + opt)

    def _call_back(self, event: Event) -> None:
        from bbsterm.net.tells import TELLS  # here, not above: connections call back by themselves

        tell = TELLS.get(type(event))
        if tell is None or tell.option is None:
            return
        option = bytes((tell.option,))
        function = self.callback("ext", option) or self.default_handler(option)
        if function is not None:
            try:
                arguments = tell.arguments(event)
            except ValueError:  # a payload that makes no sense, such as bad JSON
                return
            function(*arguments)

    @property
    def connection_closed(self) -> bool:
        """Whether the line is closed, or about to be."""
        return self.is_closing()

    @property
    def mssp_data(self) -> dict[str, Any] | None:
        """What the server said of itself by MSSP."""
        return self.ctx.mssp_data

    @property
    def atcp_data(self) -> list[tuple[str, str]]:
        """ATCP messages received."""
        return self.ctx.atcp_data

    @property
    def aardwolf_data(self) -> list[dict[str, Any]]:
        """Aardwolf's messages received."""
        return self.ctx.aardwolf_data

    @property
    def mxp_data(self) -> list[bytes]:
        """MXP's subnegotiations received."""
        return self.ctx.mxp_data

    @property
    def zmp_data(self) -> dict[str, list[str]]:
        """ZMP commands received: the last arguments of each."""
        return self.ctx.zmp_data

    @property
    def comport_data(self) -> dict[str, Any] | None:
        """What COM-PORT said."""
        return self.ctx.comport_data
