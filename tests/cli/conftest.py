from __future__ import annotations

import logging

import pytest


@pytest.fixture(autouse=True)
def untouched_logging():
    """Commands set up logging for their whole process; here that ends with the test."""
    loggers = [logging.getLogger(name) for name in ("bbsterm", "asyncio")]
    before = [(logger.handlers[:], logger.level) for logger in loggers]
    yield
    for logger, (handlers, level) in zip(loggers, before, strict=True):
        for handler in set(logger.handlers) - set(handlers):
            handler.close()
        logger.handlers[:] = handlers
        logger.setLevel(level)
