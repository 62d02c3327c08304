"""bbsterm: a BBS and telnet terminal, a board to dial, and a telnet library.

The library's names are loaded when they are asked for: ``import bbsterm`` costs nothing.

>>> reader, writer = await bbsterm.open_connection("bbs.example.org", 23)
>>> server = await bbsterm.create_server("127.0.0.1", 6023, shell=shell)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

__version__ = "0.1.0"

if TYPE_CHECKING:
    from bbsterm import mud as mud
    from bbsterm import sync as sync
    from bbsterm import telnetlib as telnetlib
    from bbsterm import telopt as telopt
    from bbsterm.net import Admission as Admission
    from bbsterm.net import BaseClient as BaseClient
    from bbsterm.net import BaseServer as BaseServer
    from bbsterm.net import LinemodeServer as LinemodeServer
    from bbsterm.net import Server as Server
    from bbsterm.net import TelnetClient as TelnetClient
    from bbsterm.net import TelnetReader as TelnetReader
    from bbsterm.net import TelnetReaderUnicode as TelnetReaderUnicode
    from bbsterm.net import TelnetServer as TelnetServer
    from bbsterm.net import TelnetSessionContext as TelnetSessionContext
    from bbsterm.net import TelnetTerminalClient as TelnetTerminalClient
    from bbsterm.net import TelnetWriter as TelnetWriter
    from bbsterm.net import TelnetWriterUnicode as TelnetWriterUnicode
    from bbsterm.net import create_server as create_server
    from bbsterm.net import open_connection as open_connection

_MODULES: Final = ("mud", "sync", "telnetlib", "telopt")
_HOMES: Final = {
    "bbsterm.net": (
        "Admission",
        "BaseClient",
        "BaseServer",
        "LinemodeServer",
        "Server",
        "TelnetClient",
        "TelnetReader",
        "TelnetReaderUnicode",
        "TelnetServer",
        "TelnetSessionContext",
        "TelnetTerminalClient",
        "TelnetWriter",
        "TelnetWriterUnicode",
        "create_server",
        "open_connection",
    ),
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names}

__all__ = ["__version__", *_MODULES, *_HOME_OF]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"bbsterm.{name}")
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
