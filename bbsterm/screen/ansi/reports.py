"""What the board may ask, and what it is told: from templates with numbers only."""

from __future__ import annotations

from bbsterm.screen.ansi.modes import Modes
from bbsterm.screen.ansi.parameters import Parameters

__all__ = ["Reports"]


class Reports(Modes):
    """Answers."""

    def on_device_attributes(self, mark: str, parameters: Parameters) -> None:
        """DA: what we are."""
        if parameters.number(0):
            return
        if mark == "":
            self.reply(b"\x1b[=67;84;101;114;109;1;326c" if self.profile.bbs else b"\x1b[?62;22c")
        elif mark == "<" and self.profile.bbs:
            self.reply(b"\x1b[<0;1;2;3;4;5;6;7c")

    def on_status(self, mark: str, parameters: Parameters) -> None:
        """DSR: how we are, and where the cursor is."""
        match mark, parameters.number(0):
            case "", 5:
                self.reply(b"\x1b[0n")
            case "", 6:
                row = self.y - self.top if self.origin else self.y
                self.reply(b"\x1b[%d;%dR" % (row + 1, min(self.x, self.columns - 1) + 1))
            case "", 255 if self.profile.bbs:
                self.reply(b"\x1b[%d;%dR" % (self.rows, self.columns))
