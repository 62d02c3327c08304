"""The one row of ours below (or over) the board: status, keys, a question. Every chip can be clicked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from bbsterm.tui.bar_text import Bar, Placed, lay_out

__all__ = ["BottomBar"]

_STYLES: Final = {
    "": "",
    "name": "bold",
    "key": "bold $accent",
    "good": "$success",
    "bad": "$error",
}


class BottomBar(Widget):
    """Draws a `Bar`; says which chip was clicked."""

    ALLOW_SELECT: ClassVar[bool] = False

    @dataclass
    class Clicked(Message):
        """A chip with an action was clicked."""

        bar: BottomBar
        action: str

        @property
        def control(self) -> BottomBar:
            """Who sent it, for `@on` with a selector."""
            return self.bar

    def __init__(self, bar: Bar | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._bar = bar or Bar(())

    @property
    def bar(self) -> Bar:
        """What is shown."""
        return self._bar

    def show(self, bar: Bar) -> None:
        """Show this from now on."""
        if bar != self._bar:
            self._bar = bar
            self.refresh()

    def render(self) -> Content:
        """The chips, at their columns."""
        pieces: list[Content | tuple[str, str]] = []
        column = 0
        for placed in self._placed():
            pieces.append((" " * (placed.column - column), ""))
            pieces += _drawn(placed)
            column = placed.column + placed.chip.width(placed.chip.texts.index(placed.text))
        return Content.assemble(*pieces)

    def on_click(self, event: events.Click) -> None:
        """Tell which chip was meant."""
        for column, chip, text in self._placed():
            if chip.action and column <= event.x < column + chip.width(chip.texts.index(text)):
                self.post_message(self.Clicked(self, chip.action))

    def _placed(self) -> list[Placed]:
        return lay_out(self._bar, self.size.width)


def _drawn(placed: Placed) -> list[tuple[str, str]]:
    chip, text = placed.chip, placed.text
    if not chip.key:
        return [(text, _STYLES[chip.look])]
    return [(chip.key, _STYLES["key"]), (" " + text if text else "", _STYLES[chip.look])]
