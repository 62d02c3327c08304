"""Certificates that the user trusts although nobody vouches for them: `--tls-trust`, and its pins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bbsterm.errors import UsageError

if TYPE_CHECKING:
    from bbsterm.book import Book
    from bbsterm.net.address import Address
    from bbsterm.session.settings import CallSettings

__all__ = ["trusting", "trusting_more"]


def trusting(address: Address, settings: CallSettings, book: Book | None) -> CallSettings:
    """The same with the pin of this board, if it has one and the command line did not name other proof."""
    tls = settings.tls
    if book is None or not address.tls or not tls.verify or tls.pin:
        return settings
    pin = book.log.pin(address.host, address.port)
    return settings if pin is None else replace(settings, tls=replace(tls, pin=pin.sha256))


def trusting_more(address: Address, settings: CallSettings, fingerprint: str) -> CallSettings:
    """The same with a fingerprint that the user names, which is trusted from now on.

    Raises:
        UsageError: It is none, or the address is not encrypted.
        BookError: It cannot be remembered.
    """
    from bbsterm.cli.own_book import open_book
    from bbsterm.net.certificate import wanted_fingerprint

    if not address.tls:
        raise UsageError("--tls-trust goes with TLS only", hint="telnets://, or --tls.")
    try:
        digest = wanted_fingerprint(fingerprint)
    except ValueError as error:
        raise UsageError(f"--tls-trust: {error}") from None
    with open_book() as book:
        book.log.trust(address.host, address.port, digest)
    return replace(settings, tls=replace(settings.tls, pin=digest))
