from __future__ import annotations

import logging

from bbsterm.limits import MAX_LOGGED_REFUSALS
from bbsterm.net.sparing import SparingLog


def test_a_flood_is_a_few_lines_and_a_number(caplog):
    log = SparingLog(logging.getLogger("bbsterm.test"))

    for _ in range(MAX_LOGGED_REFUSALS + 1000):
        log.warning("turned away", now=10.0)
    log.warning("turned away", now=11.0)

    assert caplog.messages == ["turned away"] * MAX_LOGGED_REFUSALS + [
        "... and 1000 more like these",
        "turned away",
    ]
