from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from bbsterm.book import Book, BookPaths
from bbsterm.cli.base import Parser
from bbsterm.cli.call_options import address_of, as_chosen, glyphs_of, seconds_of, settings_of, settings_over
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


@pytest.mark.parametrize(
    ("argv", "terminal", "encoding", "size"),
    [
        (["--terminal", "petscii"], "petscii", None, (40, 25)),
        (["--terminal", "petscii80"], "petscii80", None, (80, 25)),
        (["--terminal", "atascii"], "atascii", None, (40, 24)),
        (["--terminal", "atascii80"], "atascii80", None, (80, 25)),
        (["--terminal", "atarist"], "atarist", None, (80, 25)),
        (["--terminal", "vt"], "vt", None, (80, 25)),
        (["--encoding", "c64"], "petscii", "petscii", (40, 25)),
        (["--encoding", "atari8bit"], "atascii", "atascii", (40, 24)),
        (["--encoding", "cp866"], "ansi", "cp866", (80, 25)),
        (["--terminal", "ansi", "--encoding", "petscii"], "ansi", "petscii", (80, 25)),
    ],
)
def test_a_machine_has_its_screen_and_its_character_set_names_it(argv, terminal, encoding, size):
    settings = settings_of(parsed("x", *argv), Settings())

    assert (settings.terminal, settings.encoding) == (terminal, encoding)
    assert (settings.columns, settings.rows) == size


def test_a_character_set_leaves_the_machine_of_the_settings():
    commodore = Settings(terminal=TerminalSettings(kind="petscii"))

    assert settings_of(parsed("x", "--encoding", "utf-8"), commodore).terminal == "utf8"
    assert settings_of(parsed("x", "--encoding", "petscii_unshifted"), commodore).terminal == "petscii"


def test_switches_of_the_keyboard():
    settings = settings_of(parsed("x", "--ansi-keys", "--ascii-eol"), Settings())

    assert settings.ansi_keys
    assert settings.ascii_eol


def test_glyphs_are_the_command_line_s_or_the_settings_s():
    basic = Settings(terminal=TerminalSettings(glyphs="basic"))

    assert glyphs_of(parsed("x"), Settings()) is None
    assert glyphs_of(parsed("x"), basic) == "basic"
    assert glyphs_of(parsed("x", "--glyphs", "ascii"), basic) == "ascii"


def test_what_was_chosen_in_an_earlier_call(tmp_path):
    address = Address("bbs.example", 23)
    with Book.open(BookPaths.under(tmp_path, tmp_path)) as book:
        book.log.choose_encoding(str(address), "atascii", "atascii")

        chosen = as_chosen(CallSettings(name="BBS"), address, book)

        assert chosen == CallSettings(name="BBS", terminal="atascii", encoding="atascii")
        assert as_chosen(CallSettings(), Address("other.example", 23), book) == CallSettings()


def test_the_command_line_has_the_last_word_over_an_entry():
    entry = CallSettings(name="BBS", terminal="utf8", columns=132, rows=37, mode=InputChoice.RAW, entry="x")

    assert settings_over(parsed("x"), entry) == entry
    over = settings_over(
        parsed("x", *["--size", "80x24", "--line-mode", "--name", "Other", "--terminal", "petscii"]), entry
    )
    assert (over.columns, over.rows, over.mode, over.name) == (80, 24, InputChoice.LINE, "Other")
    assert (over.terminal, over.encoding, over.entry) == ("petscii", None, "x")


def test_a_modem_s_speed_from_the_command_line_wins():
    assert settings_of(parsed("h", "--baud", "2400"), Settings()).baud == 2400
    assert settings_over(parsed("h", "--baud", "0"), CallSettings(baud=300)).baud == 0
    assert settings_over(parsed("h"), CallSettings(baud=300)).baud == 300
    with pytest.raises(UsageError, match="--baud is a whole number"):
        settings_of(parsed("h", "--baud", "fast"), Settings())
