"""Every bound that a peer can run into, with its reason.

Whatever a peer can make grow has a number here and a test that reaches it.
"""

from __future__ import annotations

from typing import Final

# --- telnet: one subnegotiation ------------------------------------------------

MAX_SUBNEGOTIATION: Final = 8 * 1024
"""Bytes of one subnegotiation. Real ones are under 300; past this the rest is dropped to IAC SE."""

MAX_MUD_SUBNEGOTIATION: Final = 64 * 1024
"""The same for GMCP, MSDP and MSSP, whose payloads are documents."""

MAX_MUD_DEPTH: Final = 16
"""Levels of tables and arrays in one MSDP value; what is nested deeper is dropped."""

MAX_OVERLONG_SUBNEGOTIATIONS: Final = 3
"""So many overlong subnegotiations in a row and the peer is not making a mistake."""

# --- the call: bytes waiting in memory ------------------------------------------

OUTBOX_HIGH: Final = 64 * 1024
"""Bytes waiting to be sent; above it we stop reading from a peer that makes us answer."""

OUTBOX_LOW: Final = 16 * 1024
"""And below it we read again."""

INBOX_HIGH: Final = 256 * 1024
"""Bytes received but not yet shown; above it the socket is paused and TCP throttles the host."""

INBOX_LOW: Final = 64 * 1024
"""And below it the socket is read again."""

# --- the screen ------------------------------------------------------------------

MAX_CONTROL_STRING: Final = 4 * 1024
"""Bytes kept of one OSC, DCS, APC, PM or SOS string; the rest is swallowed to its end."""

MAX_PARAMETERS: Final = 16
"""Parameters of one control sequence that are looked at; the rest are ignored."""

MAX_PARAMETER: Final = 9999
"""The largest number that a parameter may be; larger ones count as this."""

MAX_TITLE: Final = 256
"""Characters of a window title that a board may set (in our status row, never in the host terminal)."""

MAX_COLUMNS: Final = 500
MAX_ROWS: Final = 200
"""The largest screen that a board, a caller or a resize may ask for."""

SCROLLBACK_LINES: Final = 10_000
"""Lines of history kept unless the settings say otherwise."""

MAX_REPLIES_PER_SECOND: Final = 20
"""Answers (DSR, DA ...) that a board may draw out of us in a second."""
