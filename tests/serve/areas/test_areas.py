"""Every place on the board, by its keys; those with more to say have a file of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bbsterm.errors import StorageError
from bbsterm.serve import art
from bbsterm.serve.areas.menu import VISITS
from bbsterm.serve.design.loading import builtin
from bbsterm.serve.design.model import PLACES, Role
from bbsterm.serve.stream import Facts
from tests.serve.memory import ANSI_80, calling

NARROW = replace(ANSI_80, columns=40)
DUMB = Facts(telnet=True, terminal_types=("DUMB",), columns=80, rows=24)
COMMODORE = Facts(telnet=True, terminal_types=("PETSCII",))
ATARI = Facts(telnet=True, terminal_types=("ATASCII",))


MENU = [item for item in builtin().menus["main"].items if item.who is Role.EVERYBODY]
GALLERY = builtin().gallery


def test_every_place_that_a_menu_can_lead_to_is_there():
    assert {*VISITS, "goodbye"} == set(PLACES)


@pytest.mark.parametrize("facts", [ANSI_80, NARROW, DUMB], ids=["80", "40", "dumb"])
async def test_the_menu_lists_every_place(board, facts):
    async with calling(board, facts) as line:
        line.type("Ann\r")
        await line.shows("Main menu", *(place.title for place in MENU), "Your choice")


async def test_capitals_and_enter_work_too(board):
    async with calling(board, name="Ann") as line:
        line.type("\r")
        await line.shows("Main menu", "Your choice")
        line.type("W")
        await line.shows("Who is online")


async def test_an_unknown_key_rings_and_draws_nothing(board):
    async with calling(board, name="Ann") as line:
        before = len(line.sent)
        line.type("vyz" * 50)
        await line.shows("\x07")
        assert len(line.sent) - before <= 5


@pytest.mark.parametrize("facts", [ANSI_80, NARROW, DUMB], ids=["80", "40", "dumb"])
async def test_who_is_online_tells_who_and_where(board, facts):
    async with calling(board, name="Bob") as bob, calling(board, facts) as line:
        bob.type("c")
        await bob.shows("has come in")
        line.type("Ann\rw")
        await line.shows("Who is online", "Bob", "chat room", "Ann", "who is online", "Press a key")


async def test_more_callers_than_rows_are_counted(board):
    nodes = [board.nodes.take(now=board.now()) for _ in range(30)]
    async with calling(board, name="Ann") as line:
        line.type("w")
        await line.shows("31 on", "... and 14 more", "Press a key")
    for node in nodes:
        board.nodes.free(node)


async def test_the_wall_takes_a_line_and_shows_it(board, clock):
    async with calling(board, name="Ann") as line:
        line.type("o")
        await line.shows("the first line is yours", "rite a line")
        line.type("w")
        await line.shows("Your line")
        line.type("Hello |04 \x1b[31mwall\x07\r")
        await line.shows("Ann", "Hello |04 wall", "0 s", "rite a line")
        line.type("w\r")
        await line.shows("Main menu")
    clock.seconds = 7200
    async with calling(board, DUMB) as line:
        line.type("Bob\ro")
        await line.shows("Ann: Hello |04 wall 2 h")


async def test_a_narrow_wall_wraps(board):
    async with calling(board, NARROW) as line:
        line.type("Ann\row" + "word " * 12 + "\r")
        await line.shows("Ann", "word word word word word word word\x1b", "word word word word word\x1b")


async def test_a_wall_that_cannot_be_reached_is_said_and_logged(board, monkeypatch, caplog):
    async def latest(count):
        raise StorageError(None, "disk full")

    monkeypatch.setattr(board.wall, "latest", latest)
    async with calling(board, name="Ann") as line:
        line.type("o")
        await line.shows("That cannot be reached", "Press a key")
        line.type(" ")
        await line.shows("Main menu")
    assert "disk full" in caplog.text


async def test_your_terminal_tells_everything_and_follows_the_window(board):
    facts = replace(
        ANSI_80,
        terminal_types=("SYNCTERM", "ANSI"),
        environ=(("LANG", "de_DE.UTF-8"),),
        speed="38400,38400",
        performed_here=("ECHO", "SGA"),
        performed_there=("NAWS", "TTYPE"),
        tls="TLSv1.3, TLS_AES_256_GCM_SHA384",
    )
    async with calling(board, facts, name="Ann") as line:
        line.type("t")
        await line.shows(
            "80 x 24 (NAWS)",
            "SYNCTERM, ANSI",
            "░▒▓█",
            "UTF-8",
            "LANG=de_DE.UTF-8",
            "38400,38400 bit/s",
            "ECHO SGA",
            "NAWS TTYPE",
            "from 192.0.2.1, TLSv1.3",
            "00  01  02",
            "any key goes back",
        )
        line.known = replace(facts, columns=132, rows=37)
        await line.shows("132 x 37", "any key goes back")
        line.type(" ")
        await line.shows("Main menu")


@pytest.mark.parametrize("facts", [NARROW, DUMB, COMMODORE, ATARI], ids=["40", "dumb", "petscii", "atascii"])
async def test_your_terminal_fits_other_machines(board, facts):
    async with calling(board, facts, by_line=facts is DUMB) as line:
        line.type(b"X\x9b" if facts is ATARI else b"X\r")
        line.type(b"t")
        await line.shows(
            b"24" if facts is not COMMODORE else b"25", b"192.0.2.1" if facts is NARROW else b"-"
        )


async def test_the_gallery_shows_every_piece(board):
    async with calling(board, name="Ann") as line:
        line.type("a")
        await line.shows("Art gallery", *(piece.title for piece in GALLERY), "Which one")
        line.type("a")
        for piece in GALLERY:
            await line.shows("\x1b[2J", piece.title, "Any key")
            line.type(" ")
        await line.shows("Art gallery", "Which one")
        line.type("3")
        await line.shows(GALLERY[2].title, "Any key")
        line.type("q")
        await line.shows("Which one")
        line.type("q")
        await line.shows("Main menu")


async def test_the_gallery_can_be_left_in_the_middle(board):
    async with calling(board, name="Ann") as line:
        line.type("aa")
        await line.shows(GALLERY[0].title, "Any key")
        line.type("q")
        await line.shows("Which one")


async def test_the_living_piece_paints_when_the_last_picture_has_been_drawn(board, clock):
    async with calling(board, name="Ann") as line:
        line.type("a")
        await line.shows("Living Plasma", "Which one")
        line.type("l")
        await line.shows("\x1b[2J", b"\x1b[1H", "a key stops it", b"\x1b[6n")
        before = len(line.sent)
        line.type("\x1b[23;1R")
        await line.shows(b"\x1b[1H", b"\x1b[22H", b"\x1b[6n")
        assert b"\x1b[2J" not in line.sent[before:]
        line.type("\x1b[23;1R ")
        await line.shows("Which one")


async def test_it_ends_after_a_minute(board, clock):
    async with calling(board, name="Ann") as line:
        line.type("al")
        await line.shows(b"\x1b[6n")
        clock.seconds += 61
        line.type("\x1b[23;1R")
        await line.shows("Which one")


async def test_where_nothing_can_move_it_hangs_still(board):
    async with calling(board, NARROW) as line:
        line.type("Ann\ral")
        await line.shows("Which one", "Plasma", "Any key")


async def test_24_bit_colour_is_shown_to_those_who_have_it(board):
    truecolor = replace(ANSI_80, charset="CP437", environ=(("COLORTERM", "truecolor"),))
    for facts, shown in ((truecolor, True), (replace(ANSI_80, charset="CP437"), False), (ANSI_80, True)):
        async with calling(board, facts) as line:
            line.type("Ann\rt")
            page = await line.shows("Your terminal", "any key goes back")
            assert (b"48;2;" in page) == shown


@pytest.mark.parametrize(
    ("facts", "suffix", "enter"), [(COMMODORE, "seq", b"\r"), (ATARI, "ata", b"\x9b"), (DUMB, "txt", b"\r")]
)
async def test_each_machine_is_shown_its_own_files(board, facts, suffix, enter):
    async with calling(board, facts) as line:
        wanted = [builtin().art[f"{name}.{suffix}"] for name in ("welcome", GALLERY[0].name)]
        if suffix == "txt":
            wanted = [data.replace(b"\n", b"\r\n") for data in wanted]
        await line.shows(wanted[0])
        line.type(b"X" + enter)
        line.type(b"a1")
        await line.shows(wanted[1])


async def test_a_narrow_terminal_is_shown_every_second_column(board):
    async with calling(board, NARROW) as line:
        line.type("Ann\ra5")
        await line.shows(
            art.picture(builtin(), "peaks").halved().text()[2][:3].strip() or "▓", "Fractal Peaks"
        )


async def test_speed_is_measured_by_the_terminals_answer(board, clock):
    async with calling(board, name="Ann") as line:
        line.type("s")
        await line.shows("Speed", "Press a key")
        line.type(" ")
        count = 0
        while count < 4000:
            await line.shows(b"\x1b[6n")
            clock.seconds += 0.1
            line.type("\x1b[24;1R")
            count = 4000 if b"4000" in line.sent else count
        await line.shows("4,000 lines", "bytes", "bit/s", "Press a key")


async def test_a_key_stops_the_scrolling(board):
    async with calling(board, name="Ann") as line:
        line.type("s")
        await line.shows("Press a key")
        line.type(" ")
        await line.shows(b"\x1b[6n")
        line.type("x\x1b[24;1R")
        await line.shows("16 lines")


async def test_a_terminal_that_cannot_answer_is_not_stuffed(board):
    async with calling(board, COMMODORE) as line:
        line.type(b"X\rs")
        await line.shows(b"RESS A KEY")
        line.type(b" ")
        await line.shows(b"500 LINES")


async def test_goodbye_tells_how_long_it_was(board, clock):
    async with calling(board, name="Ann") as line:
        clock.seconds = 83
        line.type("g")
        await line.shows("Goodbye, ", "You were on for ", "1 min 23 s", "NO CARRIER")
        await line.over()
