"""A fingerprint: the hash of what was found, the same on every machine; and what is found, made harmless."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from bbsterm.limits import MAX_FINGERPRINT_ITEMS, MAX_FINGERPRINT_TEXT

__all__ = ["NOTHING", "canonical", "fingerprint", "tame"]

_DIGITS: Final = 16

NOTHING: Final = "0" * _DIGITS
"""The fingerprint of a terminal that answered nothing."""

_DEPTH: Final = 8


def fingerprint(data: Mapping[str, Any]) -> str:
    """Sixteen hexadecimal digits: the beginning of the SHA-256 of the data in canonical JSON."""
    return hashlib.sha256(canonical(data)).hexdigest()[:_DIGITS]


def canonical(data: Any) -> bytes:
    """JSON in ASCII, keys in order, no blanks: equal data are equal bytes."""
    return json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def tame(value: Any, *, longest: int = MAX_FINGERPRINT_TEXT, depth: int = _DEPTH) -> Any:
    """What a peer told, as JSON's own types with bounds: texts, lists and nesting are cut."""
    if isinstance(value, bool | int | float | None):
        return value
    if isinstance(value, bytes):
        return value[:longest].decode("latin-1")
    if isinstance(value, Mapping) and depth:
        pairs = list(value.items())[:MAX_FINGERPRINT_ITEMS]
        return {str(key)[:longest]: tame(each, longest=longest, depth=depth - 1) for key, each in pairs}
    if isinstance(value, list | tuple) and depth:
        return [tame(each, longest=longest, depth=depth - 1) for each in value[:MAX_FINGERPRINT_ITEMS]]
    # Lone surrogates are legal in a str and in JSON's escapes, but in no file's encoding.
    return str(value)[:longest].encode("utf-8", "replace").decode("utf-8")
