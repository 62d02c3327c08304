"""What holds for every test."""

from __future__ import annotations

import codecs
import contextlib
import gc
import logging
import os
import sys

import pytest

# telnetlib3, a stranger that some tests call, registers codecs of its own under our names as soon as it is
# imported; "petscii" would then mean one thing or the other depending on which test came first.
with contextlib.suppress(ImportError):
    from telnetlib3 import encodings as theirs

    codecs.unregister(theirs._search_function)


EXAMPLES = {"suite": 50, "deep": 1000}
"""How often a property is tried: by ``pytest``, and by ``pytest --hypothesis-profile deep``."""


def pytest_configure(config):
    """The suite tries the same examples each time; a deep run tries more, and others each time."""
    if not _is_controller(config) or config.getoption("--hypothesis-profile"):
        _register_profiles()
    if _is_controller(config):
        return

    # Whoever compiles a module keeps it for the others: workers, programs that tests start, the next run.
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    gc.disable()  # until all is collected: see below


def _register_profiles():
    from hypothesis import settings  # here, not above: it takes half a second, and the controller needs none

    settings.register_profile(
        "suite", max_examples=EXAMPLES["suite"], deadline=None, derandomize=True, database=None
    )
    settings.register_profile("deep", max_examples=EXAMPLES["deep"], deadline=None, print_blob=True)
    settings.load_profile("suite")


def _is_controller(config):
    return bool(config.getoption("numprocesses", None)) and not hasattr(config, "workerinput")


def pytest_xdist_auto_num_workers(config):
    """One worker more than there are cores, if these are few: a fifth of the tests' time is waiting."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + 1 if cores < 4 else cores


def pytest_collection_finish():
    """Nine thousand tests stay until the end: the garbage collector need not look at them again and again."""
    gc.collect()
    gc.freeze()
    gc.enable()


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
