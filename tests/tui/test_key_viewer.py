from __future__ import annotations

import pytest
from textual.widgets import Static

from bbsterm.screen import create_terminal
from bbsterm.tui.key_viewer import KeyViewer, reserved


def shown(app: KeyViewer) -> list[str]:
    return str(app.query_one("#keys", Static).content).splitlines()[2:]


async def test_keys_are_shown_with_what_they_send():
    app = KeyViewer(create_terminal("petscii"))
    async with app.run_test() as pilot:
        await pilot.press("f1", "A", "ctrl+c", "pageup")
        lines = shown(app)
    assert [line.split() for line in lines] == [
        ["f1", "-", "<85>", "85"],
        ["A", "A", "<C1>", "c1"],
        ["ctrl+c", "-", "<03>", "03"],
        ["pageup", "-", "no", "such", "key", "on", "this", "machine"],
    ]


async def test_the_reserved_key_twice_leaves():
    app = KeyViewer(create_terminal("ansi"))
    async with app.run_test() as pilot:
        await pilot.press("ctrl+right_square_bracket", "q")
        assert shown(app)[0].endswith("kept by bbsterm: opens the menu")
        await pilot.press("ctrl+right_square_bracket", "ctrl+right_square_bracket")
    assert app.return_code == 0


async def test_only_so_many_lines_are_kept():
    app = KeyViewer(create_terminal("ansi"))
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.press(*("a" * 30))
        assert len(shown(app)) == 7


@pytest.mark.parametrize(
    ("key", "kept"),
    [("ctrl+5", True), ("alt+z", True), ("alt+h", True), ("\x19", True), ("a", False), ("f1", False)],
)
def test_what_is_reserved(key, kept):
    assert (reserved(key) is not None) is kept
