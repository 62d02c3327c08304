"""`writer.ctx`: a place for what a program wants to remember about one connection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Any

__all__ = ["TelnetSessionContext"]


@dataclass(slots=True, weakref_slot=True)
class TelnetSessionContext:
    """What the peer told by MUD options, and what a client's shell has been asked to do.

    Subclass it, and assign an instance to `writer.ctx`, to keep more.

    Attributes:
        raw_mode: None follows negotiation; True and False override it.
        ascii_eol: A retro client sends CR LF in place of its machine's own end of line.
        input_filter: Translates keys for a retro board.
        autoreply_engine: Fed with text, and told of prompts (GA, EOR).
        autoreply_wait_fn: Waits for the next prompt.
        typescript_file: Where received text is copied.
        gmcp_data: The last value of each GMCP package; dicts are merged.
        msdp_data: The last value of each MSDP variable.
        mssp_data: What the server said of itself; None until it did.
        zmp_data: The last arguments of each ZMP command.
        atcp_data: ATCP messages received, as pairs.
        aardwolf_data: Aardwolf messages received, as dicts.
        mxp_data: MXP subnegotiations received, as bytes.
        comport_data: What COM-PORT said; None until it did.
    """

    raw_mode: bool | None = None
    ascii_eol: bool = False
    input_filter: Any = None
    autoreply_engine: Any = None
    autoreply_wait_fn: Callable[..., Any] | None = None
    typescript_file: IO[str] | None = None
    gmcp_data: dict[str, Any] = field(default_factory=dict)
    msdp_data: dict[str, Any] = field(default_factory=dict)
    mssp_data: dict[str, Any] | None = None
    zmp_data: dict[str, list[str]] = field(default_factory=dict)
    atcp_data: list[tuple[str, str]] = field(default_factory=list)
    aardwolf_data: list[dict[str, Any]] = field(default_factory=list)
    mxp_data: list[bytes] = field(default_factory=list)
    comport_data: dict[str, Any] | None = None

    def forget(self) -> None:
        """Empty everything that the peer has told."""
        for name in self.__dataclass_fields__:
            kept = getattr(self, name) if name.endswith("_data") else None
            if kept is not None:
                kept.clear()
