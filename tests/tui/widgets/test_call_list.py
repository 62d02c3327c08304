from __future__ import annotations

from textual.app import App, ComposeResult

from bbsterm.book import Entry, Row
from bbsterm.tui.dialer_rows import cells_of
from bbsterm.tui.widgets.call_list import CallList

NOW = 1_000_000_000


class Gallery(App[None]):
    CSS = "CallList { height: 1fr; }"

    def __init__(self, rows: list[Row]) -> None:
        super().__init__()
        self._rows = rows
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        yield CallList(lambda choice: cells_of(choice, NOW, lambda row: "?"))

    def on_mount(self) -> None:
        self.list.show(self._rows)

    @property
    def list(self) -> CallList:
        return self.query_one(CallList)

    def on_call_list_chosen(self, message: CallList.Chosen) -> None:
        self.chosen.append(message.index)


def boards(number: int) -> list[Row]:
    return [
        Row(Entry(f"Board {i}", f"board{i}.example", id=f"b{i}"), "", i, NOW - 2 * 86400, 0, 0, i)
        for i in range(number)
    ]


async def test_a_header_and_a_row_each(page_text):
    app = Gallery(boards(3))
    async with app.run_test(size=(80, 6)):
        lines = page_text(app).splitlines()

    assert lines[0] == " * Name                        Address                 Type    Last call Calls"
    assert lines[1] == "   Board 0                     board0.example:23       cp437   2d ago        0 ?"
    assert not any(lines[4:])


async def test_narrow_windows_drop_whole_columns(page_text):
    app = Gallery(boards(1))
    async with app.run_test(size=(60, 4)):
        assert page_text(app).splitlines()[0].split() == ["*", "Name", "Address", "Last", "call"]


async def test_in_a_very_narrow_window_each_board_is_a_card_of_two_lines(page_text):
    app = Gallery(boards(9))
    async with app.run_test(size=(40, 6)) as pilot:
        lines = page_text(app).splitlines()
        assert lines[0].split() == ["Board", "0", "?"]
        assert lines[1].split() == ["board0.example:23", "2d", "ago"]

        await pilot.press("end")
        assert "Board 8" in page_text(app).splitlines()[4]
        await pilot.click(CallList, offset=(5, 1))
        assert app.list.index == 6


async def test_keys_move_and_choose():
    app = Gallery(boards(3))
    async with app.run_test(size=(80, 6)) as pilot:
        await pilot.press("down", "down", "down", "down", "enter")
        assert app.list.index == 2

        await pilot.press("home", "up", "enter")

    assert app.chosen == [2, 0]


async def test_the_cursor_stays_in_sight(page_text):
    app = Gallery(boards(5000))
    async with app.run_test(size=(80, 6)) as pilot:
        await pilot.press("end")
        assert "Board 4999" in page_text(app)

        await pilot.press("pageup", "pageup")
        assert app.list.index == 4999 - 8
        assert f"Board {4999 - 8}" in page_text(app)

        await pilot.resize_terminal(80, 4)
        assert f"Board {4999 - 8}" in page_text(app)


async def test_a_click_moves_and_a_second_one_chooses():
    app = Gallery(boards(3))
    async with app.run_test(size=(80, 6)) as pilot:
        await pilot.click(CallList, offset=(5, 2))
        assert (app.list.index, app.chosen) == (1, [])

        await pilot.click(CallList, offset=(5, 2))
        await pilot.click(CallList, offset=(5, 5))  # below the last row
        await pilot.click(CallList, offset=(5, 0))  # the header

    assert app.chosen == [1]


async def test_an_empty_list_can_be_walked_and_chosen_from():
    app = Gallery([])
    async with app.run_test(size=(80, 6)) as pilot:
        await pilot.press("down", "up", "enter", "end")

        assert app.list.index is None
    assert app.chosen == []
