"""Steps of a macro's text, changed one at a time: comments and everything else stay as they were. Pure."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bbsterm.macros import Macro, check_macro
from bbsterm.macros.steps import (
    DEFAULT_TIMEOUT,
    Capture,
    Choose,
    Expect,
    Goto,
    HangUp,
    If,
    Notify,
    Pause,
    Repeat,
    Run,
    Send,
    Step,
)
from bbsterm.macros.writing import step_table

__all__ = [
    "KINDS",
    "StepFields",
    "add_step",
    "change_step",
    "fields_of",
    "line_of",
    "move_step",
    "remove_step",
    "steps_of",
]

KINDS: Final = ("expect", "send", "pause", "notify", "run", "hangup")
"""Steps that a form of a few lines can hold; the others are edited as text."""

_CHECKED: Final = Path("macro.toml")


@dataclass(frozen=True, slots=True)
class StepFields:
    """A step as a form shows it.

    Attributes:
        kind: One of `KINDS`.
        what: What is waited for, sent, told, run; the seconds of a pause; of hangup nothing.
        how: What `what` is, where it is waited for: "text", "regex" or "screen".
        send: What is sent once it has come.
        timeout: Seconds; empty for the macro's own.
        late: What happens then: "fail", "skip", "goto LABEL"; empty for "fail".
    """

    kind: str
    what: str = ""
    how: str = "text"
    send: str = ""
    timeout: str = ""
    late: str = ""


def steps_of(text: str) -> tuple[Step, ...]:
    """The steps of a text without mistakes; none of any other."""
    macro, _problems = check_macro(text, _CHECKED)
    return macro.steps if isinstance(macro, Macro) else ()


def line_of(step: Step) -> str:
    """A step as a line of a list."""
    table = step_table(step)
    match step:
        case Expect():
            wanted = table["expect"]
            shown = repr(wanted) if isinstance(wanted, str) else _plain(wanted)
            send = f"  send {table['send']}" if "send" in table else ""
            seconds = "" if step.timeout == DEFAULT_TIMEOUT else f"  {step.timeout:g} s"
            late = "" if step.late.kind == "fail" else f"  else {step.late.kind} {step.late.label}".rstrip()
            return f"expect {shown}{send}{seconds}{late}"
        case Send() | Notify() | Run() | Goto() | Pause():
            key = next(key for key in table if key != "label")
            return f"{key} {table[key]}"
        case HangUp():
            return "hang up"
        case Choose():
            return "choose " + " or ".join(repr(one.what.shown) for one in step.branches)
        case If():
            return f"if {step.what.shown!r}"
        case Repeat():
            return f"repeat {step.times} times, {len(step.steps)} steps"
        case Capture():
            return f"capture into {step.into}"
    return "?"


def fields_of(step: Step) -> StepFields | None:
    """A step for the form; None if it is one for the text only."""
    table = step_table(step)
    match step:
        case Expect():
            wanted = table["expect"]
            found = ("text", wanted) if isinstance(wanted, str) else _one_of(wanted)
            if found is None:
                return None
            timeout = "" if step.timeout == DEFAULT_TIMEOUT else f"{step.timeout:g}"
            return StepFields(
                "expect", found[1], found[0], table.get("send", ""), timeout, table.get("on_timeout", "")
            )
        case Send() | Notify() | Run():
            kind = type(step).__name__.lower()
            return StepFields(kind, table[kind])
        case Pause():
            return StepFields("pause", f"{step.seconds:g}")
        case HangUp():
            return StepFields("hangup")
    return None


def change_step(text: str, index: int, fields: StepFields) -> str:
    """The text with another step in that place; what it has beside the form's fields, such as a label, stays.

    Raises:
        ValueError: It cannot be meant, with the reason; or the file is written in a way we do not change.
    """

    def change(steps: Any) -> None:
        table = steps[index]
        kept = ("label", "quiet") if fields.kind == "expect" else ("label",)
        wanted = _table(fields)
        for key in [key for key in table if key not in wanted and key not in kept]:
            del table[key]
        for key, value in wanted.items():
            table[key] = value

    return _edited(text, change)


def add_step(text: str, index: int, fields: StepFields) -> str:
    """The text with a new step before the one in that place.

    Raises:
        ValueError: See `change_step`.
    """
    import tomlkit

    def add(steps: Any) -> None:
        table: Any = tomlkit.table() if isinstance(steps, tomlkit.items.AoT) else tomlkit.inline_table()
        for key, value in _table(fields).items():
            table[key] = value
        steps.insert(index, table)

    if not text.strip() or not tomllib.loads(text).get("step"):
        lines = [text.rstrip("\n"), "", "[[step]]"] if text.strip() else ["[[step]]"]
        lines += [f"{key} = {tomlkit.item(value).as_string()}" for key, value in _table(fields).items()]
        return _checked("\n".join(lines).lstrip("\n") + "\n")
    return _edited(text, add)


def remove_step(text: str, index: int) -> str:
    """The text without that step.

    Raises:
        ValueError: It is the last one, or something else needs it.
    """

    def remove(steps: Any) -> None:
        if len(steps) == 1:
            raise ValueError("a macro needs at least one step")
        del steps[index]

    return _edited(text, remove)


def move_step(text: str, index: int, by: int) -> str:
    """The text with a step and its neighbour changed round.

    Raises:
        ValueError: There is no such neighbour.
    """

    def move(steps: Any) -> None:
        target = index + by
        if not 0 <= target < len(steps):
            raise ValueError("there is no step beyond")
        mine, other = dict(steps[index]), dict(steps[target])
        for at, table in ((index, other), (target, mine)):
            for key in list(steps[at]):
                del steps[at][key]
            for key, value in table.items():
                steps[at][key] = value

    return _edited(text, move)


def _edited(text: str, change: Callable[[Any], None]) -> str:
    import tomlkit  # here, not above: reading needs none of it
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        steps = document.get("step")
        if not isinstance(steps, list):
            raise ValueError("there are no steps")
        change(steps)
        return _checked(tomlkit.dumps(document))
    except (TOMLKitError, IndexError) as error:
        raise ValueError(f"this file is better edited as text: {error}") from error


def _checked(text: str) -> str:
    _macro, problems = check_macro(text, _CHECKED)
    if problems:
        raise ValueError(problems[0].reason)
    return text


def _table(fields: StepFields) -> dict[str, Any]:
    """The step as the file has it.

    Raises:
        ValueError: A number is none.
    """
    what = fields.what
    match fields.kind:
        case "expect":
            table: dict[str, Any] = {"expect": what if fields.how == "text" else {fields.how: what}}
            if fields.send:
                table["send"] = fields.send
            if fields.timeout.strip():
                table["timeout"] = _seconds(fields.timeout)
            if fields.late.strip() not in ("", "fail"):
                table["on_timeout"] = fields.late.strip()
            return table
        case "pause":
            return {"pause": _seconds(what)}
        case "hangup":
            return {"hangup": True}
        case kind:
            return {kind: what}


def _seconds(text: str) -> int | float:
    try:
        seconds = float(text.strip().removesuffix("s"))
    except ValueError:
        raise ValueError(f"{text!r} is no number of seconds") from None
    if not math.isfinite(seconds):  # "inf" and "nan" are floats to Python
        raise ValueError(f"{text!r} is no number of seconds")
    return int(seconds) if seconds == int(seconds) else seconds


def _one_of(table: dict[str, Any]) -> tuple[str, str] | None:
    """What is waited for, if it is one text or expression and nothing more."""
    ((how, what), *more) = table.items()
    return (how, what) if not more and how in ("text", "regex", "screen") and isinstance(what, str) else None


def _plain(table: dict[str, Any]) -> str:
    return ", ".join(f"{key} {value!r}" for key, value in table.items())
