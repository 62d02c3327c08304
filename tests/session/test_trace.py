from __future__ import annotations

import logging

from bbsterm.session.trace import TRACE, WireTrace, hexdump


def test_rows_look_like_hexdump():
    data = b"\xff\xfd\x18Hello, world! \x1b[0m"

    assert list(hexdump(data, prefix="<< ")) == [
        "<< 00000000  ff fd 18 48 65 6c 6c 6f  2c 20 77 6f 72 6c 64 21  |...Hello, world!|",
        "<< 00000010  20 1b 5b 30 6d                                    | .[0m|",
    ]


def test_nothing_has_no_rows():
    assert list(hexdump(b"")) == []


def test_both_directions_are_logged_with_their_time_and_their_place(caplog):
    caplog.set_level(TRACE, logger="bbsterm.wire")
    trace = WireTrace()

    trace.received(b"abc", 0.5)
    trace.sent(b"x", 1.25)
    trace.received(b"d", 2)

    assert caplog.messages == [
        "<<     0.500  00000000  61 62 63                                          |abc|",
        ">>     1.250  00000000  78                                                |x|",
        "<<     2.000  00000003  64                                                |d|",
    ]


def test_nothing_is_logged_unless_asked(caplog):
    caplog.set_level(logging.DEBUG, logger="bbsterm.wire")
    trace = WireTrace()

    trace.sent(b"secret", 0)

    assert not trace.on
    assert caplog.messages == []


def test_a_secret_is_shown_as_stars_whichever_way_it_goes(caplog):
    with caplog.at_level(TRACE, logger="bbsterm.wire"):
        trace = WireTrace()
        trace.hide(b"xyzzy")
        trace.sent(b"PASS xyzzy\r\n", 1.0)
        trace.received(b"you said xyzzy", 2.0)

    assert "xyzzy" not in caplog.text
    assert b"xyzzy".hex(" ") not in caplog.text
    assert "*****" in caplog.text
