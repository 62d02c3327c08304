from __future__ import annotations

import pytest

from bbsterm.tui.ago import ago

HOUR, DAY = 3600, 86400


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "just now"),
        (0, "just now"),
        (59, "just now"),
        (60, "1m ago"),
        (HOUR - 1, "59m ago"),
        (23 * HOUR, "23h ago"),
        (2 * DAY, "2d ago"),
        (13 * DAY, "13d ago"),
        (14 * DAY, "2w ago"),
        (364 * DAY, "52w ago"),
        (4 * 365 * DAY, "4y ago"),
    ],
)
def test_how_long_ago(seconds, text):
    assert ago(seconds) == text
    assert len(text) <= 10  # the column's width
