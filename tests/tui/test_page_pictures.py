"""Pages as pictures, with their colours. After a change that is meant, run this with `--snapshot-update`."""

from __future__ import annotations

import re
import time

import pytest
from syrupy.extensions.image import SVGImageSnapshotExtension

from bbsterm.app import BbstermApp
from bbsterm.net.address import Address
from bbsterm.session.settings import CallSettings
from bbsterm.tui import boards
from bbsterm.tui.keeper import Keeper
from bbsterm.tui.pages.dialer_page import DialerPage
from tests.tui.scene import NOW, fill, on_line

PREFIX = "ctrl+right_square_bracket"
SIZE = (60, 18)
"""Small pictures: what they show are colours and marks; the words are in the other snapshots."""


@pytest.fixture
def picture(snapshot):
    """A page's picture, without the number that each is given."""

    def take(app: BbstermApp) -> None:
        svg = re.sub(r"terminal-\d+", "terminal", app.export_screenshot(title="bbsterm"))
        assert svg == snapshot(extension_class=SVGImageSnapshotExtension)

    return take


@pytest.fixture
def dialer(keeper, monkeypatch):
    """The application on its dialer, at a moment that never changes."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    fill(keeper.book)
    monkeypatch.setattr(DialerPage.__init__, "__defaults__", (lambda: NOW,))
    return BbstermApp(keeper=keeper)


@pytest.fixture
def call(exchange, paths, monkeypatch):
    """The application in a call."""
    monkeypatch.setattr(boards, "board_of", lambda *told, **more: exchange.board())
    return BbstermApp((Address("xibalba.example"), CallSettings()), keeper=Keeper(paths))


DIALER = {
    "dialer": (),
    "nothing-found": ("slash", *"zzz"),
    "form-with-a-mistake": ("e", "tab", *":99999"),
    "orders": ("s",),
    "settings": ("comma",),
    "help": ("f1",),
}


@pytest.mark.parametrize("name", DIALER)
async def test_pages_of_the_dialer(name, dialer, picture):
    async with dialer.run_test(size=SIZE) as pilot:
        await pilot.press(*DIALER[name])
        await pilot.pause()
        picture(dialer)


async def test_another_theme(dialer, picture):
    async with dialer.run_test(size=SIZE) as pilot:
        dialer.theme = "amber"
        await pilot.pause()
        picture(dialer)


CALL = {"on-line": (), "the-whole-menu": (PREFIX, "question_mark"), "looking-back": (PREFIX, "b")}


@pytest.mark.parametrize("name", CALL)
async def test_pages_of_a_call(name, call, exchange, picture, wait_until):
    async with call.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: exchange.calls)
        await on_line(pilot, exchange)
        await pilot.press(*CALL[name])
        await pilot.pause()
        picture(call)
