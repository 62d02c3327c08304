from __future__ import annotations

import pytest

from bbsterm.tui.pages import call_page, call_row
from bbsterm.tui.pages.call_page import CallPage
from bbsterm.tui.pages.failed_page import FailedPage
from bbsterm.tui.pages.macro_page import MacroPage
from bbsterm.tui.pages.secret_page import SecretPage
from tests.tui.pages.macro_window import bottom, entry_window, menu, write_macro

LOGIN = 'title = "Log in"\n[[step]]\nexpect = "login:"\nsend = "{user}<enter>"\n[[step]]\nexpect = "menu"\n'
HASTY = '[[step]]\nexpect = "login:"\ntimeout = 0.01\n'


@pytest.fixture
def window(exchange, keeper, tmp_path, monkeypatch):
    monkeypatch.setattr(call_row, "MENU_DELAY", 0.01)
    monkeypatch.setattr(call_page, "DEAF_SECONDS", 0.01)
    return lambda **fields: entry_window(exchange, keeper, tmp_path, **fields)


async def connected(pilot, exchange, wait_until):
    await wait_until(pilot, lambda: exchange.calls)
    exchange.call.answer()
    await pilot.pause()


async def test_an_entry_with_a_macro_logs_in_and_a_chip_says_how_far(window, exchange, keeper, wait_until):
    write_macro(keeper, "xib.toml", LOGIN)
    app = window(user="ann", login="xib")
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await wait_until(pilot, lambda: "LOGIN 1/2 waiting for 'login:'" in bottom(app))
        exchange.call.say(b"log\x1b[1min: ")
        await wait_until(pilot, lambda: "LOGIN 2/2 waiting for 'menu'" in bottom(app))
        assert exchange.call.typed == ["ann"]
        assert exchange.call.keys == ["enter"]
        exchange.call.say(b"\r\nMain menu")
        await wait_until(pilot, lambda: "LOGIN" not in bottom(app))
        assert isinstance(app.screen, CallPage)


async def test_any_key_takes_over_and_goes_to_the_board(window, exchange, keeper, wait_until):
    write_macro(keeper, "xib.toml", LOGIN)
    app = window(user="ann", login="xib")
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await pilot.press("x")
        await wait_until(pilot, lambda: exchange.call.keys == ["x"])
        exchange.call.say(b"login: ")
        await pilot.pause()

        assert exchange.call.typed == []
        assert "LOGIN" not in bottom(app)
        assert "Log in: stopped by a key." in app.said


async def test_the_menu_key_does_not_stop_it(window, exchange, keeper, wait_until):
    write_macro(keeper, "xib.toml", LOGIN)
    app = window(user="ann", login="xib")
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await menu(pilot, "escape")
        exchange.call.say(b"login: ")
        await wait_until(pilot, lambda: exchange.call.typed == ["ann"])


async def test_a_failure_shows_the_step_what_it_waited_for_and_the_screen(
    window, exchange, keeper, wait_until, page_text
):
    write_macro(keeper, "xib.toml", HASTY)
    app = window(login="xib")
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: exchange.calls)
        exchange.call.say(b"We are closed today.\r\n")
        exchange.call.answer()
        await wait_until(pilot, lambda: isinstance(app.screen, FailedPage))
        await pilot.pause()
        text = page_text(app)

        assert "xib failed at step 1 of 1" in text
        assert "Waited 0.01 s for 'login:'." in text
        assert "line 1" in text
        assert "We are closed today." in text
        assert list((keeper.paths.captures.parent / "captures").glob("*.svg"))

        write_macro(keeper, "xib.toml", LOGIN)
        await pilot.press("r")  # as its file is now
        await wait_until(pilot, lambda: "waiting for 'login:'" in bottom(app))


async def test_a_failure_leads_to_the_editor(window, exchange, keeper, wait_until):
    write_macro(keeper, "xib.toml", HASTY)
    app = window(login="xib")
    async with app.run_test(size=(80, 24)) as pilot:
        await connected(pilot, exchange, wait_until)
        await wait_until(pilot, lambda: isinstance(app.screen, FailedPage))
        await pilot.press("e")
        await wait_until(pilot, lambda: isinstance(app.screen, MacroPage))


async def test_hanging_up_is_no_failure(window, exchange, keeper, wait_until):
    write_macro(keeper, "xib.toml", LOGIN)
    app = window(login="xib", user="ann")
    async with app.run_test(size=(80, 24)) as pilot:
        await connected(pilot, exchange, wait_until)
        await menu(pilot, "h")
        await wait_until(pilot, lambda: exchange.call.hung_up)
        await pilot.pause()

        assert isinstance(app.screen, CallPage)
        assert "LOGIN" not in bottom(app)


async def test_dialling_again_in_the_middle_of_a_login_begins_it_anew(window, exchange, keeper, wait_until):
    write_macro(keeper, "xib.toml", LOGIN)
    app = window(login="xib", user="ann")
    async with app.run_test(size=(80, 24)) as pilot:
        await connected(pilot, exchange, wait_until)
        await menu(pilot, "a")
        await wait_until(pilot, lambda: len(exchange.calls) == 2)
        exchange.call.answer()
        exchange.call.say(b"login: ")
        await wait_until(pilot, lambda: exchange.call.typed == ["ann"])

        assert isinstance(app.screen, CallPage)
        assert exchange.calls[0].typed == []
        assert app.said == []


async def test_a_board_that_hangs_up_in_the_middle_is_a_failure(
    window, exchange, keeper, wait_until, page_text
):
    write_macro(keeper, "xib.toml", LOGIN)
    app = window(login="xib", user="ann")
    async with app.run_test(size=(80, 24)) as pilot:
        await connected(pilot, exchange, wait_until)
        exchange.call.say(b"All lines are busy.")
        exchange.call.seconds = 3.0
        exchange.call.end("closed by host")
        await wait_until(pilot, lambda: isinstance(app.screen, FailedPage))
        await pilot.pause()

        assert "closed by host" in page_text(app)
        assert "All lines are busy." in page_text(app)


async def test_the_row_and_the_menu_look_so(window, exchange, keeper, wait_until, page_text, snapshot):
    write_macro(keeper, "xib.toml", LOGIN)
    app = window(login="xib", user="ann")
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await wait_until(pilot, lambda: "LOGIN" in bottom(app))
        assert bottom(app).rstrip() == snapshot
        await menu(pilot, "l")
        await wait_until(pilot, lambda: "Log in now" in bottom(app))
        assert bottom(app).rstrip() == snapshot


@pytest.mark.parametrize("text", ["[[step]]\nexpct = 1\n", None])
async def test_a_macro_that_cannot_be_used_is_said_and_the_call_goes_on(
    window, exchange, keeper, wait_until, text
):
    if text is not None:
        write_macro(keeper, "xib.toml", text)
    app = window(login="xib")
    async with app.run_test(size=(80, 24)) as pilot:
        await connected(pilot, exchange, wait_until)
        await wait_until(pilot, lambda: app.said)
        await pilot.press("a")
        await wait_until(pilot, lambda: exchange.call.keys == ["a"])

        assert "xib" in app.said[0]


# --- the built-in login ----------------------------------------------------------------------


async def test_without_a_macro_it_asks_once_and_always_is_remembered(window, exchange, wait_until):
    app = window(user="ann", secret="ask")
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await wait_until(pilot, lambda: "Log in to Xibalba as ann automatically?" in bottom(app))
        await pilot.press("a")
        exchange.call.say(b"login: ")
        await wait_until(pilot, lambda: exchange.call.typed == ["ann"])

        exchange.call.end("gone")
        await pilot.pause()
        app.page.action_redial()
        await wait_until(pilot, lambda: len(exchange.calls) == 2)
        exchange.call.answer()
        exchange.call.say(b"login: ")
        await wait_until(pilot, lambda: exchange.call.typed == ["ann"])


async def test_never_is_remembered_too_and_the_menu_still_logs_in(window, exchange, wait_until):
    app = window(user="ann", secret="ask")
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await wait_until(pilot, lambda: "automatically?" in bottom(app))
        await pilot.press("n")
        exchange.call.end("gone")
        await pilot.pause()
        app.page.action_redial()
        await wait_until(pilot, lambda: len(exchange.calls) == 2)
        exchange.call.answer()
        exchange.call.say(b"login: ")
        await pilot.pause()
        assert "automatically?" not in bottom(app)
        assert exchange.call.typed == []

        await menu(pilot, "l", "l")
        await wait_until(pilot, lambda: exchange.call.typed == ["ann"])


async def test_another_key_is_neither_and_nothing_is_typed(window, exchange, wait_until):
    app = window(user="ann", secret="ask")
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await wait_until(pilot, lambda: "automatically?" in bottom(app))
        await pilot.press("escape")
        exchange.call.say(b"login: ")
        await pilot.pause()

        assert exchange.call.typed == []
        assert "automatically?" not in bottom(app)


async def test_a_password_is_asked_for_with_dots_after_a_warning(window, exchange, wait_until, page_text):
    app = window(user="ann", secret="ask", login="auto")
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        exchange.call.say(b"login: ")
        await wait_until(pilot, lambda: exchange.call.typed == ["ann"])
        exchange.call.say(b"\r\nPassword: ")
        await wait_until(pilot, lambda: "y Yes" in bottom(app))  # it goes over the line as it is
        await pilot.press("y")
        await wait_until(pilot, lambda: isinstance(app.screen, SecretPage))
        await pilot.press(*"hunter2")
        await pilot.pause()
        assert "hunter2" not in page_text(app)
        assert "Password of ann for Xibalba" in page_text(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: exchange.call.secrets == ["hunter2"])


async def test_who_does_not_want_it_sent_is_not_logged_in(window, exchange, wait_until):
    app = window(user="ann", secret="ask", login="auto")
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        exchange.call.say(b"password: ")
        await wait_until(pilot, lambda: "y Yes" in bottom(app))
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, FailedPage))

        assert exchange.call.secrets == []


async def test_nothing_to_log_in_with_is_said(window, exchange, wait_until):
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await connected(pilot, exchange, wait_until)
        await menu(pilot, "l", "l")
        await wait_until(pilot, lambda: app.said)

        assert "nothing to log in with" in app.said[-1]
