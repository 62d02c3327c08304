from __future__ import annotations

import logging
import os

import pytest

from bbsterm.app import BbstermApp
from bbsterm.tui.pages import call_page, call_row, macro_actions
from bbsterm.tui.pages.macros_page import MacrosPage
from bbsterm.tui.pages.text_page import TextPage
from tests.tui.pages.macro_window import PREFIX, bottom, entry_window, menu, write_macro

TRIGGERS = """\
[[key]]
key = "f5"
send = "{user}<enter>"

[[key]]
key = "f6"
run = "bye"

[[key]]
key = "f7"
send = "only there"
entry = "Elsewhere"

[[trigger]]
text = "new mail"
highlight = "yellow"
notify = "{name}: {line}"
bell = true
log = true

[[trigger]]
text = "more?"
run = "more"
"""
BYE = '[[step]]\nsend = "bye<enter>"\n'
MORE = '[[step]]\nsend = "<space>"\n'


@pytest.fixture
def window(exchange, keeper, tmp_path, monkeypatch):
    monkeypatch.setattr(call_row, "MENU_DELAY", 0.01)
    monkeypatch.setattr(call_page, "DEAF_SECONDS", 0.01)
    monkeypatch.setattr(macro_actions, "RELOAD_PERIOD", 0.02)
    write_macro(keeper, "bye.toml", BYE)
    write_macro(keeper, "more.toml", MORE)
    keeper.paths.triggers.write_text(TRIGGERS)
    return lambda **fields: entry_window(exchange, keeper, tmp_path, **fields)


async def connected(pilot, exchange, wait_until):
    await wait_until(pilot, lambda: exchange.calls)
    exchange.call.answer()
    await pilot.pause()


async def test_a_key_sends_its_text_instead_of_itself(window, exchange, wait_until):
    app = window(user="ann")
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await pilot.press("f5", "f7", "x")
        await wait_until(pilot, lambda: "x" in exchange.call.keys)

        assert exchange.call.typed == ["ann"]
        assert exchange.call.keys == ["enter", "f7", "x"]  # f7 is another entry's


async def test_a_key_without_its_variable_types_nothing(window, exchange, wait_until):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await pilot.press("f5")
        await wait_until(pilot, lambda: app.screen is not app.page or app.said)

        assert exchange.call.typed == []


async def test_a_key_runs_a_macro(window, exchange, wait_until):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await pilot.press("f6")
        await wait_until(pilot, lambda: exchange.call.typed == ["bye"])


async def test_words_of_the_board_colour_tell_ring_and_are_logged(window, exchange, wait_until, caplog):
    app = window()
    with caplog.at_level(logging.INFO, "bbsterm.triggers"):
        async with app.run_test(size=(80, 26)) as pilot:
            await connected(pilot, exchange, wait_until)
            exchange.call.say(b"You have new \x1b[1mmail!\r\n")
            await wait_until(pilot, lambda: app.said)
            await pilot.pause()

            assert app.said == ["Xibalba: You have new mail!"]
            assert app.bells == 1
            strip = app.page._view.render_line(0)
            coloured = [t for t, s, _ in strip if s and s.bgcolor and s.bgcolor.name == "#ffff55"]
            assert "".join(coloured) == "new mail"
    assert "trigger: You have new mail!" in caplog.text


async def test_words_run_a_macro_but_not_for_ever(window, exchange, wait_until):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        for _ in range(200):  # a board that answers each of our answers with the words again
            exchange.call.say(b"more?\r\n")
        await pilot.pause()

        assert 1 <= exchange.call.keys.count("space") <= 30


async def test_a_saved_file_works_in_the_call_that_stands(window, exchange, keeper, wait_until):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        keeper.paths.triggers.write_text('[[key]]\nkey = "f9"\nsend = "nine"\n')
        os.utime(keeper.paths.triggers, ns=(1, 1))
        await wait_until(pilot, lambda: app.page._reacting.key("f9"))
        await pilot.press("f9", "f5")
        await wait_until(pilot, lambda: exchange.call.typed == ["nine"])

        assert exchange.call.keys == ["f5"]


async def test_a_mistake_in_the_file_is_said_once_and_the_rest_works(window, exchange, keeper, wait_until):
    keeper.paths.triggers.write_text(TRIGGERS + '\n[[trigger]]\ntxt = "x"\n')
    app = window(user="ann")
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await pilot.press("f5")
        await wait_until(pilot, lambda: exchange.call.typed == ["ann"])
        await wait_until(pilot, lambda: keeper.problems)

    assert len(keeper.problems) == 1
    assert "triggers.toml:25: 'txt' means nothing here" in keeper.problems[0]


async def test_the_list_runs_a_macro_on_the_call(window, exchange, wait_until, page_text):
    app = window()
    async with app.run_test(size=(80, 26)) as pilot:
        await connected(pilot, exchange, wait_until)
        await menu(pilot, "k")
        await wait_until(pilot, lambda: isinstance(app.screen, MacrosPage))
        assert "Enter runs it" in page_text(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: exchange.call.typed == ["bye"])


async def test_scripts_run_on_the_call_stop_at_a_key_and_show_their_line(
    keeper, wait_until, page_text, monkeypatch
):
    monkeypatch.setattr(call_row, "MENU_DELAY", 0.01)
    write_macro(
        keeper,
        "a.py",
        'async def main(call):\n    await call.expect("name")\n    await call.send("Zoe\\n")\n'
        '    await call.expect("Main menu")\n    await call.expect("never", timeout=60)\n',
    )
    app = BbstermApp(demo=True, keeper=keeper)
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: "Your name" in page_text(app), 20)
        await pilot.press(PREFIX, "k")
        await wait_until(pilot, lambda: isinstance(app.screen, MacrosPage))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Zoe" in page_text(app), 20)
        assert "SCRIPT a" in bottom(app)
        await pilot.press("w")  # to the board: who is online
        await wait_until(pilot, lambda: "SCRIPT" not in bottom(app))
        await wait_until(pilot, lambda: "Who is online" in page_text(app), 20)

        write_macro(keeper, "a.py", "async def main(call):\n    number = 0\n    return 1 / number\n")
        await pilot.press(PREFIX, "k")  # what was saved last is what runs
        await wait_until(pilot, lambda: isinstance(app.screen, MacrosPage))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, TextPage))
        await pilot.pause()
        assert "a.py:3: ZeroDivisionError" in " ".join(page_text(app).split())  # a long path wraps
        assert ">    3      return 1 / number" in page_text(app)
