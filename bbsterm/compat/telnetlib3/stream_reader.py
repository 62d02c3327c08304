"""Readers, under the name of their old module."""

from __future__ import annotations

from bbsterm.net.reader import TelnetReader
from bbsterm.net.reader_unicode import TelnetReaderUnicode

__all__ = ["TelnetReader", "TelnetReaderUnicode"]
