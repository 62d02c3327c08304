from __future__ import annotations

import pytest
from rich.style import Style
from textual.strip import Strip

from bbsterm.limits import MAX_STYLES
from bbsterm.screen import create_terminal
from bbsterm.screen.terminal import Paint, Span
from bbsterm.tui.strips import BlinkingStrip, Painter, highlight, mark, under_cursor

GREY = Paint("#aaaaaa", "#000000")
RED = Paint("#aa0000", "#0000aa")
BLINKING = GREY._replace(blink=True)


class Row:
    """A `Line` of given spans."""

    def __init__(self, *spans: Span) -> None:
        self._spans = spans
        self.strip: object | None = None
        self.asked = 0

    @property
    def blinks(self) -> bool:
        return any(span.paint.blink for span in self._spans)

    def spans(self):
        self.asked += 1
        return self._spans

    def text(self) -> str:
        return "".join(span.text for span in self._spans).rstrip()


def row(*pieces: tuple[str, Paint]) -> Row:
    return Row(*(Span(text, paint, len(text)) for text, paint in pieces))


def styles(strip: Strip) -> list[tuple[str, str, str]]:
    return [(s.text, s.style.color.name, s.style.bgcolor.name) for s in strip]


def test_one_segment_a_span_in_exact_rgb():
    strip = Painter().strip(row(("Hi ", GREY), ("there", RED)))

    assert styles(strip) == [("Hi ", "#aaaaaa", "#000000"), ("there", "#aa0000", "#0000aa")]
    assert strip.cell_length == 8


def test_a_row_that_did_not_change_is_not_drawn_again():
    painter, line = Painter(), row(("Hi", GREY))

    first = painter.strip(line)

    assert painter.strip(line) is first
    assert line.asked == 1
    line.strip = None  # what the terminal does on every change
    assert painter.strip(line) is not first


def test_both_phases_of_blinking_are_made_once():
    painter, line = Painter(), row(("stay ", GREY), ("blink", BLINKING))

    shown, hidden = painter.strip(line), painter.strip(line, blink_shown=False)

    assert shown.text == "stay blink"
    assert hidden.text == "stay      "
    assert isinstance(line.strip, BlinkingStrip)
    assert line.asked == 1


def test_without_motion_blinking_is_bold():
    painter, line = Painter(motion=False), row(("stay ", GREY), ("blink", BLINKING))

    strip = painter.strip(line, blink_shown=False)

    assert strip.text == "stay blink"
    assert [segment.style.bold for segment in strip] == [None, True]


def test_attributes_reach_the_host_terminal_and_blink_never_does():
    paint = Paint("#ffffff", "#000000", *(True,) * 7)

    style = Painter().style(paint)

    assert style.bold
    assert style.dim
    assert style.italic
    assert style.underline
    assert style.strike
    assert style.overline
    assert style.blink is None


def test_a_board_of_all_colours_does_not_fill_the_memory():
    painter = Painter()

    for number in range(MAX_STYLES + 10):
        painter.style(Paint(f"#{number:06x}", "#000000"))

    assert len(painter._styles) == 10


def test_the_cursor_turns_its_cell_round():
    strip = under_cursor(Painter().strip(row(("Hello", RED))), 1)

    assert styles(strip) == [
        ("H", "#aa0000", "#0000aa"),
        ("e", "#0000aa", "#aa0000"),
        ("llo", "#aa0000", "#0000aa"),
    ]
    assert strip.cell_length == 5


@pytest.mark.parametrize("column", [0, 4])
def test_the_cursor_at_either_end(column):
    strip = under_cursor(Painter().strip(row(("Hello", RED))), column)

    assert strip.text == "Hello"
    assert strip.cell_length == 5


def test_a_cursor_on_concealed_text_is_seen_and_the_text_is_not():
    strip = under_cursor(Painter().strip(row(("secret", Paint("#000000", "#000000")))), 2)

    assert styles(strip)[1] == ("c", "#000000", "#aaaaaa")
    assert styles(strip)[0] == ("se", "#000000", "#000000")


def test_a_cursor_outside_changes_nothing():
    strip = Painter().strip(row(("Hi", GREY)))

    assert under_cursor(strip, 2) is strip


def test_a_selection_lies_over_the_colours():
    strip = highlight(Painter().strip(row(("Hello", RED))), 1, 3, Style(bgcolor="#ffffff"))

    assert styles(strip)[1] == ("el", "#aa0000", "#ffffff")


def test_a_mark_of_ours_takes_the_last_cell():
    strip = mark(Painter().strip(row(("Hello", RED))), "^", Style(color="#000000"))

    assert strip.text == "Hell^"
    assert strip.cell_length == 5


def test_wide_characters_are_counted_in_cells():
    line = Row(Span("界界", GREY, 4), Span("ab", RED, 2))

    strip = under_cursor(Painter().strip(line), 2, 2)

    assert strip.cell_length == 6
    assert [segment.text for segment in strip] == ["界", "界", "ab"]


def test_a_span_never_takes_more_cells_than_it_says():
    line = Row(Span("a界b", GREY, 3), Span("c", RED, 1))

    strip = Painter().strip(line)

    assert strip.cell_length == 4
    assert sum(segment.cell_length for segment in strip) == 4
    assert [segment.text for segment in strip] == ["a界", "c"]


def test_controls_in_a_span_never_reach_the_host_terminal():
    strip = Painter().strip(row(("a\x1b]0;x\x07b", GREY)))

    assert "\x1b" not in strip.text
    assert "\x07" not in strip.text


@pytest.mark.parametrize(
    ("kind", "data", "colours"),
    [
        ("ansi", b"\x1b[31mx", ("#a80000", "#000000")),
        ("ansi", b"\x1b[1;33mx", ("#ffff54", "#000000")),
        ("ansi", b"\x1b[33;45mx", ("#a85400", "#a800a8")),
        ("ansi", b"\x1b[?33h\x1b[5;30;47mx", ("#000000", "#ffffff")),  # iCE: a bright background
        ("ansi", b"\x1b[38;2;1;2;3;48;2;250;251;252mx", ("#010203", "#fafbfc")),
        ("vt", b"\x1b[38;2;1;2;3;48;2;250;251;252mx", ("#010203", "#fafbfc")),
    ],
)
def test_colours_are_exact(kind, data, colours):
    terminal = create_terminal(kind)
    terminal.feed(data)

    style = next(iter(Painter().strip(terminal.line(0)))).style

    assert (style.color.triplet.hex, style.bgcolor.triplet.hex) == colours
    assert not style.bold
