from __future__ import annotations

from pathlib import Path

import pytest

from bbsterm.tui.key_page import markdown

PAGE = Path(__file__).parents[2] / "docs" / "keys.md"


@pytest.mark.skipif(not PAGE.exists(), reason="no manual beside the tests")
def test_the_manual_says_what_the_table_says():
    assert PAGE.read_text() == markdown(), "run: python -m bbsterm.tui.key_page > docs/keys.md"
