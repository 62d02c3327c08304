"""VT: control strings. Titles, colours and links (OSC), requests (DCS). All others are swallowed."""

from __future__ import annotations

import re
from typing import Final

from bbsterm import limits
from bbsterm.screen.ansi.parameters import Parameters
from bbsterm.screen.palette import DEFAULT, rgb
from bbsterm.screen.vt.reports import VtReports

__all__ = ["VtStrings", "colour_of"]

_RGB: Final = re.compile(r"rgb:([0-9A-Fa-f]{1,4})/([0-9A-Fa-f]{1,4})/([0-9A-Fa-f]{1,4})")
_SPECIAL: Final = 5
"""So many colours stand for looks: bold, underline, blink, reverse, italic. They are kept, not drawn with."""

_ICON: Final = 1

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
        self._titles: list[str | None] = []
        self._hex_titles = False
        self._special: dict[int, str] = {}

    def on_string(self, kind: str, body: str) -> None:
        """A control string; one that we do not know is swallowed."""
        match kind:
            case "]":
                self._on_osc(body)
            case "P" if body.startswith("$q"):
                self.on_decrqss(body[2:])
            case "P" if body.startswith("+q"):
                self.on_xtgettcap(body[2:])

    def _on_osc(self, body: str) -> None:
        number, _, rest = body.partition(";")
        match number:
            case "0" | "2":
                self._on_title(rest)
            case "4" | "5":
                self._on_palette(number, rest)
            case "8":
                self._on_link(rest)
            case "10" | "11":
                self._on_default(number, rest)
            case "104":
                self._on_palette_reset(rest)
            case "105":
                for index in _numbers(rest) or tuple(self._special):
                    self._special.pop(index, None)
            case "110" | "111":
                self._set_default(number[1:], DEFAULT)

    # --- colours --------------------------------------------------------------------------

    def _on_palette(self, number: str, rest: str) -> None:
        """OSC 4: index and colour, index and colour ...; a question mark asks.

        After the palette's colours come the special ones; OSC 5 counts from there.
        """
        first = len(self.pens.palette) if number == "5" else 0
        parts = iter(rest.split(";")[: 2 * limits.MAX_PARAMETERS])
        for index, colour in zip(parts, parts, strict=False):
            if not index.isdecimal() or len(index) > 3:
                break
            place = first + int(index)
            if place >= len(self.pens.palette) + _SPECIAL:
                break
            if colour == "?":
                self._answer(b"%b;%d;%b" % (number.encode(), int(index), self._spelled_at(place)))
            elif (spelled := colour_of(colour)) is not None:
                self._recolour(place, spelled)
        self._repaint_all()

    def _spelled_at(self, place: int) -> bytes:
        """A colour of the palette, or a special one; that is the foreground until it is changed."""
        palette = self.pens.palette
        if place < len(palette):
            return _spelled(palette[place])
        return _spelled(self._special.get(place - len(palette), palette.front(DEFAULT)))

    def _recolour(self, place: int, spelled: str) -> None:
        palette = self.pens.palette
        if place < len(palette):
            palette.change(place, spelled)
        else:
            self._special[place - len(palette)] = spelled

    def _on_palette_reset(self, rest: str) -> None:
        """OSC 104: all colours, or some of them, as they were."""
        if not rest:
            self.restore_palette()
            return
        for index in _numbers(rest):
            self.pens.palette.restore(index)
        self._repaint_all()

    def restore_palette(self) -> None:
        """All colours of the palette and of looks as they were."""
        self._special.clear()
        palette = self.pens.palette
        if palette.changed:
            for index in tuple(palette.changed):
                palette.restore(index)
            self._repaint_all()

    def _on_default(self, number: str, rest: str) -> None:
        """OSC 10 and 11: the colours of text that has none, and of the screen; OSC 10 may set both."""
        for which, colour in zip(("10", "11")[number == "11" :], rest.split(";"), strict=False):
            if colour == "?":
                palette = self.pens.palette
                now = palette.front(DEFAULT) if which == "10" else palette.back(DEFAULT)
                self._answer(b"%b;%b" % (which.encode(), _spelled(now)))
            elif (spelled := colour_of(colour)) is not None:
                self._set_default(which, rgb(*bytes.fromhex(spelled[1:])))

    def _answer(self, body: bytes) -> None:
        """An OSC that ends as the question did."""
        self.reply(b"\x1b]%b%b" % (body, b"\a" if self.parser.by_bell else b"\x1b\\"))

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

    def _on_title(self, title: str) -> None:
        """OSC 0 and 2: a title, in hexadecimal digits where that was asked for."""
        if self._hex_titles:
            try:
                title = bytes.fromhex(title).decode(errors="replace")
            except ValueError:
                return
        self.call(title)

    def on_smtitle(self, numbers: Parameters) -> None:
        """XTSMTITLE: 0 titles come in hexadecimal digits."""
        self._hex_titles = self._hex_titles or 0 in numbers

    def on_rmtitle(self, numbers: Parameters) -> None:
        """XTRMTITLE: 0 they do not."""
        self._hex_titles = self._hex_titles and bool(numbers) and 0 not in numbers

    def push_title(self, which: int) -> None:
        """XTWINOPS 22: put titles away; 1 is the icon's alone, and there is no icon."""
        if len(self._titles) < limits.MAX_SAVED_TITLES:
            self._titles.append(None if which == _ICON else self.title)

    def pop_title(self, which: int) -> None:
        """XTWINOPS 23: take the last ones back; a title that was not put away then is the one before."""
        before = [title for title in self._titles if title is not None]
        if not self._titles:
            return
        self._titles.pop()
        if which != _ICON and before:
            self.call(before[-1])


def _numbers(text: str) -> list[int]:
    parts = text.split(";")[: limits.MAX_PARAMETERS]
    return [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) <= 3]


def _spelled(colour: str) -> bytes:
    """``#rrggbb`` as X11 spells it, with four digits each."""
    return "rgb:{0}{0}/{1}{1}/{2}{2}".format(colour[1:3], colour[3:5], colour[5:7]).encode()
