"""The part of a writer that speaks with MUDs and their clients: GMCP, MSDP, MSSP, ZMP and their kin."""

from __future__ import annotations

from collections.abc import Mapping

from bbsterm.protocol import events  # its parts load when they are named
from bbsterm.protocol.events import Event

__all__ = ["MudWriter"]


class MudWriter:
    """What `TelnetWriter` says by MUD options. Each returns whether it was sent: once it is agreed on."""

    __slots__ = ()

    def _send(self, event: Event) -> bool:
        raise NotImplementedError

    def send_gmcp(self, package: str, data: object = None) -> bool:
        """Send a GMCP message: ``send_gmcp("Char.Vitals", {"hp": 100})``.

        Raises:
            ValueError: The package is not one word.
            TypeError: `data` cannot be JSON.
        """
        from bbsterm.mud import gmcp_encode  # here, not above: most servers never meet a MUD's client

        name, _, document = gmcp_encode(package, data).partition(b" ")
        return self._send(events.GmcpReceived(name.decode(), document))

    def send_msdp(self, variables: Mapping[str, object]) -> bool:
        """Send MSDP variables; mappings are tables, sequences are arrays.

        Raises:
            ValueError: A text contains one of MSDP's marks.
        """
        from bbsterm.mud import msdp_encode  # as above

        return self._send(events.MsdpReceived(msdp_encode(variables)))

    def send_mssp(self, variables: Mapping[str, object]) -> bool:
        """Send what this MUD says of itself: ``send_mssp({"NAME": "Mud", "PORT": [23, 4000]})``.

        Raises:
            ValueError: A text contains one of MSSP's marks.
        """
        from bbsterm.mud import mssp_encode  # as above

        return self._send(events.MsspReceived(mssp_encode(variables)))

    def send_zmp(self, command: str, *arguments: str) -> bool:
        """Send a ZMP command: ``send_zmp("zmp.ping")``."""
        return self._send(events.ZmpReceived(command, arguments))

    def send_atcp(self, package: str, value: str = "") -> bool:
        """Send an ATCP message: ``send_atcp("Room.Brief", "A hall")``."""
        return self._send(events.AtcpReceived(package, value.encode()))

    def send_aardwolf(self, channel: int, *data: int) -> bool:
        """Send a message on Aardwolf's channel, each part 0 to 255."""
        return self._send(events.AardwolfReceived(channel, bytes(data)))

    def send_mxp(self, payload: bytes = b"") -> bool:
        """Send MXP's subnegotiation; empty, it says that tags begin."""
        return self._send(events.MxpReceived(payload))

    def send_msp(self, payload: bytes) -> bool:
        """Send a sound request by MSP's subnegotiation."""
        return self._send(events.MspReceived(payload))
