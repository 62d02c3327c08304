from __future__ import annotations

import asyncio

import pytest
from textual.app import App

from bbsterm.book import Entry
from bbsterm.errors import BookError
from bbsterm.session import probe
from bbsterm.tui.pages.edit_page import EditPage
from bbsterm.tui.pages.pick_page import PickPage

XIBALBA = Entry("Xibalba", "xibalba.example", 44510, terminal="utf8")


class Window(App[None], inherit_bindings=False):
    CSS_PATH = "../../../bbsterm/tui/style.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *args, **options) -> None:
        super().__init__()
        self.page = EditPage(*args, **options)
        self.answers: list[str | None] = []

    def on_mount(self) -> None:
        self.push_screen(self.page, self.answers.append)

    def text(self, name: str) -> str:
        return self.page._rows[name].text

    @property
    def said(self) -> str:
        return str(self.page.query_one("#form-say").render())


@pytest.fixture
def book(keeper):
    return keeper.book


async def test_a_new_entry(book):
    app = Window(book, None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Fun", "tab", *"fun.example 2323", "ctrl+s")
        await pilot.pause()

    (entry,) = book.mine
    assert (entry.name, entry.host, entry.port, app.answers) == ("Fun", "fun.example", 2323, [entry.id])


async def test_a_pasted_url_fills_the_fields(book):
    app = Window(book, None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.page._rows["address"].field.value = "telnets://ann@bbs.example:9922"
        await pilot.pause()

        assert [app.text(name) for name in ("address", "protocol", "user")] == [
            "bbs.example:9922",
            "telnets",
            "ann",
        ]


async def test_what_is_wrong_is_said_beside_the_field_and_not_saved(book):
    entry = book.add(XIBALBA)
    app = Window(book, entry)
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.press("tab", *"9", "ctrl+s")
        await pilot.pause()

        assert app.page._rows["address"].problem == "port must be 1..65535, found 445109"
        assert "445109" in app.said
        assert app.screen is app.page
    assert book.mine == [entry]


async def test_choices_turn_and_letters_find(book):
    app = Window(book, book.add(XIBALBA))
    async with app.run_test(size=(80, 24)) as pilot:
        app.page._rows["terminal"].field.focus()
        await pilot.press("v", "right", "p", "left", "ctrl+s")  # vt, petscii, petscii80, petscii
        await pilot.pause()

    assert book.mine[0].terminal == "petscii"


async def test_leaving_asks_if_something_was_changed(book):
    app = Window(book, book.add(XIBALBA))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"!!", "escape")
        await pilot.pause()
        assert isinstance(app.screen, PickPage)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is app.page

        await pilot.press("escape", "d", "enter")
        await pilot.pause()
        assert app.answers == [None]
    assert book.mine[0].name == "Xibalba"


async def test_leaving_without_a_change_asks_nothing(book):
    app = Window(book, book.add(XIBALBA))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        await pilot.pause()

    assert app.answers == [None]


async def test_before_and_after(book):
    entries = [book.add(XIBALBA.changed(name=name)) for name in "ABC"]
    app = Window(book, entries[1], around=[entry.id for entry in entries])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+pagedown")
        await pilot.pause()
        assert app.text("name") == "C"
        await pilot.press("ctrl+pagedown")
        await pilot.pause()
        assert (app.text("name"), app.said) == ("C", "That was the last one")

        app.page._rows["protocol"].field.focus()
        await pilot.press("left_square_bracket", "left_square_bracket")
        await pilot.pause()
        assert app.text("name") == "A"

        app.page._rows["name"].field.focus()
        await pilot.press("left_square_bracket", "ctrl+pagedown")
        await pilot.pause()
        assert isinstance(app.screen, PickPage)
        await pilot.press("enter")
        await pilot.pause()
        assert app.text("name") == "B"
    assert [entry.name for entry in book.mine] == ["A[", "B", "C"]


async def test_presets(book):
    app = Window(book, book.add(XIBALBA))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+r", "p", "enter")
        await pilot.pause()
        assert app.text("terminal") == "petscii"


async def test_an_entry_of_a_list_becomes_one_s_own(book, tmp_path):
    from bbsterm.book.importers import read_text

    book.apply_import(book.plan_import(read_text("a.example 23\n"), source="x", target="L"))
    entry = book.entries[0]
    app = Window(book, entry)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "of L: saving makes it your own" in str(app.page.query_one("#form-head").render())
        await pilot.press(*"!", "ctrl+s")
        await pilot.pause()

    assert [mine.name for mine in book.mine] == ["a.example!"]


async def test_a_conflict_is_said_and_the_form_stays(book, monkeypatch):
    app = Window(book, book.add(XIBALBA))

    def refuse(*args, **values):
        raise BookError("the disk is full", hint="Make room.")

    monkeypatch.setattr(type(book), "edit", refuse)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"!", "ctrl+s")
        await pilot.pause()
        assert "the disk is full" in app.said
        assert app.text("name") == "Xibalba!"


async def test_the_test_dials_and_says_what_answers(book, wait_until, monkeypatch):
    monkeypatch.setattr(probe, "_PAUSE", 0.01)

    async def greet(reader, writer):
        writer.write(b"Welcome to the test\r\n")
        await reader.read()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        app = Window(book, book.add(Entry("Here", "127.0.0.1", port)))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("ctrl+t")
            await wait_until(pilot, lambda: "Welcome to the test" in app.said)
            assert app.said.startswith("Reachable in ")


async def test_a_protocol_that_is_only_kept_is_not_tested(book):
    app = Window(book, book.add(Entry("S", "s.example", 22, "ssh")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+t")
        await pilot.pause()
        await pilot.pause()
        assert "ssh is not spoken yet" in app.said
