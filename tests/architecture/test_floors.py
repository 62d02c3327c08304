"""The floors of docs/ARCHITECTURE.md, where the tool that checks them is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINTER = shutil.which("lint-imports", path=Path(sys.executable).parent)


@pytest.mark.skipif(LINTER is None, reason="import-linter is not installed; .ci/run runs it")
def test_imports_go_down_a_floor_never_up():
    run = subprocess.run([LINTER, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=50)

    assert run.returncode == 0, run.stdout[-3000:]


def test_every_module_says_what_it_offers():
    silent = [
        path.relative_to(ROOT)
        for path in sorted((ROOT / "bbsterm").rglob("*.py"))
        if path.name not in ("__init__.py", "limits.py") and "__all__" not in path.read_text(encoding="utf-8")
    ]

    assert silent == []
