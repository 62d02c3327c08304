from __future__ import annotations

import pytest

from bbsterm.screen import create_terminal
from bbsterm.serve.dialects.ansi import Ansi
from bbsterm.serve.markup import PLAIN, Style
from bbsterm.serve.picture import Canvas


@pytest.mark.parametrize(
    ("encoding", "before", "after", "sent"),
    [
        ("cp437", PLAIN, PLAIN, b""),
        ("cp437", PLAIN, Style(14, 0), b"\x1b[1;33m"),
        ("cp437", PLAIN, Style(1, 4), b"\x1b[34;41m"),
        ("cp437", Style(14, 0), Style(6, 0), b"\x1b[0;33m"),
        ("cp437", Style(14, 1), Style(12, 1), b"\x1b[31m"),
        ("cp437", Style(4, 1), Style(12, 1), b"\x1b[1m"),
        ("cp437", Style(12, 1), PLAIN, b"\x1b[0m"),
        ("utf-8", PLAIN, Style(14, 0), b"\x1b[93m"),
        ("utf-8", Style(14, 0), Style(6, 0), b"\x1b[0;33m"),
        ("utf-8", Style(8, 7), Style(0, 7), b"\x1b[0;30;47m"),
        ("utf-8", Style(9, 3), Style(9, 0), b"\x1b[40m"),
    ],
)
def test_the_shortest_way_from_one_colour_to_the_next(encoding, before, after, sent):
    dialect = Ansi(encoding)
    dialect.style(before)

    assert dialect.style(after) == sent
    assert dialect.style(after) == b""


def test_text_goes_out_in_the_callers_character_set():
    assert Ansi("cp437").say("|12║|07ä") == b"\x1b[1;31m\xba\x1b[0m\x84"
    assert Ansi("utf-8").say("|12║|07ä") == "\x1b[91m║\x1b[0mä".encode()


def test_a_line_ends_in_plain_colours():
    dialect = Ansi()
    dialect.say("|23|00x")

    assert dialect.newline() == b"\x1b[0m\r\n"
    assert dialect.newline() == b"\r\n"


@pytest.mark.parametrize(("cells", "sent"), [(0, b""), (1, b"\x08 \x08"), (7, b"\x1b[7D\x1b[K")])
def test_cells_are_rubbed_out(cells, sent):
    assert Ansi().rub_out(cells) == sent


@pytest.mark.parametrize("kind", ["ansi", "utf8", "vt"])
def test_every_pair_of_colours_is_the_same_on_a_bbs_terminal_and_on_a_vt(kind):
    styles = [Style(foreground, background) for background in range(8) for foreground in range(16)]
    dialect = Ansi("cp437" if kind == "ansi" else "utf-8")
    terminal = create_terminal(kind, columns=128, rows=25)
    terminal.feed(
        b"".join(dialect.style(style) + b"x" for style in styles[::3] + styles[1::3] + styles[2::3])
    )

    paints = [span.paint for span in terminal.line(0).spans() for _ in range(span.columns)]
    looks = dict(zip(styles[::3] + styles[1::3] + styles[2::3], paints, strict=True))
    assert len({(paint.foreground, paint.background) for paint in looks.values()}) == 128
    for style, paint in looks.items():
        assert paint.background == looks[Style(7, style.background)].background
        assert paint.foreground == looks[Style(style.foreground, 0)].foreground


def sample():
    canvas = Canvas(80, 4)
    canvas.write(0, 0, "|17|15" + "═" * 80)
    canvas.write(1, 2, "|10left|16")
    canvas.write(3, 70, "|14right end!")
    return canvas.picture()


@pytest.mark.parametrize("encoding", ["cp437", "utf-8"])
def test_a_picture_stands_where_it_should_whatever_column_80_does(encoding):
    dialect = Ansi(encoding)

    terminal = create_terminal("ansi", columns=80, rows=25, encoding=encoding)
    terminal.feed(dialect.draw(sample()) + dialect.text("here"))

    assert terminal.display()[:5] == ["═" * 80, "  left", "", " " * 70 + "right end!", "here"]


def test_what_was_drawn_once_is_kept():
    picture = sample()

    assert Ansi("cp437").draw(picture) is Ansi("cp437").draw(picture)
    assert Ansi("utf-8").draw(picture) is not Ansi("cp437").draw(picture)


def test_a_moving_picture_covers_the_last_one_and_clears_nothing():
    terminal = create_terminal("ansi", columns=80, rows=25, encoding="cp437")
    dialect = Ansi("cp437")
    before, after = Canvas(80, 1), Canvas(80, 1)
    before.write(0, 0, "x" * 80)
    after.write(0, 0, "y" * 40)

    terminal.feed(dialect.draw(before.picture()) + dialect.redraw(after.picture()))

    assert terminal.display()[0] == "y" * 40
    assert b"\x1b[2J" not in dialect.redraw(after.picture())


def test_the_rainbow_has_as_many_colours_as_cells():
    shown = Ansi().spectrum(6)

    assert shown.startswith(b"\x1b[48;2;255;0;0m \x1b[48;2;255;255;0m ")
    assert shown.count(b"48;2;") == 6
    assert shown.endswith(b"\x1b[0m")


def test_a_mud_client_gets_pages_line_by_line():
    dialect = Ansi("utf-8", clears=False)

    shown = dialect.draw(sample()) + dialect.clear()

    assert b"\x1b[2J" not in shown
    assert b"H" not in shown
    assert shown.count(b"\r\n") == 4 + 2
    assert ("═" * 79).encode() in shown
    assert ("═" * 80).encode() not in shown


def test_the_keyboard_is_in_the_same_character_set():
    assert Ansi("koi8_r").keys.keys[0xC1] == "а"
    assert Ansi("cp437").keys.keys[0x84] == "ä"
    assert Ansi("utf-8").keys.multibyte
