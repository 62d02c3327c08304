"""bbsterm: a BBS and telnet terminal, a board to dial, and a sans-I/O telnet library."""

from __future__ import annotations

__version__ = "0.1.0"

__all__ = ["__version__"]
