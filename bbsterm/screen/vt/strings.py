"""VT: control strings. Titles, colours and links (OSC), requests (DCS). All others are swallowed."""

from __future__ import annotations

import re
from typing import Final

from bbsterm import limits
from bbsterm.screen.palette import DEFAULT, rgb
from bbsterm.screen.vt.reports import VtReports

__all__ = ["VtStrings", "colour_of"]

_RGB: Final = re.compile(r"rgb:([0-9A-Fa-f]{1,4})/([0-9A-Fa-f]{1,4})/([0-9A-Fa-f]{1,4})")
_HASH: Final = re.compile(r"#(?:[0-9A-Fa-f]{3}){1,4}")


def colour_of(text: str) -> str | None:
    """``rgb:r/g/b`` or ``#rgb``, as X11 reads them (one to four digits each), as ``"#rrggbb"``."""
    if match := _RGB.fullmatch(text):
        parts = [round(int(part, 16) * 255 / (16 ** len(part) - 1)) for part in match.groups()]
        return "#{:02x}{:02x}{:02x}".format(*parts)
    if _HASH.fullmatch(text):
        digits = len(text) // 3
        parts = [int(text[1 + place * digits :][:digits].ljust(2, "0")[:2], 16) for place in range(3)]
        return "#{:02x}{:02x}{:02x}".format(*parts)
    return None


class VtStrings(VtReports):
    """Control strings."""

    def _power_on(self) -> None:
        super()._power_on()
        self._titles: list[str] = []

    def on_string(self, kind: str, body: str) -> None:
        """A control string; one that we do not know is swallowed."""
        match kind:
            case "]":
                self._on_osc(body)
            case "P" if body.startswith("$q"):
                self.on_decrqss(body[2:])

    def _on_osc(self, body: str) -> None:
        number, separator, rest = body.partition(";")
        match number:
            case "0" | "2":
                self.call(rest)
            case "4":
                self._on_palette(rest)
            case "8":
                self._on_link(rest)
            case "10" | "11":
                self._on_default(number, rest)
            case "104":
                self._on_palette_reset(rest if separator else None)
            case "110" | "111":
                self._set_default(number[1:], DEFAULT)

    # --- colours --------------------------------------------------------------------------

    def _on_palette(self, rest: str) -> None:
        """OSC 4: index and colour, index and colour ...; a question mark asks."""
        palette = self.pens.palette
        parts = iter(rest.split(";")[: 2 * limits.MAX_PARAMETERS])
        for index, colour in zip(parts, parts, strict=False):
            if not index.isdecimal() or len(index) > 3 or int(index) >= len(palette):
                break
            if colour == "?":
                self.reply(b"\x1b]4;%d;%b\x1b\\" % (int(index), _spelled(palette[int(index)])))
            elif (spelled := colour_of(colour)) is not None:
                palette.change(int(index), spelled)
        self._repaint_all()

    def _on_palette_reset(self, rest: str | None) -> None:
        """OSC 104: all colours, or some of them, as they were."""
        palette = self.pens.palette
        for index in range(len(palette)) if rest is None else _numbers(rest):
            palette.restore(index)
        self._repaint_all()

    def _on_default(self, number: str, rest: str) -> None:
        """OSC 10 and 11: the colours of text that has none, and of the screen; OSC 10 may set both."""
        for which, colour in zip(("10", "11")[number == "11" :], rest.split(";"), strict=False):
            if colour == "?":
                palette = self.pens.palette
                now = palette.front(DEFAULT) if which == "10" else palette.back(DEFAULT)
                self.reply(b"\x1b]%b;%b\x1b\\" % (which.encode(), _spelled(now)))
            elif (spelled := colour_of(colour)) is not None:
                self._set_default(which, rgb(*bytes.fromhex(spelled[1:])))

    def _set_default(self, number: str, colour: int) -> None:
        palette = self.pens.palette
        if (number == "10") is not self._reversed:
            palette.foreground = (0 if self._reversed else 7) if colour == DEFAULT else colour
        else:
            palette.background = (7 if self._reversed else 0) if colour == DEFAULT else colour
        self._repaint_all()

    def _repaint_all(self) -> None:
        self.pens.repaint()
        self.refresh()

    # --- links and titles -------------------------------------------------------------------

    def _on_link(self, rest: str) -> None:
        """OSC 8: what is drawn from now on is a link, if it goes to a place where links may go."""
        target = rest.partition(";")[2]
        number = self.link_number(target)
        self.pen = self.pens.get(self.pen.look._replace(link=number))

    def push_title(self) -> None:
        """XTWINOPS 22."""
        if len(self._titles) < limits.MAX_SAVED_TITLES:
            self._titles.append(self.title)

    def pop_title(self) -> None:
        """XTWINOPS 23."""
        if self._titles:
            self.call(self._titles.pop())


def _numbers(text: str) -> list[int]:
    parts = text.split(";")[: limits.MAX_PARAMETERS]
    return [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) <= 3]


def _spelled(colour: str) -> bytes:
    """``#rrggbb`` as X11 spells it, with four digits each."""
    return "rgb:{0}{0}/{1}{1}/{2}{2}".format(colour[1:3], colour[3:5], colour[5:7]).encode()
