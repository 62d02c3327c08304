"""The environment of a caller's program. It is built anew: nothing gets in that is not named here.

What callers say by NEW-ENVIRON is left out unless the sysop named the variable (`--accept-env`); and some
names can never come from a caller: they choose who one is, or what code a program loads.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from bbsterm.errors import UsageError
from bbsterm.limits import MAX_VARIABLE_NAME, MAX_VARIABLE_VALUE, MAX_VARIABLES

__all__ = ["accepted_names", "build_environment", "terminal_name"]

_PATH: Final = "/usr/local/bin:/usr/bin:/bin:/usr/games"
_OURS: Final = ("LANG", "LC_ALL", "LC_CTYPE", "TZ")
"""Of the server's own environment, what a program of a caller's should have too."""

_NAME: Final = re.compile(rf"[A-Z_][A-Z0-9_]{{0,{MAX_VARIABLE_NAME - 1}}}")
_NEVER: Final = re.compile(
    r"(?:LD|DYLD|PYTHON|PERL|RUBY|NODE|BASH|GIT|SSH|BBSTERM)_?.*"
    r"|USER|LOGNAME|USERNAME|HOME|SHELL|PATH|ENV|IFS|TERM|TERMINFO.*|TERMCAP|CDPATH|SHELLOPTS|PS[0-4]"
    r"|PROMPT_COMMAND|EDITOR|VISUAL|PAGER|LESS.*|MANPAGER|BROWSER|TMPDIR|NLSPATH|LOCPATH|GCONV_PATH|RES_OPTIONS"
    r"|HOSTALIASES|MALLOC_.*|JAVA_TOOL_OPTIONS|VIMINIT|EXINIT|XDG_.*"
)
_VALUE: Final = re.compile(rf"[ -~]{{1,{MAX_VARIABLE_VALUE}}}")

_TERM: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9+._-]{0,39}")
_TERMINFO: Final = ("/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/local/share/terminfo")
_FALLBACKS: Final = ("ansi", "vt100")


def accepted_names(names: Iterable[str]) -> tuple[str, ...]:
    """The variables that callers may set, as the sysop wrote them.

    Raises:
        UsageError: One that nobody may set from the outside, or none at all.
    """
    found = tuple(part.upper() for name in names for part in name.split(",") if part)
    for name in found:
        if not _NAME.fullmatch(name):
            raise UsageError(f"--accept-env: {name!r} is no name of a variable")
        if _NEVER.fullmatch(name):
            raise UsageError(
                f"--accept-env: {name} cannot come from a caller",
                hint="It says who somebody is or what a program loads. COLORTERM and LANG are harmless.",
            )
    if len(found) > MAX_VARIABLES:
        raise UsageError(f"--accept-env: at most {MAX_VARIABLES} variables")
    return found


def build_environment(
    *,
    terminal: str,
    user: tuple[str, str, str],
    caller: str,
    told: Mapping[str, str],
    accepted: Iterable[str],
    ours: Mapping[str, str] = os.environ,
) -> dict[str, str]:
    """The whole environment of a caller's program.

    Args:
        terminal: TERM, see `terminal_name`.
        user: Name, home and login shell of whom the program runs as.
        caller: The caller's address.
        told: What the caller has told (NEW-ENVIRON).
        accepted: Which of it counts, see `accepted_names`.
        ours: The server's own environment: PATH and the locale come from it.
    """
    name, home, shell = user
    built = {each: ours[each] for each in _OURS if ours.get(each)}
    built.setdefault("LANG", "C.UTF-8")
    built |= {
        "PATH": ours.get("PATH") or _PATH,
        "HOME": home,
        "SHELL": shell,
        "USER": name,
        "LOGNAME": name,
        "TERM": terminal,
        "BBSTERM_CALLER": caller if _VALUE.fullmatch(caller) else "",
    }
    for each in accepted:
        value = told.get(each, "")
        if _VALUE.fullmatch(value):
            built[each] = value
    return built


def terminal_name(names: Iterable[str], *, known: Callable[[str], bool] | None = None) -> str:
    """TERM: the first of the caller's terminal types that this machine has a description of, or "ansi".

    Args:
        names: The answers of the TTYPE cycle.
        known: Whether there is a description of a name (terminfo).
    """
    is_known = known or has_terminfo
    for name in names:
        wanted = name.lower()
        if _TERM.fullmatch(wanted) and is_known(wanted):
            return wanted
    return next((name for name in _FALLBACKS if is_known(name)), "dumb")


def has_terminfo(name: str) -> bool:
    """Whether this machine knows a terminal of that name."""
    own = os.environ.get("TERMINFO")
    folders = [*([own] if own else []), os.path.expanduser("~/.terminfo"), *_TERMINFO]
    first = (name[0], f"{ord(name[0]):x}")  # macOS names its folders in hexadecimal
    return any((Path(folder) / letter / name).is_file() for folder in folders for letter in first)
