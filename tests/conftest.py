"""What holds for every test."""

from __future__ import annotations

import codecs
import contextlib
import logging

import pytest

# telnetlib3, a stranger that some tests call, registers codecs of its own under our names as soon as it is
# imported; "petscii" would then mean one thing or the other depending on which test came first.
with contextlib.suppress(ImportError):
    from telnetlib3 import encodings as theirs

    codecs.unregister(theirs._search_function)


@pytest.fixture(autouse=True)
def _log_as_it_was():
    """A command that ran in this process has said how much is logged, and where to; the next test has not."""
    loggers = [logging.getLogger(name) for name in ("bbsterm", "asyncio")]
    before = [(logger, logger.level, logger.handlers[:]) for logger in loggers]
    root, level_of_all = logging.getLogger(), logging.getLogger().level
    yield
    root.setLevel(level_of_all)
    for logger, level, handlers in before:
        logger.setLevel(level)
        logger.handlers[:] = handlers


@pytest.fixture(scope="session")
def tls():
    """A certificate for localhost, and a client that trusts it."""
    import ssl  # here, not above: most tests need no cryptography
    from types import SimpleNamespace

    import trustme

    ca = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("localhost", "127.0.0.1").configure_cert(server)
    client = ssl.create_default_context()
    ca.configure_trust(client)
    return SimpleNamespace(ca=ca, server=server, client=client)
