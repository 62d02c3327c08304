"""How far the host terminal is behind: frames that Textual has queued for its writer thread.

Textual's queue holds 30 writes and then blocks the event loop, so on a slow terminal (a serial line, a sleepy
ssh) painting must be skipped before it comes to that. There is no public way to ask; the private one is here.
"""

from __future__ import annotations

__all__ = ["frames_behind"]


def frames_behind(driver: object) -> int:
    """Writes waiting for the host terminal; 0 where the driver (or its next version) does not tell."""
    writer = getattr(driver, "_writer_thread", None)
    queue = getattr(writer, "_queue", None)
    size = getattr(queue, "qsize", None)
    return int(size()) if callable(size) else 0
