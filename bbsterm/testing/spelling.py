"""Telnet in words: ``IAC SB TTYPE IS "XTERM" IAC SE`` instead of ``ff fa 18 00 ...``, and back."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Final

from bbsterm.protocol import Command, OptionCode, option_name
from bbsterm.protocol.parser import Abandoned, Negotiation, Order, Overlong, Parser, Subnegotiation, Token

__all__ = ["SpellingError", "read_bytes", "spell"]

_O = OptionCode
_REPORT: Final = {"IS": 0, "SEND": 1}
_ENVIRON: Final = {"IS": 0, "SEND": 1, "INFO": 2}
_VARIABLE: Final = {"VAR": 0, "VALUE": 1, "ESC": 2, "USERVAR": 3}

_FIRST: Final[Mapping[int, Mapping[str, int]]] = {
    **dict.fromkeys((_O.TTYPE, _O.TSPEED, _O.XDISPLOC, _O.STATUS), _REPORT),
    **dict.fromkeys((_O.ENVIRON, _O.NEW_ENVIRON), _ENVIRON),
    _O.CHARSET: {"REQUEST": 1, "ACCEPTED": 2, "REJECTED": 3, "TTABLE-IS": 4, "TTABLE-REJECTED": 5},
    _O.LINEMODE: {"MODE": 1, "FORWARDMASK": 2, "SLC": 3},
    _O.LFLOW: {"OFF": 0, "ON": 1, "RESTART-ANY": 2, "RESTART-XON": 3},
}
"""What the first byte of a subnegotiation is called."""

_LATER: Final[Mapping[int, Mapping[str, int]]] = {
    **dict.fromkeys((_O.ENVIRON, _O.NEW_ENVIRON), _VARIABLE),
    **{option: {"VAR": 1, "VAL": 2} for option in (_O.MSDP, _O.MSSP)},
}
"""What some bytes are called wherever they stand."""

_OPTIONS: Final = {option_name(code): code.value for code in OptionCode}
_COMMANDS: Final = {command.name: command.value for command in Command}
_WITH_OPTION: Final = frozenset({"WILL", "WONT", "DO", "DONT", "SB"})
_WORD: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s"]+')
_ESCAPES: Final = {
    **{code: f"\\x{code:02x}" for code in (*range(32), *range(127, 256))},
    ord("\r"): "\\r",
    ord("\n"): "\\n",
    ord("\t"): "\\t",
    ord('"'): '\\"',
    ord("\\"): "\\\\",
}
_PART: Final = re.compile(rb"[ -~\r\n\x1b\t\x80-\xfe]{3,}|.", re.DOTALL)


class SpellingError(ValueError):
    """A word that is neither a command, an option, a number nor a text."""


def read_bytes(words: str) -> bytes:
    """Read words as `spell` writes them.

    Raises:
        SpellingError: A word has no meaning where it stands.
    """
    data = bytearray()
    before, option = "", -1
    for word in _WORD.findall(words):
        data += _read_word(word, before, option)
        if before == "SB":
            option = data[-1]
        before = word
    return bytes(data)


def _read_word(word: str, before: str, option: int) -> bytes:
    if word.startswith('"'):
        text: bytes = ast.literal_eval("b" + word)
        return text
    if word.isdecimal() and int(word) < 256:
        return bytes((int(word),))
    if before == "IAC" or word == "IAC":
        table = _COMMANDS
    elif before in _WITH_OPTION:
        table = _OPTIONS
    else:
        table = {**_COMMANDS, **_LATER.get(option, {}), **_FIRST.get(option, {})}
    if word not in table:
        raise SpellingError(f"{word!r} after {before!r} is no word of telnet's")
    return bytes((table[word],))


def spell(data: bytes) -> str:
    """Spell bytes in words. What is cut off in the middle of a command is spelled as numbers."""
    parser = Parser()
    tokens = list(parser.feed(data))
    if parser.idle and not any(isinstance(token, (Abandoned, Overlong)) for token in tokens):
        spelled = " ".join(word for token in tokens for word in _spell_token(token))
        if read_bytes(spelled) == data:
            return spelled
    return " ".join(map(str, data))


def _spell_token(token: Token) -> Iterator[str]:
    match token:
        case bytes():
            yield _quoted(token.replace(b"\xff", b"\xff\xff"))
        case Negotiation(verb, option):
            yield from ("IAC", verb.name, option_name(option))
        case Subnegotiation(option, payload):
            yield from ("IAC", "SB", option_name(option), *_spell_payload(option, payload), "IAC", "SE")
        case Order(byte):
            yield from ("IAC", Command(byte).name if byte in _COMMANDS.values() else str(byte))


def _spell_payload(option: int, payload: bytes) -> Iterator[str]:
    first = {value: word for word, value in _FIRST.get(option, {}).items()}
    later = {value: word for word, value in _LATER.get(option, {}).items()}
    if payload and payload[0] in first:
        yield first[payload[0]]
        payload = payload[1:]
    for part in _PART.findall(payload):
        if part == b"\xff":
            yield from ("IAC", "IAC")
        elif len(part) > 1:
            yield _quoted(part)
        else:
            yield later.get(part[0], str(part[0]))


def _quoted(text: bytes) -> str:
    return '"' + text.decode("latin-1").translate(_ESCAPES) + '"'
