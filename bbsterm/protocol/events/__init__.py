"""What the engine tells, and what it can be told to say: one word for one thing, both ways.

A client *sends* `WindowSizeChanged`, a server *receives* it. Events are values: compare them with ``==``,
read them with ``repr``.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bbsterm.protocol.events.base import CloseAdvised as CloseAdvised
    from bbsterm.protocol.events.base import CommandReceived as CommandReceived
    from bbsterm.protocol.events.base import CompressionChanged as CompressionChanged
    from bbsterm.protocol.events.base import Event as Event
    from bbsterm.protocol.events.base import OptionChanged as OptionChanged
    from bbsterm.protocol.events.base import OptionDeclined as OptionDeclined
    from bbsterm.protocol.events.base import OptionRefused as OptionRefused
    from bbsterm.protocol.events.base import ProtocolViolation as ProtocolViolation
    from bbsterm.protocol.events.base import ReportRequested as ReportRequested
    from bbsterm.protocol.events.base import RequestOption as RequestOption
    from bbsterm.protocol.events.base import TextReceived as TextReceived
    from bbsterm.protocol.events.lines import CharactersChanged as CharactersChanged
    from bbsterm.protocol.events.lines import ComPortReported as ComPortReported
    from bbsterm.protocol.events.lines import ComPortRequested as ComPortRequested
    from bbsterm.protocol.events.lines import ComPortSignature as ComPortSignature
    from bbsterm.protocol.events.lines import FlowControlChanged as FlowControlChanged
    from bbsterm.protocol.events.lines import ForwardmaskAnswered as ForwardmaskAnswered
    from bbsterm.protocol.events.lines import ForwardmaskChanged as ForwardmaskChanged
    from bbsterm.protocol.events.lines import FunctionReceived as FunctionReceived
    from bbsterm.protocol.events.lines import LinemodeChanged as LinemodeChanged
    from bbsterm.protocol.events.mud import AardwolfReceived as AardwolfReceived
    from bbsterm.protocol.events.mud import AtcpReceived as AtcpReceived
    from bbsterm.protocol.events.mud import GmcpReceived as GmcpReceived
    from bbsterm.protocol.events.mud import MsdpReceived as MsdpReceived
    from bbsterm.protocol.events.mud import MspReceived as MspReceived
    from bbsterm.protocol.events.mud import MsspReceived as MsspReceived
    from bbsterm.protocol.events.mud import MxpReceived as MxpReceived
    from bbsterm.protocol.events.mud import ZmpReceived as ZmpReceived
    from bbsterm.protocol.events.terminal import CharsetAgreed as CharsetAgreed
    from bbsterm.protocol.events.terminal import CharsetRefused as CharsetRefused
    from bbsterm.protocol.events.terminal import CharsetRequested as CharsetRequested
    from bbsterm.protocol.events.terminal import DisplayReceived as DisplayReceived
    from bbsterm.protocol.events.terminal import EnvironReceived as EnvironReceived
    from bbsterm.protocol.events.terminal import EnvironRequested as EnvironRequested
    from bbsterm.protocol.events.terminal import LocationReceived as LocationReceived
    from bbsterm.protocol.events.terminal import LoggedOut as LoggedOut
    from bbsterm.protocol.events.terminal import StatusReceived as StatusReceived
    from bbsterm.protocol.events.terminal import TerminalSpeedReceived as TerminalSpeedReceived
    from bbsterm.protocol.events.terminal import TerminalTypeReceived as TerminalTypeReceived
    from bbsterm.protocol.events.terminal import TerminalTypesKnown as TerminalTypesKnown
    from bbsterm.protocol.events.terminal import TimingMarkReceived as TimingMarkReceived
    from bbsterm.protocol.events.terminal import WindowSizeChanged as WindowSizeChanged
    from bbsterm.protocol.vocabulary import WindowSize as WindowSize

_HOMES: Final = {
    "bbsterm.protocol.events.base": (
        "CloseAdvised",
        "CommandReceived",
        "CompressionChanged",
        "Event",
        "OptionChanged",
        "OptionDeclined",
        "OptionRefused",
        "ProtocolViolation",
        "ReportRequested",
        "RequestOption",
        "TextReceived",
    ),
    "bbsterm.protocol.events.lines": (
        "CharactersChanged",
        "ComPortReported",
        "ComPortRequested",
        "ComPortSignature",
        "FlowControlChanged",
        "ForwardmaskAnswered",
        "ForwardmaskChanged",
        "FunctionReceived",
        "LinemodeChanged",
    ),
    "bbsterm.protocol.events.mud": (
        "AardwolfReceived",
        "AtcpReceived",
        "GmcpReceived",
        "MsdpReceived",
        "MspReceived",
        "MsspReceived",
        "MxpReceived",
        "ZmpReceived",
    ),
    "bbsterm.protocol.events.terminal": (
        "CharsetAgreed",
        "CharsetRefused",
        "CharsetRequested",
        "DisplayReceived",
        "EnvironReceived",
        "EnvironRequested",
        "LocationReceived",
        "LoggedOut",
        "StatusReceived",
        "TerminalSpeedReceived",
        "TerminalTypeReceived",
        "TerminalTypesKnown",
        "TimingMarkReceived",
        "WindowSizeChanged",
    ),
    "bbsterm.protocol.vocabulary": ("WindowSize",),
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [*_HOME_OF]


def __getattr__(name: str) -> Any:
    """Load a name's module when the name is asked for: an import costs nothing that it does not use."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
