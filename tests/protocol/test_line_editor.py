from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import MAX_EDITED_LINE
from bbsterm.protocol.line_editor import COMMANDS, Invoked, LineEditor, Sent, Shown
from bbsterm.protocol.slc import EditMode, Level, Setting, SlcFunction, SlcTable
from bbsterm.protocol.vocabulary import Command

EC, EL, EW, RP, LNEXT = b"\x7f", b"\x15", b"\x17", b"\x12", b"\x16"


def typed(keys: bytes, **settings) -> list:
    return LineEditor(SlcTable(), **settings).type(keys)


def sent(edits) -> list[bytes]:
    return [edit.data for edit in edits if isinstance(edit, Sent)]


def shown(edits) -> bytes:
    return b"".join(edit.data for edit in edits if isinstance(edit, Shown))


@pytest.mark.parametrize("enter", [b"\r", b"\n", b"\r\n", b"\r\0"])
def test_a_line_is_sent_once_it_is_finished(enter):
    edits = typed(b"look" + enter + b"go" + enter)

    assert sent(edits) == [b"look", b"go"]
    assert shown(edits) == b"look\r\ngo\r\n"


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (b"lz" + EC + b"s", b"ls"),
        (EC + b"ls", b"ls"),
        (b"wrong" + EL + b"ls", b"ls"),
        (b"one two  " + EW + b"2", b"one 2"),
        (b"one" + EW, b""),
        (EW, b""),
        (LNEXT + b"\x03", b"\x03"),
        (LNEXT + EC, EC),
        ("é".encode() + EC, b""),  # a character, not a byte
        ("日本".encode() + EC, "日".encode()),
        (b"\xff\xfe" + EC, b"\xff"),  # no UTF-8: byte by byte
    ],
)
def test_special_characters_edit(keys, line):
    assert sent(typed(keys + b"\r")) == [line]


@pytest.mark.parametrize(
    ("keys", "screen"),
    [
        (b"ab" + EC, b"ab\b \b"),
        (b"a" + LNEXT + b"\x01" + EC, b"a^A\b \b\b \b"),
        (b"abc" + EL, b"abc" + b"\b \b" * 3),
        (b"ab" + RP, b"ab\r\nab"),
        (b"a\tb" + EC + EC, b"a\tb\b \b\r\na"),  # nobody knows how wide a tab was: the line is shown anew
        (EC, b""),
    ],
)
def test_what_is_shown_is_what_was_typed(keys, screen):
    assert shown(typed(keys)) == screen


@pytest.mark.parametrize(
    ("mode", "screen"),
    [
        (EditMode.EDIT, b"^A\t"),
        (EditMode.EDIT | EditMode.LIT_ECHO, b"\x01\t"),
        (EditMode.EDIT | EditMode.SOFT_TAB, b"^A        "),
    ],
)
def test_the_mode_says_how_control_characters_look(mode, screen):
    assert shown(typed(b"\x01\t", mode=mode)) == screen


@pytest.mark.parametrize(
    ("key", "function", "command"),
    [
        (b"\x03", SlcFunction.IP, Command.IP),
        (b"\x1c", SlcFunction.ABORT, Command.ABORT),
        (b"\x04", SlcFunction.EOF, Command.EOF),
        (b"\x1a", SlcFunction.SUSP, Command.SUSP),
        (b"\x14", SlcFunction.AYT, Command.AYT),
        (b"\x0f", SlcFunction.AO, Command.AO),
    ],
)
def test_signals_are_trapped(key, function, command):
    assert Invoked(function) in typed(b"ab" + key)
    assert COMMANDS[function] is command


def test_signals_that_are_not_trapped_are_typed():
    assert sent(typed(b"a\x03\r", mode=EditMode.EDIT)) == [b"a\x03"]


def test_a_signal_that_flushes_throws_the_line_away():
    assert sent(typed(b"rm -r /\x03ls\r")) == [b"ls"]
    assert sent(typed(b"rm\x14 x\r")) == [b"rm x"]  # AYT does not


def test_a_forwarding_byte_sends_the_line_as_it_is():
    assert typed(b"ab\x1b", forward=frozenset({0x1B}))[-1] == Sent(b"ab\x1b", finished=False)


def test_a_forwarding_character_does_so_too():
    table = SlcTable()
    table.set(SlcFunction.FORW1, Setting(Level.VALUE, ord(":")))

    assert LineEditor(table).type(b"ab:")[-1] == Sent(b"ab:", finished=False)


def test_characters_that_were_agreed_on_later_count_at_once():
    table = SlcTable()
    editor = LineEditor(table)
    table.receive(bytes((SlcFunction.EC, Level.VALUE, 8)))

    assert sent(editor.type(b"lz\x08s\r")) == [b"ls"]


def test_a_line_without_end_rings_the_bell():
    editor = LineEditor(SlcTable())
    edits = editor.type(b"x" * (MAX_EDITED_LINE + 10))

    assert len(editor.line) == MAX_EDITED_LINE
    assert shown(edits).endswith(b"\a" * 10)


@given(st.lists(st.binary(max_size=20), max_size=5), st.sampled_from(["utf-8", "cp437", "latin-1", "ascii"]))
def test_nothing_that_is_typed_raises_and_pieces_never_matter(pieces, encoding):
    whole = LineEditor(SlcTable(), encoding=encoding)
    parts = LineEditor(SlcTable(), encoding=encoding)

    assert [edit for piece in pieces for edit in parts.type(piece)] == whole.type(b"".join(pieces))
    assert parts.line == whole.line
