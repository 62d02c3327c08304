"""MSSP, MUD Server Status Protocol (option 70): names and values for crawlers and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from bbsterm.mud.text import decode, spell

__all__ = ["MsspValue", "mssp_decode", "mssp_encode"]

MsspValue: TypeAlias = "str | list[str]"

_VAR: Final = b"\x01"
_VAL: Final = b"\x02"
_FORBIDDEN: Final = re.compile(r"[\x00-\x02]")


def mssp_encode(variables: Mapping[str, object]) -> bytes:
    """Encode variables; a sequence sends several values: ``{"PORT": [23, 4000]}``.

    Raises:
        ValueError: A name or a value contains NUL or one of the marks 1 and 2.
        TypeError: `variables` are no mapping.
    """
    if not isinstance(variables, Mapping):
        raise TypeError(f"MSSP variables are names with values, not {type(variables).__name__}")
    return b"".join(_encode(variables))


def _encode(variables: Mapping[str, object]) -> Iterator[bytes]:
    for name, value in variables.items():
        yield _VAR + _encode_text(name)
        several = isinstance(value, Sequence) and not isinstance(value, (str, bytes))
        for item in value if several else (value,):  # type: ignore[attr-defined]  # narrowed by `several`
            yield _VAL + _encode_text(item)


def _encode_text(value: object) -> bytes:
    text = spell(value)
    if _FORBIDDEN.search(text):
        raise ValueError(f"MSSP text cannot contain the bytes 0 to 2: {text[:64]!r}")
    return text.encode()


def mssp_decode(payload: bytes, encoding: str = "utf-8") -> dict[str, MsspValue]:
    """Decode variables: one value is a string, several are a list, none is "". Any bytes are accepted."""
    variables: dict[str, list[str]] = {}
    for part in payload.split(_VAR)[1:]:
        name, *values = (decode(text, encoding) for text in part.split(_VAL))
        variables.setdefault(name, []).extend(values)  # a server may also repeat the name for each value
    return {name: values if len(values) > 1 else "".join(values) for name, values in variables.items()}
