"""From a macro's TOML text to its steps, or to a list of what is wrong: where, what, and what was meant."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from bbsterm import limits
from bbsterm.errors import ConfigError
from bbsterm.macros import values
from bbsterm.macros.lines import Path as Place
from bbsterm.macros.lines import find_lines
from bbsterm.macros.patterns import OnScreen, Pattern, PatternError, Region, literal, regular
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
from bbsterm.macros.templates import TemplateError
from bbsterm.macros.values import WrongValue

__all__ = ["Problem", "check_macro", "read_macro"]

_ANYWHERE: Final = frozenset({"label"})
_WAITING: Final = frozenset({"timeout", "on_timeout", "quiet"})

KINDS: Final[Mapping[str, frozenset[str]]] = {
    "expect": _WAITING | {"send"},
    "choose": _WAITING,
    "if": frozenset({"then", "else"}),
    "repeat": frozenset({"steps", "until"}),
    "capture": frozenset(),
    "run": frozenset(),
    "notify": frozenset(),
    "hangup": frozenset(),
    "goto": frozenset(),
    "pause": frozenset(),
    "send": frozenset(),
}
"""The key that says what a step does -> what else it may have. `send` is last: a step may expect and send."""

_TARGET: Final = frozenset({"text", "regex", "screen", "row", "column", "region", "case"})
_BRANCH: Final = frozenset({"expect", "send", "steps", "goto"})
_CAPTURE: Final = frozenset({"row", "column", "region", "into"})
_TOP: Final = frozenset({"title", "timeout", "step", "description"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a macro.

    Attributes:
        line: Where, from 1; None where it is the whole file.
        reason: What, and what was probably meant.
    """

    line: int | None
    reason: str


def read_macro(text: str, path: Path) -> Macro:
    """Read a macro.

    Raises:
        ConfigError: Something is wrong with it; `check_macro` tells everything.
    """
    macro, problems = check_macro(text, path)
    if macro is None:
        first, more = problems[0], len(problems) - 1
        hint = f"There {'is' if more == 1 else 'are'} {more} more like this." if more else ""
        raise ConfigError(path, first.line, first.reason, hint=hint)
    return macro


def check_macro(text: str, path: Path) -> tuple[Macro | None, list[Problem]]:
    """The macro, if nothing is wrong with it; and everything that is, in the file's order."""
    if len(text) > limits.MAX_MACRO_FILE:
        return None, [Problem(None, f"a macro is a small file, up to {limits.MAX_MACRO_FILE // 1024} KiB")]
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return None, [_not_toml(error, text)]
    reader = _Reader(find_lines(text))
    macro = reader.macro(data, path)
    problems = sorted(reader.problems, key=lambda problem: problem.line or 0)
    return (None if problems else macro), problems


def _not_toml(error: Exception, text: str) -> Problem:
    said = str(error)
    head, found, where = said.rpartition(" (at line ")
    if found and (number := where.partition(",")[0]).isdigit():
        return Problem(int(number), f"not TOML: {_small(head)}")
    return Problem(text.count("\n") + 1, f"not TOML: {_small(said.partition(' (at ')[0])}")


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


class _Reader:
    """Reads values, and collects what is wrong with them."""

    def __init__(self, lines: dict[Place, int]) -> None:
        self.problems: list[Problem] = []
        self._lines = lines
        self._timeout = DEFAULT_TIMEOUT
        self._count = 0

    # --- the whole ----------------------------------------------------------------------

    def macro(self, data: Mapping[str, Any], path: Path) -> Macro:
        self._known(data, _TOP, ())
        title = self._field(data, "title", (), values.text, path.stem)
        self._field(data, "description", (), values.text, "")
        self._timeout = self._field(data, "timeout", (), values.seconds, DEFAULT_TIMEOUT)
        steps = self._steps(data.get("step", []), ("step",), 1)
        if not steps and not self.problems:
            self.problems.append(Problem(None, "a macro needs at least one [[step]]"))
        return Macro(path.stem, title, steps, str(path))

    def _steps(self, raw: Any, place: Place, depth: int) -> tuple[Step, ...]:
        if not isinstance(raw, list):
            self._complain(place, f"{place[-1]} is a list of steps, such as [[{_dotted(place)}]]")
            return ()
        if depth > limits.MAX_MACRO_DEPTH:
            self._complain(place, f"steps may stand {limits.MAX_MACRO_DEPTH} deep inside each other")
            return ()
        read = (self._step(table, (*place, index), depth) for index, table in enumerate(raw))
        return tuple(step for step in read if step is not None)

    def _step(self, table: Any, place: Place, depth: int) -> Step | None:
        if not isinstance(table, dict):
            self._complain(place, 'a step is a table, such as { expect = "login:" }')
            return None
        self._count += 1
        if self._count == limits.MAX_MACRO_STEPS + 1:
            self._complain(place, f"a macro has at most {limits.MAX_MACRO_STEPS} steps")
        kind = next((kind for kind in KINDS if kind in table), None)
        allowed = _ANYWHERE | (KINDS[kind] | {kind} if kind else frozenset(KINDS))
        if not self._known(table, allowed, place) or kind is None:
            if kind is None and not set(table) - set(_ANYWHERE) - set().union(*KINDS.values()):
                self._complain(place, f"this step does nothing; a step has one of {', '.join(KINDS)}")
            return None
        label = self._field(table, "label", place, values.label, "")
        return _MAKERS[kind](self, table, place, self._line(place), label, depth)

    # --- kinds --------------------------------------------------------------------------

    def expect(self, table: dict[str, Any], place: Place, line: int, label: str, depth: int) -> Step | None:
        what = self._target(table["expect"], (*place, "expect"))
        send = self._field(table, "send", place, values.template, ())
        timeout, late, quiet = self._waiting(table, place)
        return Expect(line, label, what, timeout, late, send, quiet) if what else None

    def send(self, table: dict[str, Any], place: Place, line: int, label: str, depth: int) -> Step:
        return Send(line, label, self._field(table, "send", place, values.template, ()))

    def pause(self, table: dict[str, Any], place: Place, line: int, label: str, depth: int) -> Step:
        return Pause(line, label, self._field(table, "pause", place, values.seconds, 0.0))

    def choose(self, table: dict[str, Any], place: Place, line: int, label: str, depth: int) -> Step | None:
        raw = table["choose"]
        if not isinstance(raw, list) or not raw:
            self._complain(
                (*place, "choose"), 'choose is a list, such as [{ expect = "login:", send = "me" }]'
            )
            return None
        branches = [self._branch(one, (*place, "choose", at), depth) for at, one in enumerate(raw)]
        timeout, late, quiet = self._waiting(table, place)
        return Choose(line, label, tuple(branch for branch in branches if branch), timeout, late, quiet)

    def _branch(self, table: Any, place: Place, depth: int) -> Branch | None:
        if not isinstance(table, dict) or "expect" not in table:
            self._complain(place, 'each choice has an expect, such as { expect = "login:", send = "me" }')
            return None
        if not self._known(table, _BRANCH, place):
            return None
        what = self._target(table["expect"], (*place, "expect"))
        send = self._field(table, "send", place, values.template, ())
        steps = self._steps(table.get("steps", []), (*place, "steps"), depth + 1)
        goto = self._field(table, "goto", place, values.label, "")
        return Branch(self._line(place), what, send, steps, goto) if what else None

    def if_(self, table: dict[str, Any], place: Place, line: int, label: str, depth: int) -> Step | None:
        what = self._target(table["if"], (*place, "if"))
        then = self._steps(table.get("then", []), (*place, "then"), depth + 1)
        otherwise = self._steps(table.get("else", []), (*place, "else"), depth + 1)
        if not then and not otherwise:
            self._complain(place, "if needs steps in `then` or in `else`")
        return If(line, label, what, then, otherwise) if what else None

    def repeat(self, table: dict[str, Any], place: Place, line: int, label: str, depth: int) -> Step:
        times = self._field(table, "repeat", place, values.times, 1)
        until = self._target(table["until"], (*place, "until")) if "until" in table else None
        if "steps" not in table:
            self._complain(place, "repeat needs `steps`")
        steps = self._steps(table.get("steps", []), (*place, "steps"), depth + 1)
        return Repeat(line, label, times, until, steps)

    def capture(self, table: dict[str, Any], place: Place, line: int, label: str, depth: int) -> Step | None:
        raw, at = table["capture"], (*place, "capture")
        if not isinstance(raw, dict) or "into" not in raw:
            self._complain(at, 'capture is a table, such as { row = 1, into = "node" }')
            return None
        self._known(raw, _CAPTURE, at)
        into = self._field(raw, "into", at, values.variable_name, "")
        return Capture(line, label, self._region(raw, at), into)

    def run(self, table: dict[str, Any], place: Place, line: int, label: str, depth: int) -> Step:
        return Run(line, label, self._field(table, "run", place, values.text, ""))

    def notify(self, table: dict[str, Any], place: Place, line: int, label: str, depth: int) -> Step:
        return Notify(line, label, self._field(table, "notify", place, values.public, ()))

    def hang_up(self, table: dict[str, Any], place: Place, line: int, label: str, depth: int) -> Step:
        if table["hangup"] is not True:
            self._complain((*place, "hangup"), "hangup is true, or is not there")
        return HangUp(line, label)

    def goto(self, table: dict[str, Any], place: Place, line: int, label: str, depth: int) -> Step:
        return Goto(line, label, self._field(table, "goto", place, values.label, ""))

    # --- values -------------------------------------------------------------------------

    def _target(self, raw: Any, place: Place) -> Target | None:
        try:
            if isinstance(raw, str):
                return literal(raw)
            if not isinstance(raw, dict):
                raise WrongValue('what to wait for is a text or a table, such as { regex = "name|alias" }')
            return self._target_table(raw, place)
        except (PatternError, WrongValue) as error:
            self._complain(place, str(error))
            return None

    def _target_table(self, raw: dict[str, Any], place: Place) -> Target | None:
        if not self._known(raw, _TARGET, place):
            return None
        how = [key for key in ("text", "regex", "screen") if key in raw]
        if len(how) > 1 and set(how) != {"regex", "screen"}:
            raise WrongValue("there is one of text, regex and screen (or regex with screen = true)")
        if not how:
            raise WrongValue("text, regex or screen is missing")
        placed = "screen" in raw or bool(raw.keys() & {"row", "column", "region"})
        pattern = self._pattern(raw, how)
        return OnScreen(pattern, self._region(raw, place)) if placed else pattern

    def _pattern(self, raw: dict[str, Any], how: Sequence[str]) -> Pattern:
        key = "regex" if "regex" in how else how[0]
        if key == "regex" and raw.get("screen", True) is not True:
            raise WrongValue("with regex, screen is true or is not there")
        text, case = raw[key], raw.get("case", False)
        if not isinstance(text, str) or not isinstance(case, bool):
            raise WrongValue(f"{key} is a text, and case is true or false")
        return (regular if key == "regex" else literal)(text, case=case)

    def _region(self, raw: dict[str, Any], place: Place) -> Region:
        """A part of the screen; files count rows and columns from 1, and both ends are in it."""
        if "region" in raw:
            top, left, bottom, right = self._field(raw, "region", place, values.four, (1, 1, 1, 1))
            return Region(top - 1, left - 1, bottom, right)
        row = self._field(raw, "row", place, values.ordinal, None)
        column = self._field(raw, "column", place, values.ordinal, None)
        top, bottom = (0, None) if row is None else (row - 1, row)
        return Region(top, 0 if column is None else column - 1, bottom)

    def _waiting(self, table: dict[str, Any], place: Place) -> tuple[float, Late, float]:
        return (
            self._field(table, "timeout", place, values.seconds, self._timeout),
            self._field(table, "on_timeout", place, values.late, FAIL),
            self._field(table, "quiet", place, values.seconds, 0.0),
        )

    def _field(
        self, table: Mapping[str, Any], key: str, place: Place, read: Callable[[Any], Any], none: Any
    ) -> Any:
        """The value of a key; `none` where it is missing or wrong."""
        if key not in table:
            return none
        try:
            return read(table[key])
        except (WrongValue, TemplateError) as error:
            self._complain((*place, key), f"{key}: {error}")
            return none

    def _known(self, table: Mapping[str, Any], allowed: Iterable[str], place: Place) -> bool:
        allowed = sorted(allowed)
        unknown = [key for key in table if key not in allowed]
        for key in unknown:
            near = get_close_matches(key, allowed, n=1)
            meant = f"did you mean {near[0]!r}?" if near else f"here can be {', '.join(allowed)}"
            self._complain((*place, key), f"{key!r} means nothing here; {meant}")
        return not unknown

    def _line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it that has one."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    def _complain(self, place: Place, reason: str) -> None:
        self.problems.append(Problem(self._line(place), reason))


_MAKERS: Final[Mapping[str, Callable[..., Step | None]]] = {
    "expect": _Reader.expect,
    "choose": _Reader.choose,
    "if": _Reader.if_,
    "repeat": _Reader.repeat,
    "capture": _Reader.capture,
    "run": _Reader.run,
    "notify": _Reader.notify,
    "hangup": _Reader.hang_up,
    "goto": _Reader.goto,
    "pause": _Reader.pause,
    "send": _Reader.send,
}


def _dotted(place: Place) -> str:
    return ".".join(str(part) for part in place if isinstance(part, str))
