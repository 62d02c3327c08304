"""The demonstration shell and its parts, under the name of their old module."""

from __future__ import annotations

from bbsterm.serve.shells.telsh import character_dump, telnet_server_shell
from bbsterm.serve.shells.toggles import do_toggle, get_linemode, get_slcdata
from bbsterm.serve.shells.typed import filter_ansi, readline, readline2, readline_async

__all__ = [
    "character_dump",
    "do_toggle",
    "filter_ansi",
    "get_linemode",
    "get_slcdata",
    "readline",
    "readline2",
    "readline_async",
    "telnet_server_shell",
]
