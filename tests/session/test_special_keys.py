"""What LINEMODE and LFLOW make of single keys, in the editor and in a whole call."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbsterm.net.address import Address
from bbsterm.protocol import Connection, Role, WindowSize
from bbsterm.protocol.nvt import escape
from bbsterm.protocol.options.linemode import Linemode
from bbsterm.protocol.slc import EditMode, Level, Setting, SlcFunction
from bbsterm.protocol.vocabulary import Command, OptionCode
from bbsterm.session import Call, CallSettings
from bbsterm.session.identity import client_options
from bbsterm.session.line_editor import MAX_LINE, Draw, LineEditor, Order, PassOn, Submit
from bbsterm.session.modes import InputChoice, InputMode, input_mode
from bbsterm.session.pump import LARGEST_SLICE
from bbsterm.session.special_keys import SpecialKeys, byte_of

DO_LINEMODE = b"\xff\xfd\x22"
WILL_LINEMODE = b"\xff\xfb\x22"
WONT_LINEMODE = b"\xff\xfc\x22"
DO_LFLOW, WILL_LFLOW = b"\xff\xfd\x21", b"\xff\xfb\x21"
FLOW_ON_ANY = b"\xff\xfa\x21\x01\xff\xf0\xff\xfa\x21\x02\xff\xf0"
FLOW_OFF = b"\xff\xfa\x21\x00\xff\xf0"


def mode(bits, *, ack=False):
    return b"\xff\xfa\x22\x01" + bytes([bits | 4 * ack]) + b"\xff\xf0"


def special(bits=EditMode.EDIT | EditMode.TRAPSIG, forward=(), **settings):
    option = Linemode()
    option.mode, option.forward = EditMode(bits), frozenset(forward)
    for name, byte in settings.items():
        level = Level.NOSUPPORT if byte is None else Level.VALUE
        option.table.set(SlcFunction[name], Setting(level, byte or 0))
    return SpecialKeys.of(option)


def pressed(keys, agreed):
    """What the last of these keys does."""
    editor, acts = LineEditor(), []
    for key in keys:
        acts = editor.press(key, key if len(key) == 1 else None, agreed)
    return acts


@pytest.mark.parametrize(
    ("key", "character", "byte"),
    [
        ("a", "a", 97),
        ("ctrl+a", None, 1),
        ("ctrl+z", "\x1a", 26),
        ("ctrl+backslash", None, 28),
        ("backspace", None, 127),
        ("up", None, None),
        ("ctrl+up", None, None),
        ("é", "é", None),
    ],
)
def test_a_key_has_the_byte_that_a_plain_terminal_types_for_it(key, character, byte):
    assert byte_of(key, character) == byte


@pytest.mark.parametrize("bits", [None, 0, EditMode.TRAPSIG])
def test_keys_are_only_special_where_lines_are_edited_here(bits):
    option = Linemode()
    option.mode = bits if bits is None else EditMode(bits)

    assert SpecialKeys.of(option) is None


@pytest.mark.parametrize(
    ("key", "command", "byte"),
    [
        ("ctrl+c", Command.IP, 3),
        ("ctrl+z", Command.SUSP, 26),
        ("ctrl+backslash", Command.ABORT, 28),
        ("ctrl+o", Command.AO, 15),
        ("ctrl+t", Command.AYT, 20),
        ("ctrl+d", Command.EOF, 4),
    ],
)
def test_signals_are_commands_and_what_was_typed_before_goes_or_is_thrown_away(key, command, byte):
    thrown_away = key in ("ctrl+c", "ctrl+z", "ctrl+backslash")  # SLC_FLUSHIN

    acts = pressed(["a", key], special())

    assert acts[-1] == Order(command, bytes([byte]))
    assert (Submit("a", enter=False) in acts) is not thrown_away


def test_without_trapsig_a_signal_is_text_behind_what_was_typed():
    assert pressed(["a", "ctrl+c"], special(EditMode.EDIT)) == [
        Submit("a", enter=False),
        PassOn("ctrl+c", None),
    ]


def test_a_board_may_choose_other_characters():
    agreed = special(EC=0x23, IP=0x14, EW=None)

    editor = LineEditor()
    for key in "cat#":
        editor.press(key, key, agreed)
    assert editor.text == "ca"
    assert editor.press("ctrl+t", None, agreed)[-1] == Order(Command.IP, b"\x14")
    assert pressed(["a", "ctrl+c"], agreed)[-1] == PassOn("ctrl+c", None)  # it is nothing any more
    editor.insert("one two")
    editor.press("ctrl+w", None, agreed)  # the board has no EW: then it is ours, as without LINEMODE
    assert editor.text == "one "


def test_a_forwarding_character_sends_the_line_as_it_is():
    for agreed in (special(forward=b"."), special(FORW1=0x2E)):
        assert pressed("ab.", agreed) == [Draw("."), Submit("ab.", enter=False)]


def test_the_next_character_may_be_meant_literally():
    editor, agreed = LineEditor(), special(EC=0x23)
    editor.press("ctrl+v", None, agreed)
    editor.press("#", "#", agreed)
    assert editor.text == "#"

    editor.press("ctrl+v", None, agreed)
    assert editor.press("ctrl+c", None, agreed)[-1] == PassOn("ctrl+c", None)


def test_reprinting_shows_nothing_twice():
    assert pressed(["a", "ctrl+r"], special()) == []


@pytest.mark.parametrize("key", ["enter", "left", "home", "up", "é"])
def test_other_keys_are_what_they_were(key):
    without, agreed = LineEditor(), LineEditor()
    for editor in (without, agreed):
        editor.insert("ab")

    character = key if len(key) == 1 else None
    assert agreed.press(key, character, special()) == without.press(key, character)


# --- in a call -------------------------------------------------------------------------------


async def test_a_board_has_lines_edited_here_and_takes_it_back(board, calling):
    call = Call(board.address)
    async with calling(call):
        board.say(DO_LINEMODE + mode(EditMode.EDIT | EditMode.TRAPSIG))
        await board.hears(WILL_LINEMODE)
        await board.hears(mode(3, ack=True))
        assert call.input_mode.line
        assert call.local_echo

        call.press("x", "x")
        call.press("ctrl+c", None)
        call.type("hello\n")
        await board.hears(b"\xff\xf4hello\r\n")  # IAC IP, and x is gone

        board.say(mode(0))
        await board.hears(mode(0, ack=True))
        assert not call.input_mode.line
        assert call.local_echo  # no WILL ECHO
        board.say(b"\xff\xfb\x01")
        await board.hears(b"\xff\xfd\x01")
        assert not call.local_echo


async def test_what_was_typed_goes_when_the_board_takes_the_line(board, calling):
    call = Call(board.address)
    async with calling(call):
        board.say(DO_LINEMODE + mode(EditMode.EDIT))
        await board.hears(mode(1, ack=True))
        call.type("half")
        board.say(mode(0))

        await board.hears(b"half")


@pytest.mark.parametrize("settings", [CallSettings(mode=InputChoice.RAW), CallSettings(terminal="petscii")])
async def test_who_wants_single_keys_agrees_to_no_lines(board, calling, settings):
    call = Call(board.address, settings)
    async with calling(call):
        board.say(DO_LINEMODE)

        await board.hears(WONT_LINEMODE)


async def test_ctrl_s_and_ctrl_q_are_the_board_s_until_it_leaves_them_to_us(board, calling, seen):
    call = Call(board.address)
    async with calling(call):
        board.say(b"\xff\xfb\x01\xff\xfb\x03")  # WILL ECHO, WILL SGA
        await board.hears(b"\xff\xfd\x01")
        call.press("ctrl+s", None)
        await board.hears(b"\x13")

        board.say(DO_LFLOW + FLOW_ON_ANY)
        await board.hears(WILL_LFLOW)
        await seen(call, lambda: call.flow_control is not None and call.flow_control.restart_any)
        call.press("ctrl+s", None)
        assert call.stopped
        board.say(b"LATE")
        call.press("ctrl+q", None)
        await seen(call, lambda: "LATE" in call.terminal.display()[0])
        call.press("ctrl+s", None)
        call.press("a", "a")  # any key is as good as XON, and is the board's
        assert not call.stopped
        await board.hears(b"a")
        assert board.heard.count(b"\x13") == 1

        board.say(FLOW_OFF)
        await seen(call, lambda: not call.flow_control.enabled)
        call.press("ctrl+s", None)
        await board.until(lambda: board.heard.count(b"\x13") == 2)


async def test_what_is_stopped_waits_on_the_board_s_side_and_can_always_go_on(board, calling, seen):
    call = Call(board.address)
    async with calling(call):
        board.say(DO_LFLOW)
        await board.hears(WILL_LFLOW)
        call.press("ctrl+s", None)
        board.say(FLOW_OFF + b"MORE")
        await seen(call, lambda: not call.flow_control.enabled)
        assert call.terminal.display()[0].strip() == ""
        call.press("ctrl+q", None)  # whatever the board says

        await seen(call, lambda: "MORE" in call.terminal.display()[0])
        assert b"\x11" not in board.heard


async def test_while_output_is_stopped_telnet_is_answered_and_little_is_held(board, calling, seen):
    call = Call(board.address)
    async with calling(call):
        board.say(DO_LFLOW)
        await board.hears(WILL_LFLOW)
        call.press("ctrl+s", None)
        board.say(b"BEFORE " + b"\xff\xfd\x06" + b"AFTER")  # DO TIMING-MARK
        await board.hears(b"\xff\xfb\x06")
        assert call.terminal.display()[0].strip() == ""

        call.press("ctrl+q", None)
        await seen(call, lambda: call.terminal.display()[0].startswith("BEFORE AFTER"))
        call.press("ctrl+s", None)
        board.say(b"." * 8 * LARGEST_SLICE)
        await seen(call, lambda: call._flow.waiting >= LARGEST_SLICE)
        for _ in range(20):
            await asyncio.sleep(0)
        assert call._flow.waiting <= 2 * LARGEST_SLICE

        board.say(b"\r\nEND")
        call.press("ctrl+q", None)
        await seen(call, lambda: any("END" in line for line in call.terminal.display()))
        assert call._flow.waiting == 0


# --- whatever the board agrees to --------------------------------------------------------------

KEYS = st.sampled_from(
    [*"ab .#é中\t", "enter", "backspace", "left", "right", "home", "end", "up", "delete", "escape", "f1"]
    + [f"ctrl+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    + ["ctrl+backslash", "ctrl+underscore"]
)
AGREED = st.builds(
    SpecialKeys,
    functions=st.dictionaries(st.integers(0, 255), st.sampled_from(SlcFunction), max_size=30),
    trapsig=st.booleans(),
    forward=st.frozensets(st.integers(0, 255), max_size=10),
    flushing=st.frozensets(st.sampled_from(SlcFunction)),
)


@settings(max_examples=150)
@given(AGREED, st.lists(KEYS, max_size=40))
def test_whatever_is_agreed_every_key_types_edits_or_goes_out(agreed, keys):
    editor = LineEditor()
    for key in keys:
        acts = editor.press(key, key if len(key) == 1 else None, agreed)

        assert 0 <= editor.at <= len(editor.text) <= MAX_LINE
        for act in acts:
            assert not isinstance(act, Order) or agreed.trapsig
            assert not isinstance(act, Submit) or act.text or act.enter


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from([1, 2, 3, 0xFD, 0xFE, 0xFB]), st.binary(max_size=40)), max_size=8))
def test_whatever_a_board_says_in_linemode_there_is_an_input_mode(said):
    options = client_options(Address("board.example", 23), "ansi", None, WindowSize(80, 25), {})
    engine = Connection(Role.CLIENT, options)
    engine.receive_data(DO_LINEMODE)
    for kind, payload in said:
        engine.receive_data(b"\xff\xfa\x22" + escape(bytes([kind]) + payload) + b"\xff\xf0")
    linemode = engine.option(OptionCode.LINEMODE)

    assert isinstance(input_mode(echo=False, sga=False, linemode=linemode.mode), InputMode)
    agreed = SpecialKeys.of(linemode)
    if agreed is not None:
        LineEditor().press("ctrl+c", None, agreed)
    assert len(engine.data_to_send()) < 10_000
