"""What boards ask before they greet, and what a visitor without a name answers: a table.

Only questions about the terminal, and for keys to go on, are answered: no login, no name, no other yes.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["MOST", "PROMPTS", "answer_to"]

MOST: Final = 5
"""Prompts of one board that are answered."""

_TAIL: Final = 400
_SEQUENCE: Final = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]")

# fmt: off
PROMPTS: Final = (
    (re.compile(rb"(?i)\besc(ape)?\b[^a-z\r\n]{0,3} *(key )?(twice|two times)|two esc"),         b"\x1b\x1b"),
    (re.compile(rb"(?i)\bpress[^a-z\r\n]{0,4}(the )?[^a-z\r\n]{0,2}esc(ape)?\b"),               b"\x1b"),
    (re.compile(rb"(?i)\b(press|hit|strike|push)\b[^\r\n]{0,12}\b(return|enter|any key|a key)\b"), b"\r"),
    (re.compile(rb"(?i)\b(ansi|colou?rs?|graphics)\b[^\r\n]{0,40}[\[(]? ?y ?(/|or|,) ?n"),         b"y\r"),
    (re.compile(rb"(?i)[\[(]? ?y ?(/|or|,) ?n[^\r\n]{0,20}\b(ansi|colou?rs?|graphics)\b"),         b"y\r"),
    (re.compile(rb"(?i)(-|\[|\() ?more ?(-|\]|\)|\?)[^\r\n]{0,12}\Z"),                           b"\r"),
)
"""Patterns of the last rows of a banner, and what is typed. The first that fits decides."""
# fmt: on

_CHOICE: Final = re.compile(
    rb"(?im)^[^a-z0-9\r\n]{0,6}([0-9])[^a-z0-9\r\n]{1,4}[^\r\n]{0,20}\b(utf-?8|ansi)\b"
)


def answer_to(banner: bytes) -> bytes:
    """What to type after a board has fallen silent; empty where it waits for a login, or for nothing.

    Args:
        banner: All that it has said so far; the end of it is looked at.
    """
    tail = _SEQUENCE.sub(b"", banner[-_TAIL * 2 :])[-_TAIL:]
    last = b"\n".join(tail.replace(b"\r", b"\n").split(b"\n")[-6:])
    choices = {match[2].lower().replace(b"-", b""): match[1] for match in _CHOICE.finditer(last)}
    if choices:
        return choices.get(b"utf8", choices.get(b"ansi", b"")) + b"\r"
    return next((answer for pattern, answer in PROMPTS if pattern.search(last)), b"")
