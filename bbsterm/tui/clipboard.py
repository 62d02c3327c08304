"""Copying, by every way there is: the host terminal (OSC 52), and the system's program where there is one.

OSC 52 reaches through ssh and tmux, but not every terminal obeys; a program reaches this machine only.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from bbsterm.limits import MAX_OSC52

__all__ = ["OSC52", "Route", "copy_by", "find_route", "fits_osc52"]

OSC52: Final = "OSC 52"
PATIENCE: Final = 2.0
"""Seconds that a program has for taking what is copied."""


class Route(NamedTuple):
    """A program that takes the clipboard's text from its standard input.

    Attributes:
        name: What toasts and `bbsterm doctor` call it.
        command: The program and its arguments.
    """

    name: str
    command: tuple[str, ...]


# The variable without which the program could not work; none for those that always can.
_ROUTES: Final = (
    ("WAYLAND_DISPLAY", Route("wl-copy", ("wl-copy",))),
    ("DISPLAY", Route("xclip", ("xclip", "-selection", "clipboard"))),
    ("DISPLAY", Route("xsel", ("xsel", "--clipboard", "--input"))),
    ("", Route("pbcopy", ("pbcopy",))),
    ("WSL_DISTRO_NAME", Route("clip.exe", ("clip.exe",))),
)


def find_route(
    environ: Mapping[str, str] = os.environ, which: Callable[[str], str | None] = shutil.which
) -> Route | None:
    """The program to use here; None where there is none, and OSC 52 is all we have."""
    for variable, route in _ROUTES:
        if (not variable or environ.get(variable)) and which(route.command[0]):
            return route
    return None


def fits_osc52(text: str) -> bool:
    """Whether terminals may be expected to take it: they have bounds of their own, and cut in silence."""
    return len(text.encode("utf-8", "replace")) <= MAX_OSC52


async def copy_by(route: Route, text: str, *, patience: float = PATIENCE) -> bool:
    """Give `text` to a program; whether it took it. It may stay in the background, as xclip does."""
    try:
        process = await asyncio.create_subprocess_exec(
            *route.command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        await asyncio.wait_for(process.communicate(text.encode("utf-8", "replace")), patience)
    except (TimeoutError, OSError):
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        return False
    return process.returncode == 0
