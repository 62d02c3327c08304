"""A server's end of a connection that takes note of its caller from the first byte on."""

from __future__ import annotations

from typing import Any, Final

from bbsterm.fingerprint.asking import cut_short
from bbsterm.fingerprint.client_probe import UNDEFINED, ClientProbe
from bbsterm.fingerprint.questions import Question
from bbsterm.net.stream_protocol import TelnetProtocol
from bbsterm.net.telnet_server import TelnetServer
from bbsterm.protocol.events import Event, WindowSize, WindowSizeChanged
from bbsterm.protocol.strategy import MUD_CLIENTS, SERVER
from bbsterm.protocol.vocabulary import Side

__all__ = ["ENVIRON_EXTENDED", "FingerprintingServer", "FingerprintingTelnetServer", "late_probe"]

ENVIRON_EXTENDED: Final = (
    "USER", "LOGNAME", "DISPLAY", "LANG", "LC_ALL", "LC_CTYPE", "TERM", "COLUMNS", "LINES", "COLORTERM",
    "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "TERMINAL_TYPE", "CLIENT_NAME", "CLIENT_VERSION", "CHARSET",
    "MTTS", "SYSTEMTYPE", "OSTYPE", "VTE_VERSION", "WT_SESSION", "KITTY_WINDOW_ID", "TMUX", "STY",
    UNDEFINED,
)  # fmt: skip
"""Variables that callers are asked for: what describes a terminal, nothing that could be a secret."""


class FingerprintingTelnetServer:
    """To be put in front of a `TelnetServer` of yours: ``class Mine(FingerprintingTelnetServer, MyServer)``.

    Compression is left out: a caller is asked whether it would agree, and nothing is compressed.
    """

    witness: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "compression": False})
        self.fingerprint_probe = ClientProbe()
        self.witness = self._take_note

    def on_request_environ(self) -> list[str | bytes]:
        """Ask for more than a server usually wants to know."""
        return list(ENVIRON_EXTENDED)

    def _take_note(self, events: list[Event]) -> None:
        if isinstance(self, TelnetProtocol):
            cut_short(self)
        self.fingerprint_probe.witness(events)


class FingerprintingServer(FingerprintingTelnetServer, TelnetServer):
    """``create_server(protocol_factory=FingerprintingServer, shell=fingerprinting_server_shell)``."""


def late_probe(protocol: TelnetProtocol) -> ClientProbe:
    """A probe of a caller whose beginning nobody took note of: what the server has asked is not asked again.

    Clients do not answer a question twice within a second, and some never do.
    """
    connection = protocol.connection
    known: dict[Question, bool] = {
        (code, side): True for code in range(256) for side in Side if connection.enabled(code, side)
    }
    types = _types(protocol)
    spared = bool(types) and types[0].lower() in MUD_CLIENTS
    for offer in SERVER.offers:
        question = int(offer.option), offer.side
        asked = offer.after is None or known.get((int(offer.after[0]), offer.after[1]), False)
        if asked and question not in known and question not in connection.pending and not spared:
            known[question] = False
    if not connection.negotiated or len([each for each in known.values() if each]) == 0:
        known = {}
    probe = ClientProbe(known)
    probe.types.extend(types)
    columns, rows = protocol.get_extra_info("cols"), protocol.get_extra_info("rows")
    if "cols" in protocol._extra and isinstance(columns, int) and isinstance(rows, int):
        probe.witness([WindowSizeChanged(WindowSize(columns, rows))])
    return probe


def _types(protocol: TelnetProtocol) -> list[str]:
    found: list[str] = []
    while (name := protocol.get_extra_info(f"ttype{len(found) + 1}")) and str(name) not in found:
        found.append(str(name))
    return found
