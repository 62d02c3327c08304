from __future__ import annotations

from textual.screen import Screen

from bbsterm.secret import Secret
from bbsterm.tui.pages.secret_page import SecretPage
from tests.tui.pages.macro_window import Window


async def shown(page, keys, page_text, check):
    """What the page was dismissed with after these keys."""
    app = Window(Screen())
    got: list[Secret | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(page, got.append)
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        await pilot.pause()
        check(page_text(app))
    return [secret and secret.reveal() for secret in got]


async def test_it_shows_dots_and_gives_a_secret(page_text):
    def check(text):
        assert "hunter2" not in text

    assert await shown(SecretPage("Password of ann"), [*"hunter2", "enter"], page_text, check) == ["hunter2"]


async def test_nothing_typed_is_nothing(page_text):
    def check(text):
        assert "Nothing was typed" in text

    assert await shown(SecretPage("Password"), ["enter"], page_text, check) == []


async def test_esc_is_nobody_there(page_text):
    assert await shown(SecretPage("Password"), [*"abc", "escape"], page_text, lambda text: None) == [None]


async def test_a_new_one_is_typed_twice_and_must_be_the_same(page_text):
    keys = [*"one", "enter", *"two", "enter", *"six", "enter", *"six", "enter"]

    assert await shown(SecretPage("New", twice=True), keys, page_text, lambda text: None) == ["six"]


async def test_why_it_is_asked_again_is_said(page_text):
    def check(text):
        assert "wrong passphrase" in text

    await shown(SecretPage("Passphrase", "wrong passphrase"), [], page_text, check)


async def test_it_looks_so(page_text, snapshot):
    def check(text):
        assert text == snapshot

    await shown(SecretPage("Password of ann for Xibalba"), [*"hunter2"], page_text, check)
