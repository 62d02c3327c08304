from __future__ import annotations

import pytest

from bbsterm.serve.store import passwords


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch):
    """What is tested here is not how long scrypt takes."""
    monkeypatch.setattr(passwords, "_LOG_N", 4)
