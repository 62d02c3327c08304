"""`kill -9` in the middle of saving; `BBSTERM_KILLS` times."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = os.environ.get("BBSTERM_KILLS", "30")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_killed_program_loses_nothing_that_it_had_saved():
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.book.killing", "--kills", KILLS]
    if os.access("/dev/shm", os.W_OK):
        command += ["--folder", "/dev/shm"]

    done = subprocess.run(
        command,
        cwd=root,
        capture_output=True,
        text=True,
        timeout=50 + int(KILLS),
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{KILLS} kills, ")
    assert done.stdout.endswith(" 0 lost\n")
