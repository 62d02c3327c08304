"""Write docs/api.md, the reference of the public names, from their docstrings: `python -m tools.api`."""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any, Final

TARGET: Final = Path(__file__).parent.parent / "docs" / "api.md"

MODULES: Final = (
    "bbsterm.net",
    "bbsterm.sync",
    "bbsterm.telnetlib",
    "bbsterm.compat",
    "bbsterm.compat.miniboa",
    "bbsterm.mud",
    "bbsterm.serve.mud",
    "bbsterm.slc",
    "bbsterm.codecs",
    "bbsterm.errors",
    "bbsterm.testing",
)
"""What programs import; the engine has a page of its own, docs/telnet.md."""

_HEAD: Final = """\
# API reference

Made from the docstrings by `python -m tools.api`; do not edit.
Types are in the code, which is typed throughout. The names of `bbsterm.net` and `bbsterm.sync` are also
`bbsterm`'s own, as are the constants of `bbsterm.telopt`, the
codecs of `bbsterm.mud` and the names of `bbsterm.slc`.
"""
_SECTIONS: Final = ("Args", "Attributes", "Raises", "Returns", "Yields")


def page() -> str:
    """The whole reference, in Markdown."""
    parts = [_HEAD]
    for name in MODULES:
        module = importlib.import_module(name)
        parts += [f"\n## `{name}`\n", _summary(module) + "\n"]
        for public in sorted(module.__all__):
            parts += _entry(public, getattr(module, public))
    return "\n".join(parts).rstrip() + "\n"


def _entry(name: str, thing: Any) -> Iterator[str]:
    if isinstance(thing, ModuleType) or not (inspect.isclass(thing) or inspect.isroutine(thing)):
        return  # constants and aliases: their module lists them
    if inspect.isclass(thing) and issubclass(thing, (BaseException, Enum)):
        yield f"### `{name}`\n"
        yield _summary(thing) + "\n"
        return
    word = "await " if inspect.iscoroutinefunction(thing) else ""
    yield f"### `{word}{name}({_names(thing)})`\n"
    yield _text(thing) + "\n"
    if inspect.isclass(thing):
        rows = list(_members(thing))
        if rows:
            yield "| | |\n|---|---|"
            yield "\n".join(rows) + "\n"


def _members(kind: type) -> Iterator[str]:
    """A row for every public method and property, inherited ones of ours included."""
    for name, member in sorted(inspect.getmembers_static(kind)):
        home = next((base for base in kind.__mro__ if name in vars(base)), object)
        if name.startswith("_") or not home.__module__.startswith("bbsterm."):
            continue
        if isinstance(member, property):
            yield f"| `{name}` | {_cell(_summary(member))} |"
        elif inspect.isroutine(member):
            call = getattr(kind, name)
            word = "await " if inspect.iscoroutinefunction(call) else ""
            yield f"| `{word}{name}({_names(call)})` | {_cell(_summary(call))} |"


def _names(call: Any) -> str:
    """Arguments with their defaults and without their types, the same by every version of Python."""
    try:
        arguments = inspect.signature(call).parameters.values()
    except (TypeError, ValueError):
        return "..."
    stars = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    said = [
        stars.get(argument.kind, "") + argument.name + _default(argument.default)
        for argument in arguments
        if argument.name != "self" and not argument.name.startswith("_")
    ]
    return ", ".join(said)


def _default(value: Any) -> str:
    if value is inspect.Parameter.empty:
        return ""
    plain = value is None or type(value) in (bool, int, float, str, bytes)
    return f"={value!r}" if plain and len(repr(value)) <= 30 else "=..."


def _summary(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").partition("\n\n")[0].replace("\n", " ")


def _text(thing: Any) -> str:
    """A docstring as Markdown: its sections become lists."""
    lines: list[str] = []
    for line in (inspect.getdoc(thing) or "").splitlines():
        if line.rstrip(":") in _SECTIONS and line.endswith(":"):
            lines += [f"**{line.rstrip(':')}**", ""]
        elif re.match(r"    \*{0,2}\w+: ", line):
            name, _, rest = line.strip().partition(": ")
            lines.append(f"* `{name}`: {rest}")
        elif line.startswith("        "):
            lines.append(f"  {line.strip()}")
        elif line.startswith("    "):
            lines.append(f"{line.strip()}")
        else:
            lines.append(line)
    return "\n".join(line.rstrip() for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> int:
    """Write the page."""
    TARGET.write_text(page(), encoding="utf-8")
    print(TARGET.relative_to(TARGET.parent.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
