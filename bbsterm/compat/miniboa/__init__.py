"""miniboa's API: a telnet server that runs under your own loop, one `poll()` at a time.

>>> server = TelnetServer(port=7777, on_connect=greet, on_disconnect=forget)
>>> while True:
...     server.poll()
"""

from __future__ import annotations

from bbsterm.compat.miniboa.client import TelnetClient
from bbsterm.compat.miniboa.server import TelnetServer

__all__ = ["TelnetClient", "TelnetServer"]
