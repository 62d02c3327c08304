from __future__ import annotations

import pytest
from textual.widgets import Input

from bbsterm.app import BbstermApp
from bbsterm.tui.pages import call_page, call_row
from bbsterm.tui.pages.call_page import CallPage
from bbsterm.tui.pages.macro_page import MacroPage
from bbsterm.tui.pages.name_page import NamePage
from tests.tui.pages.macro_window import PREFIX, bottom, entry_window, menu


class FakeSecrets:
    """A keyring in memory."""

    def __init__(self, kind="keyring"):
        self.kind = kind
        self.kept = {}

    def best(self):
        return self.kind

    async def store(self, reference, owner, secret, ask=None):
        self.kept[reference, owner.place] = secret.reveal()


@pytest.fixture
def window(exchange, keeper, tmp_path, monkeypatch):
    monkeypatch.setattr(call_row, "MENU_DELAY", 0.01)
    monkeypatch.setattr(call_page, "DEAF_SECONDS", 0.01)
    return lambda **fields: entry_window(exchange, keeper, tmp_path, **fields)


async def connected(pilot, exchange, wait_until):
    await wait_until(pilot, lambda: exchange.calls)
    exchange.call.say(b"Welcome\r\nlogin: ")
    exchange.call.answer()
    await pilot.pause()


async def log_in_by_hand(pilot, call):
    """As ann, with a password that the board does not show."""
    await pilot.press(*"ann")
    call.say(b"ann")
    await pilot.press("enter")
    call.say(b"\r\nPassword: ")
    await pilot.press(*"hunter2", "enter")
    call.say(b"\r\nMain menu\r\n> ")
    await pilot.pause()


async def learn_by_hand(pilot, exchange, wait_until):
    """Log in while it watches, and look at what it proposes."""
    await connected(pilot, exchange, wait_until)
    await menu(pilot, "l", "e")
    await log_in_by_hand(pilot, exchange.call)
    await menu(pilot, "l", "s")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, MacroPage))


async def test_what_was_done_by_hand_is_proposed_without_the_password(
    window, exchange, keeper, wait_until, page_text
):
    app = window(user="ann")
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await menu(pilot, "l", "e")
        await wait_until(pilot, lambda: "LEARNING 0 steps" in bottom(app))
        await log_in_by_hand(pilot, exchange.call)
        assert "LEARNING 1 step" in bottom(app)
        await menu(pilot, "l", "s")
        await wait_until(pilot, lambda: isinstance(app.screen, MacroPage))
        text = page_text(app)

        assert "1  expect 'login:'  send {user}<enter>" in text
        assert "2  expect 'Password:'  send {secret}<enter>" in text
        assert "hunter2" not in text + app.screen.text
        assert not keeper.paths.macros.exists()  # nothing is saved before it was said


async def test_it_is_saved_used_and_its_password_kept(window, exchange, keeper, wait_until):
    secrets = keeper.desk._secrets = FakeSecrets()
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await learn_by_hand(pilot, exchange, wait_until)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, NamePage))
        assert app.screen.query_one(Input).value == "xibalba"
        await pilot.press("enter")
        await wait_until(pilot, lambda: "from now on?" in bottom(app))
        await pilot.press("y")
        await wait_until(pilot, lambda: "Keep the password in your keyring?" in bottom(app))
        await pilot.press("y")
        await wait_until(pilot, lambda: secrets.kept)

        (entry,) = keeper.book.mine
        assert (entry.login, entry.secret) == ("xibalba", "keyring")
        assert secrets.kept == {("keyring", "xibalba.example:44510"): "hunter2"}
        saved = (keeper.paths.macros / "xibalba.toml").read_text()
        assert 'send = "ann<enter>"' in saved
        assert "hunter2" not in saved


@pytest.mark.parametrize("kind", ["keyring", "ask"])
async def test_a_password_that_is_not_kept_is_asked_for_each_call(window, exchange, keeper, wait_until, kind):
    secrets = keeper.desk._secrets = FakeSecrets(kind)
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await learn_by_hand(pilot, exchange, wait_until)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, NamePage))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "from now on?" in bottom(app))
        await pilot.press("y")
        if kind == "keyring":
            await wait_until(pilot, lambda: "Keep the password" in bottom(app))
            await pilot.press("n")
        await wait_until(pilot, lambda: keeper.book.mine[0].secret == "ask")

        assert secrets.kept == {}


async def test_what_was_learnt_looks_so(window, exchange, wait_until, page_text, snapshot):
    app = window(user="ann")
    async with app.run_test(size=(80, 24)) as pilot:
        await learn_by_hand(pilot, exchange, wait_until)
        await pilot.pause()

        assert page_text(app) == snapshot


async def test_dialling_again_while_learning_shows_what_was_learnt(window, exchange, wait_until):
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await connected(pilot, exchange, wait_until)
        await menu(pilot, "l", "e")
        await log_in_by_hand(pilot, exchange.call)
        await menu(pilot, "a")
        await wait_until(pilot, lambda: len(exchange.calls) == 2)
        exchange.call.answer()
        await wait_until(pilot, lambda: isinstance(app.screen, MacroPage))


async def test_what_is_not_saved_is_not_kept(window, exchange, keeper, wait_until, page_text):
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await learn_by_hand(pilot, exchange, wait_until)
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Save the changes?" in page_text(app))
        await pilot.press("d", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, CallPage))

        assert app.said[-1] == "What was learnt is not kept."
        assert keeper.book.mine[0].login == ""


async def test_typing_nothing_learns_nothing(window, exchange, wait_until):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await menu(pilot, "l", "e")
        await menu(pilot, "l", "s")
        await wait_until(pilot, lambda: "Nothing was typed" in app.said[-1])

        assert isinstance(app.screen, CallPage)
        assert "LEARNING" not in bottom(app)


async def test_a_board_that_hangs_up_ends_learning_with_what_there_is(window, exchange, wait_until):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await menu(pilot, "l", "e")
        await log_in_by_hand(pilot, exchange.call)
        exchange.call.seconds = 5.0
        exchange.call.end("closed by host")
        await wait_until(pilot, lambda: isinstance(app.screen, MacroPage))


async def test_a_paste_is_learnt_too(window, exchange, wait_until, page_text):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await menu(pilot, "l", "e")
        app.page._paste(exchange.call, "ann")
        exchange.call.say(b"ann")
        await pilot.press("enter")
        exchange.call.say(b"\r\nMain menu: ")
        await menu(pilot, "l", "s")
        await wait_until(pilot, lambda: "send ann<enter>" in page_text(app))


async def test_what_is_learnt_on_the_demo_board_logs_in_there_at_the_first_try(
    keeper, wait_until, page_text, monkeypatch
):
    monkeypatch.setattr(call_page, "DEAF_SECONDS", 0.01)
    app = BbstermApp(demo=True, keeper=keeper)
    async with app.run_test(size=(80, 26)) as pilot:
        await wait_until(pilot, lambda: "Your name" in page_text(app), 20)
        await pilot.press(PREFIX, "l", "e")
        await pilot.press(*"Marvin", "enter")
        await wait_until(pilot, lambda: "Main menu" in page_text(app), 20)
        await pilot.press(PREFIX, "l", "s")
        await wait_until(pilot, lambda: isinstance(app.screen, MacroPage))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, NamePage))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "from now on?" in page_text(app))
        await pilot.press("y")
        await wait_until(pilot, lambda: keeper.desk.demo_login)
        await pilot.press(PREFIX, "h")
        await wait_until(pilot, lambda: "r Redial" in page_text(app))
        await pilot.press("r")
        await wait_until(pilot, lambda: "r Redial" not in page_text(app), 20)
        await wait_until(pilot, lambda: "Main menu" in page_text(app) and "Marvin" in page_text(app), 20)
