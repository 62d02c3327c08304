from __future__ import annotations

import argparse
import logging

import pytest

from bbsterm.cli.log import start_logging
from bbsterm.errors import UsageError


def args(**options: str) -> argparse.Namespace:
    return argparse.Namespace(**options)


def test_a_trace_goes_to_the_file_that_was_named(tmp_path):
    file = tmp_path / "logs" / "trace.log"
    start_logging(args(loglevel="trace", logfile=str(file)))

    logging.getLogger("bbsterm.wire").log(5, ">> bytes")

    assert file.read_text().endswith(" TRACE   bbsterm.wire: >> bytes\n")
    assert file.stat().st_mode & 0o777 == 0o600


def test_without_options_the_application_logs_nowhere(tmp_path, capsys):
    start_logging(args(), file=tmp_path / "app.log")

    logging.getLogger("bbsterm.call").error("oops")
    logging.getLogger("asyncio").error("oops")

    assert capsys.readouterr().err == ""
    assert list(tmp_path.iterdir()) == []


def test_a_level_without_a_file_is_the_applications_own_file(tmp_path):
    start_logging(args(loglevel="info"), file=tmp_path / "app.log")

    logging.getLogger("bbsterm.call").info("hello")
    logging.getLogger("bbsterm.call").debug("not this")

    assert "hello" in (tmp_path / "app.log").read_text()
    assert "not this" not in (tmp_path / "app.log").read_text()


def test_a_command_without_a_screen_logs_to_stderr(capsys):
    start_logging(args())

    logging.getLogger("bbsterm.serve").warning("careful")

    assert "careful" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="cannot write the log file"):
        start_logging(args(logfile=str(tmp_path)))
