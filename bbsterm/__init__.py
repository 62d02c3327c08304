"""bbsterm: a BBS and telnet terminal, a board to dial, and a telnet library.

The library's names are loaded when they are asked for: ``import bbsterm`` costs nothing.

>>> reader, writer = await bbsterm.open_connection("bbs.example.org", 23)
>>> server = await bbsterm.create_server("127.0.0.1", 6023, shell=shell)
"""

from __future__ import annotations

import importlib
import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any, Final, cast

__version__ = "0.1.0"

if TYPE_CHECKING:
    from bbsterm import mud as mud
    from bbsterm import slc as slc
    from bbsterm import sync as sync
    from bbsterm import telnetlib as telnetlib
    from bbsterm import telopt as telopt
    from bbsterm.compat.telnetlib3 import accessories as accessories
    from bbsterm.compat.telnetlib3.client import run_client as run_client
    from bbsterm.compat.telnetlib3.client_shell import telnet_client_shell as telnet_client_shell
    from bbsterm.compat.telnetlib3.fingerprinting import ENVIRON_EXTENDED as ENVIRON_EXTENDED
    from bbsterm.compat.telnetlib3.fingerprinting import FingerprintingServer as FingerprintingServer
    from bbsterm.compat.telnetlib3.fingerprinting import (
        FingerprintingTelnetServer as FingerprintingTelnetServer,
    )
    from bbsterm.compat.telnetlib3.fingerprinting import ProbeResult as ProbeResult
    from bbsterm.compat.telnetlib3.fingerprinting import fingerprint_server_main as fingerprint_server_main
    from bbsterm.compat.telnetlib3.fingerprinting import (
        fingerprinting_post_script as fingerprinting_post_script,
    )
    from bbsterm.compat.telnetlib3.fingerprinting import (
        fingerprinting_server_shell as fingerprinting_server_shell,
    )
    from bbsterm.compat.telnetlib3.fingerprinting import get_client_fingerprint as get_client_fingerprint
    from bbsterm.compat.telnetlib3.fingerprinting import (
        probe_client_capabilities as probe_client_capabilities,
    )
    from bbsterm.compat.telnetlib3.fingerprinting import (
        probe_client_loop_detection as probe_client_loop_detection,
    )
    from bbsterm.compat.telnetlib3.input_filter import InputFilter as InputFilter
    from bbsterm.compat.telnetlib3.server import PTY_SUPPORT as PTY_SUPPORT
    from bbsterm.compat.telnetlib3.server import StatusLogger as StatusLogger
    from bbsterm.compat.telnetlib3.server import parse_server_args as parse_server_args
    from bbsterm.compat.telnetlib3.server import run_server as run_server
    from bbsterm.compat.telnetlib3.server_fingerprinting import (
        fingerprinting_client_shell as fingerprinting_client_shell,
    )
    from bbsterm.compat.telnetlib3.server_fingerprinting import (
        probe_server_capabilities as probe_server_capabilities,
    )
    from bbsterm.compat.telnetlib3.server_pty_shell import PTYSpawnError as PTYSpawnError
    from bbsterm.compat.telnetlib3.server_pty_shell import make_pty_shell as make_pty_shell
    from bbsterm.compat.telnetlib3.server_pty_shell import pty_shell as pty_shell
    from bbsterm.mud import *  # noqa: F403  # a catalogue, see below
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
    from bbsterm.serve.shells.guards import ConnectionCounter as ConnectionCounter
    from bbsterm.serve.shells.guards import busy_shell as busy_shell
    from bbsterm.serve.shells.guards import robot_check as robot_check
    from bbsterm.serve.shells.guards import robot_shell as robot_shell
    from bbsterm.serve.shells.telsh import telnet_server_shell as telnet_server_shell
    from bbsterm.serve.shells.toggles import do_toggle as do_toggle
    from bbsterm.serve.shells.toggles import get_linemode as get_linemode
    from bbsterm.serve.shells.toggles import get_slcdata as get_slcdata
    from bbsterm.serve.shells.typed import readline as readline
    from bbsterm.serve.shells.typed import readline_async as readline_async
    from bbsterm.slc import *  # noqa: F403
    from bbsterm.sync import BlockingTelnetServer as BlockingTelnetServer
    from bbsterm.sync import ServerConnection as ServerConnection
    from bbsterm.sync import TelnetConnection as TelnetConnection
    from bbsterm.telnetlib import Telnet as Telnet
    from bbsterm.telopt import *  # noqa: F403

_MODULES: Final = ("mud", "slc", "sync", "telnetlib", "telopt")
_OLD_MODULES: Final = (
    "_session_context",
    "accessories",
    "client",
    "client_base",
    "client_shell",
    "encodings",
    "fingerprinting",
    "fingerprinting_display",
    "guard_shells",
    "server",
    "server_base",
    "server_fingerprinting",
    "server_pty_shell",
    "server_shell",
    "stream_reader",
    "stream_writer",
)
"""telnetlib3's modules, in a folder of their own."""

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
    "bbsterm.sync": ("BlockingTelnetServer", "ServerConnection", "TelnetConnection"),
    "bbsterm.telnetlib": ("Telnet",),
    "bbsterm.serve.shells.guards": ("ConnectionCounter", "busy_shell", "robot_check", "robot_shell"),
    "bbsterm.serve.shells.telsh": ("telnet_server_shell",),
    "bbsterm.serve.shells.toggles": ("do_toggle", "get_linemode", "get_slcdata"),
    "bbsterm.serve.shells.typed": ("readline", "readline_async"),
    "bbsterm.compat.telnetlib3.client": ("run_client",),
    "bbsterm.compat.telnetlib3.fingerprinting": (
        "ENVIRON_EXTENDED",
        "FingerprintingServer",
        "FingerprintingTelnetServer",
        "ProbeResult",
        "fingerprint_server_main",
        "fingerprinting_post_script",
        "fingerprinting_server_shell",
        "get_client_fingerprint",
        "probe_client_capabilities",
        "probe_client_loop_detection",
    ),
    "bbsterm.compat.telnetlib3.server_fingerprinting": (
        "fingerprinting_client_shell",
        "probe_server_capabilities",
    ),
    "bbsterm.compat.telnetlib3.client_shell": ("InputFilter", "telnet_client_shell"),
    "bbsterm.compat.telnetlib3.server_pty_shell": ("PTYSpawnError", "make_pty_shell", "pty_shell"),
    "bbsterm.compat.telnetlib3.server": ("PTY_SUPPORT", "StatusLogger", "parse_server_args", "run_server"),
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names}
_CATALOGUES: Final = ("telopt", "slc", "mud", "telnetlib")
"""Modules of many small names, `NAWS` or `gmcp_encode`: all of theirs are ours, too."""

__all__ = ["__version__", "accessories", *_MODULES, *_HOME_OF]


class _OldModules:
    """Finds `bbsterm.server` and its like: each is one module under both of its names."""

    @staticmethod
    def home(name: str) -> str:
        return f"bbsterm.compat.telnetlib3.{name.rpartition('.')[2]}"

    @classmethod
    def find_spec(cls, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        package, _, last = name.rpartition(".")
        return ModuleSpec(name, cast(Any, cls)) if package == "bbsterm" and last in _OLD_MODULES else None

    @classmethod
    def create_module(cls, spec: ModuleSpec) -> ModuleType:
        module = importlib.import_module(cls.home(spec.name))
        spec.loader_state = module.__spec__
        return module

    @staticmethod
    def exec_module(module: ModuleType) -> None:
        if module.__spec__ is not None:
            module.__spec__ = (
                module.__spec__.loader_state
            )  # its own again: the import system has put the alias's

    @classmethod
    def get_code(cls, name: str) -> CodeType | None:
        """For ``python -m bbsterm.fingerprinting_display``."""
        spec = find_spec(cls.home(name))
        return None if spec is None else cast(Any, spec.loader).get_code(spec.name)


sys.meta_path.append(cast(Any, _OldModules))


def __getattr__(name: str) -> Any:
    if name in _MODULES or name in _OLD_MODULES:
        return importlib.import_module(f"bbsterm.{name}")
    if home := _HOME_OF.get(name):
        value = getattr(importlib.import_module(home), name)
    elif name.startswith("__"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    else:
        value = _catalogued(name)
    globals()[name] = value
    return value


def _catalogued(name: str) -> Any:
    for each in _CATALOGUES:
        catalogue = importlib.import_module(f"bbsterm.{each}")
        if name in catalogue.__all__:
            return getattr(catalogue, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
