"""Streams: pyte's, but that they read the whole grammar when they feed a screen of ours."""

from __future__ import annotations

import pyte

from bbsterm.screen.pyte.screen import Screen

__all__ = ["ByteStream", "Stream"]


class Stream(pyte.Stream):
    """A `pyte.Stream` that reads the whole grammar when it feeds a screen of ours."""

    def feed(self, data: str) -> None:
        """Take decoded text."""
        if isinstance(self.listener, Screen):
            self.listener.run(data)
        else:
            super().feed(data)


class ByteStream(pyte.ByteStream):
    """A `pyte.ByteStream` that reads the whole grammar when it feeds a screen of ours."""

    def feed(self, data: bytes) -> None:  # type: ignore[override]  # as it is in pyte
        """Take bytes."""
        if isinstance(self.listener, Screen):
            self.listener.feed(data)
        else:
            super().feed(data)
