from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from bbsterm.tui.bar_text import Bar, Chip
from bbsterm.tui.geometry import StatusPlace
from bbsterm.tui.widgets import call_bar
from bbsterm.tui.widgets.call_bar import CallBar

STATUS = Bar((Chip(("status",), action="do_status"),))
KEYS = Bar((Chip(("Hang up",), key="h", action="hang_up"),))


class Gallery(App[None]):
    CSS = """
    Screen { layers: base overlay; }
    CallBar { dock: bottom; height: 1; }
    CallBar.-overlay { layer: overlay; }
    CallBar.-overlay.-top { dock: top; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield CallBar()

    @property
    def bar(self) -> CallBar:
        return self.query_one(CallBar)

    def on_call_bar_shown(self, message: CallBar.Shown) -> None:
        self.heard.append(message.shown)

    def on_bottom_bar_clicked(self, message: CallBar.Clicked) -> None:
        self.heard.append(message.action)


async def test_a_fixed_row_always_stands(page_text):
    app = Gallery()
    async with app.run_test(size=(40, 5)) as pilot:
        app.bar.status(STATUS)
        await pilot.pause()
        assert page_text(app).splitlines()[4] == " status"

        app.bar.pin(KEYS)
        await pilot.pause()
        assert page_text(app).splitlines()[4] == " h Hang up"

        app.bar.unpin()
        await pilot.pause()
        assert page_text(app).splitlines()[4] == " status"
    assert app.heard == []


async def test_an_overlay_shows_itself_for_a_moment(monkeypatch, page_text, wait_until):
    monkeypatch.setattr(call_bar, "OVERLAY_SECONDS", 0.05)
    app = Gallery()
    async with app.run_test(size=(40, 5)) as pilot:
        app.bar.status(STATUS)
        app.bar.place(StatusPlace.OVERLAY)
        await pilot.pause()
        assert page_text(app).strip() == ""

        app.bar.flash()
        await pilot.pause()
        assert page_text(app).splitlines()[4] == " status"

        await wait_until(pilot, lambda: not app.bar.display)
        assert page_text(app).strip() == ""
    assert app.heard == [False, True, False]


async def test_an_overlay_gets_out_of_the_cursor_s_way(page_text):
    app = Gallery()
    async with app.run_test(size=(40, 5)) as pilot:
        app.bar.status(STATUS)
        app.bar.place(StatusPlace.OVERLAY)
        app.bar.flash()
        app.bar.dodge(True)
        await pilot.pause()
        assert page_text(app).splitlines()[0] == " status"

        app.bar.pin(KEYS)  # nobody types while this is open
        await pilot.pause()
        assert page_text(app).splitlines()[4] == " h Hang up"


async def test_what_is_pinned_stays_until_it_is_unpinned(monkeypatch, wait_until):
    monkeypatch.setattr(call_bar, "OVERLAY_SECONDS", 0.01)
    app = Gallery()
    async with app.run_test(size=(40, 5)) as pilot:
        app.bar.place(StatusPlace.OVERLAY)
        app.bar.pin(KEYS)
        app.bar.flash()
        await wait_until(pilot, lambda: app.bar._timer is None)
        assert app.bar.display

        app.bar.unpin()
        assert not app.bar.display


@pytest.mark.parametrize(
    ("column", "heard"), [(1, ["do_status"]), (6, ["do_status"]), (7, []), (0, []), (30, [])]
)
async def test_a_click_means_the_chip_under_it(column, heard):
    app = Gallery()
    async with app.run_test(size=(40, 5)) as pilot:
        app.bar.status(STATUS)
        await pilot.pause()
        await pilot.click(CallBar, offset=(column, 0))

    assert app.heard == heard
