from __future__ import annotations

import pytest

from bbsterm import errors
from bbsterm.tui.modem import word_for


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (errors.BusyError("h", 23), "BUSY"),
        (errors.NoAnswerError("h", 23, seconds=10), "NO ANSWER"),
        (errors.UnknownHostError("h", 23), "NO SUCH NUMBER"),
        (errors.InsecureError("h", 992, "expired"), "NOT SECURE"),
        (errors.DialError("h", 23, "no route"), "NO CARRIER"),
        (None, "NO CARRIER"),
    ],
)
def test_every_failure_has_a_modem_s_word(error, word):
    assert word_for(error) == word
