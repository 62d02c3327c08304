"""Several calls at once, in the whole application, with boards that are fakes."""

from __future__ import annotations

import pytest
from textual import events

from bbsterm.app import BbstermApp
from bbsterm.net.address import Address
from bbsterm.session.settings import CallSettings
from bbsterm.tui import boards
from bbsterm.tui.keeper import Keeper
from bbsterm.tui.messages import CallRequested
from bbsterm.tui.pages.call_page import CallPage
from bbsterm.tui.pages.dialer_page import DialerPage
from bbsterm.tui.tabs import MAX_TABS

PREFIX = "ctrl+right_square_bracket"


@pytest.fixture
def app(exchange, paths, monkeypatch):
    """It dials fakes, named after their addresses."""
    monkeypatch.setattr(
        boards, "board_of", lambda where, shown, settings, **told: exchange.board(shown.partition(":")[0])
    )
    return BbstermApp((Address("alpha"), CallSettings()), keeper=Keeper(paths))


async def call(app, pilot, exchange, host, wait_until) -> None:
    """From wherever we are, to the dialer and on to another board."""
    count = len(exchange.calls)
    if isinstance(app.screen, CallPage):
        await pilot.press(PREFIX, "e")
        await wait_until(pilot, lambda: isinstance(app.screen, DialerPage))
    app.post_message(CallRequested(Address(host)))
    await wait_until(pilot, lambda: len(exchange.calls) > count)
    exchange.call.answer()
    await pilot.pause()


async def first(pilot, exchange, wait_until) -> None:
    await wait_until(pilot, lambda: exchange.calls)
    exchange.call.answer()
    await pilot.pause()


async def test_keys_typed_while_the_dialer_comes_are_not_the_boards(app, exchange, wait_until):
    async with app.run_test(size=(80, 26)) as pilot:
        await first(pilot, exchange, wait_until)

        for key, character in ((PREFIX, "\x1d"), ("e", "e"), ("z", "z"), ("slash", "/")):
            app.post_message(events.Key(key, character))
        await wait_until(pilot, lambda: isinstance(app.screen, DialerPage))
        await wait_until(pilot, lambda: app.screen.focused is not None)
        await pilot.press(PREFIX)
        await wait_until(pilot, lambda: isinstance(app.screen, CallPage))
        await pilot.press("x")

        assert exchange.calls[0].keys == ["x"]


async def test_a_call_goes_on_behind_the_dialer_and_behind_another(app, exchange, wait_until, page_text):
    async with app.run_test(size=(80, 26)) as pilot:
        await first(pilot, exchange, wait_until)
        await call(app, pilot, exchange, "beta", wait_until)
        alpha, beta = exchange.calls
        assert "1 alpha  [2 beta]" in page_text(app)

        alpha.say(b"meanwhile")
        await wait_until(pilot, lambda: "1 alpha*" in page_text(app))
        alpha.say(b"\x07")
        await wait_until(pilot, lambda: "1 alpha!" in page_text(app))
        await pilot.press("x")
        assert (alpha.keys, beta.keys) == ([], ["x"])

        await pilot.press(PREFIX, "1")
        await wait_until(pilot, lambda: "[1 alpha]  2 beta" in page_text(app))
        assert "meanwhile" in page_text(app)
        await pilot.press("y")
        assert alpha.keys == ["y"]
        assert alpha.hung_up == beta.hung_up == 0


async def test_a_call_hung_up_is_that_one_only_and_its_screen_stays(app, exchange, wait_until, page_text):
    async with app.run_test(size=(80, 26)) as pilot:
        await first(pilot, exchange, wait_until)
        await call(app, pilot, exchange, "beta", wait_until)
        alpha, beta = exchange.calls
        beta.seconds = 9.0
        beta.say(b"last words")
        await pilot.press(PREFIX, "h")
        await wait_until(pilot, lambda: "r Redial" in page_text(app))
        assert "last words" in page_text(app)
        assert alpha.hung_up == 0

        await pilot.press(PREFIX, "<")
        await wait_until(pilot, lambda: "[1 alpha]  2 betax" in page_text(app))
        await pilot.press(PREFIX, ">", "d")
        await wait_until(pilot, lambda: isinstance(app.screen, DialerPage))
        assert alpha.hung_up == 0
        assert page_text(app).splitlines()[-1].startswith(" ^] 1 call Enter Call ")

        await pilot.press(PREFIX)
        await wait_until(pilot, lambda: isinstance(app.screen, CallPage))
        assert "1 alpha" not in page_text(app)  # alone again, by its name


async def test_leaving_with_calls_open_asks_once(app, exchange, wait_until, page_text):
    async with app.run_test(size=(80, 26)) as pilot:
        await first(pilot, exchange, wait_until)
        await call(app, pilot, exchange, "beta", wait_until)
        for made in exchange.calls:
            made.seconds = 5.0
        await pilot.press(PREFIX, "x")
        await wait_until(pilot, lambda: "2 calls are open. Quit?" in page_text(app))
        await pilot.press("n", PREFIX, "e")
        await wait_until(pilot, lambda: isinstance(app.screen, DialerPage))
        await pilot.press("q")
        await wait_until(pilot, lambda: "2 calls are open. Quit?" in page_text(app))
        await pilot.press("y")

    assert app.return_value == 0
    assert all(made.hung_up for made in exchange.calls)


async def test_there_is_a_key_for_every_call(app, exchange, wait_until):
    async with app.run_test(size=(60, 20)) as pilot:
        await first(pilot, exchange, wait_until)
        for number in range(2, MAX_TABS + 1):
            await call(app, pilot, exchange, f"board{number}", wait_until)
        app.post_message(CallRequested(Address("one-too-many")))
        await wait_until(pilot, lambda: any("Nine calls" in n.message for n in app._notifications))

        await pilot.press(PREFIX, "4")
        await wait_until(pilot, lambda: app.screen.title_shown == "board4")
        assert len(exchange.calls) == MAX_TABS


async def test_the_menu_key_on_a_page_over_a_call_goes_back_to_that_call(app, exchange, wait_until):
    async with app.run_test(size=(80, 26)) as pilot:
        await first(pilot, exchange, wait_until)
        await pilot.press(PREFIX, ",")
        await wait_until(pilot, lambda: not isinstance(app.screen, CallPage))
        await pilot.press(PREFIX)
        await wait_until(pilot, lambda: isinstance(app.screen, CallPage))

        assert app.screen_stack.count(app.screen) == 1
        await pilot.press(PREFIX, "h")
        await wait_until(pilot, lambda: exchange.call.hung_up)
