"""The garbage collector, at work when nothing else is: in a flood its pauses were the longest of all.

What a board paints is freed by reference counts; the collector finds nothing in it, but walks through it, for
20 ms at a time. Rings of references (pages, widgets, messages) grow slowly: they can wait for a quiet moment.
"""

from __future__ import annotations

import gc
from typing import Final

__all__ = ["PERIOD", "Collector"]

PERIOD: Final = 0.5
"""Seconds between two looks."""

QUIET: Final = 1500
"""Fewer new objects than this since the last look, and it is a quiet moment."""

WORTH_IT: Final = 1000
"""So many objects that nobody has looked at yet are worth looking at."""

MANY: Final = 20_000
"""So many that have outlived a look are left alone until the next look at the old ones."""

TOO_MANY: Final = 1_000_000
"""So many, and they are looked at even in a flood: memory is bounded. 10,000 lines are a sixth."""

OLD_EVERY: Final = 400
"""After so many looks at the young objects one at the old ones, too."""


class Collector:
    """Takes over from the automatic one, until the program ends; call `tick` every `PERIOD` seconds."""

    def __init__(self) -> None:
        self._seen = 0
        self._young = 0

    def start(self) -> None:
        """What start-up has made is taken for permanent; from here on nothing is collected but by `tick`."""
        gc.collect()
        gc.freeze()
        gc.disable()

    def tick(self) -> None:
        """Look at the young objects if it is quiet, or if there are too many of them."""
        count = gc.get_count()[0]
        new, self._seen = count - self._seen, count
        if count > TOO_MANY:
            gc.collect(0)
        elif count > WORTH_IT and abs(new) < QUIET:
            self._young += 1
            if self._young % OLD_EVERY == 0:
                gc.unfreeze()
                gc.collect(2)
                gc.freeze()
            else:
                gc.collect(1)
                if count > MANY:
                    gc.freeze()  # a history full of rows: 200 ms, each time that they are walked through
        else:
            return
        self._seen = gc.get_count()[0]
