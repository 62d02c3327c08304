from __future__ import annotations

from bbsterm.app import BbstermApp
from bbsterm.tui.keeper import Keeper
from bbsterm.tui.pages.doctor_page import DoctorPage


async def test_it_says_what_the_command_says(paths, page_text, monkeypatch):
    monkeypatch.setenv("LANG", "C")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_CTYPE", raising=False)
    app = BbstermApp(keeper=Keeper(paths))
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        app.action_doctor()
        await pilot.pause()

        assert isinstance(app.screen, DoctorPage)
        assert "Set LANG to one with UTF-8" in page_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, DoctorPage)
