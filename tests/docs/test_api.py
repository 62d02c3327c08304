from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools import api

ROOT = Path(__file__).parents[2]


def test_the_reference_is_up_to_date():
    """Made in an interpreter of its own: signatures must not depend on which test came first."""
    code = "import sys; from tools import api; sys.stdout.buffer.write(api.page().encode())"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=50, check=True
    )

    assert run.stdout == api.TARGET.read_text(encoding="utf-8"), "make it anew: python -m tools.api"


def test_every_public_name_says_what_it_is():
    parts = api.page().split("\n### ")[1:]
    silent = [part.splitlines()[0] for part in parts if not part.partition("\n\n")[2].strip()]

    assert len(parts) > 80
    assert silent == []
