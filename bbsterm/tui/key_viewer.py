"""`bbsterm keys`: a page that shows what every key pressed on it would send to a board."""

from __future__ import annotations

from collections import deque
from typing import Final

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static

from bbsterm.screen.keyboards_charts import spell
from bbsterm.screen.terminal import Terminal
from bbsterm.tui import keymap
from bbsterm.tui.actions import ALT_PREFIX

__all__ = ["KeyViewer", "reserved"]

_HEAD: Final = f"{'key':<26}{'types':<8}{'sent':<11}bytes"
_KEPT: Final = 200


def reserved(key: str) -> str | None:
    """Who keeps a key from the board; None when nobody does."""
    if key in keymap.current().menu_keys:
        return "bbsterm: opens the menu"
    if key == ALT_PREFIX or key in keymap.alt_keys():
        return "bbsterm, unless Alt is the board's"
    if len(key) == 1 and not key.isprintable():
        return "nobody: your terminal sent what no key should be"
    return None


class KeyViewer(App[None], inherit_bindings=False):
    """The last keys pressed, the newest at the bottom. Ctrl+] twice leaves."""

    CSS = "Screen { layout: vertical } #keys { height: 1fr } #bar { height: 1; background: $surface }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, terminal: Terminal) -> None:
        super().__init__()
        self._terminal = terminal
        self._lines: deque[str] = deque(maxlen=_KEPT)
        self._leaving = False

    def compose(self) -> ComposeResult:
        """The list, and how to leave it."""
        yield Static(id="keys")
        yield Static(Text(f" {self._terminal.name} keyboard   Press keys.   Ctrl+] twice leaves."), id="bar")

    def on_mount(self) -> None:
        """Nothing pressed yet."""
        self._show()

    def on_resize(self) -> None:
        """As many lines as fit."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Every key, whatever it is."""
        event.stop()
        event.prevent_default()
        ours = event.key in keymap.current().menu_keys
        if ours and self._leaving:
            self.exit()
        self._leaving = ours
        self._lines.append(self._line(event.key, event.character))
        self._show()

    def _line(self, key: str, character: str | None) -> str:
        sent = self._terminal.press(key, character)
        typed = repr(character)[1:-1] if character is not None else "-"
        if sent is None:
            shown = "no such key on this machine"
        else:
            shown = spell(sent) if sent else "nothing yet: it changes the next key"
        kept = reserved(key)
        return f"{_printable(key):<26}{typed:<8}{shown}" + (f"   kept by {kept}" if kept else "")

    def _show(self) -> None:
        rows = max(self.size.height - 3, 1)
        lines = list(self._lines)[-rows:]
        self.query_one("#keys", Static).update(Text("\n".join([_HEAD, "", *lines])))


def _printable(key: str) -> str:
    return key if key.isprintable() else repr(key)[1:-1]
