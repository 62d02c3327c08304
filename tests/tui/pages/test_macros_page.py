from __future__ import annotations

import json

import pytest
from textual.widgets import Input, TextArea

from bbsterm.tui.pages.confirm_page import ConfirmPage
from bbsterm.tui.pages.macro_page import MacroPage
from bbsterm.tui.pages.macros_page import MacrosPage
from bbsterm.tui.pages.name_page import NamePage
from bbsterm.tui.pages.step_page import StepPage
from bbsterm.tui.pages.trial_page import TrialPage
from tests.tui.pages.macro_window import Window, write_macro

LOGIN = """\
# My board.
title = "Log in to Xibalba"

[[step]]
expect = "your name"
send = "{user}<enter>"

[[step]]
expect = "main menu"
"""


@pytest.fixture
def listed(keeper):
    """A list of two macros, one with a mistake, and a script."""
    write_macro(keeper, "alpha.toml", LOGIN)
    write_macro(keeper, "broken.toml", '[[step]]\nexpct = "x"\n')
    write_macro(keeper, "look.py", '"""Looks who is on."""\n\nasync def main(call):\n    pass\n')
    return lambda verb="edits": Window(MacrosPage(keeper.desk, verb=verb))


def editor(keeper, name="alpha.toml", text=LOGIN):
    write_macro(keeper, name, text)
    return Window(MacroPage(keeper.desk, keeper.paths.macros / name))


def editor_text(app) -> str:
    return app.screen.query_one(TextArea).text


async def test_the_list_looks_so(listed, page_text, snapshot, keeper):
    app = listed()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

        lines = page_text(app).splitlines()
        assert lines.pop(-2).strip().startswith(str(keeper.paths.macros)[:40])  # as much as there is room for
        assert "\n".join(lines) == snapshot


async def test_without_macros_it_says_how_to_come_by_one(keeper, page_text):
    app = Window(MacrosPage(keeper.desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

        assert "There are no macros yet: a makes one" in page_text(app)


async def test_a_new_macro_begins_with_an_example_and_is_saved(keeper, wait_until, page_text):
    app = Window(MacrosPage(keeper.desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await wait_until(pilot, lambda: isinstance(app.screen, NamePage))
        await pilot.press(*"new", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, MacroPage))
        assert "1  expect 'login:'  send {user}<enter>" in page_text(app)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: (keeper.paths.macros / "new.toml").exists())
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, MacrosPage))
        await wait_until(pilot, lambda: " new " in page_text(app))


async def test_a_name_that_is_taken_or_none_is_refused_while_it_is_typed(listed, wait_until, page_text):
    app = listed()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await wait_until(pilot, lambda: isinstance(app.screen, NamePage))
        await pilot.press(*"alpha")
        await wait_until(pilot, lambda: "there is one of that name" in page_text(app))
        await pilot.press("enter")
        assert isinstance(app.screen, NamePage)
        app.screen.query_one(Input).value = "../x"
        await wait_until(pilot, lambda: "is no name of a macro" in page_text(app))


async def test_deleting_is_asked_and_leaves_a_version(listed, keeper, wait_until):
    app = listed()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("d")
        await wait_until(pilot, lambda: isinstance(app.screen, ConfirmPage))
        await pilot.press("y")
        await wait_until(pilot, lambda: not (keeper.paths.macros / "alpha.toml").exists())

        assert [*(keeper.paths.backups / "macros").glob("alpha.*")]


async def test_choosing_leaves_scripts_out_and_a_broken_one_goes_to_the_editor(listed, wait_until, page_text):
    app = listed("chooses")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "look" not in page_text(app)
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, MacroPage))


async def test_triggers_are_edited_as_text_with_their_mistakes(listed, keeper, wait_until, page_text):
    app = listed()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await wait_until(pilot, lambda: isinstance(app.screen, MacroPage))
        assert "# [[trigger]]" in editor_text(app)
        app.screen.query_one(TextArea).text = '[[key]]\nkey = "f5"\n'
        await wait_until(pilot, lambda: "line 1: a key has either send or run" in page_text(app))
        app.screen.query_one(TextArea).text = '[[key]]\nkey = "f5"\nsend = "hi"\n'
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: keeper.paths.triggers.exists())
        assert len(keeper.desk.triggers.reactions().keys) == 1


# --- the editor ---------------------------------------------------------------------------------


async def test_the_editor_looks_so(keeper, page_text, snapshot):
    app = editor(keeper)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

        assert page_text(app) == snapshot


async def test_a_step_is_changed_in_a_form_and_comments_stay(keeper, wait_until, page_text, snapshot):
    app = editor(keeper)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, StepPage))
        await pilot.pause()
        assert page_text(app) == snapshot
        await pilot.press("end", *" please", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, MacroPage))
        assert "1  expect 'your name please'" in page_text(app)
        await pilot.press("ctrl+s")
        await wait_until(
            pilot, lambda: "your name please" in (keeper.paths.macros / "alpha.toml").read_text()
        )
        assert (keeper.paths.macros / "alpha.toml").read_text().startswith("# My board.")


async def test_a_step_that_cannot_be_meant_stays_in_the_form(keeper, wait_until, page_text):
    app = editor(keeper)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, StepPage))
        await pilot.press("down", "down", "end", *"<entr>", "enter")
        await wait_until(pilot, lambda: "entr" in page_text(app) and "enter" in page_text(app))
        assert isinstance(app.screen, StepPage)


async def test_steps_are_added_moved_and_deleted(keeper, wait_until, page_text):
    app = editor(keeper)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("a")
        await wait_until(pilot, lambda: isinstance(app.screen, StepPage))
        await pilot.press(*"news?", "enter")
        await wait_until(pilot, lambda: "2  expect 'news?'" in page_text(app))
        await pilot.press("J")
        await wait_until(pilot, lambda: "3  expect 'news?'" in page_text(app))
        await pilot.press("d")
        await wait_until(pilot, lambda: "news?" not in page_text(app))
        assert app.screen.changed is False


async def test_mistakes_are_said_while_they_are_typed(keeper, wait_until, page_text):
    app = editor(keeper)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+t")
        area = app.screen.query_one(TextArea)
        await wait_until(pilot, lambda: area.display)
        area.text = LOGIN.replace("expect", "expct")
        await wait_until(pilot, lambda: "line 5: " in page_text(app) and "'expect'" in page_text(app))
        await pilot.press("ctrl+t")
        assert area.display  # what has mistakes is no list of steps
        area.text = LOGIN
        await pilot.pause()
        await pilot.press("ctrl+t")
        await wait_until(pilot, lambda: not area.display)


async def test_changes_are_not_lost_by_leaving(keeper, wait_until, page_text):
    app = editor(keeper)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("d", "escape")
        await wait_until(pilot, lambda: "Save the changes?" in page_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "your name" not in (keeper.paths.macros / "alpha.toml").read_text())


async def test_a_script_is_text_only(keeper, wait_until, page_text):
    app = editor(keeper, "x.py", "async def main(call):\n    pass\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.screen.query_one(TextArea).display
        app.screen.query_one(TextArea).text = "async def main(call\n"
        await wait_until(pilot, lambda: "line 1: '(' was never closed" in page_text(app))


# --- trials ----------------------------------------------------------------------------------------


async def test_a_dry_run_on_a_recording_of_ours(keeper, wait_until, page_text, snapshot):
    keeper.paths.captures.mkdir(parents=True)
    events = [(0.5, "What is your name? "), (1.2, "\r\nMain menu\r\n")]
    head = json.dumps({"version": 2, "width": 80, "height": 24})
    lines = [head, *(json.dumps([at, "o", text]) for at, text in events)]
    (keeper.paths.captures / "xibalba.cast").write_text("\n".join(lines))
    app = editor(keeper)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+r")
        await wait_until(pilot, lambda: "xibalba.cast" in page_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, TrialPage))
        await pilot.pause()
        assert page_text(app) == snapshot
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, MacroPage))


async def test_a_trial_on_the_demo_board(keeper, wait_until, page_text):
    app = editor(keeper)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+b")
        await wait_until(pilot, lambda: isinstance(app.screen, TrialPage), 30)
        await pilot.pause()

        assert "It works on the demo board" in page_text(app)
        assert "Main menu" in page_text(app)


async def test_a_macro_with_mistakes_is_not_tried(keeper, wait_until, page_text):
    app = editor(keeper, "bad.toml", '[[step]]\nexpct = "x"\n')
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+b")
        await wait_until(pilot, lambda: "line 2: " in page_text(app))

        assert isinstance(app.screen, MacroPage)
