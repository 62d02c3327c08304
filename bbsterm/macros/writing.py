"""From steps to the TOML text that reads as the same steps: for what was learnt, and for the editor."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from bbsterm.macros.patterns import OnScreen, Pattern, Region
from bbsterm.macros.steps import (
    DEFAULT_TIMEOUT,
    FAIL,
    Branch,
    Capture,
    Choose,
    Expect,
    Goto,
    HangUp,
    If,
    Late,
    Macro,
    Notify,
    Pause,
    Repeat,
    Run,
    Send,
    Step,
    Target,
)
from bbsterm.macros.templates import Template, as_written

__all__ = ["macro_text", "step_table"]

Table: TypeAlias = "dict[str, Any]"

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def macro_text(macro: Macro) -> str:
    """A macro's file. What `read_macro` makes of it has the same steps, but for their lines."""
    lines = [f"title = {_string(macro.title)}"]
    for step in macro.steps:
        lines += ["", "[[step]]", *_assignments(step_table(step))]
    return "\n".join(lines) + "\n"


def step_table(step: Step) -> Table:
    """One step as a table: keys and plain values, in the order in which they are best read."""
    label = {"label": step.label} if step.label else {}
    match step:
        case Expect(what=what, timeout=timeout, late=late, send=send, quiet=quiet):
            return {**label, "expect": _target(what), **_send(send), **_waiting(timeout, late, quiet)}
        case Send(parts=parts):
            return {**label, "send": as_written(parts)}
        case Pause(seconds=seconds):
            return {**label, "pause": _number(seconds)}
        case Choose(branches=branches, timeout=timeout, late=late, quiet=quiet):
            return {**label, "choose": [_branch(one) for one in branches], **_waiting(timeout, late, quiet)}
        case If(what=what, then=then, otherwise=otherwise):
            return {**label, "if": _target(what), **_steps("then", then), **_steps("else", otherwise)}
        case Repeat(times=times, until=until, steps=steps):
            ends = {} if until is None else {"until": _target(until)}
            return {**label, "repeat": times, **ends, "steps": [step_table(one) for one in steps]}
        case Capture(region=region, into=into):
            return {**label, "capture": {**_region(region), "into": into}}
        case Run(name=name):
            return {**label, "run": name}
        case Notify(parts=parts):
            return {**label, "notify": as_written(parts)}
        case HangUp():
            return {**label, "hangup": True}
        case Goto(target=target):
            return {**label, "goto": target}
    raise TypeError(f"no file has {step!r}")


def _branch(branch: Branch) -> Table:
    goto = {"goto": branch.goto} if branch.goto else {}
    return {"expect": _target(branch.what), **_send(branch.send), **_steps("steps", branch.steps), **goto}


def _send(parts: Template) -> Table:
    return {"send": as_written(parts)} if parts else {}


def _steps(key: str, steps: tuple[Step, ...]) -> Table:
    return {key: [step_table(step) for step in steps]} if steps else {}


def _waiting(timeout: float, late: Late, quiet: float) -> Table:
    table: Table = {} if timeout == DEFAULT_TIMEOUT else {"timeout": _number(timeout)}
    if late != FAIL:
        table["on_timeout"] = f"goto {late.label}" if late.kind == "goto" else late.kind
    if quiet:
        table["quiet"] = _number(quiet)
    return table


def _target(what: Target) -> Any:
    if isinstance(what, OnScreen):
        pattern, how = _pattern(what.pattern), "screen"
        if "regex" in pattern:
            return {**pattern, **_region(what.region), "screen": True}
        return {how: pattern.pop("text"), **pattern, **_region(what.region)}
    table = _pattern(what)
    return table["text"] if table.keys() == {"text"} else table


def _pattern(pattern: Pattern) -> Table:
    case = {} if pattern.matcher.flags & re.IGNORECASE else {"case": True}
    if pattern.regular:
        return {"regex": pattern.matcher.pattern, **case}
    return {"text": pattern.shown, **case}


def _region(region: Region) -> Table:
    """Files count from 1, and both ends are inside."""
    if region == Region():
        return {}
    if region.right is not None and region.bottom is not None:
        return {"region": [region.top + 1, region.left + 1, region.bottom, region.right]}
    table = {} if region.bottom is None else {"row": region.top + 1}
    return {**table, **({"column": region.left + 1} if region.left else {})}


# --- TOML -----------------------------------------------------------------------------


def _assignments(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if key == "choose" or (isinstance(value, list) and value and isinstance(value[0], dict)):
            yield f"{key} = ["
            yield from (f"  {_value(item)}," for item in value)
            yield "]"
        else:
            yield f"{key} = {_value(value)}"


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _string(value)
        case list():
            return f"[{_joined(map(_value, value))}]"
        case dict():
            return f"{{ {_joined(f'{_key(key)} = {_value(item)}' for key, item in value.items())} }}"
        case _:
            return str(value)


def _joined(items: Iterable[str]) -> str:
    return ", ".join(items)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _string(key)


def _string(text: str) -> str:
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"  # an expression reads better so
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _number(seconds: float) -> int | float:
    return int(seconds) if seconds == int(seconds) else seconds
