"""Known programs, recognised by their names or by what they do."""

from __future__ import annotations

import pytest

from bbsterm.fingerprint.signatures import SIGNATURES, recognise

INETUTILS = {
    "supported-options": [
        "BINARY",
        "ENCRYPT",
        "LFLOW",
        "LINEMODE",
        "NAWS",
        "NEW-ENVIRON",
        "SGA",
        "TSPEED",
        "TTYPE",
    ],
    "refused-options": ["CHARSET", "EOR", "STATUS", "XDISPLOC"],
    "accepted-offers": ["BINARY", "SGA", "STATUS"],
    "timing-mark": "yes",
    "environment": "names what is undefined",
}
PUTTY = {
    "supported-options": ["NAWS", "NEW-ENVIRON", "SGA", "TSPEED", "TTYPE"],
    "refused-options": ["BINARY", "CHARSET", "EOR", "LFLOW", "LINEMODE", "STATUS", "XDISPLOC"],
    "accepted-offers": ["SGA"],
    "timing-mark": "no",
}


@pytest.mark.parametrize(
    ("data", "types", "name"),
    [
        (INETUTILS, ["XTERM-256COLOR"], "inetutils or BSD telnet"),
        (INETUTILS, ["syncterm"], "SyncTERM"),
        (PUTTY, ["xterm"], "PuTTY"),
        ({"refused-options": ["NAWS"]}, ["TINTIN++", "xterm", "MTTS 271"], "TinTin++"),
        ({"refused-options": ["NAWS"]}, ["something else"], ""),
        ({"silent-options": ["NAWS"]}, ["PETSCII"], ""),
        ({}, [], ""),
    ],
)
def test_who_it_is(data, types, name):
    assert recognise(data, types) == name


def test_every_signature_asks_for_something():
    for each in SIGNATURES:
        assert each.name
        assert each.terminal or each.supports


def test_bounded_patterns():
    assert recognise(INETUTILS, ["x" * 100_000]) == ""
