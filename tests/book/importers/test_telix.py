from __future__ import annotations

import json

import pytest

from bbsterm.book.history import Stats
from bbsterm.book.importers import read_text
from bbsterm.errors import ImportRefusedError


def read(**session):
    reading = read_text(json.dumps({"k": {"host": "a.org", **session}}, indent=2))
    assert reading.format == "telix"
    return reading


def entry(**session):
    return read(**session).entries[0].entry


def test_a_session_is_read():
    reading = read(
        name="A",
        port=99,
        encoding="topaz",
        mode="line",
        bookmarked=True,
        ice_colors=False,
        server_type="mud",
        last_connected="2026-01-31T12:00:00",
    )
    found = reading.entries[0].entry

    assert (found.name, found.place, found.mode, found.favourite, found.ice) == (
        "A",
        "a.org:99",
        "line",
        True,
        False,
    )
    assert (found.encoding, found.font, found.tags) == ("latin-1", "topaz", ("mud",))
    assert reading.entries[0].stats == Stats(1, 1769860800)
    assert reading.entries[0].line == 3


@pytest.mark.parametrize(
    ("session", "protocol", "port"),
    [
        ({}, "telnet", 23),
        ({"ssl": True}, "telnets", 992),
        ({"protocol": "websocket", "ssl": True, "port": 8443}, "wss", 8443),
        ({"protocol": "ssh"}, "ssh", 22),
        ({"protocol": "raw", "ssl": True}, "raw", 23),
    ],
)
def test_protocols(session, protocol, port):
    found = entry(**session)

    assert (found.protocol, found.port) == (protocol, port)


@pytest.mark.parametrize(
    ("encoding", "terminal", "charset"),
    [
        ("utf8", "utf8", ""),
        ("cp437", "ansi", ""),
        ("petscii", "petscii", ""),
        ("big5bbs", "ansi", "big5bbs"),
        ("shift-jis", "ansi", "shift-jis"),
        ("unheard", "ansi", ""),
    ],
)
def test_encodings(encoding, terminal, charset):
    found = entry(encoding=encoding)

    assert (found.terminal, found.encoding) == (terminal, charset)


def test_what_lowers_security_is_left_out():
    reading = read(ssl=True, ssl_no_verify=True, ssl_cafile="/x", ssh_key_file="/y", password="hunter2")

    assert reading.secrets == 1
    assert reading.left_out == {"paths": 2, "settings that take any certificate": 1}
    assert reading.entries[0].entry.tls_verify is True
    assert reading.entries[0].entry.tls_ca == ""


def test_defaults_are_no_session_and_lists_of_objects_are_read_too():
    text = json.dumps([{"host": "a.org", "port": 4000, "type": "mud"}, {"host": "b c"}, 7, {"name": "x"}])

    reading = read_text(text)
    assert [found.entry.place for found in reading.entries] == ["a.org:4000"]
    assert [reason for _, reason in reading.bad] == [
        'a host has no spaces or control characters: "b c"',
        "the host is missing",
    ]
    assert read_text(json.dumps({"__defaults__": {"host": "x"}})).entries == []


@pytest.mark.parametrize("text", ['{"host": ', '{"host": ' + "9" * 5000 + "}", '[{"host":' + "[" * 200000])
def test_broken_json_is_refused(text):
    with pytest.raises(ImportRefusedError, match="this is no valid JSON"):
        read_text(text)
