from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.errors import UsageError
from bbsterm.net.address import Address, parse_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("bbs.example.org", Address("bbs.example.org", 23)),
        ("bbs.example.org:6023", Address("bbs.example.org", 6023)),
        (" localhost ", Address("localhost")),
        ("192.0.2.7:2323", Address("192.0.2.7", 2323)),
        ("[::1]:2323", Address("::1", 2323)),
        ("[2001:db8::1]", Address("2001:db8::1", 23)),
        ("::1", Address("::1", 23)),
        ("[fe80::1%eth0]:23", Address("fe80::1%eth0", 23)),
        ("bücher.example", Address("bücher.example")),
        ("telnet://bbs.example.org", Address("bbs.example.org", 23)),
        ("TELNET://bbs.example.org:24/", Address("bbs.example.org", 24)),
        ("telnet://ann@bbs.example.org", Address("bbs.example.org", 23, "telnet", "ann")),
        ("telnet://Ann%20Lee@bbs.example.org", Address("bbs.example.org", 23, "telnet", "Ann Lee")),
        ("telnets://bbs.example.org", Address("bbs.example.org", 992, "telnets")),
        ("raw://[::1]:6400", Address("::1", 6400, "raw")),
    ],
)
def test_what_people_write_is_understood(text, address):
    assert parse_address(text) == address


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "missing"),
        ("   ", "missing"),
        (":23", "host is missing"),
        ("telnet://", "host is missing"),
        ("-oProxyCommand=x", "begin with '-'"),
        ("telnet://-x:23", "begin with '-'"),
        ("two words", "no spaces"),
        ("bbs\x1b[2J.org", "control characters"),
        ("bbs\u202egro", "control characters"),
        ("bbs.example.org:0", "1 to 65535"),
        ("bbs.example.org:65536", "1 to 65535"),
        ("bbs.example.org:٢٣", "1 to 65535"),
        ("bbs.example.org:", "1 to 65535"),
        ("[::1", "brackets"),
        ("[::1]23", "brackets"),
        ("[bbs.example.org]", "IPv6"),
        ("1:2:3", "neither"),
        ("a..b", "neither"),
        ("x" * 64, "neither"),
        ("bbs.example.org/path", "neither"),
        ("bbs;reboot", "neither"),
        ("http://example.org", "cannot call http://"),
        ("telnet://@host", "user name"),
        ("telnet://a%0ab@host", "user name"),
    ],
)
def test_what_is_no_address_is_refused_and_why(text, reason):
    with pytest.raises(UsageError, match=reason):
        parse_address(text)


def test_a_password_is_refused_and_not_repeated():
    with pytest.raises(UsageError, match="password") as caught:
        parse_address("telnet://ann:hunter2@bbs.example.org")

    assert "hunter2" not in str(caught.value)


def test_control_characters_never_reach_the_message():
    with pytest.raises(UsageError) as caught:
        parse_address("\x1b]0;owned\x07" * 1000)

    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400


_LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)
_HOSTS = st.lists(_LABELS, min_size=1, max_size=4).map(".".join) | st.ip_addresses().map(str)
_USERS = st.none() | st.text(min_size=1, max_size=20).filter(str.isprintable)
_ADDRESSES = st.builds(
    Address, _HOSTS, st.integers(1, 65535), st.sampled_from(["telnet", "telnets", "raw"]), _USERS
)


@given(_ADDRESSES)
def test_an_address_is_written_as_it_is_read(address):
    assert parse_address(str(address)) == address


@given(st.text(max_size=60) | st.text("telnsraw:/@[]%.-0129 ", max_size=40))
def test_any_text_is_an_address_or_a_usage_error(text):
    try:
        address = parse_address(text)
    except UsageError:
        return
    assert parse_address(str(address)) == address
