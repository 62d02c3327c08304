"""Logging in to a board that has no macro: prompts that the common boards ask with.

A prompt counts only at the end of what has come, and each is answered once.
"""

from __future__ import annotations

import re
from typing import Final

from bbsterm.macros.patterns import Pattern
from bbsterm.macros.steps import SKIP, Branch, Choose, Expect, Macro
from bbsterm.macros.templates import SECRET, Key, Template, Variable

__all__ = [
    "LOGIN_SECONDS",
    "QUIET_SECONDS",
    "SECRET_PROMPTS",
    "USER_PROMPTS",
    "is_secret_prompt",
    "login_macro",
]

LOGIN_SECONDS: Final = 60.0
"""So long the prompts are waited for, and no longer: what looks like one later is something else."""

QUIET_SECONDS: Final = 0.3
"""So long the board must have been silent: "Forgot your password?" may only be the half of what it says."""

_WINDOW: Final = 400  # characters: what is asked is asked at the end

_END: Final = r"[\w .,'\"/()-]{0,24}[:>?\]] {0,40}\n?\Z"
"""What may stand between a prompt's words and the cursor."""

USER_PROMPTS: Final = (
    r"\b(?:login|logon|log in)\b" + _END,  # Synchronet, and every Unix
    r"\buser ?(?:name|id|-id)\b" + _END,  # Mystic, Enigma, many Commodores
    r"\b(?:your|user|full|real|first) {1,4}(?:and last )?(?:name|handle|alias)\b" + _END,  # Wildcat, Renegade
    r"\b(?:handle|alias|nick|nickname)\b" + _END,
    r"\bname or (?:number|alias|handle)\b" + _END,  # Synchronet, WWIV
    r"\btype [\"']?new[\"']?" + _END,  # MajorBBS: otherwise type "new":
    r"^nn ?: ?\n?\Z",  # Synchronet and WWIV, on narrow screens
)
"""What asks for the user's name."""

SECRET_PROMPTS: Final = (
    r"\b(?:password|passwort|passcode|pass ?phrase|mot de passe|contrase.a)\b" + _END,
    r"^(?:pw|pass) ?[:>?] ?\n?\Z",  # WWIV, and some Commodores
)
"""What asks for the password."""


def _any(name: str, prompts: tuple[str, ...]) -> Pattern:
    """One pattern of several."""
    matcher = re.compile("|".join(f"(?:{prompt})" for prompt in prompts), re.IGNORECASE | re.MULTILINE)
    return Pattern(name, matcher, _WINDOW, regular=True)


_USER: Final = _any("name", USER_PROMPTS)
_SECRET: Final = _any("password", SECRET_PROMPTS)


def login_macro(*, user: bool = True, secret: bool = True) -> Macro:
    """A macro that types the entry's user and secret where a board asks for them.

    Args:
        user: Whether the entry names a user.
        secret: Whether it names a secret.

    Raises:
        ValueError: It names neither.
    """
    password = Expect(0, "", _SECRET, LOGIN_SECONDS, SKIP, _line(SECRET), QUIET_SECONDS)
    branches = []
    if user:
        branches.append(Branch(0, _USER, _line("user"), (password,) if secret else (), ""))
    if secret:  # also at once: a board may know who calls, or ask for a password of its own
        branches.append(Branch(0, _SECRET, _line(SECRET), (), ""))
    if not branches:
        raise ValueError("there is nothing to log in with")
    step = Choose(0, "", tuple(branches), LOGIN_SECONDS, SKIP, QUIET_SECONDS)
    return Macro("login", "Log in", (step,))


def is_secret_prompt(text: str) -> bool:
    """Whether what has come before the cursor ends with the question for a password."""
    return _SECRET.find(text) is not None


def _line(variable: str) -> Template:
    return Variable(variable), Key("enter")
