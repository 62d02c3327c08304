"""What the keys of a macro's steps may have as values: each function reads one, or raises `WrongValue`."""

from __future__ import annotations

from typing import Any

from bbsterm import limits
from bbsterm.macros.steps import FAIL, SKIP, Late
from bbsterm.macros.templates import SECRET, Template, TemplateError, Variable, parse_template

__all__ = [
    "WrongValue",
    "four",
    "label",
    "late",
    "ordinal",
    "public",
    "seconds",
    "template",
    "text",
    "times",
    "variable_name",
]


class WrongValue(Exception):
    """A value that cannot be meant; caught where its place is known."""


def text(raw: Any) -> str:
    """A text that is not blank, without blanks around it."""
    if not isinstance(raw, str) or not raw.strip():
        raise WrongValue("this is a text")
    return raw.strip()


def label(raw: Any) -> str:
    """What `goto` calls a step."""
    if not isinstance(raw, str) or not raw.strip():
        raise WrongValue("a label is a text")
    return raw.strip()


def template(raw: Any) -> Template:
    """What a step sends."""
    if not isinstance(raw, str) or not raw:
        raise WrongValue('what to send is a text, such as "{user}<enter>"')
    return parse_template(raw)


def public(raw: Any) -> Template:
    """What a step tells the user: no secret."""
    parts = template(raw)
    if Variable(SECRET) in parts:
        raise WrongValue("a secret is never shown")
    return parts


def seconds(raw: Any) -> float:
    """A time to wait."""
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 < raw <= limits.MAX_MACRO_SECONDS:
        raise WrongValue(f"a number of seconds, more than 0 and at most {limits.MAX_MACRO_SECONDS:g}")
    return float(raw)


def times(raw: Any) -> int:
    """How often a `repeat` goes round, at most."""
    if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= limits.MAX_MACRO_REPEATS:
        raise WrongValue(f"a number from 1 to {limits.MAX_MACRO_REPEATS}")
    return raw


def ordinal(raw: Any) -> int:
    """A row or a column, from 1."""
    if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= limits.MAX_COLUMNS:
        raise WrongValue(f"rows and columns count from 1, up to {limits.MAX_COLUMNS}")
    return raw


def four(raw: Any) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of a region, from 1, both ends in it."""
    if not isinstance(raw, list) or len(raw) != 4:
        raise WrongValue("four numbers: top, left, bottom, right")
    top, left, bottom, right = map(ordinal, raw)
    if bottom < top or right < left:
        raise WrongValue("top, left, bottom, right: the end is before the beginning")
    return top, left, bottom, right


def variable_name(raw: Any) -> str:
    """The variable that a capture goes into."""
    try:
        parts = parse_template(f"{{{raw}}}")
    except TemplateError as error:
        raise WrongValue(str(error)) from None
    if parts == (Variable(SECRET),) or not isinstance(parts[0], Variable):
        raise WrongValue("this name is taken")
    return parts[0].name


def late(raw: Any) -> Late:
    """What happens when the time is over."""
    if raw == "fail":
        return FAIL
    if raw == "skip":
        return SKIP
    verb, _, label = raw.partition(" ") if isinstance(raw, str) else ("", "", "")
    if verb not in ("goto", "goto:") or not label.strip():
        raise WrongValue('one of "fail", "skip" and "goto LABEL"')
    return Late("goto", label.strip())
