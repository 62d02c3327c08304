"""What the commands about character sets and home computers do in a call (`tui/actions.py` has the keys)."""

from __future__ import annotations

from typing import Final

from bbsterm.screen.terminal import Terminal
from bbsterm.tui.contracts import CallLike
from bbsterm.tui.pages.encoding_page import EncodingPage
from bbsterm.tui.pages.tab_actions import TabActions
from bbsterm.tui.pictures import Picture, pictures

__all__ = ["RetroActions", "lacks"]

_SPEEDS: Final = (
    (0, "as it comes"),
    (300, "30 characters a second"),
    (1200, "120 characters a second"),
    (2400, "a screen in 8 seconds"),
    (9600, "a screen in 2 seconds"),
    (14400, "the nineties"),
    (28800, "art as it was meant"),
    (57600, "the last modems"),
)


class RetroActions(TabActions):
    """The third of a call page that knows what a Commodore is."""

    _told_lacking: CallLike | None = None

    def _tell_lacking(self, call: CallLike, text: str) -> None:
        """Say, once in a call, that the board's character set lacks something of what was typed or pasted."""
        terminal = call.terminal
        if call is not self._told_lacking and lacks(terminal, text):
            self._told_lacking = call
            self._toast(f"{terminal.encoding}, the board's character set, lacks a character of these.")

    def action_next_encoding(self) -> None:
        """Read everything anew in the next of the likely character sets."""
        if self._call is not None:
            self._toast(f"Read as {self._call.next_encoding()}.")

    def action_encodings(self) -> None:
        """Choose the character set from a list."""
        call = self._call
        if call is not None:
            page = EncodingPage(call.terminal.encoding, call.verdict)
            self.app.push_screen(page, self._choose_encoding)

    def _choose_encoding(self, encoding: str | None) -> None:
        if encoding is not None and self._call is not None:
            self._call.set_encoding(encoding)

    def action_speed(self) -> None:
        """Choose a modem's speed from a list."""
        if self._call is None:
            return
        from bbsterm.tui.pages.pick_page import Pick, PickPage  # here: few calls need it

        picks = [Pick(str(baud), f"{baud} bits/s" if baud else "at once", detail) for baud, detail in _SPEEDS]
        self.app.push_screen(PickPage("Speed", picks, str(self._call.baud)), self._choose_speed)

    def _choose_speed(self, baud: str | None) -> None:
        if baud is None or self._call is None:
            return
        self._call.set_speed(int(baud))
        if self._call.baud != int(baud):
            self._toast("Nothing is shown at a modem's speed here: the setting app.motion is off.", bad=True)

    def action_double(self) -> None:
        """Two columns a cell, or one again."""
        self._view.toggle_double()

    def action_pictures(self) -> None:
        """Type a picture or a colour by its name."""
        if self._call is None:
            return
        choice = pictures(self._call.terminal)
        if not choice:
            self._toast(f"All of {self._call.terminal.encoding} can be typed or pasted.")
            return
        from bbsterm.tui.pages.pictures_page import PicturesPage  # here: few calls need it

        self.app.push_screen(PicturesPage(choice), self._send_picture)

    def _send_picture(self, picture: Picture | None) -> None:
        """A picture is typed; a colour, which no line editor knows, goes out at once."""
        if picture is None or self._call is None:
            return
        if self._call.terminal.name in ("ansi", "vt"):
            self._call.type(picture.shown)
        else:
            self._call.send_bytes(picture.data)


def lacks(terminal: Terminal, text: str) -> bool:
    """Whether some character of a text, that is not for control, is sent as a question mark or not at all."""
    typed = filter(str.isprintable, set(text) - {"?"})
    return any(terminal.encode(char) in (b"", b"?") for char in typed)
