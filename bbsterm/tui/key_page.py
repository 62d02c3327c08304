"""The command table as a page of the manual: `python -m bbsterm.tui.key_page > docs/keys.md`."""

from __future__ import annotations

import sys

from bbsterm.tui.actions import COMMANDS, Command
from bbsterm.tui.keymap import alt_keys

__all__ = ["markdown"]

_HEAD = """\
# Keys

In a call every key goes to the board, Tab, Esc, Ctrl+C, Ctrl+Q and the function keys too. Only **Ctrl+]** is
ours (on German keyboards Ctrl+5): it waits for one more key, and shows which there are if none comes. The
mouse opens the same menu at `= Menu ^]`.

This page is made from the table that the application's bars, menus and help are made from.
"""


def markdown() -> str:
    """The whole page."""
    parts = [_HEAD]
    for place, commands in COMMANDS.items():
        parts.append(f"\n## {place.value}\n\n| key | what | |\n|---|---|---|\n")
        parts += [_row(command) for command in commands]
    alt = ", ".join(f"Alt+{command.key.upper()} ({command.title.lower()})" for command in alt_keys().values())
    parts.append(f"\nIn a call SyncTERM's Alt letters work too: Alt+Z (menu), {alt}.\n")
    return "".join(parts)


def _row(command: Command) -> str:
    keys = " ".join(f"`{key}`" for key in command.keys)
    return f"| {keys} | {command.label} | {command.detail} |\n"


if __name__ == "__main__":
    sys.stdout.write(markdown())
