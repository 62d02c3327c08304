"""Fingerprints of boards and callers: what they do, asked without harm, as a hash that is equal everywhere.

`look` asks a board; `fingerprint_shell` is a server's shell that asks its callers, best with
`FingerprintingServer`; `Store` and `Names` keep what is found.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bbsterm.fingerprint.boards import Look as Look
    from bbsterm.fingerprint.boards import look as look
    from bbsterm.fingerprint.client_probe import ClientProbe as ClientProbe
    from bbsterm.fingerprint.names import Names as Names
    from bbsterm.fingerprint.names import Suggestion as Suggestion
    from bbsterm.fingerprint.server import FingerprintingServer as FingerprintingServer
    from bbsterm.fingerprint.server import FingerprintingTelnetServer as FingerprintingTelnetServer
    from bbsterm.fingerprint.server_probe import ProbeSettings as ProbeSettings
    from bbsterm.fingerprint.server_probe import ServerProbe as ServerProbe
    from bbsterm.fingerprint.shell import fingerprint_shell as fingerprint_shell
    from bbsterm.fingerprint.shell import fingerprinting_server_shell as fingerprinting_server_shell
    from bbsterm.fingerprint.store import Store as Store
    from bbsterm.fingerprint.terminal_probe import TerminalProbe as TerminalProbe

_HOMES: Final = {
    "ClientProbe": "client_probe",
    "FingerprintingServer": "server",
    "FingerprintingTelnetServer": "server",
    "Look": "boards",
    "Names": "names",
    "ProbeSettings": "server_probe",
    "ServerProbe": "server_probe",
    "Store": "store",
    "Suggestion": "names",
    "TerminalProbe": "terminal_probe",
    "fingerprint_shell": "shell",
    "fingerprinting_server_shell": "shell",
    "look": "boards",
}

__all__ = [*_HOMES]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"bbsterm.fingerprint.{home}"), name)
    globals()[name] = value
    return value
