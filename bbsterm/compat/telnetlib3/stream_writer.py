"""Writers, under the name of their old module."""

from __future__ import annotations

from bbsterm.net.option_views import OptionView as Option
from bbsterm.net.writer import TelnetWriter
from bbsterm.net.writer_unicode import TelnetWriterUnicode

__all__ = ["Option", "TelnetWriter", "TelnetWriterUnicode"]
