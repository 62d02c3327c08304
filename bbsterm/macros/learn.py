"""Learning a macro by watching: which prompt was seen, and what was typed then.

What the board did not show, or typed stars for, and what was typed where it asked for a password, is never
remembered: the step says `{secret}`.
"""

from __future__ import annotations

import re
from typing import Final

from bbsterm import limits
from bbsterm.macros.login import is_secret_prompt
from bbsterm.macros.patterns import PatternError, literal
from bbsterm.macros.steps import DEFAULT_TIMEOUT, FAIL, Expect, Macro, Send, Step
from bbsterm.macros.templates import KEYS, SECRET, Key, Part, Raw, Template, Variable, Words
from bbsterm.secret import Secret

__all__ = ["Learner"]

_PROMPT: Final = 40  # characters of a prompt that are enough to know it again
_BEFORE: Final = 512  # characters that are kept to find the prompt in
_ENTER: Final = Key("enter")
_STARS: Final = 2  # characters that a board may show for one that it hides
_KNOWN_KEYS: Final = frozenset(KEYS.values())
_CONTROL: Final = re.compile(r"ctrl\+[a-z]")


class Learner:
    """Watches a login. Give it what the board says and what is typed; `macro` is what it has learnt.

    Args:
        user: The entry's user name: where it is typed, the step says `{user}`. Empty if there is none.

    Attributes:
        secret: What was typed as a secret, for whoever offers to keep it; empty if nothing was.
    """

    def __init__(self, *, user: str = "") -> None:
        self.secret = Secret("")
        self._user = user
        self._steps: list[Step] = []
        self._before = ""  # what the board said before anything was typed
        self._typed: list[Part] = []
        self._struck = ""  # every character typed, those that were taken back too: what an echo looks like
        self._shown = False  # whether we echo ourselves
        self._after = ""  # what the board said since

    @property
    def steps(self) -> int:
        """How many steps there are so far."""
        return len(self._steps)

    def hear(self, text: str) -> None:
        """The board said this (see `PlainText`)."""
        if self._typed:
            self._after = (self._after + text)[-limits.MAX_MACRO_TEXT :]
        else:
            self._before = (self._before + text)[-_BEFORE:]

    def key(self, key: str, character: str | None, *, shown: bool = False) -> None:
        """A key was pressed.

        Args:
            key: Textual's name for it.
            character: What it types, if anything.
            shown: Whether we show it ourselves; else only the board can.
        """
        if self._typed and (self._typed[-1] == _ENTER or (self._is_one_key and self._spoke_on)):
            self._settle()
        self._shown = shown
        if key == "backspace" and self._typed and isinstance(self._typed[-1], Words):
            self._take_back()
        elif character and len(character) == 1 and character.isprintable():
            self._add(character)
        elif key in ("enter", "ctrl+m"):
            self._typed.append(_ENTER)
        elif key in _KNOWN_KEYS or _CONTROL.fullmatch(key):
            self._typed.append(Key(key))

    def paste(self, text: str, *, shown: bool = False) -> None:
        """Text was pasted."""
        for char in text.replace("\r\n", "\n"):
            enter = char in "\r\n"
            self.key("enter" if enter else char, None if enter else char, shown=shown)

    def macro(self, name: str, title: str) -> Macro:
        """What was learnt, as a macro of this name. It may have no steps."""
        if self._typed:
            self._settle()
        return Macro(name, title, tuple(self._steps))

    # --- what was typed -----------------------------------------------------------------

    def _add(self, character: str) -> None:
        self._struck += character
        if self._typed and isinstance(last := self._typed[-1], Words):
            self._typed[-1] = Words(last.text + character)
        else:
            self._typed.append(Words(character))

    def _take_back(self) -> None:
        last = self._typed.pop()
        if isinstance(last, Words) and len(last.text) > 1:
            self._typed.append(Words(last.text[:-1]))

    @property
    def _words(self) -> str:
        return "".join(part.text for part in self._typed if isinstance(part, Words))

    @property
    def _is_one_key(self) -> bool:
        return len(self._typed) == 1 and len(self._words) <= 1

    @property
    def _spoke_on(self) -> bool:
        """Whether the board has said more than an echo, or a star of whatever kind."""
        return sum(map(str.isalnum, self._rest())) > _STARS

    # --- steps --------------------------------------------------------------------------

    def _settle(self) -> None:
        """Make a step of what was typed."""
        if len(self._steps) < limits.MAX_MACRO_STEPS:
            self._steps.append(_step(_prompt(self._before), self._send()))
        self._before, self._after, self._typed, self._struck = self._rest(), "", [], ""

    def _send(self) -> Template:
        words = self._words
        if words and self._hidden():
            self.secret = Secret(words)
            return _replaced(self._typed, Variable(SECRET))
        if words and words.lower() == self._user.lower():
            return _replaced(self._typed, Variable("user"))
        return tuple(self._typed)

    def _hidden(self) -> bool:
        """Whether what was typed is nobody's business."""
        if is_secret_prompt(self._before):
            return True
        return len(self._words) > 1 and not self._shown and _bare(self._struck) not in _bare(self._after)

    def _rest(self) -> str:
        """What the board said after the echo of what was typed."""
        words, after = self._words.strip(), self._after.lstrip("\n ")
        return after[len(words) :] if words and after.lower().startswith(words.lower()) else self._after


def _bare(text: str) -> str:
    """Text as an echo is compared: without case, and without blanks, which take characters back."""
    return "".join(text.lower().split())


def _step(prompt: str, send: Template) -> Step:
    try:
        return Expect(0, "", literal(prompt), DEFAULT_TIMEOUT, FAIL, send)
    except PatternError:  # the board had said nothing
        return Send(0, "", send)


def _prompt(text: str) -> str:
    """What stands before the cursor: the end of the last line that has something on it."""
    lines = [line.strip() for line in text.split("\n") if any(map(str.isalnum, line))]
    if not lines:
        return ""
    line = lines[-1]
    if len(line) <= _PROMPT:
        return line
    return line[-_PROMPT:].partition(" ")[2] or line[-_PROMPT:]


def _replaced(parts: list[Part], variable: Variable) -> Template:
    """The same with a variable in place of all words."""
    first = next(index for index, part in enumerate(parts) if isinstance(part, Words))
    return tuple(
        variable if index == first else part
        for index, part in enumerate(parts)
        if index == first or isinstance(part, Key | Raw)
    )
