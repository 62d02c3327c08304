from __future__ import annotations

import pytest
from textual import events
from textual.app import App

from bbsterm.book import Entry
from bbsterm.tui.pages.import_page import ImportPage, complete, source_of


class Window(App[None], inherit_bindings=False):
    CSS_PATH = "../../../bbsterm/tui/style.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, book) -> None:
        super().__init__()
        self.page = ImportPage(book)
        self.answers: list[str | None] = []

    def on_mount(self) -> None:
        self.push_screen(self.page, self.answers.append)

    @property
    def said(self) -> str:
        return str(self.page.query_one("#form-say").render())


@pytest.fixture
def book(keeper):
    keeper.book.add(Entry("A", "a.example"))
    return keeper.book


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "lists" / "boards.txt"
    made.parent.mkdir()
    made.write_text("a.example 23\nb.example 2323 petscii\nno good host 1\n")
    return made


async def test_enter_shows_what_would_happen_and_again_does_it(book, path, page_text):
    app = Window(book)
    async with app.run_test(size=(80, 24)) as pilot:
        app.page._input.value = str(path)
        await pilot.press("enter")
        await pilot.pause()
        shown = page_text(app)
        assert "1 added, 1 skipped, 1 not readable" in shown
        assert "same host and port as 'A'" in shown
        assert "line 3:" in shown
        assert book.lists() == []

        await pilot.press("enter")
        await pilot.pause()
    assert app.answers == ["Imported boards.txt (1 added)"]
    assert [(info.name, info.entries) for info in book.lists()] == [("boards", 1)]


async def test_escape_writes_nothing(book, path):
    app = Window(book)
    async with app.run_test(size=(80, 24)) as pilot:
        app.page._input.value = str(path)
        await pilot.press("enter", "escape")
        await pilot.pause()

    assert (app.answers, book.lists()) == ([None], [])


async def test_into_one_s_own_entries(book, path):
    app = Window(book)
    async with app.run_test(size=(80, 24)) as pilot:
        app.page._input.value = str(path)
        await pilot.press("enter", "ctrl+t", "enter")
        await pilot.pause()

    assert [entry.host for entry in book.mine] == ["a.example", "b.example"]


async def test_tab_completes_the_path(book, path):
    app = Window(book)
    async with app.run_test(size=(80, 24)) as pilot:
        app.page._input.value = str(path.parent)[:-2]
        await pilot.press("tab", "tab")
        await pilot.pause()

        assert app.page._input.value == str(path)


async def test_pasted_lines_are_a_list(book):
    app = Window(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.page.on_paste(events.Paste("telnet://x.example:1\ntelnet://y.example:2\n"))
        await pilot.pause()
        assert app.page._input.value == "(2 lines pasted)"
        await pilot.press("enter")
        await pilot.pause()

    assert app.answers == ["Imported what was pasted (2 added)"]


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        (None, "there is no file"),
        ("", "empty"),
        ("; Encrypted INI File v2, Algorithm: AES-256, KDF: scrypt-N15, Salt: 00\nxyz\n", "ncrypted"),
        ("\0\1\2", "binary"),
    ],
)
async def test_what_cannot_be_read_is_refused_politely(book, tmp_path, contents, said):
    path = tmp_path / "list"
    if contents is not None:
        path.write_text(contents)
    app = Window(book)
    async with app.run_test(size=(80, 24)) as pilot:
        app.page._input.value = str(path)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert said in app.said
        assert app.screen is app.page


def test_a_dragged_file_is_found(tmp_path):
    path = tmp_path / "my list.txt"
    path.write_text("")

    for text in (f"'{path}'", str(path).replace(" ", "\\ "), f"file://{tmp_path}/my%20list.txt", f" {path} "):
        assert source_of(text) == str(path)
    assert source_of("telnet://x.example") == "telnet://x.example"


def test_completion(tmp_path):
    for name in ("boards.txt", "boards.csv", ".hidden", "other"):
        (tmp_path / name).write_text("")
    (tmp_path / "folder").mkdir()

    assert complete(f"{tmp_path}/b") == (
        f"{tmp_path}/boards.",
        [f"{tmp_path}/boards.csv", f"{tmp_path}/boards.txt"],
    )
    assert complete(f"{tmp_path}/f") == (f"{tmp_path}/folder/", [f"{tmp_path}/folder/"])
    assert complete(f"{tmp_path}/.h")[0] == f"{tmp_path}/.hidden"
    assert complete(f"{tmp_path}/none") == (f"{tmp_path}/none", [])
    assert complete("/no/such/folder/x") == ("/no/such/folder/x", [])
