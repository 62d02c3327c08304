"""Pages and widgets: with `bbsterm.app` the only floor that knows Textual.

Textual reads ESCDELAY when it is imported: how long after an ESC the rest of a sequence is waited for, as
arrow keys begin with one too. Its 100 ms is felt at every Esc for the board; 25 ms is enough for a sequence
to arrive whole. So this package, which everything here passes through, says so before Textual is imported.
"""

from __future__ import annotations

import os

__all__: list[str] = []

os.environ.setdefault("ESCDELAY", "25")
