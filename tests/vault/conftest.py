from __future__ import annotations

import pytest

from bbsterm.vault import Owner

XIB = Owner("abcd1234", "Xibalba", "bbs.example.org", 2323, "ann")


@pytest.fixture
def owner():
    return XIB


@pytest.fixture
def moved():
    """The same entry after somebody has written another host into it."""
    return XIB._replace(host="evil.example")
