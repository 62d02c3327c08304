from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_in_the_docs_shows_the_table_that_runs():
    done = subprocess.run([sys.executable, DOCS / "q_method.py", "--check"], check=False)

    assert done.returncode == 0, "run: python docs/q_method.py"
