"""Runs a program: text, the screen and the time go in; what to type and what to tell comes out.

There is no clock and no wire here. Somebody who has both calls `feed`, `look` and `tick`, and does what the
actions say, in order. A secret is never known here: `Typed` names it, and whoever types it has its value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bbsterm import limits
from bbsterm.macros.program import (
    FAILS,
    Await,
    End,
    Grab,
    Jump,
    Leave,
    Program,
    Round,
    Say,
    Test,
    Type,
    Wait,
)
from bbsterm.macros.templates import SECRET, Key, Part, Template, Variable, Words
from bbsterm.macros.watch import View, Watch

__all__ = ["Action", "Failed", "Finished", "HungUp", "Notified", "Player", "Progress", "Typed"]

_LONGEST_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do, or to tell."""


@dataclass(frozen=True, slots=True)
class Typed(Action):
    """Type this. Variables are filled in but for the secret.

    Attributes:
        parts: Words, keys, bytes, and `Variable("secret")`.
        secret: Whether the secret is among them: the player stands still until `resume`.
    """

    parts: Template
    secret: bool


@dataclass(frozen=True, slots=True)
class Progress(Action):
    """Another step.

    Attributes:
        step: Which, from 1.
        steps: How many there are.
        waiting_for: What it waits for, as it is written; empty if for nothing.
    """

    step: int
    steps: int
    waiting_for: str

    def __str__(self) -> str:
        return f"{self.step}/{self.steps}" + (
            f" waiting for '{self.waiting_for}'" if self.waiting_for else ""
        )


@dataclass(frozen=True, slots=True)
class Notified(Action):
    """Tell the user this."""

    text: str


@dataclass(frozen=True, slots=True)
class HungUp(Action):
    """Hang up. The macro is at its end."""


@dataclass(frozen=True, slots=True)
class Finished(Action):
    """The macro has done its work.

    Attributes:
        variables: What it knew at the end, captured texts among them; never a secret.
    """

    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Failed(Action):
    """The macro could not go on.

    Attributes:
        step: Which step, from 1.
        steps: How many there are.
        source: The macro's file, and the line of that step.
        reason: Why, in words.
        lines: What the screen showed at that moment.
    """

    step: int
    steps: int
    source: tuple[str, int]
    reason: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return f"step {self.step} of {self.steps}: {self.reason}"


class Player:
    """One run of a program.

    Args:
        program: What to do.
        variables: What is known before: user, host, name ... A secret is not given here.
        watch: What has been seen of the call so far; nothing if None.
        now: Seconds, on any clock; the same one for every `now`.

    Attributes:
        over: Whether it has finished, failed or was stopped.
    """

    def __init__(
        self,
        program: Program,
        variables: Mapping[str, str] | None = None,
        *,
        watch: Watch | None = None,
        now: float,
    ) -> None:
        self.over = False
        self._program = program
        self._variables = {name: text for name, text in (variables or {}).items() if name != SECRET}
        self._watch = watch or Watch()
        self._at = 0
        self._until: float | None = None  # when what we wait for is late
        self._asleep = False
        self._owed = False  # the secret is being fetched
        self._rounds: dict[int, int] = {}
        self._executed = 0
        self._begun = now
        self._now = now  # when we looked last
        self._heard = now  # when the board spoke last

    @property
    def deadline(self) -> float | None:
        """When to call `tick`, on the caller's clock; None if there is nothing to wait for."""
        if self.over or self._owed or self._until is None:
            return None
        silent = self._heard + self._quiet
        return min(self._until, silent) if silent > self._now else self._until

    @property
    def _quiet(self) -> float:
        """How long the board must have said nothing before anything counts."""
        instruction = self._program.instructions[self._at]
        return instruction.quiet if isinstance(instruction, Await) else 0.0

    @property
    def progress(self) -> Progress:
        """Where it stands."""
        instruction = self._program.instructions[self._at]
        waiting = (
            " or ".join(what.shown for what, _ in instruction.targets)
            if isinstance(instruction, Await)
            else ""
        )
        if len(waiting) > _LONGEST_SHOWN:
            waiting = waiting[: _LONGEST_SHOWN - 1] + "…"
        return Progress(max(instruction.step, 1), self._program.steps, waiting)

    def begin(self, *, now: float) -> list[Action]:
        """Start with the first step."""
        return list(self._go(now))

    def feed(self, text: str, *, now: float) -> list[Action]:
        """More text has come. Call `look` after it: prompts are looked for once both are known."""
        self._watch.feed(text)
        self._heard = now
        return []

    def look(self, view: View, *, now: float) -> list[Action]:
        """The screen is this now."""
        self._watch.look(view)
        return list(self._go(now))

    def tick(self, *, now: float) -> list[Action]:
        """The time is this. Nothing happens before the `deadline`."""
        return list(self._go(now))

    def resume(self, *, now: float) -> list[Action]:
        """The secret has been typed."""
        self._owed = False
        return list(self._go(now))

    def stop(self) -> None:
        """Do nothing more: the user has taken over, or the call is over."""
        self.over = True

    def fail(self, reason: str) -> Failed:
        """Say where it stood when it had to end."""
        self.over = True
        step = self.progress.step
        return Failed(
            step, self._program.steps, self._program.lines[step - 1], reason, self._watch.view.lines
        )

    # --- running ------------------------------------------------------------------------

    def _go(self, now: float) -> Iterator[Action]:
        """Do what can be done now."""
        self._now = now
        while not self.over and not self._owed:
            self._executed += self._until is None
            if self._executed > limits.MAX_MACRO_EXECUTED:
                yield self.fail(f"it has taken more than {limits.MAX_MACRO_EXECUTED} steps")
                return
            match self._program.instructions[self._at]:
                case Await() as await_:
                    if self._until is None:
                        self._until = now + await_.seconds
                        yield self.progress
                    target = self._found(await_)
                    if target is None and now < self._until:
                        return
                    if target is None and await_.late == FAILS:
                        yield self.fail(_never_came(await_))
                        return
                    self._to(await_.late if target is None else target)
                case Wait(_, seconds):
                    if self._until is None:
                        self._until = now + seconds
                        yield self.progress
                    if now < self._until:
                        return
                    self._to(self._at + 1)
                case Type(_, parts):
                    yield from self._type(parts)
                case Say(_, parts):
                    self._to(self._at + 1)
                    yield Notified(self._written(parts))
                case Test(_, what, otherwise):
                    self._to(self._at + 1 if self._watch.holds(what) else otherwise)
                case Jump(_, target):
                    self._to(target)
                case Round(_, times, done):
                    self._to(self._at + 1 if self._another(times) else done)
                case Grab(_, region, into):
                    text = "\n".join(line.strip() for line in region.cut(self._watch.view.lines)).strip()
                    self._variables[into] = text[: limits.MAX_MACRO_CAPTURE]
                    self._to(self._at + 1)
                case Leave():
                    self.over = True
                    yield HungUp()
                case End():
                    self.over = True
                    yield Finished(dict(self._variables))

    def _to(self, target: int) -> None:
        self._at, self._until = target, None

    def _found(self, await_: Await) -> int | None:
        if self._now < self._heard + await_.quiet:
            return None
        found = self._watch.find(*(what for what, _ in await_.targets))
        return None if found is None else await_.targets[found][1]

    def _another(self, times: int) -> bool:
        """Whether a repeat goes on for another round."""
        count = self._rounds.get(self._at, 0) + 1
        self._rounds[self._at] = 0 if count > times else count
        return count <= times

    def _type(self, parts: Template) -> Iterator[Action]:
        missing = sorted(self._names(parts) - self._variables.keys() - {SECRET})
        if missing:
            yield self.fail(f"there is no {missing[0]!r} to type: the entry does not say it")
            return
        self._to(self._at + 1)
        self._owed = Variable(SECRET) in parts
        yield Typed(tuple(self._filled(part) for part in parts), self._owed)

    @staticmethod
    def _names(parts: Template) -> set[str]:
        return {part.name for part in parts if isinstance(part, Variable)}

    def _filled(self, part: Part) -> Part:
        if isinstance(part, Variable) and part.name != SECRET:
            return Words(_typeable(self._variables[part.name]))
        return part

    def _written(self, parts: Template) -> str:
        """What is told: words and variables; keys as their names."""
        texts = []
        for part in parts:
            match part:
                case Words(text):
                    texts.append(text)
                case Variable(name):
                    texts.append(self._variables.get(name, ""))
                case Key("enter"):
                    texts.append(" ")
                case _:
                    pass
        return "".join(texts).strip()


def _typeable(text: str) -> str:
    """A variable as it is typed: on one line, and without control characters. A board may have filled it."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def _never_came(await_: Await) -> str:
    wanted = " or ".join(repr(what.shown) for what, _ in await_.targets)
    return f"waited {await_.seconds:g} s for {wanted}"
