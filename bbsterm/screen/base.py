"""What all emulations share: answers, events, the keyboard, and which rows look different."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bbsterm import limits
from bbsterm.screen.canvas import Canvas
from bbsterm.screen.keyboards import Keyboard
from bbsterm.screen.keys import KeyModes, encode_key, encode_text
from bbsterm.screen.mouse import Action, Button, Form, encode_mouse
from bbsterm.screen.pens import Pens
from bbsterm.screen.rows import Row
from bbsterm.screen.terminal import Cursor, Line, MouseReporting, ScreenEvent

__all__ = ["BaseTerminal"]

_LINK: Final = re.compile(r"https?://[!-~]{1,1000}")
"""Where a link may go: nothing else is ever offered to the user."""


class BaseTerminal(Canvas):
    """A canvas with a cursor, a keyboard and something to say. A dialect adds `feed` and `reset`.

    Attributes:
        x: The cursor's column, from 0. It may be `columns` while a wrap is pending (VT).
        y: The cursor's row, from 0.
        visible: Whether the cursor is shown.
        pens: The pens of this terminal.
        keyboard: Whose keys `press` and `encode` send.
    """

    name: str
    encoding: str

    def __init__(
        self,
        columns: int,
        rows: int,
        *,
        pens: Pens,
        keyboard: Keyboard,
        scrollback: int = limits.SCROLLBACK_LINES,
    ) -> None:
        super().__init__(columns, rows, pens.default, scrollback=scrollback)
        self.pens = pens
        self.keyboard = keyboard
        self.x = 0
        self.y = 0
        self.visible = True
        self.erase_keys: tuple[bytes, bytes] | None = None
        """What Backspace and Delete send, whatever the board says; None: as keyboard and board have it."""
        self.links: dict[str, int] = {}
        """Where links go, to the number that `Look.link` has for it, from 1."""
        self.enter_key: bytes | None = None
        """What Enter sends, likewise."""
        self._replies = bytearray()
        self._events: list[ScreenEvent] = []
        self._cursor_seen = Cursor(0, 0)

    # --- what is asked from above ---------------------------------------------------

    @property
    def cursor(self) -> Cursor:
        """Where the cursor is, always inside the screen."""
        return Cursor(self.y, min(self.x, self.columns - 1), self.visible)

    @property
    def mouse(self) -> MouseReporting:
        """What the board wants to know of the mouse."""
        return MouseReporting.OFF

    @property
    def mouse_form(self) -> Form:
        """How mouse reports are spelled (private modes 1005, 1006, 1015)."""
        return Form.BYTES

    def mouse_report(
        self,
        action: Action,
        button: Button,
        column: int,
        row: int,
        *,
        shift: bool = False,
        meta: bool = False,
        ctrl: bool = False,
    ) -> bytes | None:
        """Bytes for something the mouse did at a cell; None where the board has not asked to be told."""
        return encode_mouse(
            self.mouse, action, button, column, row, form=self.mouse_form, shift=shift, meta=meta, ctrl=ctrl
        )

    def link_number(self, target: str) -> int:
        """The number of a link (OSC 8) for `Look.link`; 0 if it may not go there, or there are too many."""
        if not _LINK.fullmatch(target):
            return 0
        if target not in self.links and len(self.links) < limits.MAX_LINKS:
            self.links[target] = len(self.links) + 1
        return self.links.get(target, 0)

    def link(self, line: Line, column: int) -> str | None:
        """Where a cell of one of our rows leads that the board made a link (OSC 8)."""
        number = line.cell(column)[1].look.link if isinstance(line, Row) and column < line.columns else 0
        return next((target for target, known in self.links.items() if known == number), None)

    @property
    def bracketed_paste(self) -> bool:
        """Whether a paste should be wrapped in ESC [200~ and ESC [201~."""
        return False

    @property
    def key_modes(self) -> KeyModes:
        """What the board has said about the keyboard."""
        return KeyModes(encoding=self.encoding)

    def press(self, key: str, character: str | None = None) -> bytes | None:
        """Bytes for a key, under Textual's name for it; None when this machine has no such key."""
        return encode_key(self.keyboard, key, character, self._fixed_modes())

    def encode(self, text: str) -> bytes:
        """Bytes for text in the board's character set; newlines become Enter."""
        return encode_text(self.keyboard, text, self._fixed_modes())

    def _fixed_modes(self) -> KeyModes:
        """`key_modes`, but for what is so whatever the board says."""
        modes = self.key_modes
        if self.erase_keys is not None:
            backspace, delete = self.erase_keys
            modes = replace(modes, backspace=backspace, delete=delete)
        return modes if self.enter_key is None else replace(modes, enter=self.enter_key)

    def take_dirty(self) -> set[int]:
        """Rows that look different since the last call, cursor included; and forget them."""
        dirty = self.dirty.copy()
        self.dirty.clear()
        cursor, seen = self.cursor, self._cursor_seen
        if cursor != seen:
            dirty |= {row.row for row in (cursor, seen) if row.visible and row.row < self.rows}
            self._cursor_seen = Cursor(*cursor)
        return dirty

    def take_replies(self) -> bytes:
        """Bytes the emulation answers to the board; and forget them."""
        replies = bytes(self._replies)
        self._replies.clear()
        return replies

    def take_events(self) -> list[ScreenEvent]:
        """Bells, titles, tunes ... in order; and forget them."""
        events, self._events = self._events, []
        return events

    # --- what a dialect says --------------------------------------------------------

    def reply(self, data: bytes) -> None:
        """Answer the board. Answers that nobody takes are dropped beyond a bound."""
        if len(self._replies) + len(data) <= limits.MAX_PENDING_REPLIES:
            self._replies += data

    def tell(self, event: ScreenEvent) -> None:
        """Report something that is not a cell. Events that nobody takes are dropped beyond a bound."""
        if len(self._events) < limits.MAX_PENDING_EVENTS:
            self._events.append(event)
