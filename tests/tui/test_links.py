from __future__ import annotations

import pytest

from bbsterm.screen import create_terminal
from bbsterm.tui.links import all_links, link_at, links_of, safe_target


def terminal_with(data: bytes, kind: str = "ansi"):
    terminal = create_terminal(kind)
    terminal.feed(data)
    return terminal


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("see https://bbs.example/x.", "https://bbs.example/x"),
        ("(http://a.example/b_(c))", "http://a.example/b_(c)"),
        ("<telnet://bbs.example:2323>", "telnet://bbs.example:2323"),
        ("mail mailto:sysop@bbs.example, ok", "mailto:sysop@bbs.example"),
        ("HTTPS://UP.EXAMPLE!", "HTTPS://UP.EXAMPLE"),
        ("xhttp://no.example", None),
        ("javascript:alert(1) file:///etc/passwd", None),
        ("http:// nothing", None),
    ],
)
def test_addresses_in_text(text, target):
    terminal = terminal_with(text.encode())

    assert [link.target for link in links_of(terminal, terminal.line(0))] == ([target] if target else [])


def test_a_link_is_where_it_stands():
    terminal = terminal_with(b"see https://a.example now")
    line = terminal.line(0)

    assert link_at(terminal, line, 3) is None
    assert link_at(terminal, line, 4).target == "https://a.example"
    assert link_at(terminal, line, 20).target == "https://a.example"
    assert link_at(terminal, line, 21) is None


def test_what_the_board_made_a_link_leads_where_the_board_says():
    terminal = terminal_with(
        b"\x1b]8;;https://real.example/\x1b\\http://shown.example\x1b]8;;\x1b\\ http://b.example", "vt"
    )

    assert all_links(terminal, [terminal.line(0)]) == ["https://real.example/", "http://b.example"]
    assert link_at(terminal, terminal.line(0), 3).target == "https://real.example/"


@pytest.mark.parametrize(
    "target", ["javascript:x", "file:///x", "https://a b", "https://\u202ex", "", "data:x"]
)
def test_what_is_never_offered(target):
    assert not safe_target(target)
