"""Reports for eyes."""

from __future__ import annotations

from bbsterm.fingerprint.report import caller_report, server_report

HOSTILE = "\x1b[2J\x07\u202eevil\x9b" + "x" * 3000


def test_a_caller_reads_what_it_can_do():
    document = {
        "telnet-probe": {
            "fingerprint": "a" * 16,
            "fingerprint-data": {
                "supported-options": ["NAWS", "NEW-ENVIRON"],
                "refused-options": ["EOR"] * 5,
            },
            "session_data": {"terminal-types": ["xterm", "MTTS 271"]},
        },
        "terminal-probe": {
            "fingerprint": "b" * 16,
            "fingerprint-data": {
                "kind": "vt",
                "xtversion": "foot(1.16)",
                "sixel": True,
                "widths": {"wide": 2},
            },
            "session_data": {"background": "#000000", "foreground": "#ffffff"},
        },
    }

    rows = caller_report(document, names={"a" * 16: "My telnet"}, columns=80)

    assert rows == [
        "Program     My telnet",
        "Telnet      aaaaaaaaaaaaaaaa",
        "Terminal    bbbbbbbbbbbbbbbb",
        "Types       xterm, MTTS 271",
        "Does        NAWS, NEW-ENVIRON",
        "Accepts     nothing that was offered",
        "Refuses     5 options",
        "Screen      foot(1.16)",
        "Can         sixel",
        "Colours     #ffffff on #000000",
        "Widths      wide 2",
    ]


def test_hostile_texts_are_harmless_and_cut():
    told = {"terminal-types": [HOSTILE] * 300, "violations": [HOSTILE] * 300}

    for columns in (40, 80):
        rows = caller_report({"telnet-probe": {"session_data": told}}, names={}, columns=columns)
        assert len(rows) <= 20
        assert all(row.isprintable() and len(row) < columns for row in rows)


def test_a_boards_certificate_and_mssp():
    told = {
        "tls": {"version": "TLSv1.3", "cipher": "AES", "names": ["bbs.example.org"], "expires": "2030-01-01"},
        "mssp": {"NAME": "Attic", "PLAYERS": ["1", "2"]},
    }

    rows = server_report({"server-probe": {"session_data": told}}, names={})

    assert "TLS         TLSv1.3, AES" in rows
    assert "For         bbs.example.org" in rows
    assert "MSSP        NAME=Attic, PLAYERS=1, 2" in rows
