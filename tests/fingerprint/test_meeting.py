"""`bbsterm serve --shell fingerprint`."""

from __future__ import annotations

from bbsterm.fingerprint.meeting import fingerprint_meeting
from bbsterm.fingerprint.server import FingerprintingServer
from bbsterm.serve.meeting import open_meeting
from bbsterm.serve.settings import ServeSettings


async def test_the_shell_has_the_connection_that_it_wants(tmp_path):
    async with open_meeting(ServeSettings(shell="fingerprint", data_dir=tmp_path)) as meeting:
        assert meeting.factory is FingerprintingServer


async def test_without_a_folder_it_keeps_things_in_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path))

    async with fingerprint_meeting(ServeSettings(shell="fingerprint")) as meeting:
        assert meeting.shell is not None
    assert list(tmp_path.iterdir()) == []  # nothing is made by asking
