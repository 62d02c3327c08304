from __future__ import annotations

import re

from tests.examples.conftest import EXAMPLES


def test_every_example_is_listed():
    listed = set(re.findall(r"\]\(([^)]+)\)", (EXAMPLES / "README.md").read_text(encoding="utf-8")))
    there = {path.name for path in EXAMPLES.glob("*.py")} | {"minimud", "macros", "scripts"}

    assert listed == there
