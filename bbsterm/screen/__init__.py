"""What a board paints on: cells, the Terminal protocol, and the emulations, made by name."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bbsterm.errors import UsageError

if TYPE_CHECKING:
    from bbsterm.screen.terminal import Terminal

__all__ = ["KINDS", "create_terminal"]


class Maker(NamedTuple):
    """Where an emulation is made: a module, a function in it, and what that is told beside the size."""

    module: str
    attribute: str
    settings: Mapping[str, Any]
    encoding: str | None
    """The encoding unless another is asked for; None where the machine has its own and no other."""


_CTERM: Final = "bbsterm.screen.cterm.terminal"

KINDS: Final[Mapping[str, Maker]] = {
    "ansi": Maker(_CTERM, "CTerm", {}, "cp437"),
    "utf8": Maker(_CTERM, "CTerm", {}, "utf-8"),
    "vt": Maker("bbsterm.screen.vt.terminal", "VtTerminal", {}, "utf-8"),
    "petscii": Maker("bbsterm.screen.petscii", "create", {"columns": 40}, "petscii"),
    "petscii80": Maker("bbsterm.screen.petscii", "create", {"columns": 80}, "petscii"),
    "atascii": Maker("bbsterm.screen.atascii", "create", {"columns": 40, "rows": 24}, None),
    "atascii80": Maker("bbsterm.screen.atascii", "create", {"columns": 80}, None),
    "atarist": Maker("bbsterm.screen.atarist", "create", {}, None),
}
"""Every emulation by name. Modules are imported when the first call of that kind is made."""


def create_terminal(
    kind: str = "ansi",
    *,
    columns: int = 80,
    rows: int = 25,
    encoding: str | None = None,
    **settings: Any,
) -> Terminal:
    """Make an emulation.

    Args:
        kind: One of `KINDS`: "ansi" (ANSI-BBS in CP437), "utf8" (the same in UTF-8), "vt" (xterm) ...
        columns: Width in cells; a machine with a width of its own ignores it.
        rows: Height in cells; likewise.
        encoding: The board's character set, where the emulation leaves a choice.
        **settings: What else this emulation can be told; see its module.

    Raises:
        UsageError: There is no such emulation or encoding.
    """
    maker = KINDS.get(kind)
    if maker is None:
        raise UsageError(f"no such terminal: {kind}", hint=f"One of: {', '.join(KINDS)}.")
    told = {"columns": columns, "rows": rows, **settings, **maker.settings}
    if maker.encoding is not None:
        told["encoding"] = encoding or maker.encoding
    make = getattr(importlib.import_module(maker.module), maker.attribute)
    try:
        terminal: Terminal = make(**told)
    except LookupError as error:
        raise UsageError(f"no such encoding: {told.get('encoding')}") from error
    return terminal
