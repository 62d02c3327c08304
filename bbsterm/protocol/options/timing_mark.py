"""TIMING-MARK (RFC 860): "tell me when you have got this far". A happening, not a state."""

from __future__ import annotations

from bbsterm.protocol.events import TimingMarkReceived
from bbsterm.protocol.options.base import Effects, Option
from bbsterm.protocol.vocabulary import OptionCode, Side

__all__ = ["TimingMark"]


class TimingMark(Option):
    """Either side may ask. WILL and WONT both answer: everything sent before has been processed."""

    code = OptionCode.TIMING_MARK
    source = "RFC 860"
    lasting = False

    def enabled(self, side: Side) -> Effects:
        if side is Side.REMOTE:
            yield TimingMarkReceived(agreed=True)

    def refused(self, side: Side) -> Effects:
        if side is Side.REMOTE:
            yield TimingMarkReceived(agreed=False)
