"""Write the table of options in docs/feature-matrix.md from what the code does: `python -m tools.matrix`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

from bbsterm.net.address import Address
from bbsterm.net.server_base import server_options
from bbsterm.net.telnet_client import BaseClient
from bbsterm.protocol.options import ALL, STANDARD, Mccp2, Mccp3, Option
from bbsterm.protocol.options.base import Later
from bbsterm.protocol.vocabulary import WindowSize
from bbsterm.session.identity import client_options

TARGET: Final = Path(__file__).parent.parent / "docs" / "feature-matrix.md"

_TABLE: Final = re.compile(r"(?<=<!-- options -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)
_HEAD: Final = (
    "| option | source | TUI | plain | asyncio | blocking | serve |\n|---|---|---|---|---|---|---|\n"
)
_STREAMS: Final = {  # whether a client knows it unasked, and a server
    (True, True): "both ends",
    (True, False): "client",
    (False, True): "server; client if asked for",
    (False, False): "no",
}


def table() -> str:
    """A row for each option of the registry."""
    rows = (f"| {' | '.join((kind.__name__, kind.source, *cells(kind)))} |\n" for kind in ALL)
    return "\n" + _HEAD + "".join(rows) + "\n"


def cells(kind: type[Option]) -> tuple[str, str, str, str, str]:
    """What the columns say of an option: TUI, plain, asyncio, blocking, serve."""
    dialled = {
        type(option) for option in client_options(Address("h", 23), "ansi", None, WindowSize(80, 24), {})
    }
    client = kind in {*STANDARD, *BaseClient.mud_options, Mccp2, Mccp3}
    server = kind in _served(None)
    streams = _STREAMS[client, server]
    if kind in _served(True) and not server:
        streams = "both ends; server if asked for"
    called = "yes" if kind in dialled else "no"
    return called, called, streams, streams, "yes" if server else "no"


def _served(compression: bool | None) -> set[type[Option]]:
    options = server_options(compression, encrypted=False, line_mode=False)
    return {option.kind if isinstance(option, Later) else option for option in options}


def page() -> str:
    """The page, its table made anew."""
    return _TABLE.sub(lambda _: table(), TARGET.read_text(encoding="utf-8"))


def main() -> int:
    """Write the page."""
    TARGET.write_text(page(), encoding="utf-8")
    print(TARGET.relative_to(TARGET.parent.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
