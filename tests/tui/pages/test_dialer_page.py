from __future__ import annotations

import pytest
from textual.app import App
from textual.widgets import Input

from bbsterm.net.address import Address
from bbsterm.session.recent import RecentCall
from bbsterm.tui.messages import CallRequested, DemoRequested
from bbsterm.tui.pages.dialer_page import DialerPage
from bbsterm.tui.pages.help_page import HelpPage

NOW = 1_000_000_000.0
XIBALBA = RecentCall("Xibalba", "xibalba.example:44510", "ansi", NOW - 2 * 86400, 41)
PAULA = RecentCall("Paula's Playground", "telnets://paula.example:992", "utf8", NOW - 300, 1)


class Window(App[int], inherit_bindings=False):
    CSS_PATH = "../../../bbsterm/tui/style.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *recents: RecentCall) -> None:
        super().__init__()
        self.recents = recents
        self.wanted: list[object] = []

    def on_mount(self) -> None:
        self.push_screen(DialerPage(lambda: self.recents, lambda: NOW))

    def on_call_requested(self, message: CallRequested) -> None:
        self.wanted.append(message.target)

    def on_demo_requested(self, message: DemoRequested) -> None:
        self.wanted.append("demo")


def lines(app: Window) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


async def test_enter_calls_the_demo_board_first_of_all():
    app = Window()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()

    assert app.wanted == ["demo"]


async def test_who_was_called_can_be_called_again():
    app = Window(PAULA, XIBALBA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "5m ago" in lines(app)[3]
        assert "2d ago" in lines(app)[4]

        await pilot.press("down", "down", "enter")
        await pilot.pause()

    assert app.wanted == [XIBALBA]


async def test_twenty_rows_are_seen_at_80x24():
    app = Window(*(RecentCall(f"B{n}", f"b{n}:23", "ansi", 0, 1) for n in range(50)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert sum("ansi" in line or "Demo BBS" in line for line in lines(app)) == 20


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("localhost:7001", Address("localhost", 7001)),
        ("bbs.example.org", Address("bbs.example.org")),
        ("telnets://bbs.example.org", Address("bbs.example.org", 992, "telnets")),
        ("paula", PAULA),
        ("xibalba.example:44510", XIBALBA),
        ("xibalba.example", Address("xibalba.example")),
        ("demo", "demo"),
        ("nobody", Address("nobody")),
    ],
)
async def test_slash_types_an_address_and_enter_dials_it(typed, wanted):
    app = Window(PAULA, XIBALBA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *typed, "enter")
        await pilot.pause()

    assert app.wanted == [wanted]


async def test_what_is_no_address_is_said_and_not_dialled():
    app = Window()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"host:99999", "enter")
        await pilot.pause()

        assert app.wanted == []
        assert "99999" in "\n".join(lines(app)[-4:])
        assert app.screen.query_one(Input).value == "host:99999"


async def test_in_the_box_arrows_move_the_list_and_escape_leaves():
    app = Window(PAULA, XIBALBA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"example", "down", "enter")
        await pilot.pause()
        assert app.wanted == [XIBALBA]

        await pilot.press("escape")
        await pilot.pause()
        assert app.screen.query_one(Input).value == ""
        await pilot.press("q")
        await pilot.pause()

    assert app.return_value == 0


async def test_a_q_in_the_box_is_a_q():
    app = Window()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", "q", "question_mark", "slash")

        assert app.screen.query_one(Input).value == "q?/"


async def test_f1_is_help():
    app = Window()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpPage)

        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, DialerPage)


async def test_coming_back_from_a_call_the_list_is_fresh_and_the_box_empty():
    app = Window()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"abc")
        app.recents = (PAULA,)
        await app.push_screen(HelpPage())
        await pilot.press("escape")
        await pilot.pause()

        assert app.screen.query_one(Input).value == ""
        assert "Paula's Playground" in lines(app)[3]


async def test_stored_names_are_never_markup():
    app = Window(RecentCall("[red]x[/red]\x1b]0;evil\x07", "h:23", "ansi", NOW, 1))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down")
        await pilot.pause()

        assert "[red]x[/red]^[]0;evil^G" in lines(app)[3]


async def test_the_keys_can_be_clicked():
    app = Window()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click("#bar", offset=(lines(app)[-1].index("F1"), 0))
        await pilot.pause()

        assert isinstance(app.screen, HelpPage)
