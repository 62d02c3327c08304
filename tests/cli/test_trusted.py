from __future__ import annotations

import pytest

from bbsterm.cli.own_book import open_book
from bbsterm.cli.trusted import trusting, trusting_more
from bbsterm.errors import UsageError
from bbsterm.net.address import parse_address
from bbsterm.net.tls import TlsSettings
from bbsterm.session.settings import CallSettings

BOARD = parse_address("telnets://bbs.example.org:992")
KEY = "ab" * 32


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path))


def test_what_is_trusted_once_is_trusted_from_then_on():
    told = trusting_more(BOARD, CallSettings(), ":".join(["AB"] * 32))
    assert told.tls.pin == KEY

    with open_book() as book:
        assert trusting(BOARD, CallSettings(), book).tls.pin == KEY
        assert trusting(parse_address("telnets://bbs.example.org:993"), CallSettings(), book).tls.pin == ""
        assert trusting(parse_address("telnet://bbs.example.org:992"), CallSettings(), book).tls.pin == ""
        unverified = CallSettings(tls=TlsSettings(verify=False))
        assert trusting(BOARD, unverified, book).tls.pin == ""


def test_without_a_book_nothing_is_trusted():
    assert trusting(BOARD, CallSettings(), None).tls.pin == ""


@pytest.mark.parametrize(("address", "text"), [(BOARD, "12:34"), (parse_address("telnet://x"), KEY)])
def test_what_cannot_be_trusted(address, text):
    with pytest.raises(UsageError, match="--tls-trust"):
        trusting_more(address, CallSettings(), text)
