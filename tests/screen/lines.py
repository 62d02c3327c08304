"""Hand-made lines for tests of what draws or exports them."""

from __future__ import annotations

from dataclasses import dataclass, field

from bbsterm.screen.terminal import Paint, Span

GREY = Paint("#aaaaaa", "#000000")
YELLOW_ON_BLUE = Paint("#ffff55", "#0000aa")


@dataclass
class Row:
    """A line as tests need it."""

    parts: list[Span]
    strip: object | None = None
    blinks: bool = field(default=False)

    def spans(self):
        return self.parts

    def text(self):
        return "".join(span.text for span in self.parts).rstrip()


def row(*parts: tuple[str, Paint]) -> Row:
    return Row([Span(text, paint, len(text)) for text, paint in parts])
