"""The part of a writer that speaks with MUD clients and servers: GMCP, MSDP, MSSP."""

from __future__ import annotations

__all__ = ["MudWriter"]


class MudWriter:
    """What `TelnetWriter` says by MUD options."""

    __slots__ = ()
