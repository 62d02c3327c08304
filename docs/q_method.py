"""Writes docs/q-method.md from the engine's own table: `python docs/q_method.py`; a test compares them."""

from __future__ import annotations

import sys
from pathlib import Path

from bbsterm.protocol.qmethod import TRANSITIONS, Happening, QState, Say

PAGE = Path(__file__).with_name("q-method.md")

WORDS = {
    Happening.PEER_YES: "peer: yes",
    Happening.PEER_NO: "peer: no",
    Happening.WE_WANT: "we want",
    Happening.WE_DROP: "we drop",
}
SAID = {Say.YES: "say YES", Say.NO: "say NO", None: ""}

HEAD = """\
# The Q Method, as the engine runs it

Every telnet option has two of these machines: one for our side, one for the peer's. "Yes" is WILL or DO,
"no" is WONT or DONT: for the peer's side it says WILL and we say DO, for ours the other way round. The option
is in force in the state YES and in no other. *Opposite* means that we have changed our mind while an answer
is on its way.

This page is written by `python docs/q_method.py` from `TRANSITIONS` in `bbsterm/protocol/qmethod.py`, which
follows [RFC 1143](https://www.rfc-editor.org/rfc/rfc1143), section 7.
"""

TAIL = """\
Three rules stand beside the table, in `bbsterm/protocol/agreements.py`:

* NO and "peer: yes" depends on whether the option is welcome. If it is not, we say NO and stay; once in a
  second, however often the peer asks.
* A state in force is never acknowledged again.
* An option that the peer turns on and off more than a few times in a second is frozen: it stays off.
"""


def diagram() -> str:
    """The machine as a Mermaid diagram; what changes nothing and says nothing is left out."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> NO"]
    for (state, happening), made in TRANSITIONS.items():
        if made.state is not state or made.say is not None:
            words = " / ".join(filter(None, (WORDS[happening], SAID[made.say])))
            lines.append(f"    {state.name} --> {made.state.name}: {words}")
    return "\n".join([*lines, "```"])


def table() -> str:
    """All twenty-four cells."""
    lines = ["| state | " + " | ".join(WORDS.values()) + " |", "|---" * (len(WORDS) + 1) + "|"]
    for state in QState:
        cells = []
        for happening in Happening:
            made = TRANSITIONS[state, happening]
            cell = "–" if made.state is state and made.say is None else made.state.name
            notes = [SAID[made.say] or "", f"violation: {made.violation}" if made.violation else ""]
            cells.append(", ".join(filter(None, (cell, *notes))))
        lines.append(f"| **{state.name}** | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def page() -> str:
    """The whole page."""
    return "\n".join(
        [HEAD, diagram(), "", "The same, cell by cell; – changes nothing:", "", table(), "", TAIL]
    )


def main() -> int:
    """Write the page; with --check, only say whether it is up to date."""
    if "--check" in sys.argv:
        return 0 if PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
