"""What MUDs added. The engine carries their payloads; `bbsterm.mud` reads them."""

from __future__ import annotations

from bbsterm.protocol.events.making import Event, event

__all__ = [
    "AardwolfReceived",
    "AtcpReceived",
    "GmcpReceived",
    "MsdpReceived",
    "MspReceived",
    "MsspReceived",
    "MxpReceived",
    "ZmpReceived",
]


@event
class GmcpReceived(Event):
    """A GMCP message. `payload` is the document as it was sent, usually JSON in UTF-8."""

    package: str
    payload: bytes


@event
class MsdpReceived(Event):
    """MUD server data: variables as MSDP spells them, to be read by `bbsterm.mud`."""

    payload: bytes


@event
class MsspReceived(Event):
    """The MUD's entry for server lists, as MSSP spells it, to be read by `bbsterm.mud`."""

    payload: bytes


@event
class MspReceived(Event):
    """A MUD sound request that came as a subnegotiation; most are in the text as ``!!SOUND(...)``."""

    payload: bytes


@event
class MxpReceived(Event):
    """MXP begins (an empty payload), or a message of it. Its tags are in the text."""

    payload: bytes


@event
class ZmpReceived(Event):
    """A command of the Zenith MUD protocol, such as ``zmp.ping``, with its arguments."""

    command: str
    arguments: tuple[str, ...] = ()


@event
class AtcpReceived(Event):
    """A message of GMCP's ancestor: a package and the rest, as sent."""

    package: str
    payload: bytes


@event
class AardwolfReceived(Event):
    """Aardwolf's telnet channel 102: a channel's number and its data."""

    channel: int
    data: bytes
