"""What may stand in each field of an entry, and how it is said when something else does.

One row of `FIELDS` is one key of dialing.toml. The form, the file and the importers all check with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final, NamedTuple

from bbsterm import limits
from bbsterm.book.address import PROTOCOLS, host_problem
from bbsterm.book.entry import FIELD_NAMES, TERMINALS, Entry
from bbsterm.book.text import is_plain, visible

__all__ = ["ENCODINGS", "FIELDS", "Field", "FieldError", "check", "nearest", "problems", "shown"]

ENCODINGS: Final = (
    *("cp437", "utf-8", "latin-1", "ascii", "petscii", "atascii", "atarist"),
    *("cp437-art", "petscii-unshifted", "atarist-art", "armscii8", "haik8", "cp866u", "cp1131", "big5bbs"),
    *("cp737", "cp775", "cp850", "cp852", "cp855", "cp857", "cp858", "cp860", "cp861", "cp862", "cp863"),
    *("cp864", "cp865", "cp866", "cp869", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257"),
    *("iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-7", "iso8859-8", "iso8859-9"),
    *("iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r", "koi8-u"),
    *("big5", "big5hkscs", "gbk", "gb18030", "gb2312", "shift-jis", "euc-jp", "euc-kr", "cp932", "cp949"),
    "mac-roman",
)
"""Every character set that an entry may name. Other spellings of these are understood."""

_SHOWN: Final = 40
_SIZE: Final = re.compile(r"([1-9][0-9]{0,2})x([1-9][0-9]{0,2})")
_TAG: Final = re.compile(r"[^\s,:;]+")
_MACRO: Final = re.compile(r"[\w][\w .-]*")
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SECRET: Final = re.compile(r"ask|(keyring|command)(:[\w.@:/-]{1,128})?|(file|plain|env):[\w.-]{1,128}")


class FieldError(ValueError):
    """A value that a field cannot have. `str()` is a sentence: ``port must be 1..65535, found 99999``."""

    def __init__(self, field: str, value: object, allowed: str) -> None:
        found = "something else" if field == "secret" else shown(value)
        super().__init__(f"{field} must be {allowed}, found {found}")
        self.field = field
        self.allowed = allowed


class Field(NamedTuple):
    """One key: what is allowed in words, and the function that makes the value from what a file has.

    `read` raises ValueError for everything else.
    """

    name: str
    allowed: str
    read: Callable[[Any], Any]


def check(name: str, value: object) -> Any:
    """The value as an `Entry` has it.

    Raises:
        FieldError: It is not allowed there.
    """
    field = _BY_NAME[name]
    try:
        return field.read(value)
    except ValueError:
        raise FieldError(name, value, field.allowed) from None


def problems(entry: Entry) -> list[FieldError]:
    """Everything that is wrong with an entry; empty for one that can be saved."""
    found = []
    for name in FIELD_NAMES:
        value = getattr(entry, name)
        if name == "extra" or (name in ("id", "added") and not value):
            continue
        try:
            if value is not None and check(name, value) != value:
                raise FieldError(name, value, _BY_NAME[name].allowed)
        except FieldError as error:
            found.append(error)
    return found


def shown(value: object) -> str:
    """A value as an error quotes it: short, on one line, nothing raw."""
    text = (
        f'"{visible(value[: _SHOWN * 2])}"' if isinstance(value, str) else visible(repr(value)[: _SHOWN * 2])
    )
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that somebody who typed `word` probably meant."""
    from difflib import get_close_matches  # here, not above: only mistakes need it

    found = get_close_matches(word.lower().replace("-", "_"), list(words), n=1, cutoff=0.7)
    return found[0] if found else None


# --- readers: raw value -> value, or ValueError -----------------------------------


def _text(longest: int, *, empty: bool = True) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or len(value) > longest or not is_plain(value):
            raise ValueError
        if not empty and not value.strip():
            raise ValueError
        return value

    return read


def _matching(pattern: re.Pattern[str], longest: int) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or (value and (len(value) > longest or not pattern.fullmatch(value))):
            raise ValueError
        return value

    return read


def _choice(values: tuple[str, ...]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or (value not in values and value):
            raise ValueError
        return value

    return read


def _number(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError
        return value

    return read


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _host(value: Any) -> str:
    if not isinstance(value, str) or host_problem(value):
        raise ValueError
    return value


def _required(values: tuple[str, ...]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in values:
            raise ValueError
        return value

    return read


def _size(value: Any) -> str:
    if value in ("", "fit"):
        return str(value)
    match = _SIZE.fullmatch(value) if isinstance(value, str) else None
    if not match or int(match[1]) > limits.MAX_COLUMNS or int(match[2]) > limits.MAX_ROWS:
        raise ValueError
    return match[0]


def _encoding(value: Any) -> str:
    if not isinstance(value, str) or len(value) > limits.MAX_CHARSET_NAME:
        raise ValueError
    if value in _PLAIN_ENCODINGS:
        return value
    spelled = _encoding_spelled(value)
    if spelled is None:
        raise ValueError
    return spelled


@cache
def _aliases() -> Mapping[str, str]:
    """Python's own name of each encoding -> ours."""
    from bbsterm import codecs as ours  # here, not above: most entries name no encoding, or one of the list

    known = {}
    for name in ENCODINGS:
        try:
            known[ours.lookup(name).name] = name
        except LookupError:
            known[name] = name
    return known


def _encoding_spelled(value: str) -> str | None:
    from bbsterm import codecs as ours

    try:
        return _aliases().get(ours.lookup(value).name)
    except (LookupError, ValueError):
        return None


def _tags(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or len(value) > limits.MAX_TAGS:
        raise ValueError
    for tag in value:
        if (
            not isinstance(tag, str)
            or len(tag) > limits.MAX_TAG
            or not _TAG.fullmatch(tag)
            or not is_plain(tag)
        ):
            raise ValueError
    return tuple(dict.fromkeys(value))


def _notes(value: Any) -> str:
    if not isinstance(value, str) or len(value) > limits.MAX_NOTES:
        raise ValueError
    if not all(is_plain(line.replace("\t", " ")) for line in value.split("\n")):
        raise ValueError
    return value


def _moment(value: Any) -> int:
    if isinstance(value, datetime):
        return int((value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp())
    if isinstance(value, date):
        return int(datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp())
    return _number(0, 1 << 40)(value)


_PLAIN_ENCODINGS: Final = frozenset((*ENCODINGS, ""))
_REFERENCE: Final = 'a reference such as "keyring", "ask" or "file:NAME", never a password'
_COMMENT: Final = f"one printable line of up to {limits.MAX_COMMENT} characters"
_LINE: Final = f"one printable line of up to {limits.MAX_ENTRY_TEXT} characters"


def _among(*values: str) -> str:
    return f"one of {', '.join(values)}"


_WRAPS: Final = ("immediate", "pending")
_MUSIC: Final = ("off", "syncterm", "banana", "all")
_MODES: Final = ("auto", "raw", "line")
_BACKSPACES: Final = ("bs", "del")
_ENDINGS: Final = ("cr", "crlf", "lf")
_ALTS: Final = ("menu", "send")
_KEEP_ALIVES: Final = ("nop", "ayt", "off")
_FAMILIES: Final = ("4", "6")

FIELDS: Final = (
    Field("id", "up to 64 letters, digits, - and _", _matching(_ID, 64)),
    Field(
        "name",
        f"one printable line of 1 to {limits.MAX_ENTRY_NAME} characters",
        _text(limits.MAX_ENTRY_NAME, empty=False),
    ),
    Field("host", "a host name or an IP address", _host),
    Field("port", "1..65535", _number(1, 0xFFFF)),
    Field("protocol", _among(*PROTOCOLS), _required(PROTOCOLS)),
    Field("terminal", _among(*TERMINALS), _required(tuple(TERMINALS))),
    Field("encoding", "a character set such as cp437, utf-8, latin-1, petscii or koi8-r", _encoding),
    Field("size", f"fit or COLUMNSxROWS up to {limits.MAX_COLUMNS}x{limits.MAX_ROWS}, such as 80x25", _size),
    Field("font", _LINE, _text(limits.MAX_ENTRY_TEXT)),
    Field("palette", _LINE, _text(limits.MAX_ENTRY_TEXT)),
    Field("ice", "true or false", _flag),
    Field("wrap", _among(*_WRAPS), _choice(_WRAPS)),
    Field("baud", "0..1000000 bits per second, 0 for full speed", _number(0, 1_000_000)),
    Field("music", _among(*_MUSIC), _choice(_MUSIC)),
    Field("user", _LINE, _text(limits.MAX_ENTRY_TEXT)),
    Field(
        "secret",
        _REFERENCE,
        _matching(_SECRET, 140),
    ),
    Field("login", "the name of a macro, without folders", _matching(_MACRO, 64)),
    Field("mode", _among(*_MODES), _choice(_MODES)),
    Field("backspace", _among(*_BACKSPACES), _choice(_BACKSPACES)),
    Field("line_ending", _among(*_ENDINGS), _choice(_ENDINGS)),
    Field("alt", _among(*_ALTS), _choice(_ALTS)),
    Field("keep_alive", _among(*_KEEP_ALIVES), _choice(_KEEP_ALIVES)),
    Field("keep_alive_every", "0..3600 seconds, 0 for what the settings say", _number(0, 3600)),
    Field("redial", "0..99 times, 0 for never", _number(0, 99)),
    Field("family", 'one of "4", "6"', _choice(_FAMILIES)),
    Field("tls_verify", "true or false", _flag),
    Field("tls_ca", _LINE, _text(limits.MAX_ENTRY_TEXT)),
    Field(
        "tags",
        f"up to {limits.MAX_TAGS} words of up to {limits.MAX_TAG} letters without spaces, commas and colons",
        _tags,
    ),
    Field("favourite", "true or false", _flag),
    Field(
        "comment", f"one printable line of up to {limits.MAX_COMMENT} characters", _text(limits.MAX_COMMENT)
    ),
    Field("notes", f"printable lines, up to {limits.MAX_NOTES} characters", _notes),
    Field("downloads", _LINE, _text(limits.MAX_ENTRY_TEXT)),
    Field("added", "a date such as 2026-01-31T12:00:00Z", _moment),
)

_BY_NAME: Final[Mapping[str, Field]] = {field.name: field for field in FIELDS}
