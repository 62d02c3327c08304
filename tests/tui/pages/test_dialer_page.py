from __future__ import annotations

import pytest
from textual import events
from textual.app import App
from textual.widgets import Input

from bbsterm.book import DEMO, Entry
from bbsterm.net.address import Address
from bbsterm.tui import keymap
from bbsterm.tui.actions import COMMANDS, Place
from bbsterm.tui.keeper import Keeper
from bbsterm.tui.messages import CallRequested, DemoRequested
from bbsterm.tui.pages import dialer_page
from bbsterm.tui.pages.detail_page import DetailPage
from bbsterm.tui.pages.dialer_page import DialerPage
from bbsterm.tui.pages.edit_page import EditPage
from bbsterm.tui.pages.help_page import HelpPage
from bbsterm.tui.pages.import_page import ImportPage
from bbsterm.tui.pages.pick_page import PickPage
from bbsterm.tui.widgets.bottom_bar import BottomBar

XIBALBA = Entry("Xibalba", "xibalba.example", 44510, terminal="utf8", tags=("ftn",), comment="A hub.")
PAULA = Entry("Paula's Playground", "paula.example", 992, "telnets")


class Window(App[int], inherit_bindings=False):
    CSS_PATH = "../../../bbsterm/tui/style.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, keeper: Keeper) -> None:
        super().__init__()
        self.keeper = keeper
        self.wanted: list[object] = []
        self.page = DialerPage(keeper)

    def on_mount(self) -> None:
        self.push_screen(self.page)

    def on_call_requested(self, message: CallRequested) -> None:
        target = message.target
        self.wanted.append(target if isinstance(target, Address) else target.name)

    def on_demo_requested(self, message: DemoRequested) -> None:
        self.wanted.append("demo")

    @property
    def toasts(self) -> list[str]:
        return [toast.message for toast in self._notifications]


@pytest.fixture
def window(keeper):
    """The dialer with these entries."""

    def window(*entries: Entry) -> Window:
        for entry in entries:
            keeper.book.add(entry)
        return Window(keeper)

    return window


def lines(app: Window) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def names(app: Window) -> list[str]:
    return [row.entry.name for row in app.page._rows]


async def test_an_empty_book_offers_three_ways_to_begin(window):
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert app.wanted == ["demo"]
        assert [line.strip()[:8] for line in lines(app)[2:5]] == ["Demo BBS", "Import a", "Add a bo"]

        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ImportPage)
        await pilot.press("escape", "down", "down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, EditPage)


async def test_a_board_of_the_book_is_called(window):
    app = window(PAULA, XIBALBA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "enter")
        await pilot.pause()

    assert app.wanted == ["Xibalba"]


async def test_twenty_rows_are_seen_at_80x24(window):
    app = window(*(Entry(f"B{n:02}", f"b{n}.example") for n in range(50)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = lines(app)
        assert sum(line.lstrip().startswith("B") and "cp437" in line for line in shown) == 20
        assert " ".join(shown[0].split()) == (
            "bbsterm Find: / words, or an address to call 51 sort: name v tag:*"
        )
        assert shown[-1] == (" Enter Call / Find a Add e Edit * Fav s Sort p Probe ^P Menu F1 Help q Quit")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("localhost:7001", Address("localhost", 7001)),
        ("bbs.example.org 2323", Address("bbs.example.org", 2323)),
        ("::1 2323", Address("::1", 2323)),
        ("bbs.example.org", Address("bbs.example.org")),
        ("telnets://bbs.example.org", Address("bbs.example.org", 992, "telnets")),
        ("xibalba.example:23", Address("xibalba.example", 23)),
        ("paula", "Paula's Playground"),
        ("hub ftn", "Xibalba"),
        ("tag:ft", "Xibalba"),
        ("xibalba.example:44510", "Xibalba"),
        ("xibalba.example", "Xibalba"),
        ("playground 992", "Paula's Playground"),
        ("demo", "demo"),
        ("nobody", Address("nobody")),
    ],
)
async def test_slash_finds_or_types_an_address_and_enter_dials(window, typed, wanted):
    app = window(PAULA, XIBALBA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash")
        app.post_message(events.Paste(typed))
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()

    assert app.wanted == [wanted]


async def test_what_is_found_nowhere_can_be_called_at_once(window):
    app = window(XIBALBA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"nobody")
        await pilot.pause()
        assert 'Call "nobody" now' in lines(app)[2]
        assert "0 of 2" in lines(app)[0]


async def test_what_is_no_address_is_said_and_not_dialled(window):
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"host:99999", "enter")
        await pilot.pause()

        assert app.wanted == []
        assert "99999" in "\n".join(lines(app)[-4:])
        assert lines(app)[-2].endswith("raw://HOST:PORT.")  # the whole of it
        assert app.screen.query_one(Input).value == "host:99999"


async def test_a_letter_that_is_no_command_begins_to_find(window):
    app = window(PAULA, XIBALBA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "i", "b")
        await pilot.pause()
        assert app.screen.query_one(Input).value == "xib"
        assert names(app) == ["Xibalba"]

        await pilot.press("escape")
        await pilot.pause()
        assert len(names(app)) == 3
        await pilot.press("q")
        await pilot.pause()

    assert app.return_code == 0


async def test_in_the_box_arrows_move_the_list_and_every_letter_is_a_letter(window):
    app = window(PAULA, XIBALBA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"example", "down", "enter")
        await pilot.pause()
        assert app.wanted == ["Xibalba"]

        await pilot.press("q", "question_mark", "slash", "asterisk")
        assert app.screen.query_one(Input).value == "exampleq?/*"


async def test_orders_are_walked_chosen_and_remembered(window, keeper):
    app = window(XIBALBA, PAULA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "sort: name v" in lines(app)[0]
        await pilot.press("greater_than_sign")
        await pilot.pause()
        assert "sort: most called v" in lines(app)[0]
        await pilot.press("less_than_sign", "less_than_sign")
        await pilot.pause()
        assert "sort: last call v" in lines(app)[0]

        await pilot.press("s", "m", "m", "enter")
        await pilot.pause()
        assert "sort: my order v" in lines(app)[0]
        assert names(app)[0] == "Xibalba"

    assert keeper.book.default_sort.value == "my order"


async def test_lists_and_tags_are_chosen_from(window):
    app = window(PAULA, XIBALBA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(app.screen, PickPage)
        await pilot.press("n", "enter")
        await pilot.pause()
        assert "Never called" in lines(app)[0]

        await pilot.press("escape", "t", "end", "enter")
        await pilot.pause()
        assert app.screen.query_one(Input).value == "tag:ftn "
        assert names(app) == ["Xibalba"]


async def test_star_duplicate_delete_and_undo(window, keeper):
    app = window(PAULA, XIBALBA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "asterisk")
        await pilot.pause()
        assert keeper.book.find("Xibalba")[0].favourite

        await pilot.press("D")
        await pilot.pause()
        assert "Xibalba (copy)" in names(app)
        await pilot.press("u")
        await pilot.pause()
        assert "Xibalba (copy)" not in names(app)

        await pilot.press("end", "d")
        await pilot.pause()
        assert "Xibalba" not in names(app)
        assert "Deleted Xibalba - u to undo" in app.toasts
        await pilot.press("u")
        await pilot.pause()
        assert "Xibalba" in names(app)
        assert keeper.book.find("Xibalba")[0].favourite


async def test_the_demo_board_stays_as_it_is(window):
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("e", "d", "D", "asterisk", "p"):
            await pilot.press(key)
            await pilot.pause()

        assert app.screen is app.page
        assert names(app) == [DEMO.name]


async def test_a_quick_call_can_be_kept_or_forgotten(window, keeper):
    keeper.book.record_call(None, address="else.example:2323", started=1, seconds=2, result="hung up")
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("home", "d")
        await pilot.pause()
        assert names(app) == [DEMO.name]
        await pilot.press("u")
        await pilot.pause()
        assert "else.example" in names(app)

        await pilot.press("home", "asterisk")
        await pilot.pause()

    (mine,) = keeper.book.mine
    assert (mine.host, mine.port, mine.favourite) == ("else.example", 2323, True)
    assert keeper.book.stats(mine).calls == 1


async def test_a_file_that_an_editor_changes_is_read_anew(window, keeper, wait_until, monkeypatch):
    monkeypatch.setattr(dialer_page, "LOOK_EVERY", 0.01)
    app = window(XIBALBA)
    async with app.run_test(size=(80, 24)) as pilot:
        path = keeper.book.paths.entries
        path.write_text(path.read_text() + '\n[[entry]]\nname = "By hand"\naddress = "hand.example"\n')
        await wait_until(pilot, lambda: "By hand" in names(app))

        path.write_text("[[entry]\nname = 3\n")
        await wait_until(pilot, lambda: any("dialing.toml:1: " in toast for toast in app.toasts))
        assert "By hand" in names(app)
        assert path.read_text() == "[[entry]\nname = 3\n"


async def test_the_pages_behind_the_keys(window):
    app = window(XIBALBA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        for key, page in (
            ("f1", HelpPage),
            ("i", DetailPage),
            ("m", ImportPage),
            ("a", EditPage),
            ("e", EditPage),
        ):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, page), key
            await pilot.press("escape")
            await pilot.pause()
            assert app.screen is app.page


async def test_coming_back_from_a_call_the_list_is_fresh_and_the_box_empty(window, keeper):
    app = window(XIBALBA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"xib", "enter")
        await pilot.pause()
        keeper.book.record_call(
            keeper.book.mine[0], address=XIBALBA.address, started=1e9, seconds=9, result="hung up"
        )
        await app.push_screen(HelpPage())
        await pilot.press("escape")
        await pilot.pause()

        assert app.screen.query_one(Input).value == ""
        assert "y ago" in lines(app)[2]


async def test_a_click_in_the_bar_is_the_key(window):
    app = window(XIBALBA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click("BottomBar", offset=(lines(app)[-1].index("F1") + 1, 0))
        await pilot.pause()

        assert isinstance(app.screen, HelpPage)


async def test_probing_all_says_how_many_and_asks(window, keeper, wait_until, unused_port):
    app = window(Entry("A", "127.0.0.1", unused_port), Entry("B", "127.0.0.2", unused_port))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("P")
        await pilot.pause()
        assert "2 boards" in "\n".join(lines(app))
        await pilot.press("escape", "P", "enter")
        await wait_until(pilot, lambda: all(line.endswith("x") for line in lines(app)[2:4]))

        await pilot.press("home", "p")
        await pilot.pause()
        assert any("less than an hour" in toast for toast in app.toasts)


async def test_keys_that_were_given_to_others_meanwhile_are_in_the_bar(window):
    app = window()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        commands = {**COMMANDS, Place.DIALER: tuple(c for c in COMMANDS[Place.DIALER] if c.action != "edit")}
        keymap.use(keymap.Keymap(commands))
        await pilot.press("escape")
        await pilot.pause()

        assert "e Edit" not in app.page.query_one(BottomBar).render().plain
