from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.screen import create_terminal
from bbsterm.screen.export_html import to_html


class Reader(HTMLParser):
    """What a browser makes of a page: its tags, and the text of its <pre>."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self._inside = False

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self._inside |= tag == "pre"

    def handle_endtag(self, tag):
        self._inside &= tag != "pre"

    def handle_data(self, data):
        if self._inside:
            self.text += data


def page(data: bytes, kind: str = "ansi", title: str = "") -> str:
    terminal = create_terminal(kind, columns=40, rows=2)
    terminal.feed(data)
    return to_html([terminal.line(row) for row in range(2)], title=title)


def test_colours_are_exact_and_the_page_needs_nothing_from_elsewhere():
    html = page(b"\x1b[1;31;44mHi\x1b[5mblink", title="Board <b>")

    assert "color: #ff5454; background: #0000a8;" in html
    assert 'class="p1 b">blink' in html
    assert "<title>Board &lt;b&gt;</title>" in html
    assert "default-src 'none'" in html
    assert not any(word in html for word in ("://", "url(", "<script", "@import", "src="))


def test_what_the_board_writes_is_text():
    reader = Reader()
    reader.feed(page(b"</pre><script>alert(1)</script>\r\n&amp;"))

    assert "script" not in reader.tags
    assert reader.text.startswith("\n</pre><script>alert(1)</script>")


@given(st.binary(max_size=80))
def test_whatever_the_board_sends_is_the_page_s_text(data):
    terminal = create_terminal("ansi", columns=40, rows=2)
    terminal.feed(data)
    reader = Reader()
    reader.feed(to_html([terminal.line(row) for row in range(2)]))

    assert [line.rstrip() for line in reader.text[1:].split("\n")][:2] == [
        row.replace("\xa0", " ") for row in terminal.display()
    ]
    assert reader.tags == {"html", "head", "meta", "title", "style", "body", "pre", "span"}
