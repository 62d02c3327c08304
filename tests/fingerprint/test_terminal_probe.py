"""Phase two: a terminal's answers in, what it is and can out."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.fingerprint.hashing import NOTHING
from bbsterm.fingerprint.terminal_probe import FIRST, LONGEST, QUIET, SAMPLES, TerminalProbe
from bbsterm.limits import MAX_TERMINAL_ANSWERS

QUESTION = re.compile(
    rb"\x1b\[(?P<csi>[<-?]?[0-9;]*[$]?[a-zA-Z])|\x1b(?P<string>[\]P_][^\x1b]*)\x1b\\|(?P<text>[^\x1b\r]+)"
)


class Terminal:
    """Answers like a modern one. `answers` are by question; `most` places a second."""

    def __init__(self, answers, *, cells=lambda text: len(text), most=1000):
        self.answers, self.cells, self.most = answers, cells, most
        self.column = 1

    def hear(self, data):
        said = b""
        for match in QUESTION.finditer(data):
            if match["text"]:
                self.column += self.cells(match["text"].decode())
            elif match["csi"] == b"6n":
                if self.most > 0:
                    self.most -= 1
                    said += b"\x1b[3;%dR" % self.column
            elif match["csi"] == b"2K":
                self.column = 1
            else:
                said += self.answers.get(match["csi"] or match["string"], b"")
        return said


XTERM = {
    b"c": b"\x1b[?64;1;2;4;22c",
    b">c": b"\x1b[>41;388;0c",
    b"=c": b"\x1bP!|00000000\x1b\\",
    b">0q": b"\x1bP>|XTerm(388)\x1b\\",
    b"?2004$p": b"\x1b[?2004;2$y",
    b"?2026$p": b"\x1b[?2026;0$y",
    b"]10;?": b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    b"]11;?": b"\x1b]11;rgb:0000/0000/0000\x07",
    b"]4;0;?": b"\x1b]4;0;rgb:00/00/00\x07",
    b"P$qm": b"\x1bP1$r0;38:2::1:2:3m\x1b\\",
    b"16t": b"\x1b[6;18;9t",
}
KITTY = {
    **XTERM,
    b"?u": b"\x1b[?0u",
    b"_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA": b"\x1b_Gi=31;OK\x1b\\",
}
CTERM = {b"c": b"\x1b[=67;84;101;114;109;1;323c", b"<c": b"\x1b[<0;1;2;3c"}


def looked_at(terminal, *, now=0.0, pieces=None):
    probe = TerminalProbe()
    probe.begin(now=now)
    while not probe.finished:
        said = terminal.hear(probe.data_to_send())
        for at in range(0, len(said), pieces or len(said) or 1):
            probe.receive(said[at : at + (pieces or len(said))], now=now)
        if not said:
            now = probe.deadline
            terminal.most += 20
            probe.tick(now=now)
    return probe


def test_an_xterm():
    data = looked_at(Terminal(XTERM)).data()

    assert data["kind"] == "vt"
    assert data["da2"] == "41;388;0"
    assert data["da3"] is True
    assert data["xtversion"] == "XTerm(388)"
    assert data["sixel"] is True
    assert data["truecolor"] is True
    assert data["modes"] == {"bracketed-paste": "yes", "synchronized-output": "no"}
    assert data["colors"] == {"foreground": True, "background": True, "palette-0": True}
    assert list(data["widths"]) == list(SAMPLES)
    assert "kitty-graphics" not in data


def test_kittys_own():
    data = looked_at(Terminal(KITTY)).data()

    assert data["kitty-keyboard"] is True
    assert data["kitty-graphics"] is True


def test_syncterm_is_asked_nothing_that_it_would_show():
    asked = []

    class Listening(Terminal):
        def hear(self, data):
            asked.append(data)
            return super().hear(data)

    probe = looked_at(Listening(CTERM))

    assert probe.kind == "cterm"
    assert probe.data()["cterm-features"] == "0;1;2;3"
    assert not any(mark in b"".join(asked) for mark in (b"\x1b]", b"\x1bP", b"\x1b_"))


def test_a_terminal_that_only_knows_where_its_cursor_is():
    probe = looked_at(Terminal({}))

    assert probe.kind == "ansi"
    assert probe.data()["widths"]["letter"] == 1


def test_a_code_page_draws_the_bytes_of_utf8_one_by_one():
    assert looked_at(Terminal(XTERM)).utf8
    assert not looked_at(Terminal(XTERM, cells=lambda text: len(text.encode()))).utf8


def test_colours_and_sizes_are_told_and_not_hashed():
    light = {**XTERM, b"]11;?": b"\x1b]11;rgb:ffff/ffff/eeee\x1b\\", b"16t": b"\x1b[6;20;10t"}

    dark, bright = looked_at(Terminal(XTERM)), looked_at(Terminal(light))

    assert dark.fingerprint == bright.fingerprint
    assert dark.session()["dark"] is True
    assert bright.session()["dark"] is False
    assert bright.session()["background"] == "#ffffee"
    assert bright.session()["cell"] == "10x20"


def test_terminals_that_differ_have_other_hashes():
    hashes = {looked_at(Terminal(each)).fingerprint for each in (XTERM, KITTY, CTERM, {})}

    assert len(hashes) == 4


def test_a_terminal_that_answers_only_so_often_is_asked_again():
    slow = looked_at(Terminal(XTERM, most=7))

    assert slow.fingerprint == looked_at(Terminal(XTERM)).fingerprint


def test_nobody_there():
    probe = TerminalProbe()
    probe.begin(now=5)

    assert probe.deadline == 5 + FIRST
    probe.tick(now=5 + FIRST)
    assert probe.finished
    assert probe.fingerprint == NOTHING
    assert probe.data() == {"kind": "none"}


def test_who_falls_silent_in_the_middle_is_not_waited_for_for_ever():
    probe = TerminalProbe()
    probe.begin(now=0)
    probe.receive(b"\x1b[?1;2c", now=0.5)

    assert probe.deadline == 0.5 + QUIET
    now = 0.0
    while not probe.finished:
        now = probe.deadline
        probe.tick(now=now)
    assert now <= LONGEST


def test_a_terminal_that_never_stops_is_cut_off():
    probe = TerminalProbe()
    probe.begin(now=0)

    sent = 0
    while not probe.finished:
        probe.receive(b"\x1b[?1;2c" * 100, now=0)
        sent += 700

    assert sent <= MAX_TERMINAL_ANSWERS + 700


@given(st.integers(1, 40))
def test_it_does_not_matter_in_what_pieces_answers_come(pieces):
    assert looked_at(Terminal(KITTY), pieces=pieces).data() == looked_at(Terminal(KITTY)).data()


@given(st.lists(st.binary(max_size=60), max_size=20))
def test_whatever_is_typed_ends_in_time(chunks):
    probe = TerminalProbe()
    probe.begin(now=0)
    for chunk in chunks:
        probe.receive(chunk, now=0)
    for _ in range(100):
        if probe.deadline is not None:
            probe.tick(now=probe.deadline)

    assert probe.finished
    assert len(probe.fingerprint) == 16
