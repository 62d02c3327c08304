"""`bbsterm serve --shell fingerprint`: the shell with the kind of connection that it wants."""

from __future__ import annotations

import contextlib

from bbsterm.config import find_paths
from bbsterm.fingerprint.server import FingerprintingServer
from bbsterm.fingerprint.shell import fingerprint_shell
from bbsterm.serve.meeting import Meeting
from bbsterm.serve.settings import ServeSettings

__all__ = ["fingerprint_meeting"]


def fingerprint_meeting(settings: ServeSettings) -> contextlib.AbstractAsyncContextManager[Meeting]:
    """What callers of `--shell fingerprint` meet; fingerprints are kept in the server's data folder."""
    data_dir = settings.data_dir or find_paths().fingerprints
    return contextlib.nullcontext(Meeting(fingerprint_shell(data_dir), FingerprintingServer))
