"""From steps to a flat list of instructions with jumps.

What other macros do is put in its place, and labels become numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import singledispatchmethod
from pathlib import Path
from typing import Final, TypeAlias

from bbsterm import limits
from bbsterm.errors import ConfigError
from bbsterm.macros.patterns import Region
from bbsterm.macros.steps import (
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
from bbsterm.macros.templates import SECRET, Template, Variable

__all__ = [
    "Await",
    "End",
    "Grab",
    "Instruction",
    "Jump",
    "Leave",
    "Program",
    "Round",
    "Say",
    "Test",
    "Type",
    "Wait",
    "compile_macro",
]

FAILS: Final = -1
"""Where an `Await` goes on that fails when its time is over."""


@dataclass(frozen=True, slots=True)
class Await:
    """Wait for one of several targets, and go on where it says; at `late` when the time is over."""

    step: int
    targets: tuple[tuple[Target, int], ...]
    seconds: float
    late: int
    quiet: float = 0.0


@dataclass(frozen=True, slots=True)
class Type:
    """Type something."""

    step: int
    parts: Template


@dataclass(frozen=True, slots=True)
class Wait:
    """Do nothing for so many seconds."""

    step: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Test:
    """Go on if `what` stands on the screen, else at `otherwise`."""

    __test__ = False  # for pytest: this is not one of its tests

    step: int
    what: Target
    otherwise: int


@dataclass(frozen=True, slots=True)
class Jump:
    """Go on elsewhere."""

    step: int
    target: int


@dataclass(frozen=True, slots=True)
class Round:
    """Go on at `done` when this has been come to `times` times; then it counts anew."""

    step: int
    times: int
    done: int


@dataclass(frozen=True, slots=True)
class Grab:
    """Take a part of the screen into a variable."""

    step: int
    region: Region
    into: str


@dataclass(frozen=True, slots=True)
class Say:
    """Tell the user something."""

    step: int
    parts: Template


@dataclass(frozen=True, slots=True)
class Leave:
    """Hang up."""

    step: int


@dataclass(frozen=True, slots=True)
class End:
    """The macro has done its work."""

    step: int


Instruction: TypeAlias = Await | Type | Wait | Test | Jump | Round | Grab | Say | Leave | End


@dataclass(frozen=True, slots=True)
class Program:
    """A macro, ready to run.

    Attributes:
        title: What it is called.
        instructions: What to do; the last one is `End`.
        lines: For each step its file and line, as messages name it; step numbers count from 1.
        variables: What must be known before it runs, the secret too if it needs one.
    """

    title: str
    instructions: tuple[Instruction, ...]
    lines: tuple[tuple[str, int], ...]
    variables: frozenset[str]

    @property
    def steps(self) -> int:
        """How many steps there are, with those of the macros that it runs."""
        return len(self.lines)

    @property
    def needs_secret(self) -> bool:
        """Whether it types the entry's secret."""
        return SECRET in self.variables


def compile_macro(macro: Macro, find: Callable[[str], Macro] | None = None) -> Program:
    """Make a program of a macro and of those that it runs.

    Args:
        macro: The macro.
        find: Gives another macro by its name; raises KeyError, with the names there are as its arguments,
            where there is none.

    Raises:
        ConfigError: A label or a macro is missing, macros run each other in a circle, or there are too many.
    """
    compiler = _Compiler(find or _none)
    compiler.macro(macro)
    compiler.add(End(len(compiler.lines)))
    return compiler.program(macro.title)


def _none(name: str) -> Macro:
    raise KeyError


class _Compiler:
    """Writes instructions; targets that are not known yet are filled in when they are."""

    def __init__(self, find: Callable[[str], Macro]) -> None:
        self.lines: list[tuple[str, int]] = []
        self._find = find
        self._code: list[Instruction] = []
        self._running: list[Macro] = []
        self._labels: list[dict[str, int]] = []
        self._gotos: list[list[tuple[int, str, int]]] = []
        self._typed: set[str] = set()
        self._captured: set[str] = set()

    def program(self, title: str) -> Program:
        return Program(
            title, tuple(self._code), tuple(self.lines), frozenset(self._typed - (self._captured - {SECRET}))
        )

    def add(self, instruction: Instruction) -> int:
        """Write an instruction; where it stands."""
        self._code.append(instruction)
        return len(self._code) - 1

    def macro(self, macro: Macro) -> None:
        """Write a whole macro, with labels of its own."""
        self._running.append(macro)
        self._labels.append({})
        self._gotos.append([])
        self._steps(macro.steps)
        labels = self._labels.pop()
        for at, label, line in self._gotos.pop():
            if label not in labels:
                raise self._wrong(line, f"no step has the label {label!r}", label, labels)
            self._aim(at, labels[label])
        self._running.pop()

    def _steps(self, steps: tuple[Step, ...]) -> None:
        for step in steps:
            self.lines.append((self._running[-1].source, step.line))
            if len(self.lines) > limits.MAX_MACRO_STEPS:
                raise self._wrong(step.line, f"there are more than {limits.MAX_MACRO_STEPS} steps in all")
            if step.label:
                if step.label in self._labels[-1]:
                    raise self._wrong(step.line, f"the label {step.label!r} is there twice")
                self._labels[-1][step.label] = len(self._code)
            self._step(step, len(self.lines))

    # --- one kind each ------------------------------------------------------------------

    @singledispatchmethod
    def _step(self, step: Step, number: int) -> None:
        raise TypeError(f"no instructions for {step!r}")

    @_step.register
    def _(self, step: Send, number: int) -> None:
        self._type(step.parts, number)

    @_step.register
    def _(self, step: Pause, number: int) -> None:
        self.add(Wait(number, step.seconds))

    @_step.register
    def _(self, step: Notify, number: int) -> None:
        self._typed.update(part.name for part in step.parts if isinstance(part, Variable))
        self.add(Say(number, step.parts))

    @_step.register
    def _(self, step: HangUp, number: int) -> None:
        self.add(Leave(number))

    @_step.register
    def _(self, step: Capture, number: int) -> None:
        self._captured.add(step.into)
        self.add(Grab(number, step.region, step.into))

    @_step.register
    def _(self, step: Goto, number: int) -> None:
        self._goto(step.target, step.line, number)

    @_step.register
    def _(self, step: Expect, number: int) -> None:
        here = ((step.what, len(self._code) + 1),)
        at = self.add(Await(number, here, step.timeout, FAILS, step.quiet))
        self._type(step.send, number)
        self._late(at, step.late, step.line)

    @_step.register
    def _(self, step: Choose, number: int) -> None:
        at = self.add(Await(number, (), step.timeout, FAILS))
        targets, ends = [], []
        for branch in step.branches:
            targets.append((branch.what, len(self._code)))
            ends += self._branch(branch, number)
        self._code[at] = Await(number, tuple(targets), step.timeout, FAILS, step.quiet)
        self._late(at, step.late, step.line)
        for end in ends:
            self._aim(end, len(self._code))

    def _branch(self, branch: Branch, number: int) -> list[int]:
        """Write what follows one of several prompts; the jumps to what follows them all."""
        self._type(branch.send, number)
        self._steps(branch.steps)
        if branch.goto:
            self._goto(branch.goto, branch.line, number)
            return []
        return [self.add(Jump(number, FAILS))]

    @_step.register
    def _(self, step: If, number: int) -> None:
        at = self.add(Test(number, step.what, FAILS))
        self._steps(step.then)
        end = self.add(Jump(number, FAILS))
        self._aim(at, len(self._code))
        self._steps(step.otherwise)
        self._aim(end, len(self._code))

    @_step.register
    def _(self, step: Repeat, number: int) -> None:
        start = self.add(Round(number, step.times, FAILS))
        self._steps(step.steps)
        if step.until is not None:
            self.add(Test(number, step.until, start))
        else:
            self.add(Jump(number, start))
        self._aim(start, len(self._code))

    @_step.register
    def _(self, step: Run, number: int) -> None:
        names = [macro.name for macro in self._running]
        if step.name in names:
            circle = " -> ".join([*names[names.index(step.name) :], step.name])
            raise self._wrong(step.line, f"macros run each other in a circle: {circle}")
        if len(self._running) >= limits.MAX_MACRO_DEPTH:
            raise self._wrong(step.line, f"macros may run each other {limits.MAX_MACRO_DEPTH} deep")
        try:
            other = self._find(step.name)
        except KeyError as error:
            raise self._wrong(step.line, f"there is no macro {step.name!r}", step.name, error.args) from None
        self.macro(other)

    # --- small things -------------------------------------------------------------------

    def _type(self, parts: Template, number: int) -> None:
        if parts:
            self._typed.update(part.name for part in parts if isinstance(part, Variable))
            self.add(Type(number, parts))

    def _goto(self, label: str, line: int, number: int) -> None:
        self._gotos[-1].append((self.add(Jump(number, FAILS)), label, line))

    def _late(self, at: int, late: Late, line: int) -> None:
        if late.kind == "skip":
            self._aim(at, len(self._code))
        elif late.kind == "goto":
            self._gotos[-1].append((at, late.label, line))

    def _aim(self, at: int, target: int) -> None:
        """Fill in where the instruction at `at` goes on."""
        match self._code[at]:
            case Await() as await_:
                self._code[at] = replace(await_, late=target)
            case Test() as test:
                self._code[at] = replace(test, otherwise=target)
            case Round() as round_:
                self._code[at] = replace(round_, done=target)
            case Jump() as jump:
                self._code[at] = replace(jump, target=target)
            case other:
                raise TypeError(f"{other!r} goes nowhere else")

    def _wrong(self, line: int, reason: str, word: str = "", words: Iterable[object] = ()) -> ConfigError:
        near = get_close_matches(word, map(str, words), n=1) if word else []
        hint = f"Did you mean {near[0]!r}?" if near else ""
        return ConfigError(Path(self._running[-1].source or "macro"), line or None, reason, hint=hint)
