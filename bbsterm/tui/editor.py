"""The user's own editor on one of our files."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

__all__ = ["editor_command", "run_editor"]

_USUAL: Final = ("nano", "vim", "vi", "notepad")


def editor_command(wish: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    """The editor's command in words: the setting's, $VISUAL's, $EDITOR's, or a usual one; empty for none."""
    for command in (wish, environ.get("VISUAL", ""), environ.get("EDITOR", "")):
        if command.strip():
            try:
                return shlex.split(command)
            except ValueError:
                return command.split()
    found = next((name for name in _USUAL if shutil.which(name, path=environ.get("PATH"))), None)
    return [found] if found else []


def run_editor(path: Path, wish: str = "") -> str:
    """Wait until the editor is left; return what went wrong, empty for nothing."""
    command = editor_command(wish)
    if not command:
        return "no editor was found; set app.editor or $EDITOR"
    try:
        done = subprocess.run([*command, str(path)], check=False)
    except OSError as error:
        return f"{command[0]}: {(error.strerror or str(error)).lower()}"
    return f"{command[0]} ended with {done.returncode}" if done.returncode else ""
