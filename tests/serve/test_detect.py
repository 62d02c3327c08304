from __future__ import annotations

import pytest

from bbsterm.serve.board import Board
from bbsterm.serve.detect import by_terminal_type, encoding_by_evidence, is_mud_client
from bbsterm.serve.stream import Facts
from tests.serve.memory import ANSI_80, calling

TELNET = Facts(telnet=True)
RAW = Facts()


@pytest.mark.parametrize(
    ("types", "dialect"),
    [
        (("PETSCII",), "petscii"),
        (("C64",), "petscii"),
        (("ATASCII",), "atascii"),
        (("ATARIST+VT52", "VT52"), "ascii"),
        (("dumb",), "ascii"),
        (("syncterm",), "ansi"),
        (("ANSI", "PCANSI", "MTTS 267"), "ansi"),
        (("XTERM-256COLOR",), "utf8"),
        (("SCREEN",), "utf8"),
        (("linux",), "utf8"),
        (("VT220",), ""),
        ((), ""),
    ],
)
def test_what_a_terminal_type_means(types, dialect):
    assert by_terminal_type(types) == dialect


@pytest.mark.parametrize(
    ("facts", "encoding"),
    [
        (Facts(charset="utf-8"), "utf-8"),
        (Facts(charset="IBM437"), "cp437"),
        (Facts(charset="zlib_codec"), ""),
        (Facts(environ=(("LANG", "de_DE.UTF-8"),)), "utf-8"),
        (Facts(environ=(("LANG", "de_DE.ISO-8859-1@euro"),)), "latin-1"),
        (Facts(environ=(("LANG", "C"),)), ""),
        (Facts(terminal_types=("X", "MTTS 13")), "utf-8"),
        (Facts(terminal_types=("X", "MTTS 9")), ""),
        (Facts(charset="CP437", environ=(("LANG", "en.UTF-8"),)), "cp437"),
        (Facts(), ""),
    ],
)
def test_what_a_caller_has_said_of_its_characters(facts, encoding):
    assert encoding_by_evidence(facts) == encoding


def test_mud_clients_are_known_by_name():
    assert is_mud_client(Facts(terminal_types=("TINTIN++", "xterm")))
    assert is_mud_client(Facts(terminal_types=("Mudlet 4.17",)))
    assert not is_mud_client(Facts(terminal_types=("ANSI",)))


async def test_a_terminal_that_draws_a_line_in_one_cell_has_utf_8(board):
    async with calling(board, Facts(telnet=True, terminal_types=("VT220",), columns=80, rows=24)) as line:
        await line.shows("\r─\x1b[6n")
        line.type("\x1b[1;2R")
        await line.shows("\r   \r", "ANSI, UTF-8", "Your name")


async def test_a_terminal_that_draws_it_in_three_has_a_code_page(board):
    async with calling(board, Facts(telnet=True, terminal_types=("XTERM",), columns=80, rows=24)) as line:
        await line.shows(b"\x1b[6n")
        line.type("\x1b[7;4R")
        await line.shows("ANSI, CP437", "Your name")


async def test_what_is_typed_during_the_probe_is_not_lost(board):
    async with calling(board, Facts(telnet=True, terminal_types=("VT220",), columns=80, rows=24)) as line:
        await line.shows(b"\x1b[6n")
        line.type("An\x1b[7;2Rn\r")
        await line.shows("Your name", "Ann", "Your choice")


async def test_a_terminal_that_does_not_answer_is_believed_by_its_name(board, monkeypatch):
    monkeypatch.setattr("bbsterm.serve.detect._PROBE_SECONDS", 0.01)

    async with calling(board, Facts(telnet=True, terminal_types=("SYNCTERM",), columns=80, rows=25)) as line:
        await line.shows("ANSI, CP437", "Your name")
    async with calling(board, Facts(telnet=True, terminal_types=("XTERM",), columns=80, rows=25)) as line:
        await line.shows("ANSI, UTF-8", "Your name")
    async with calling(board, Facts(telnet=True)) as line:
        shown = await line.shows("Your name")
        assert b"\x1b[2J" not in shown


async def test_a_dumb_terminal_is_sent_no_escape_sequence(board):
    async with calling(board, Facts(telnet=True, terminal_types=("DUMB",), columns=80, rows=24)) as line:
        assert b"\x1b" not in await line.shows("###", "Your name")


async def test_a_mud_client_keeps_its_screen(board):
    facts = Facts(telnet=True, terminal_types=("TINTIN++", "xterm", "MTTS 13"), columns=80, rows=24)
    async with calling(board, facts, by_line=True) as line:
        shown = await line.shows("Your name")
        assert b"\x1b[2J" not in shown
        assert "█".encode() in shown


@pytest.mark.parametrize(
    ("pressed", "shown"),
    [
        (b"\x14", b"\x0e\x92\x93"),  # DEL on a Commodore: text set, clear
        (b"\x7e", b"\x7d"),  # DELETE on an Atari: clear
        (b"\x9b", b"\x7d"),  # RETURN on an Atari
        (b"p", b"\x0e\x92\x93"),
        (b"t", b"\x7d"),
        (b"a", b"\x1b[2J"),
        (b"u", "█".encode()),
        (b"\n", b"###"),
    ],
)
async def test_a_caller_without_telnet_presses_a_key(board, pressed, shown):
    async with calling(board, RAW) as line:
        question = await line.shows("PRESS BACKSPACE OR DEL")
        assert question.decode("ascii").upper().encode() == question
        line.type(pressed)
        await line.shows(shown)


async def test_backspace_on_a_raw_line_asks_the_cursor(board):
    async with calling(board, RAW) as line:
        await line.shows("PRESS BACKSPACE")
        line.type(b"\x7f")
        await line.shows(b"\x1b[6n")
        line.type("\x1b[9;2R")
        await line.shows("ANSI, UTF-8")


async def test_a_program_that_sends_whole_lines_is_served_at_once(board):
    async with calling(board, RAW, name=None) as line:
        line.type(b"Ann\ng\n")
        line.hang_up()
        await line.shows("Your name", "Your choice", "Goodbye, Ann")
        await line.over()


@pytest.mark.parametrize(("facts", "columns"), [(TELNET, 40), (Facts(telnet=True, columns=80, rows=25), 80)])
async def test_a_commodore_with_80_columns_says_so_by_naws(board, facts, columns):
    known = Facts(telnet=True, terminal_types=("PETSCII",), columns=facts.columns, rows=facts.rows)
    async with calling(board, known) as line:
        await line.shows(b"\x0e\x92\x93")
        [node] = board.nodes
        assert node.machine == f"Commodore, {columns} columns"


async def test_a_sysop_may_decide_for_everybody(clock):
    from bbsterm.serve.board import BoardSettings

    for settings, machine in (
        (BoardSettings(terminal="atascii"), "Atari, 40 columns"),
        (BoardSettings(encoding="cp850"), "ANSI, CP850"),
    ):
        board = Board(settings)
        await board.open()
        async with calling(board, ANSI_80) as line:
            await line.shows(b"n")
            assert [node.machine for node in board.nodes] == [machine]
        await board.close()
