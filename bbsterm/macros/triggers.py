"""Keys that send something, and words of a board that set something off; `triggers.toml`, and what it does.

``[[key]]`` tables name a key and what it sends or runs. ``[[trigger]]`` tables name what to look for in new
lines, and what follows: a colour, a message, a bell, a line in the log, a macro. Both may name one `entry`.
"""

from __future__ import annotations

import tomllib
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bbsterm import limits
from bbsterm.macros.lines import Path as Place
from bbsterm.macros.lines import find_lines
from bbsterm.macros.patterns import Pattern, PatternError, literal, regular
from bbsterm.macros.templates import SECRET, Template, TemplateError, Variable, parse_template

__all__ = ["COLOURS", "Fired", "KeyMacro", "Reactions", "Trigger", "Watcher", "read_reactions"]

COLOURS: Final = ("red", "green", "yellow", "blue", "magenta", "cyan", "white")
"""What `highlight` may be."""

_MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class KeyMacro:
    """A key that does something in a call, instead of going to the board as it is.

    Attributes:
        key: Textual's name for it: "f5", "alt+g", "ctrl+k".
        send: What it types; empty if it runs a macro.
        run: The macro that it runs; empty if it types.
        entry: The only entry of the book (by name) that it works with; empty for all.
        line: Where it stands in its file.
    """

    key: str
    send: Template
    run: str
    entry: str
    line: int


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that set something off.

    Attributes:
        pattern: What to look for.
        highlight: One of `COLOURS`, or empty.
        notify: What to tell; empty for nothing. `{line}` is the line that was found.
        bell: Whether to ring.
        log: Whether to write the line to the log.
        run: The macro to run; empty for none.
        entry: The only entry of the book (by name) that it works with; empty for all.
        line: Where it stands in its file.
    """

    pattern: Pattern
    highlight: str
    notify: Template
    bell: bool
    log: bool
    run: str
    entry: str
    line: int


@dataclass(frozen=True, slots=True)
class Reactions:
    """What a file says.

    Attributes:
        keys: Its keys.
        triggers: Its triggers.
        problems: What is wrong in it, line by line; those tables are passed over.
    """

    keys: tuple[KeyMacro, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    problems: tuple[tuple[int, str], ...] = ()

    def of(self, entry: str) -> Reactions:
        """What of it works with an entry of that name."""
        return Reactions(
            tuple(key for key in self.keys if key.entry in ("", entry)),
            tuple(trigger for trigger in self.triggers if trigger.entry in ("", entry)),
        )


@dataclass(frozen=True, slots=True)
class Fired:
    """A trigger has found something.

    Attributes:
        trigger: Which.
        line: The line it was found in.
        found: The words themselves.
    """

    trigger: Trigger
    line: str
    found: str


class Watcher:
    """Looks at a board's lines as they come. Time is any clock in seconds, the same one for every `now`."""

    def __init__(self, triggers: Iterable[Trigger]) -> None:
        self._triggers = tuple(triggers)
        self._line = ""
        self._seen: set[int] = set()  # triggers that have fired in this line already
        self._fired: dict[int, deque[float]] = {}

    def feed(self, text: str, *, now: float) -> list[Fired]:
        """More text has come (see `PlainText`); what it sets off, each trigger once a line."""
        fired: list[Fired] = []
        first, *others = text.split("\n")
        fired += self._look(first, now)
        for line in others:
            self._line, self._seen = "", set()
            fired += self._look(line, now)
        return fired

    def _look(self, text: str, now: float) -> list[Fired]:
        if not text:
            return []
        self._line = (self._line + text)[-limits.MAX_TRIGGER_LINE :]
        fired = []
        for index, trigger in enumerate(self._triggers):
            if index in self._seen or not (match := trigger.pattern.find(self._line)):
                continue
            self._seen.add(index)
            if self._allowed(index, now):
                fired.append(Fired(trigger, self._line.strip(), match[0]))
        return fired

    def _allowed(self, index: int, now: float) -> bool:
        times = self._fired.setdefault(index, deque(maxlen=limits.MAX_TRIGGERED_PER_MINUTE))
        if len(times) == times.maxlen and now - times[0] < _MINUTE:
            return False
        times.append(now)
        return True


def read_reactions(text: str) -> Reactions:
    """Read a triggers.toml. Tables with mistakes are passed over, and said in `problems`."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Reactions(problems=((1, f"not TOML: {error}"),))
    reader = _Reader(find_lines(text))
    reader.known(data, ("key", "trigger"), ())
    keys = reader.tables(data, "key", reader.key)
    triggers = reader.tables(data, "trigger", reader.trigger)
    return Reactions(tuple(keys), tuple(triggers), tuple(sorted(reader.problems)))


_KEY_FIELDS: Final = ("key", "send", "run", "entry")
_TRIGGER_FIELDS: Final = ("text", "regex", "case", "highlight", "notify", "bell", "log", "run", "entry")


class _Wrong(Exception):
    """A table that cannot be meant; caught where its line is known."""


class _Reader:
    """Reads tables, and collects what is wrong with them."""

    def __init__(self, lines: dict[Place, int]) -> None:
        self.problems: list[tuple[int, str]] = []
        self._lines = lines

    def tables(self, data: Mapping[str, Any], name: str, read: Any) -> list[Any]:
        """Every table of that name that has no mistakes."""
        raw = data.get(name, [])
        if not isinstance(raw, list) or not all(isinstance(table, dict) for table in raw):
            self.problems.append((self._line((name,)), f"{name}s are written as [[{name}]] tables"))
            return []
        found = []
        for index, table in enumerate(raw):
            place = (name, index)
            if index >= limits.MAX_TRIGGERS:
                self.problems.append(
                    (self._line(place), f"there may be {limits.MAX_TRIGGERS} [[{name}]] tables")
                )
                break
            try:
                found.append(read(table, place))
            except (_Wrong, PatternError, TemplateError) as error:
                self.problems.append((self._line(place), str(error)))
        return found

    def key(self, table: dict[str, Any], place: Place) -> KeyMacro:
        """One [[key]]."""
        self.known(table, _KEY_FIELDS, place, fatal=True)
        key, send, run = (_text(table, name) for name in ("key", "send", "run"))
        if not key:
            raise _Wrong('key is missing, such as "f5" or "alt+g"')
        if bool(send) == bool(run):
            raise _Wrong("a key has either send or run")
        parts = parse_template(send)
        if Variable(SECRET) in parts:
            raise _Wrong("a key does not send a secret; a macro with an expect does")
        return KeyMacro(key, parts, run, _text(table, "entry"), self._line(place))

    def trigger(self, table: dict[str, Any], place: Place) -> Trigger:
        """One [[trigger]]."""
        self.known(table, _TRIGGER_FIELDS, place, fatal=True)
        case, bell, log = (_flag(table, name) for name in ("case", "bell", "log"))
        text, expression = _text(table, "text"), _text(table, "regex")
        if bool(text) == bool(expression):
            raise _Wrong("a trigger has either text or regex")
        highlight, run, notify = (_text(table, name) for name in ("highlight", "run", "notify"))
        if highlight and highlight not in COLOURS:
            raise _Wrong(f"highlight is one of {', '.join(COLOURS)}, not {highlight!r}")
        if not (highlight or run or notify or bell or log):
            raise _Wrong("this trigger does nothing; it has highlight, notify, bell, log or run")
        pattern = literal(text, case=case) if text else regular(expression, case=case)
        message = parse_template(notify)
        if Variable(SECRET) in message:
            raise _Wrong("a secret is never shown")
        return Trigger(pattern, highlight, message, bell, log, run, _text(table, "entry"), self._line(place))

    def known(
        self, table: Mapping[str, Any], allowed: Iterable[str], place: Place, *, fatal: bool = False
    ) -> None:
        """Complain about keys that mean nothing."""
        from difflib import get_close_matches  # here, not above: only mistakes need it

        for key in table:
            if key not in (names := tuple(allowed)):
                near = get_close_matches(key, names, n=1)
                meant = f"did you mean {near[0]!r}?" if near else f"here can be {', '.join(names)}"
                problem = f"{key!r} means nothing here; {meant}"
                if fatal:
                    raise _Wrong(problem)
                self.problems.append((self._line((*place, key)), problem))

    def _line(self, place: Place) -> int:
        return self._lines.get(place, 1)


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise _Wrong(f"{name} is a text")
    return value


def _flag(table: Mapping[str, Any], name: str) -> bool:
    value = table.get(name, False)
    if not isinstance(value, bool):
        raise _Wrong(f"{name} is true or false")
    return value
