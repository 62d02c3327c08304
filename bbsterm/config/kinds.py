"""What a setting's value may be: each kind checks a value, reads one from a text, and describes itself."""

from __future__ import annotations

import difflib
import math
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

__all__ = [
    "FILE",
    "FOLDER",
    "Choice",
    "CommandLine",
    "Flag",
    "Kind",
    "Name",
    "Number",
    "PathTo",
    "Text",
    "Whole",
]

_YES: Final = frozenset({"1", "true", "yes", "on"})
_NO: Final = frozenset({"0", "false", "no", "off"})
_LONGEST: Final = 64
_LONGEST_TEXT: Final = 1024


class Kind(Protocol):
    """One kind of value."""

    @property
    def allowed(self) -> str:
        """What may stand there, in words."""
        ...

    def check(self, value: object) -> Any:
        """The value as the program wants it.

        Raises:
            ValueError: It cannot be meant; the reason begins with "must".
        """
        ...

    def from_text(self, text: str) -> object:
        """What `check` is given for a value of the environment or of a person's typing."""
        ...

    def schema(self) -> dict[str, object]:
        """The same as JSON Schema."""
        ...


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `low` to `high`."""

    low: float
    high: float

    @property
    def allowed(self) -> str:
        """Its bounds."""
        return f"{self.low:g} to {self.high:g}"

    def check(self, value: object) -> float:
        """Any number within the bounds."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError("must be a number")
        if not math.isfinite(value) or not self.low <= value <= self.high:
            raise ValueError(f"must be {self.allowed}")
        return float(value)

    def from_text(self, text: str) -> object:
        """A number, or the text."""
        try:
            return float(text)
        except ValueError:
            return text

    def schema(self) -> dict[str, object]:
        """A JSON number."""
        return {"type": "number", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `low` to `high`."""

    low: int
    high: int

    @property
    def allowed(self) -> str:
        """Its bounds."""
        return f"a whole number from {self.low} to {self.high}"

    def check(self, value: object) -> int:
        """A whole number within the bounds."""
        if isinstance(value, bool) or not isinstance(value, int) or not self.low <= value <= self.high:
            raise ValueError(f"must be {self.allowed}")
        return value

    def from_text(self, text: str) -> object:
        """A whole number, or the text."""
        try:
            return int(text)
        except ValueError:
            return text

    def schema(self) -> dict[str, object]:
        """A JSON integer."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    @property
    def allowed(self) -> str:
        """Both."""
        return "true or false"

    def check(self, value: object) -> bool:
        """True or false."""
        if not isinstance(value, bool):
            raise ValueError("must be true or false")
        return value

    def from_text(self, text: str) -> object:
        """1, yes, on and true are true."""
        word = text.strip().lower()
        return True if word in _YES else False if word in _NO else text

    def schema(self) -> dict[str, object]:
        """A JSON boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    choices: tuple[str, ...]

    @property
    def allowed(self) -> str:
        """All of them."""
        return f"one of {', '.join(self.choices)}"

    def check(self, value: object) -> str:
        """One of the words."""
        if not isinstance(value, str) or value not in self.choices:
            near = difflib.get_close_matches(str(value), self.choices, n=1)
            meant = f" (did you mean {near[0]}?)" if near and len(self.choices) > 3 else ""
            raise ValueError(f"must be {self.allowed}{meant}")
        return value

    def from_text(self, text: str) -> object:
        """The word."""
        return text

    def schema(self) -> dict[str, object]:
        """A JSON enum."""
        return {"enum": list(self.choices)}


@dataclass(frozen=True, slots=True)
class Name:
    """A short name of something that other parts of the program know."""

    what: str = "a name"

    @property
    def allowed(self) -> str:
        """What it names."""
        return self.what

    def check(self, value: object) -> str:
        """A short printable text."""
        if not isinstance(value, str) or not value.isprintable() or not 0 < len(value) <= _LONGEST:
            raise ValueError("must be a name")
        return value

    def from_text(self, text: str) -> object:
        """The text."""
        return text

    def schema(self) -> dict[str, object]:
        """A short JSON string."""
        return {"type": "string", "minLength": 1, "maxLength": _LONGEST}


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text, which may be empty."""

    what: str

    @property
    def allowed(self) -> str:
        """What it is."""
        return self.what

    def check(self, value: object) -> str:
        """A printable line."""
        if not isinstance(value, str) or not value.isprintable() or len(value) > _LONGEST_TEXT:
            raise ValueError("must be a line of text")
        return value

    def from_text(self, text: str) -> object:
        """The text."""
        return text

    def schema(self) -> dict[str, object]:
        """A JSON string."""
        return {"type": "string", "maxLength": _LONGEST_TEXT}


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command, as a line or as a list of words; it is never given to a shell."""

    @property
    def allowed(self) -> str:
        """Its form."""
        return 'a command, such as "pass show bbs/{item}", or a list of its words'

    def check(self, value: object) -> str:
        """The command as one line, quoted where it must be."""
        if isinstance(value, list) and all(isinstance(word, str) for word in value):
            value = shlex.join(value)
        if not isinstance(value, str) or not value.isprintable() or len(value) > _LONGEST_TEXT:
            raise ValueError("must be a command: a line, or a list of words")
        try:
            shlex.split(value)
        except ValueError as error:
            raise ValueError(f"must be a command ({str(error).lower()})") from None
        return value

    def from_text(self, text: str) -> object:
        """The text."""
        return text

    def schema(self) -> dict[str, object]:
        """A JSON string, or a list of them."""
        return {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


@dataclass(frozen=True, slots=True)
class PathTo:
    """A path; ``~`` is the user's own. Whether anything is there is seen when it is used.

    Attributes:
        what: "folder" or "file", for messages.
    """

    what: str

    @property
    def allowed(self) -> str:
        """Its form."""
        return f"a {self.what}"

    def check(self, value: object) -> Path:
        """A path with ~ resolved."""
        if not isinstance(value, str | Path) or not str(value) or "\0" in str(value):
            raise ValueError(f"must be a {self.what}")
        try:
            return Path(value).expanduser()
        except RuntimeError as error:
            raise ValueError(f"must be a {self.what} (there is no such user)") from error

    def from_text(self, text: str) -> object:
        """The text."""
        return text

    def schema(self) -> dict[str, object]:
        """A JSON string."""
        return {"type": "string", "minLength": 1}


FILE: Final = PathTo("file")
FOLDER: Final = PathTo("folder")
