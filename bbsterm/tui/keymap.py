"""Which key does what now: the command table with the user's `[keys]` over it. Pure, but for the one in use.

In the settings file::

    [keys]
    call.hang_up = "k"             # after the menu key
    dialer.find = ["/", "ctrl+f"]  # several; the first is the one that bars name
    dialer.leave = ""              # none at all

A key that cannot be sent, a command that is not known and a key that would mean two things are reported with
their line, and what the table says stays.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from bbsterm.tui.actions import ALT_PREFIX, COMMANDS, PREFIX_KEYS, PREFIX_SHOWN, Command, Place
from bbsterm.tui.key_names import parse_key, textual_name

if TYPE_CHECKING:
    from textual.binding import Binding

__all__ = [
    "BACK_TO_CALL",
    "DEFAULT_MENU_KEY",
    "KeyProblem",
    "KeyWish",
    "Keymap",
    "alt_keys",
    "bindings",
    "commands",
    "current",
    "make_keymap",
    "textual_keymap",
    "told",
    "use",
]

BACK_TO_CALL: Final = "app.back_to_call"
"""The binding that the menu key is where no call is shown."""

DEFAULT_MENU_KEY: Final = "ctrl+]"


class KeyWish(NamedTuple):
    """One line of `[keys]`: a command, the keys that it shall have, and the line."""

    command: str
    keys: tuple[str, ...]
    line: int | None = None


class KeyProblem(NamedTuple):
    """What is wrong with a wish."""

    wish: KeyWish
    reason: str


@dataclass(frozen=True, slots=True)
class Keymap:
    """Keys for every command.

    Attributes:
        commands: The table, with the keys that are in use.
        menu_keys: What opens a call's menu, under Textual's names.
        menu_shown: The same as bars write it.
    """

    commands: Mapping[Place, tuple[Command, ...]]
    menu_keys: frozenset[str] = PREFIX_KEYS
    menu_shown: str = PREFIX_SHOWN

    @property
    def menu_prefixes(self) -> frozenset[str]:
        """The menu key, and SyncTERM's Alt+Z."""
        return self.menu_keys | {ALT_PREFIX}


_in_use = Keymap(COMMANDS)


def current() -> Keymap:
    """The one in use."""
    return _in_use


def use(keymap: Keymap) -> None:
    """Take another one. There is one keyboard, and so one map of it in a program."""
    global _in_use
    _in_use = keymap


def commands(place: Place) -> tuple[Command, ...]:
    """What can be done in a place, with the keys that do it now."""
    return _in_use.commands[place]


def told(text: str) -> str:
    """A text of ours with the menu key that is in use, where it speaks of ours."""
    return text.replace(PREFIX_SHOWN, _in_use.menu_shown)


def alt_keys() -> dict[str, Command]:
    """SyncTERM's Alt letters, under Textual's names: they work in a call without the menu key before them."""
    return {f"alt+{command.key}": command for command in COMMANDS[Place.CALL] if command.alt}


def bindings(place: Place) -> list[Binding]:
    """A page's key bindings, for pages whose keys are bindings (a call's keys belong to the board)."""
    from textual.binding import Binding  # here, not above: the command line reads the table without Textual

    return [
        Binding(
            _joined(command),
            command.action,
            command.title,
            key_display=command.key,
            show=not command.quiet,
            priority=command.eager,
            id=f"{place.slug}.{command.action}",
        )
        for command in COMMANDS[place]
    ]


def textual_keymap(keymap: Keymap) -> dict[str, str]:
    """What `App.set_keymap` wants: the keys of every command, by its id."""
    wanted = {
        f"{place.slug}.{command.action}": _joined(command)
        for place, listed in keymap.commands.items()
        for command, shipped in zip(listed, COMMANDS[place], strict=True)
        if command.keys != shipped.keys
    }
    if keymap.menu_keys != PREFIX_KEYS:
        wanted[BACK_TO_CALL] = ",".join(sorted(keymap.menu_keys))
    return wanted


def make_keymap(
    wishes: Iterable[KeyWish], menu_key: str = DEFAULT_MENU_KEY
) -> tuple[Keymap, list[KeyProblem]]:
    """The table with a user's wishes over it, and what is wrong with them: those are passed over."""
    problems: list[KeyProblem] = []
    wanted = _understood(wishes, problems)
    table = {
        place: _settled(
            {action: wish for (of, action), wish in wanted.items() if of is place}, place, problems
        )
        for place in COMMANDS
    }
    keys, shown = PREFIX_KEYS, PREFIX_SHOWN
    try:
        shown = parse_key(menu_key)
        if len(shown) == 1:
            raise ValueError("cannot be bound: it could not be typed to a board any more")
    except ValueError as error:
        problems.append(KeyProblem(KeyWish("app.menu_key", (menu_key,)), f"{menu_key!r} {error}"))
        shown = PREFIX_SHOWN
    if shown != PREFIX_SHOWN:
        keys = frozenset({textual_name(shown)})
        table[Place.CALL] = tuple(_with_menu_key(command, shown) for command in table[Place.CALL])
    return Keymap(table, keys, shown), problems


def _with_menu_key(command: Command, shown: str) -> Command:
    if command.action != "send_prefix":
        return command
    return replace(
        command, keys=(shown,), title=f"Send {shown}", detail="Send the menu key itself to the board."
    )


_Wanted: TypeAlias = tuple[KeyWish, tuple[str, ...]]
"""A wish, and its keys in the table's spelling."""


def _understood(wishes: Iterable[KeyWish], problems: list[KeyProblem]) -> dict[tuple[Place, str], _Wanted]:
    """The wishes for commands that there are, in keys that there are."""
    known = {f"{p.slug}.{c.action}": (p, c.action) for p, listed in COMMANDS.items() for c in listed}
    found: dict[tuple[Place, str], _Wanted] = {}
    for wish in wishes:
        if wish.command not in known:
            near = difflib.get_close_matches(wish.command, known, n=1, cutoff=0.5)
            meant = f"; did you mean {near[0]}?" if near else ""
            problems.append(KeyProblem(wish, f"there is no command {wish.command!r}{meant}"))
            continue
        keys: list[str] = []
        for text in wish.keys:
            try:
                keys.append(parse_key(text))
            except ValueError as error:
                problems.append(KeyProblem(wish, f"{text!r} {error}"))
        if keys or not wish.keys:
            found[known[wish.command]] = wish, tuple(dict.fromkeys(keys))
    return found


def _settled(wanted: dict[str, _Wanted], place: Place, problems: list[KeyProblem]) -> tuple[Command, ...]:
    """The commands of a place, no two with one key: a wish gives way to the table and to earlier lines."""
    while True:
        listed = tuple(
            replace(command, keys=wanted[command.action][1]) if command.action in wanted else command
            for command in COMMANDS[place]
        )
        clash = _clash(listed, wanted)
        if clash is None:
            return listed
        loser, winner, key = clash
        wish = wanted.pop(loser)[0]
        at = wanted[winner][0].line if winner in wanted else None
        where = f" (line {at})" if at else ""
        problems.append(KeyProblem(wish, f"{key!r} already means {place.slug}.{winner}{where}"))


def _clash(listed: Iterable[Command], wanted: Mapping[str, _Wanted]) -> tuple[str, str, str] | None:
    """Who has to give way, to whom, and the key of both."""
    owners: dict[str, str] = {}
    for command in sorted(listed, key=lambda command: _rank(wanted.get(command.action))):
        for key in command.keys:
            if key in owners:
                return command.action, owners[key], key
            owners[key] = command.action
    return None


def _rank(wanted: _Wanted | None) -> int:
    """The table comes first, then the file's lines in order."""
    return 0 if wanted is None else 1 + (wanted[0].line or 0)


def _joined(command: Command) -> str:
    """Keys as Textual's bindings want them."""
    return ",".join(textual_name(key) for key in command.keys)
