from __future__ import annotations

from pathlib import Path

from bbsterm.book import BookPaths


def test_own_entries_and_their_versions_stand_with_the_settings():
    assert BookPaths.under(Path("/config"), Path("/state")) == BookPaths(
        Path("/config/dialing.toml"),
        Path("/state/state.sqlite3"),
        Path("/config/backups"),
        Path("/state/recent.sqlite3"),
    )
