from __future__ import annotations

from bbsterm import limits
from bbsterm.tui.messages_kept import KeptMessages


def test_the_latest_are_kept_the_newest_first():
    kept = KeptMessages()
    assert kept.listed().plain == "Nothing was said yet."

    for number in range(limits.MAX_KEPT_MESSAGES + 1):
        kept.keep(f"message {number} " + "x" * limits.MAX_KEPT_MESSAGE, "error")
    lines = kept.listed().plain.splitlines()

    assert len(lines) == limits.MAX_KEPT_MESSAGES
    assert lines[0][10:].startswith("message 200 ")
    assert lines[-1][10:].startswith("message 1 ")
    assert len(lines[0]) == limits.MAX_KEPT_MESSAGE + len("12:34:56  ")
