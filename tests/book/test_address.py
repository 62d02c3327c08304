from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.book.address import CALLABLE, DEFAULT_PORTS, Place, host_problem, join, similar, split
from bbsterm.errors import UsageError
from bbsterm.net.address import DEFAULT_PORTS as DIALLED_PORTS
from bbsterm.net.address import parse_address


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("bbs.example.org", Place("bbs.example.org", 23)),
        ("bbs.example.org:2323", Place("bbs.example.org", 2323)),
        ("[::1]:24", Place("::1", 24)),
        ("2001:db8::1", Place("2001:db8::1", 23)),
        ("telnets://bbs.example.org", Place("bbs.example.org", 992, "telnets")),
        ("SSH://ann@bbs.example.org/", Place("bbs.example.org", 22, "ssh", "ann")),
        ("wss://bbs.example.org/ws?x=1", Place("bbs.example.org", 443, "wss", "", "/ws?x=1")),
        ("telnet://ann:hunter2@bbs.example.org", Place("bbs.example.org", 23, "telnet", "ann", "", True)),
    ],
)
def test_addresses_are_read_as_lists_write_them(text, place):
    assert split(text) == place


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "-oProxyCommand=x",
            "a b",
            "a\x1bb",
            "$(reboot)",
            "a;b",
            "../etc",
            "a.org:0",
            "a.org:65536",
        ),
        *(
            "a.org:x",
            "http://a.org",
            "telnet://",
            "telnet://:23",
            "[a.org]:23",
            "[::1",
            "::zz",
            "a..b",
            "x" * 254,
        ),
    ],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        split(text)


def test_a_refusal_never_quotes_a_password():
    with pytest.raises(ValueError, match="port must be") as refused:
        split("telnet://ann:hunter2@bbs.example.org:99999")

    assert "hunter2" not in str(refused.value)


@given(st.text(max_size=20) | st.from_regex(r"[a-z0-9.:_-]{1,20}", fullmatch=True))
def test_a_host_is_good_here_exactly_if_it_can_be_dialled(host):
    try:
        dialled = parse_address(join(host, 99)).host
    except UsageError:
        dialled = None

    assert (host_problem(host) is None) == (dialled == host)


def test_what_can_be_dialled_has_the_ports_of_the_floor_above():
    assert {name: DEFAULT_PORTS[name] for name in CALLABLE} == dict(DIALLED_PORTS)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("bbs.fun.org", "fun.org", True),
        ("BBS.Fun.org.", "telnet.fun.org", True),
        ("bbs.fun.org", "bbs.fun.net", False),
        ("cavebbs.homeip.net", "cavebbs.dyndns.org", True),
        ("example.org", "exampl.org", True),
        ("a.org", "b.org", False),
        ("10.0.0.1", "10.0.0.2", False),
        ("::1", "::2", False),
    ],
)
def test_hosts_of_one_board_look_alike(one, other, expected):
    assert similar(one, other) is expected
    assert similar(other, one) is expected
