"""Shells for `create_server(shell=...)`: what a caller meets that is no board."""

from __future__ import annotations

__all__: list[str] = []
