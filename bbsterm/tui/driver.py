"""The host terminal, given back as it was on every way out.

Textual restores it when its application ends in good order. This makes a subclass of its driver that also
turns off what Textual forgets, and a guard that restores what is left to restore after the rest: an error in
the driver itself, or a terminal that is gone.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.driver import Driver

__all__ = ["RESTORE", "clean_driver", "terminal_restored"]

MOUSE_PIXELS_OFF: Final = "\x1b[?1016l"

RESTORE: Final = (
    "\x1b[?2026l"  # synchronised output
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"  # mouse
    "\x1b[?1004l\x1b[?2004l\x1b[?2048l"  # focus, bracketed paste, resize reports
    "\x1b[<u\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l"  # kitty keys, colours, wrap, cursor, main screen
)
"""Everything that a full-screen application turns on, off again."""


def clean_driver(base: type[Driver]) -> type[Driver]:
    """Textual's driver for this platform, with the mouse's pixel mode turned off at the end as well."""

    class CleanDriver(base):  # type: ignore[valid-type,misc]  # the class is chosen at run time
        in_application_mode = False

        def start_application_mode(self) -> None:
            type(self).in_application_mode = True
            super().start_application_mode()

        def write(self, data: str) -> None:
            writer = getattr(self, "_writer_thread", None)
            if (
                writer is None or writer.is_alive()
            ):  # a dead one takes nothing from its queue: never wait for it
                super().write(data)

        def stop_application_mode(self) -> None:
            if getattr(self, "_mouse_pixels", False):
                self.write(MOUSE_PIXELS_OFF)
            super().stop_application_mode()
            type(self).in_application_mode = False

    return CleanDriver


@contextlib.contextmanager
def terminal_restored(driver: type[Driver]) -> Iterator[None]:
    """Run a full-screen application inside; leave the terminal as it was found, whatever happens.

    Args:
        driver: What `clean_driver` returned: it knows whether the application has put everything back.
    """
    saved = _attributes()
    try:
        yield
    finally:
        if getattr(driver, "in_application_mode", False):
            with contextlib.suppress(OSError, ValueError):  # the terminal may be gone
                os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, RESTORE.encode())
        _set_attributes(saved)


def _attributes() -> list[object] | None:
    try:
        import termios

        return termios.tcgetattr(sys.__stdin__.fileno()) if sys.__stdin__ else None
    except (ImportError, OSError, ValueError, termios.error):
        return None


def _set_attributes(saved: list[object] | None) -> None:
    if saved is None or sys.__stdin__ is None:
        return
    import termios

    with contextlib.suppress(OSError, ValueError, termios.error):
        termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, saved)  # type: ignore[arg-type]  # as we got it
