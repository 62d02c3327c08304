from __future__ import annotations

import asyncio
import socket
import struct

import pytest

from bbsterm.app import BbstermApp
from bbsterm.errors import BbstermError
from bbsterm.net.address import Address
from bbsterm.session.recording import Piece, Recording
from bbsterm.session.settings import CallSettings
from bbsterm.tui.keeper import Keeper
from bbsterm.tui.pages.call_page import CallPage
from bbsterm.tui.pages.dialer_page import DialerPage


@pytest.fixture
def make(paths):
    def make(*args, **options) -> BbstermApp:
        return BbstermApp(*args, keeper=Keeper(paths), **options)

    return make


class Host:
    """A host on loopback that says hello, remembers what it got, and hangs up when told."""

    def __init__(self) -> None:
        self.heard = b""
        self.writers: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)
        writer.write(b"\xff\xfb\x01\xff\xfb\x03\x1b[1;33mHello, caller\r\n")  # IAC WILL ECHO, IAC WILL SGA
        while data := await reader.read(1000):
            self.heard += data
        writer.close()


@pytest.fixture
async def host():
    made = Host()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    yield made
    server.close()
    for writer in made.writers:
        writer.close()
    await server.wait_closed()


async def test_it_opens_on_the_dialer(make):
    app = make()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, DialerPage)
        await pilot.press("q")

    assert app.return_value == 0


async def test_a_real_call_from_dialler_to_history(make, host, page_text, wait_until, paths):
    app = make()
    async with app.run_test(size=(80, 26)) as pilot:
        await pilot.press("slash", *f"127.0.0.1:{host.port}", "enter")
        await wait_until(pilot, lambda: "Hello, caller" in page_text(app))
        await pilot.press("h", "tab", "ctrl+q", "ctrl+p", "f1")
        await wait_until(pilot, lambda: b"h\t\x11\x10\x1b" in host.heard)

        await pilot.press("ctrl+right_square_bracket", "h")
        await wait_until(pilot, lambda: "Hung up" in page_text(app))
        await pilot.press("d")
        await wait_until(pilot, lambda: isinstance(app.screen, DialerPage))
        assert f"127.0.0.1:{host.port}" in page_text(app)
        assert "just now" in page_text(app)

    assert paths.state.exists()


async def test_a_call_that_cannot_be_made_is_exit_code_3(make, wait_until, page_text, unused_port):
    app = make((Address("127.0.0.1", unused_port), CallSettings()))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "BUSY" in page_text(app))
        await pilot.press("q")

    assert app.return_value == 3


async def test_a_call_that_is_cut_off_says_why_and_is_exit_code_3(make, host, wait_until, page_text):
    app = make((Address("127.0.0.1", host.port), CallSettings(name="Host")))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Hello, caller" in page_text(app))
        reset = struct.pack("ii", 1, 0)
        host.writers[0].get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
        host.writers[0].transport.abort()
        await wait_until(pilot, lambda: "NO CARRIER after 0:0" in page_text(app))

        told = next(iter(app._notifications)).message
        assert told.startswith("The call was cut off: connection reset by peer after 0:0")
        assert told.endswith("Calling again may help.")
        assert "Hello, caller" in page_text(app)
        await wait_until(pilot, lambda: app.screen._modes.base is app.screen._modes.base.ENDED)
        await pilot.press("q")

    assert app.return_value == 3


async def test_the_board_hanging_up_never_ends_the_application(make, host, wait_until, page_text):
    app = make((Address("127.0.0.1", host.port), CallSettings(name="Host")))
    async with app.run_test(size=(80, 26)) as pilot:
        await wait_until(pilot, lambda: "Hello, caller" in page_text(app))
        await wait_until(pilot, lambda: b"\xff\xfd\x03" in host.heard)  # unread, it would be a reset
        host.writers[0].close()
        await wait_until(pilot, lambda: "q Quit" in page_text(app))
        assert "Hello, caller" in page_text(app)
        assert isinstance(app.screen, CallPage)

        await wait_until(pilot, lambda: app.screen._modes.base is app.screen._modes.base.ENDED)
        await pilot.press("q")

    assert app.return_value == 0


async def test_a_recording_says_its_keys_and_what_they_have_done(make, wait_until, page_text):
    pieces = (Piece(0.0, b"first"), Piece(3600.0, b"last"))
    app = make(recording=(Recording("x", CallSettings(), pieces, True), 1.0))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "first" in page_text(app))
        assert [toast.message for toast in app._notifications] == [
            "Space pauses and goes on; + and - change the speed."
        ]
        app.screen._bar.fade()  # the moment has passed in which the row stands over the board

        await pilot.press("space")
        await wait_until(pilot, lambda: "PAUSED" in page_text(app))


async def test_a_history_that_cannot_be_read_is_a_toast(make, paths, wait_until):
    paths.state.write_bytes(b"no database at all, and never was" * 100)
    app = make()
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: len(app._notifications) == 1)

        assert paths.state.name in next(iter(app._notifications)).message


async def test_a_demo_board_that_cannot_start_is_said(make, monkeypatch, wait_until, page_text):
    async def refuse() -> None:
        raise BbstermError("no port left")

    monkeypatch.setattr("bbsterm.tui.boards.demo_board", refuse)
    app = make()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await wait_until(pilot, lambda: "no port left" in page_text(app))
        await pilot.press("d")
        await wait_until(pilot, lambda: isinstance(app.screen, DialerPage))


async def test_two_toasts_at_once_none_is_markup_and_all_can_be_read_again(make, page_text):
    app = make()
    async with app.run_test(size=(80, 24)) as pilot:
        for number in range(5):
            app.notify(f"[red]toast {number}")
            await pilot.pause()

        shown = list(app._notifications)
        assert 1 <= len(shown) <= 2
        assert shown[-1].message == "[red]toast 4"
        assert not any(toast.markup for toast in shown)
        app.clear_notifications()
        app.action_messages()
        await pilot.pause()
        lines = page_text(app).splitlines()
        assert [line[12:] for line in lines[1:6]] == [f"[red]toast {number}" for number in (4, 3, 2, 1, 0)]


async def test_every_theme_can_be_put_on(make):
    app = make()
    async with app.run_test(size=(80, 24)) as pilot:
        for name in ("bbsterm", "amber", "green", "vga", "contrast", "nord", "textual-light"):
            app.theme = name
            await pilot.pause()
            assert app.current_theme.name == name


async def test_the_palette_offers_themes(make):
    app = make()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()

        assert type(app.screen).__name__ == "CommandPalette"
        assert [command.title for command in app.get_system_commands(app.screen)] == [
            "Theme",
            "Settings",
            "Messages",
            "Doctor",
            "Help",
            "Quit",
        ]


async def test_a_window_too_small_for_the_board_is_reported_as_it_is(make, host, wait_until, page_text):
    app = make((Address("127.0.0.1", host.port), CallSettings(name="Host")))
    async with app.run_test(size=(60, 20)) as pilot:
        await wait_until(pilot, lambda: "Hello, caller" in page_text(app))
        host.writers[0].write(b"\xff\xfd\x1f")  # IAC DO NAWS

        await wait_until(pilot, lambda: b"\xff\xfa\x1f\x00\x3c\x00\x14\xff\xf0" in host.heard)  # 60x20
        assert app.screen._call.terminal.columns == 80


async def test_an_encoding_chosen_in_a_call_stays_for_the_next_ones(make, host, wait_until, page_text, paths):
    address = Address("127.0.0.1", host.port)
    app = make((address, CallSettings()))
    async with app.run_test(size=(80, 28)) as pilot:
        await wait_until(pilot, lambda: "Hello, caller" in page_text(app))
        await pilot.press("ctrl+right_square_bracket", "i", "down", "down", "enter")
        await wait_until(pilot, lambda: "latin-1" in page_text(app))
        assert "Hello, caller" in page_text(app)

        await pilot.press("ctrl+right_square_bracket", "h")
        await wait_until(pilot, lambda: "Hung up" in page_text(app))
        await pilot.press("r")
        await wait_until(pilot, lambda: len(host.writers) == 2 and "online" in page_text(app))
        assert "latin-1" in page_text(app)

    keeper = Keeper(paths)
    settings = keeper.as_chosen(address, CallSettings())
    keeper.close()
    assert (settings.terminal, settings.encoding) == ("ansi", "latin-1")


async def test_a_machine_keeps_its_screen_whatever_becomes_of_the_status_row(
    make, host, wait_until, page_text
):
    app = make((Address("127.0.0.1", host.port), CallSettings(terminal="petscii", columns=40, rows=25)))
    async with app.run_test(size=(80, 26)) as pilot:
        await wait_until(pilot, lambda: "petscii  40x25" in page_text(app))
        await pilot.press("ctrl+right_square_bracket", "t")
        await pilot.pause()
        await pilot.press("ctrl+right_square_bracket", "t")
        await wait_until(pilot, lambda: "40x25" in page_text(app))

        assert isinstance(app.screen, CallPage)
        assert app.screen._view.screen_extent == (40, 25)
