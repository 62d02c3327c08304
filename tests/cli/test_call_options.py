from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from bbsterm.cli.base import Parser
from bbsterm.cli.call_options import address_of, seconds_of, settings_of
from bbsterm.cli.connect import add_to
from bbsterm.config import DialSettings, Settings, TerminalSettings
from bbsterm.errors import UsageError
from bbsterm.net.address import Address, Family
from bbsterm.net.tls import TlsSettings
from bbsterm.session import CallSettings, InputChoice


def parsed(*argv: str) -> argparse.Namespace:
    parser = Parser()
    add_to(parser.add_subparsers())
    return parser.parse_args(["connect", *argv])


@pytest.mark.parametrize(
    ("argv", "address"),
    [
        (["bbs.example.org"], Address("bbs.example.org", 23)),
        (["bbs.example.org", "2323"], Address("bbs.example.org", 2323)),
        (["::1", "2323"], Address("::1", 2323)),
        (["telnet://bbs.example.org", "24"], Address("bbs.example.org", 24)),
        (["bbs.example.org", "--tls"], Address("bbs.example.org", 992, "telnets")),
        (["bbs.example.org:24", "--tls"], Address("bbs.example.org", 24, "telnets")),
        (["telnet://bbs.example.org", "--tls"], Address("bbs.example.org", 992, "telnets")),
        (["bbs.example.org", "--tls-ca", "f"], Address("bbs.example.org", 992, "telnets")),
        (["bbs.example.org", "--tls-no-verify"], Address("bbs.example.org", 992, "telnets")),
    ],
)
def test_addresses(argv, address):
    assert address_of(parsed(*argv)) == address


def test_tls_does_not_go_with_raw():
    with pytest.raises(UsageError, match="raw"):
        address_of(parsed("raw://bbs.example.org", "--tls"))


def test_without_options_the_settings_are_the_defaults():
    assert settings_of(parsed("x"), Settings()) == CallSettings()


def test_what_the_command_line_leaves_out_the_settings_say():
    settings = Settings(
        dial=DialSettings(timeout=3, family="6"),
        terminal=TerminalSettings(kind="vt", encoding="cp866", columns=132, rows=37),
    )

    assert settings_of(parsed("x"), settings) == CallSettings(
        terminal="vt", encoding="cp866", columns=132, rows=37, connect_timeout=3, family=Family.IPV6
    )


def test_the_command_line_has_the_last_word():
    settings = Settings(terminal=TerminalSettings(kind="vt", encoding="cp866"))
    argv = "x --terminal petscii --size 40x24 --raw-mode -4 --connect-timeout 2 --name C64 --tls-ca /ca"

    assert settings_of(parsed(*argv.split()), settings) == CallSettings(
        name="C64",
        terminal="petscii",
        encoding=None,
        columns=40,
        rows=24,
        mode=InputChoice.RAW,
        connect_timeout=2,
        family=Family.IPV4,
        tls=TlsSettings(ca=Path("/ca")),
    )


def test_encodings_have_one_spelling():
    assert settings_of(parsed("x", "--encoding", "UTF8"), Settings()).encoding == "utf-8"
    assert settings_of(parsed("x", "--encoding", "IBM437"), Settings()).encoding == "cp437"


@pytest.mark.parametrize(
    "argv",
    [
        ["--terminal", "vt9000"],
        ["--encoding", "klingon"],
        ["--encoding", "base64"],
        ["--size", "80"],
        ["--size", "0x0"],
        ["--size", "9999x9999"],
        ["--connect-timeout", "soon"],
        ["--connect-timeout", "nan"],
    ],
)
def test_values_that_cannot_be_meant(argv):
    with pytest.raises(UsageError):
        settings_of(parsed("x", *argv), Settings())


@pytest.mark.parametrize("value", ["0", "-1", "inf", "x", "3601"])
def test_a_time_is_some_seconds(value):
    with pytest.raises(UsageError, match="--linger"):
        seconds_of("--linger", value)
