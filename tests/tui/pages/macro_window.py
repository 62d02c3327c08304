"""A call page with macros of a user's, for tests of everything that types by itself."""

from __future__ import annotations

from textual.app import App

from bbsterm.book import Entry
from bbsterm.session.entries import settings_of
from bbsterm.tui.keeper import Keeper
from bbsterm.tui.pages.call_page import CallPage

__all__ = ["PREFIX", "Window", "bottom", "entry_window", "menu", "write_macro"]

PREFIX = "ctrl+right_square_bracket"


class Window(App[None], inherit_bindings=False):
    """One page; toasts are in `said`."""

    CSS_PATH = "../../../bbsterm/tui/style.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, page) -> None:
        super().__init__()
        self.page = page
        self.said: list[str] = []
        self.bells = 0

    def on_mount(self) -> None:
        self.push_screen(self.page)

    def notify(self, message, **options) -> None:
        self.said.append(message)

    def bell(self) -> None:
        self.bells += 1


def entry_window(exchange, keeper: Keeper, folder, **fields) -> Window:
    """A call to an entry of the book with these fields."""
    entry = keeper.book.add(Entry("Xibalba", "xibalba.example", 44510, **fields))
    board = exchange.board(desk=keeper.desk, settings=settings_of(entry))
    return Window(CallPage(board, folder / "captures"))


def write_macro(keeper: Keeper, name: str, text: str) -> None:
    folder = keeper.paths.macros
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def bottom(app) -> str:
    return app.screen._compositor.render_strips()[-1].text


async def menu(pilot, *keys: str) -> None:
    await pilot.press(PREFIX, *keys)
    await pilot.pause()
