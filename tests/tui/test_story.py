"""A new user's first quarter of an hour, in the whole application: only the board is a fake."""

from __future__ import annotations

import pytest

from bbsterm.app import BbstermApp
from bbsterm.tui import boards
from bbsterm.tui.keeper import Keeper
from bbsterm.tui.pages.call_page import CallPage
from bbsterm.tui.pages.dialer_page import DialerPage
from bbsterm.tui.pages.edit_page import EditPage
from bbsterm.tui.pages.import_page import ImportPage

PREFIX = "ctrl+right_square_bracket"


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_from_the_first_run_to_the_way_out(
    size, exchange, paths, tmp_path, page_text, wait_until, monkeypatch
):
    monkeypatch.setattr(boards, "board_of", lambda *told, **more: exchange.board())
    lines = "".join(f"Board {n},host{n}.example.org,{2000 + n}\n" for n in range(1100))
    (tmp_path / "list.csv").write_text("name,host,port\n" + lines)
    app = BbstermApp(keeper=Keeper(paths))

    async with app.run_test(size=size) as pilot:

        async def shows(text: str) -> None:
            await wait_until(pilot, lambda: text in page_text(app))

        async def on(page: type) -> None:
            await wait_until(pilot, lambda: isinstance(app.screen, page))

        await shows("Nothing is")  # ... dialled unless you ask for it
        await pilot.press("a")
        await on(EditPage)
        await pilot.press(*"Xibalba", "tab", *"xib.example:2323", "ctrl+s")
        await on(DialerPage)
        await shows("xib.example:2323")

        await pilot.press("slash", *"xib")
        await shows("1 of 2")
        assert exchange.calls == []
        await pilot.press("enter")
        await on(CallPage)
        await wait_until(pilot, lambda: exchange.calls)
        exchange.call.answer()
        exchange.call.seconds = 5.0
        exchange.call.say(b"Welcome to Xibalba\r\n")
        await shows("Welcome to Xibalba")
        await pilot.press(PREFIX, "h")
        await wait_until(pilot, lambda: exchange.call.hung_up)
        exchange.call.end("hung up")
        await shows("r Redial")
        assert "Welcome to Xibalba" in page_text(app)
        await wait_until(pilot, lambda: app.screen._modes.base.name == "ENDED")
        await pilot.press("d")
        await on(DialerPage)

        keeper = app._keeper
        app.screen._offer(anew=True, at=keeper.book.mine[0].id)
        await pilot.press("e")
        await on(EditPage)
        await pilot.press("end", *" 2", "ctrl+s")
        await on(DialerPage)
        await shows("Xibalba 2")
        await pilot.press("d")
        await wait_until(pilot, lambda: not keeper.book.mine)
        assert any("u to undo" in toast.message for toast in app._notifications)
        await pilot.press("u")
        await shows("Xibalba 2")

        await pilot.press("m")
        await on(ImportPage)
        app.screen._input.value = str(tmp_path / "list.csv")
        await pilot.press("enter")
        await shows("1,100 added")
        await pilot.press("enter")
        await on(DialerPage)
        await shows("1,102")
        await pilot.press("slash", *"board 1099")
        await shows(":3099")

        await pilot.press("escape", "q")
        await pilot.pause()
    assert app.return_code == 0
