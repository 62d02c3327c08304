from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.errors import UsageError
from bbsterm.screen import create_terminal
from bbsterm.session.call import Call
from bbsterm.session.encoding import Reader, Tape, kind_for, new_terminal
from bbsterm.session.events import ScreenNotice, StatusChanged, TerminalReplaced
from bbsterm.session.settings import CallSettings

UTF8_BOX = "┌──────────┐\r\n│ Welcome! │\r\n└──────────┘\r\n".encode()


class Replacements(list):
    def __call__(self, *, resized):
        self.append(resized)


def reader_of(**options):
    told = Replacements()
    reader = Reader(CallSettings(**options), None, None, replaced=told)
    reader.told = told
    return reader


# --- the tape ---------------------------------------------------------------------------------


def test_a_tape_plays_what_was_shown():
    tape, terminal = Tape(), create_terminal("ansi")
    tape.add(b"Hello, ")
    tape.add(b"World")

    tape.play(terminal)

    assert terminal.display()[0] == "Hello, World"


def test_a_tape_answers_and_reports_nothing():
    tape, terminal = Tape(), create_terminal("ansi")
    tape.add(b"\x1b[6n\x07\x1b]0;Title\x07")

    tape.play(terminal)

    assert terminal.take_replies() == b""
    assert terminal.take_events() == []


def test_a_tape_forgets_the_oldest_and_stays_within_its_size():
    tape, terminal = Tape(1000), create_terminal("ansi")
    for number in range(1000):
        tape.add(b"line %03d\r\n" % number)
        assert len(tape) <= 1000

    tape.play(terminal)

    assert terminal.display()[23] == "line 999"


def test_the_tape_of_a_call_is_bounded():
    tape = Tape()
    tape.add(bytes(limits.MAX_TAPE))
    tape.add(b"more")

    assert 0 < len(tape) <= limits.MAX_TAPE


def test_a_reset_between_two_calls_is_played_too():
    tape, terminal = Tape(), create_terminal("ansi")
    tape.mark_reset()
    tape.add(b"\x1b[31mfirst call")
    tape.mark_reset()
    tape.mark_reset()
    tape.add(b"second call")

    tape.play(terminal)

    assert terminal.display()[0] == "second call"
    assert [line.text() for line in terminal.history] == ["first call"]
    assert terminal.line(0).spans()[0].paint.foreground == "#a8a8a8"


def test_resets_move_with_what_is_forgotten():
    tape, terminal = Tape(100), create_terminal("ansi")
    tape.add(b"x" * 60)
    tape.mark_reset()
    tape.add(b"y" * 60)

    tape.play(terminal)

    assert terminal.display()[0] == "y" * 60


# --- which emulation shows which character set --------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "kinds", "kind"),
    [
        ("cp437", ("ansi",), "ansi"),
        ("utf-8", ("ansi",), "utf8"),
        ("cp866", ("utf8",), "ansi"),
        ("latin-1", ("vt",), "vt"),
        ("utf-8", ("petscii", "vt"), "vt"),
        ("petscii", ("ansi",), "petscii"),
        ("petscii_unshifted", ("petscii80",), "petscii80"),
        ("petscii", ("ansi", "petscii80"), "petscii80"),
        ("atascii", ("petscii",), "atascii"),
        ("atarist", ("utf8",), "atarist"),
    ],
)
def test_an_encoding_has_its_emulation(encoding, kinds, kind):
    assert kind_for(encoding, *kinds) == kind


# --- choice -------------------------------------------------------------------------------------


def test_another_encoding_reads_the_screen_and_the_scrollback_anew():
    reader = reader_of(rows=5)
    for _ in range(10):
        reader.receive("ø\r\n".encode())
    assert reader.terminal.display()[0] == "├╕"

    reader.choose("utf-8")

    assert (reader.kind, reader.terminal.encoding) == ("utf8", "utf-8")
    assert reader.terminal.display() == ["ø", "ø", "ø", "ø", ""]
    assert [line.text() for line in reader.terminal.history] == ["ø"] * 6
    assert reader.told == [False]


def test_what_was_echoed_here_is_read_anew_too():
    reader = reader_of()
    reader.receive(b"Name: ")
    reader.show(b"Ann\r\n")

    reader.choose("cp866")

    assert reader.terminal.display()[0] == "Name: Ann"


def test_a_machine_brings_its_screen_and_the_way_back_is_open():
    reader = reader_of(columns=80, rows=24)
    reader.receive(b"\x05HELLO\r")

    reader.choose("petscii")
    assert (reader.kind, reader.terminal.columns, reader.terminal.rows) == ("petscii", 40, 25)
    assert reader.retro
    assert reader.terminal.display()[0] == "hello"

    reader.choose("cp437")
    assert (reader.kind, reader.terminal.columns, reader.terminal.rows) == ("ansi", 80, 24)
    assert reader.told == [True, True]


def test_the_eighty_columns_that_were_asked_for_come_back():
    reader = reader_of(terminal="petscii80")
    reader.choose("cp437")
    reader.choose("petscii")

    assert reader.kind == "petscii80"


def test_an_encoding_that_nobody_knows_changes_nothing():
    reader = reader_of()

    with pytest.raises(UsageError):
        reader.choose("klingon\0")

    assert reader.chosen is None
    assert reader.told == []


def test_the_settings_of_the_keyboard_go_with_the_machine():
    reader = reader_of(ansi_keys=True, ascii_eol=True)
    reader.choose("atascii")

    assert reader.terminal.press("up") == b"\x1b[A"
    assert reader.terminal.press("enter") == b"\r"


# --- evidence -----------------------------------------------------------------------------------


def test_the_first_screen_decides_where_it_leaves_no_doubt():
    reader = reader_of()
    reader.receive(UTF8_BOX)
    reader.consider()

    assert reader.terminal.encoding == "utf-8"
    assert reader.terminal.display()[1] == "│ Welcome! │"
    assert reader.verdict is not None
    assert reader.verdict.encoding == "utf-8"


@pytest.mark.parametrize("options", [{"encoding": "cp437"}, {"terminal": "vt"}, {"detect": False}])
def test_a_choice_before_the_call_is_not_overruled_by_what_it_looks_like(options):
    reader = reader_of(**options)
    before = reader.terminal
    reader.receive(UTF8_BOX)
    reader.consider()

    assert reader.terminal is before


def test_a_choice_in_the_call_is_not_overruled_either():
    reader = reader_of()
    reader.choose("cp437")
    reader.receive(UTF8_BOX)
    reader.consider()

    assert reader.terminal.encoding == "cp437"
    assert reader.verdict is None


def test_late_screens_decide_nothing():
    reader = reader_of()
    for _ in range(4):
        reader.receive(b"plain text, nothing more\r\n" * 200)
        reader.consider()
    reader.receive(UTF8_BOX * 10)
    reader.consider()

    assert reader.terminal.encoding == "cp437"


def test_a_font_changes_the_encoding_unless_one_was_chosen():
    russian = b"\x1b[0;25 D\x8f\xe0\xa8\xa2\xa5\xe2"
    for options, text in (({}, "Привет"), ({"encoding": "cp437"}, "Åαi«óÑΓ")):
        reader = reader_of(**options)
        reader.receive(russian)
        for event in reader.terminal.take_events():
            reader.noticed(event)

        shown = reader.terminal.display()[0]
        assert (shown == text) is (not options)
        assert (reader.verdict is None) is bool(options)
        assert reader.terminal.encoding == options.get("encoding", "cp866")


def test_what_is_agreed_counts_from_there_on():
    reader = reader_of()
    reader.agreed("utf-8")
    reader.receive("ø".encode())

    assert reader.terminal.display()[0] == "ø"
    assert reader.verdict is not None
    assert reader.verdict.reason == "CHARSET"


@given(st.lists(st.binary(max_size=600), max_size=5), st.sampled_from(["utf-8", "petscii", "atascii", "gbk"]))
def test_whatever_a_board_sends_can_be_read_anew(chunks, encoding):
    reader = reader_of()
    for chunk in chunks:
        reader.receive(chunk)
        reader.consider()
    reader.choose(encoding)

    expected = create_terminal(reader.kind, encoding=encoding)
    expected.feed(b"".join(chunks))
    assert reader.terminal.display() == expected.display()


# --- in a call ------------------------------------------------------------------------------------


async def test_cycling_reads_anew_and_is_told(board, calling, seen):
    call = Call(board.address)
    told = []
    async with calling(call):
        call.listen(told.append)
        board.say(b"\xc3\xb8\x07")
        await seen(call, lambda: call.terminal.display()[0] == "├╕")
        before = call.terminal

        assert call.next_encoding() == "utf-8"

        assert call.terminal is not before
        assert call.terminal.display()[0] == "ø"
        assert call.kind == "utf8"
        assert TerminalReplaced() in told
        assert StatusChanged() in told
        assert sum(isinstance(event, ScreenNotice) for event in told) == 1  # the bell rang once


async def test_cycling_comes_round(board, calling):
    call = Call(board.address)
    async with calling(call):
        seen_encodings = [call.next_encoding() for _ in range(16)]

    assert len(set(seen_encodings)) == 16
    assert seen_encodings[-1] == "cp437"


async def test_a_home_computer_is_binary_and_raw_without_negotiation(board, calling, seen):
    call = Call(board.address)
    async with calling(call):
        board.say(b"\xff\xfd\x1f")  # IAC DO NAWS: telnet is spoken
        await seen(call, lambda: call.speaks_telnet)
        assert call.input_mode.line

        call.set_encoding("atascii")
        assert not call.input_mode.line
        board.say(b"A\x0d\x00B")
        await seen(call, lambda: call.terminal.display()[0].endswith("B"))
        call.send_bytes(b"\r\xff")

        assert len(call.terminal.display()[0]) == 4  # CR and NUL are pictures
        await board.hears(b"\r\xff\xff")
        await board.hears(b"\xff\xfa\x1f\x00\x28\x00\x18\xff\xf0")  # IAC SB NAWS 40 24 IAC SE


async def test_a_host_without_telnet_gets_single_bytes(board, calling, seen):
    call = Call(board.address, CallSettings(terminal="petscii"))
    async with calling(call):
        call.send_bytes(b"\r\xff")
        await board.hears(b"\r\xff")

    assert b"\xff\xff" not in board.heard


async def test_a_redial_can_be_read_anew_with_what_was_before(board, calling, seen):
    first = Call(board.address)
    async with calling(first):
        board.say("ø\r\n".encode())
        await seen(first, lambda: first.terminal.display()[0] == "├╕")

    second = Call(board.address, terminal=first.terminal, tape=first.tape)
    async with calling(second):
        second.set_encoding("utf-8")

    assert [line.text() for line in second.terminal.history] == ["ø"]


@pytest.mark.parametrize(
    ("kind", "backspace", "sent"),
    [
        ("ansi", None, (b"\x08", b"\x7f")),
        ("ansi", "bs", (b"\x08", b"\x7f")),
        ("ansi", "del", (b"\x7f", b"\x1b[3~")),
        ("vt", "bs", (b"\x08", b"\x7f")),
        ("utf8", "del", (b"\x7f", b"\x1b[3~")),
        ("petscii", "del", (b"\x14", b"\x14")),  # a home computer's keyboard has its own
    ],
)
def test_the_erase_keys_of_a_call_are_what_its_settings_say(kind, backspace, sent):
    terminal = new_terminal(CallSettings(terminal=kind, backspace=backspace))
    terminal.feed(b"\x1b[?67l\x1b[?67h" if kind != "petscii" else b"")  # DECBKM has no say any more

    assert (terminal.press("backspace"), terminal.press("delete")) == sent
