"""Stars in place of a password that a board sends back, however it is cut and coloured.

Some boards echo what is typed at a password prompt, or repeat it later. What passes here reaches the screen,
the scrollback, transcripts, captures and pictures: none of them ever has it.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["Masker"]

_SEQUENCE: Final = rb"\x1b\[[0-?]*[ -/]*[@-~]"
_BETWEEN: Final = rb"(?:" + _SEQUENCE + rb")*+"
_UNFINISHED: Final = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*)?\Z")
_STEP: Final = re.compile(_SEQUENCE)
_PIECE: Final = re.compile(rb"(" + _SEQUENCE + rb")|[\x00-\xff]")
_TELLING: Final = (
    4  # bytes: a shorter secret is looked for in the echo only, or half of all text would be stars
)
_HELD_LATER: Final = 3  # bytes that look like a beginning, before they are held back outside of an echo
_REACH: Final = 8  # bytes of a tail in which one byte of a secret may stand, with the sequences around it
_FARTHEST: Final = 512  # bytes of a tail that are looked at, however long the secret


class Masker:
    """Takes a board's text in any pieces, gives it back with stars; the length stays the same.

    Attributes:
        echoing: Whether an echo may be on its way: every beginning of a secret is held back then.
    """

    def __init__(self) -> None:
        self.echoing = False
        self._secrets: list[bytes] = []
        self._matchers: list[re.Pattern[bytes]] = []
        self._shown = b""  # a short beginning that was not held back
        self._held = b""

    @property
    def idle(self) -> bool:
        """Whether there is nothing to hide."""
        return not self._matchers

    @property
    def holds(self) -> bool:
        """Whether something is held back, because it may be the beginning of a secret."""
        return bool(self._held)

    def hide(self, secret: bytes) -> None:
        """Hide this from now on."""
        if secret and secret not in self._secrets:
            self._secrets.append(secret)
            self._compile()

    def echo_is_over(self) -> None:
        """Nothing that was just sent is echoed any more: short secrets are not looked for."""
        self.echoing = False
        self._secrets = [secret for secret in self._secrets if len(secret) >= _TELLING]
        self._compile()

    def feed(self, data: bytes) -> bytes:
        """What can be shown of what has come so far."""
        if not self._matchers:
            return data
        before = len(self._shown)
        text = self._shown + self._held + data
        lowered = text.lower()
        for matcher in self._matchers:
            for match in matcher.finditer(lowered):
                text = text[: match.start()] + _hidden(text[slice(*match.span())]) + text[match.end() :]
        begun = self._beginning(text.lower() if b"*" in text else lowered)
        if not self.echoing and len(text) - begun < _HELD_LATER:
            self._shown, self._held = text[begun:], b""
            return text[before:]
        start = max(begun, before)
        self._shown, self._held = text[begun:start], text[start:]
        return text[before:start]

    def flush(self) -> bytes:
        """What was held back; as stars if it is half a secret or more."""
        held, self._held, self._shown = self._held, b"", b""
        most = max(map(len, self._secrets), default=0)
        return _hidden(held) if len(_STEP.sub(b"", held)) * 2 >= most else held

    # --- inside -------------------------------------------------------------------------

    def _compile(self) -> None:
        """One expression a secret, which begins with a byte as it is: that is found fastest."""
        self._matchers = [
            re.compile(_BETWEEN.join(re.escape(low[at : at + 1]) for at in range(len(low))))
            for low in dict.fromkeys(one.lower() for one in sorted(self._secrets, key=len, reverse=True))
        ]

    def _beginning(self, lowered: bytes) -> int:
        """Where a secret may have begun that the next piece goes on with; the end if nowhere."""
        return min((_tail(lowered, secret.lower()) for secret in self._secrets), default=len(lowered))


def _tail(text: bytes, secret: bytes) -> int:
    """The first place from which on all of `text` is a beginning of `secret`, with sequences between."""
    at = text.find(secret[:1], max(len(text) - min(len(secret) * _REACH, _FARTHEST), 0))
    while at >= 0:
        if _is_beginning(text, at, secret):
            return at
        at = text.find(secret[:1], at + 1)
    return len(text)


def _is_beginning(text: bytes, at: int, secret: bytes) -> bool:
    matched = 0
    while at < len(text):
        if matched < len(secret) and text[at] == secret[matched]:
            matched, at = matched + 1, at + 1
        elif step := _STEP.match(text, at):
            at = step.end()
        else:
            return _UNFINISHED.match(text, at) is not None
    return matched < len(secret)


def _hidden(data: bytes) -> bytes:
    return _PIECE.sub(lambda piece: piece[1] or b"*", data)
