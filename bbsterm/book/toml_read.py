"""TOML from anybody: tomllib with its weak spots guarded, and its complaints taken apart."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

from bbsterm.book.text import one_line

__all__ = ["TomlError", "load_toml"]

_WHERE: Final = re.compile(r" ?\((?:at line (\d+), column \d+|at end of document)\)$")
_SAID: Final[Mapping[str, str]] = {"Cannot overwrite a value": "this key is given twice"}

# tomllib takes the square of a dotted key's length: 150,000 parts are a minute. Nobody means more than a few.
_PART: Final = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_ENDLESS_KEY: Final = re.compile(rf"(?<![A-Za-z0-9_-]){_PART}(?:\.[ \t]*+{_PART}){{64}}")


class TomlError(ValueError):
    """A text that is no TOML: the line, from 1, if it can be told, and what is wrong with it."""

    def __init__(self, line: int | None, reason: str) -> None:
        super().__init__(f"line {line}: {reason}" if line else reason)
        self.line = line
        self.reason = reason


def load_toml(text: str) -> dict[str, Any]:
    """What a text means.

    Raises:
        TomlError: It is no TOML, or no TOML that anybody would write.
    """
    if endless := _ENDLESS_KEY.search(text):
        raise TomlError(text.count("\n", 0, endless.start()) + 1, "a key has too many parts")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise TomlError(None, "brackets are nested too deeply") from error
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        where = _WHERE.search(message)
        if where:
            message = message[: where.start()]
        line = int(where[1]) if where and where[1] else text.count("\n") + 1
        message = _SAID.get(message, message[:1].lower() + message[1:])
        raise TomlError(line, one_line(message, 200)) from error
    except ValueError as error:  # a number of 5,000 digits, the 31st of February
        raise TomlError(None, "a number or a date in it is out of all bounds") from error
