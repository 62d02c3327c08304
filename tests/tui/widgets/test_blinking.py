"""Blinking, by a timer that is turned by hand."""

from __future__ import annotations

from bbsterm.tui.widgets.blinking import PERIOD, Blinking


class Widget:
    """Something that has one timer."""

    def __init__(self):
        self.goes = None

    def set_interval(self, seconds, turn, *, pause):
        assert seconds == PERIOD
        self.turn, self.goes = turn, not pause
        return self

    def resume(self):
        self.goes = True

    def pause(self):
        self.goes = False


def test_the_timer_goes_while_rows_blink():
    rows, drawn, widget = [], [], Widget()
    blinking = Blinking(lambda: rows, drawn.append)
    blinking.drawn()  # before the widget runs
    blinking.mount(widget)
    blinking.drawn()
    assert widget.goes is blinking.running is False

    rows.append(3)
    blinking.drawn()
    assert widget.goes is blinking.running is True
    widget.turn()
    assert (blinking.shown, drawn) == (False, [[3]])

    rows.clear()
    widget.turn()
    assert widget.goes is blinking.running is False
    assert blinking.shown
    assert len(drawn) == 1
