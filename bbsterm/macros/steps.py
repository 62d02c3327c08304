"""What a macro is made of, as its file says it: one class, one kind of step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from bbsterm.macros.patterns import OnScreen, Pattern, Region
from bbsterm.macros.templates import Template

__all__ = [
    "DEFAULT_TIMEOUT",
    "FAIL",
    "SKIP",
    "Branch",
    "Capture",
    "Choose",
    "Expect",
    "Goto",
    "HangUp",
    "If",
    "Late",
    "Macro",
    "Notify",
    "Pause",
    "Repeat",
    "Run",
    "Send",
    "Step",
    "Target",
]

DEFAULT_TIMEOUT: Final = 20.0
"""Seconds that a step waits, unless the macro says otherwise."""

Target: TypeAlias = Pattern | OnScreen
"""What can be waited for."""


@dataclass(frozen=True, slots=True)
class Late:
    """What happens when the time is over: the macro fails, the step is skipped, or it goes on at a label."""

    kind: str
    label: str = ""


FAIL: Final = Late("fail")
SKIP: Final = Late("skip")


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        line: Where it stands in its file, from 1; 0 if in none.
        label: What `goto` calls it; empty if nothing does.
    """

    line: int
    label: str


@dataclass(frozen=True, slots=True)
class Expect(Step):
    """Wait for `what`, at most `timeout` seconds; then type `send`.

    `quiet` is for how many seconds the board must have said nothing: then what it said last is complete.
    """

    what: Target
    timeout: float
    late: Late
    send: Template
    quiet: float = 0.0


@dataclass(frozen=True, slots=True)
class Send(Step):
    """Type something."""

    parts: Template


@dataclass(frozen=True, slots=True)
class Pause(Step):
    """Wait for so many seconds, whatever comes."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Branch:
    """One of several prompts: what to type when it comes, the steps after that, and where to go on."""

    line: int
    what: Target
    send: Template
    steps: tuple[Step, ...]
    goto: str


@dataclass(frozen=True, slots=True)
class Choose(Step):
    """Wait for whichever of several prompts comes first."""

    branches: tuple[Branch, ...]
    timeout: float
    late: Late
    quiet: float = 0.0


@dataclass(frozen=True, slots=True)
class If(Step):
    """Look whether `what` stands on the screen now."""

    what: Target
    then: tuple[Step, ...]
    otherwise: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Repeat(Step):
    """Do steps so many times, or until `until` stands on the screen after a round."""

    times: int
    until: Target | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Capture(Step):
    """Take what stands in a part of the screen into a variable, without blanks around it."""

    region: Region
    into: str


@dataclass(frozen=True, slots=True)
class Run(Step):
    """Do the steps of another macro."""

    name: str


@dataclass(frozen=True, slots=True)
class Notify(Step):
    """Tell the user something."""

    parts: Template


@dataclass(frozen=True, slots=True)
class HangUp(Step):
    """End the call."""


@dataclass(frozen=True, slots=True)
class Goto(Step):
    """Go on at a label."""

    target: str


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro as it was read.

    Attributes:
        name: Its file's name without the ending.
        title: What it is called on the screen.
        steps: In order.
        source: Its file, for messages.
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    source: str = ""
