"""What the vt emulation answers, and what it never answers."""

from __future__ import annotations

import pytest

from tests.screen.looks import answers


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (b"\x1b[5n", b"\x1b[0n"),
        (b"\x1b[3;4H\x1b[6n", b"\x1b[3;4R"),
        (b"\x1b[3;4H\x1b[?6n", b"\x1b[?3;4;1R"),
        (b"0123456789\x1b[6n", b"\x1b[1;10R"),  # not the eleventh column
        (b"\x1b[2;4r\x1b[?6h\x1b[6n", b"\x1b[1;1R"),
        (b"\x1b[?15n", b"\x1b[?13n"),
        (b"\x1b[?25n", b"\x1b[?20n"),
        (b"\x1b[?26n", b"\x1b[?27;1;0;0n"),
        (b"\x1b[?55n", b"\x1b[?50n"),
        (b"\x1b[?56n", b"\x1b[?57;0n"),
        (b"\x1b[?62n", b"\x1b[0*{"),
        (b"\x1b[?63;12n", b"\x1bP12!~0000\x1b\\"),
        (b"\x1b[?75n", b"\x1b[?70n"),
        (b"\x1b[?85n", b"\x1b[?83n"),
        (b"\x1b[>c", b"\x1b[>41;380;0c"),
        (b"\x1b[=c", b"\x1bP!|00000000\x1b\\"),
        (b"\x1b[1c", b""),
        (b'\x1b[61"p\x1b[x', b"\x1b[2;1;1;128;128;1;0x"),
        (b'\x1b[61"p\x1b[1x', b"\x1b[3;1;1;128;128;1;0x"),
        (b"\x1b[x", b""),  # a VT100's question
        (b"\x1b[?5n", b"\x1b[?0n"),
        (b'\x1b["v', b'\x1b[5;10;1;1;1"w'),
        (b"\x1b[&u", b"\x1bP0!u%5\x1b\\"),
        (b"\x1b[0 q\x1bP$q q\x1b\\", b"\x1bP1$r1 q\x1b\\"),
        (b"\x1b[2;4r\x1b[?6h\x1b[1$w", b"\x1bP1$u2;1;1;@;@;A;0;2;@;BBBB\x1b\\"),  # not from the margins
        (b"\x1bO\x1b[1$w", b"\x1bP1$u1;1;1;@;@;D;0;2;@;BBBB\x1b\\"),
        (b"\x1b[18t", b"\x1b[8;5;10t"),
        (b"\x1b[19t", b"\x1b[9;5;10t"),
        (b"\x1b[11t", b"\x1b[1t"),
        (b"\x1b[2;4r\x1bP$qr\x1b\\", b"\x1bP1$r2;4r\x1b\\"),
        (b"\x1b[?69h\x1b[2;4s\x1bP$qs\x1b\\", b"\x1bP1$r2;4s\x1b\\"),
        (b'\x1b[1"q\x1bP$q"q\x1b\\', b'\x1bP1$r1"q\x1b\\'),
        (b'\x1bP$q"p\x1b\\', b'\x1bP1$r64;1"p\x1b\\'),
        (b"\x1b[4 q\x1bP$q q\x1b\\", b"\x1bP1$r4 q\x1b\\"),
        (b"\x1bP$qt\x1b\\", b"\x1bP1$r5t\x1b\\"),
        (b"\x1bP$q*|\x1b\\", b"\x1bP1$r5*|\x1b\\"),
        (b"\x1bP$q$|\x1b\\", b"\x1bP1$r10$|\x1b\\"),
        (b"\x1b[2*x\x1bP$q*x\x1b\\", b"\x1bP1$r2*x\x1b\\"),
        (b"\x1bP$qnothing\x1b\\", b"\x1bP0$r\x1b\\"),
        (b"\x1b[3;5H\x1b[1$w", b"\x1bP1$u3;5;1;@;@;@;0;2;@;BBBB\x1b\\"),
        (b"\x1b[2$w", b"\x1bP2$u1/9\x1b\\"),
        (b"a\x1b[7;1;1;1;1;1*y", b"\x1bP7!~FF9F\x1b\\"),
        (b"\x1b[7;1;1;1;1;1*y", b"\x1bP7!~FFE0\x1b\\"),
        (b"\x1b]4;1;?\x1b\\", b"\x1b]4;1;rgb:a8a8/0000/0000\x1b\\"),
        (b"\x1b]4;1;rgb:11/22/33\x07\x1b]4;1;?\x07", b"\x1b]4;1;rgb:1111/2222/3333\x07"),
        (b"\x1b]4;1;#112233\x07\x1b]104;1\x07\x1b]4;1;?\x07", b"\x1b]4;1;rgb:a8a8/0000/0000\x07"),
        (b"\x1b]4;1;#112233\x07\x1b]104;\x07\x1b]4;1;?\x07", b"\x1b]4;1;rgb:a8a8/0000/0000\x07"),
        (b"\x1b]10;?\x1b\\", b"\x1b]10;rgb:a8a8/a8a8/a8a8\x1b\\"),
        (b"\x1b]11;?\x1b\\", b"\x1b]11;rgb:0000/0000/0000\x1b\\"),
        (b"\x1b]11;#fff\x07\x1b]111\x07\x1b]11;?\x07", b"\x1b]11;rgb:0000/0000/0000\x07"),
        (b"\x1bP+q436f\x1b\\", b"\x1bP1+r436F=323536\x1b\\"),  # Co: how many colours
        (b"\x1bP+q636F6C6F7273;436F\x1b\\", b"\x1bP1+r636F6C6F7273=323536;436F=323536\x1b\\"),
        (b"\x1bP+q544e\x1b\\", b"\x1bP0+r\x1b\\"),  # no other part of termcap
        (b"\x1bP+q6B75;436F\x1b\\", b"\x1bP0+r\x1b\\"),
        (b"\x1bP+q\x1b\\", b"\x1bP0+r\x1b\\"),
    ],
)
def test_answers(question, answer):
    assert answers("vt", question) == answer


@pytest.mark.parametrize(
    "question",
    [
        b"\x1b]0;echo pwned\n\x07\x1b[21t",  # the title
        b"\x1b[20t",
        b"\x1b[13t\x1b[14t\x1b[15t\x1b[16t",  # where the window is, and pixels
        b"\x1b]52;c;?\x07",  # the clipboard
        b"\x1b]1337;ReportCellSize\x07",
        b"\x1b[1;1;1;1;1;1#y",
        b"\x05",
        b"\x1b[6;1n\x1b[255n"[6:],
        b"\x1b[?u",
    ],
)
def test_questions_without_an_answer(question):
    assert answers("vt", question) == b""


@pytest.mark.parametrize(
    ("level", "primary", "secondary", "keyboard", "place"),
    [
        (61, b"\x1b[?1;2c", b"\x1b[>0;", b"", b"\x1b[?1;1R"),
        (62, b"\x1b[?62;", b"\x1b[>1;", b"\x1b[?27;1n", b"\x1b[?1;1R"),
        (63, b"\x1b[?63;", b"\x1b[>24;", b"\x1b[?27;1;0n", b"\x1b[?1;1R"),
        (64, b"\x1b[?64;", b"\x1b[>41;", b"\x1b[?27;1;0;0n", b"\x1b[?1;1;1R"),
        (65, b"\x1b[?65;", b"\x1b[>64;", b"\x1b[?27;1;0;0n", b"\x1b[?1;1;1R"),
        (66, b"\x1b[?64;", b"\x1b[>41;", b"\x1b[?27;1;0;0n", b"\x1b[?1;1;1R"),  # there is none
    ],
)
def test_it_is_as_old_a_terminal_as_it_is_told(level, primary, secondary, keyboard, place):
    be = f'\x1b[{level};1"p'.encode()
    assert answers("vt", be + b"\x1b[c").startswith(primary)
    assert answers("vt", be + b"\x1bZ").startswith(primary)
    assert answers("vt", be + b"\x1b[>c").startswith(secondary)
    assert answers("vt", be + b"\x1b[?26n") == keyboard
    assert answers("vt", be + b"\x1b[?6n") == place


@pytest.mark.parametrize(
    ("level", "question"),
    [
        (1, b"\x1b[?15n\x1b[?25n\x1b[?26n"),
        (2, b"\x1b[?53n\x1b[?55n\x1b[?56n\x1b[4$p\x1b[?7$p\x1b[&u"),
        (2, b'\x1b["v'),
        (3, b"\x1b[?62n\x1b[?63;1n\x1b[?75n\x1b[?85n\x1b[=c"),
    ],
)
def test_older_terminals_do_not_know_the_question(level, question):
    assert answers("vt", b'\x1b[6%d;1"p' % level + question) == b""
    assert answers("vt", b'\x1b[6%d;1"p' % (level + 1) + question) != b""


def test_answers_in_eight_bits():
    assert answers("vt", b"\x1b G\x1b[5n", encoding="latin-1") == b"\x9b0n"
    assert answers("vt", b"\x1b G\x1b F\x1b[5n", encoding="latin-1") == b"\x1b[0n"
    assert answers("vt", b"\x1b G\x1b[5n") == b"\x1b[0n"  # in UTF-8 one byte would be none


def test_answers_that_nobody_takes_have_a_bound():
    assert len(answers("vt", b"\x1b[c" * 100_000)) <= 65536
