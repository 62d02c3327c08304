"""The user's desktop: folders in its file manager, links in its browser. Only after the user has said so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bbsterm.tui.links import OPENED

__all__ = ["open_link", "open_path"]


def open_path(path: Path) -> bool:
    """Show a folder or a file of ours; False where there is no desktop."""
    if sys.platform == "win32":
        os.startfile(path)
        return True
    return _run("open" if sys.platform == "darwin" else "xdg-open", str(path))


def open_link(target: str) -> bool:
    """Give a link to the user's browser; False where there is none, or the link is of another kind."""
    import webbrowser  # here: few calls need it

    if not target.lower().startswith(OPENED):
        return False
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if isinstance(browser, webbrowser.GenericBrowser) and not isinstance(
        browser, webbrowser.BackgroundBrowser
    ):
        return False  # lynx, w3m and their like would take our own terminal
    return browser.open(target)


def _run(program: str, argument: str) -> bool:
    path = shutil.which(program)
    if path is None or not (sys.platform == "darwin" or _has_desktop()):
        return False
    quiet = subprocess.DEVNULL
    subprocess.Popen([path, argument], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    return True


def _has_desktop() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
