"""Which dialect to speak: by what the caller's program says of itself, by a probe, or by asking.

`by_terminal_type` and `encoding_by_evidence` are the judgement, and need no line; `meet` is the conversation.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import Final

from bbsterm.protocol.strategy import MUD_CLIENTS
from bbsterm.serve.caller import Caller
from bbsterm.serve.dialects.ansi import Ansi
from bbsterm.serve.dialects.ascii import Ascii
from bbsterm.serve.dialects.atascii import Atascii
from bbsterm.serve.dialects.base import Dialect
from bbsterm.serve.dialects.petscii import Petscii
from bbsterm.serve.stream import Facts

__all__ = [
    "DIALECTS",
    "MTTS_TRUECOLOR",
    "by_terminal_type",
    "encoding_by_evidence",
    "is_mud_client",
    "meet",
    "mtts",
]

DIALECTS: Final[Mapping[str, Callable[[], Dialect]]] = {
    "ansi": lambda: Ansi("cp437"),
    "utf8": lambda: Ansi("utf-8"),
    "ascii": Ascii,
    "petscii": lambda: Petscii(40),
    "petscii80": lambda: Petscii(80),
    "atascii": lambda: Atascii(40),
    "atascii80": lambda: Atascii(80),
}
"""What `bbsterm demo --terminal` and `bbsterm serve --terminal` take."""

_TYPES: Final = (
    (re.compile(r"petscii|commodore|\bc(64|128)\b|\bcbm"), "petscii"),
    (re.compile(r"atascii|\batari\b(?!.*st)"), "atascii"),
    (re.compile(r"^(dumb|network|teletype|tty|lpr|printer)|vt52"), "ascii"),
    (
        re.compile(r"syncterm|netrunner|ansi-bbs|^ansi$|pcansi|scoansi|mtelnet|qodem|magiterm|avatar|rip"),
        "ansi",
    ),
    (
        re.compile(r"xterm|screen|tmux|rxvt|kitty|foot|alacritty|wezterm|konsole|vte|gnome|iterm|putty"),
        "utf8",
    ),
    (re.compile(r"linux|cygwin|mintty|contour|ghostty|st-256|windows-terminal|utf-?8"), "utf8"),
)
"""Patterns of terminal types, lower case, and the dialect they mean."""

_CHARSETS: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "cp437": "cp437",
    "ibm437": "cp437",
    "437": "cp437",
    "latin1": "latin-1",
    "latin-1": "latin-1",
    "iso-8859-1": "latin-1",
    "iso_8859-1": "latin-1",
    "iso8859-1": "latin-1",
    "petscii": "petscii",
    "atascii": "atascii",
}
"""Character sets as callers spell them, and our codec for each: no peer's text reaches `codecs.lookup`."""

_MTTS: Final = re.compile(r"MTTS (\d{1,6})$", re.IGNORECASE)
_MTTS_UTF8: Final = 4
MTTS_TRUECOLOR: Final = 256

_PROBE: Final = b"\r\xe2\x94\x80\x1b[6n"
"""A line in UTF-8: one cell where that is understood, three in a code page. Then: where is the cursor?"""

_PROBE_WIPED: Final = b"\r   \r"
_REPORT: Final = re.compile(rb"\x1b\[(\d{1,4});(\d{1,4})R")
_PROBE_SECONDS: Final = 1.0
_LOOKS: Final = (0.5, 0.5, 1.0, 2.0, 4.0, 8.0, 14.0, 30.0)
"""Seconds between looks whether somebody who was asked speaks telnet after all: a minute together."""

_LATE_SECONDS: Final = 0.5

_QUESTION: Final = (
    b"\r\nBBSTERM\r\n\r\nPRESS BACKSPACE OR DEL, AND I SEE WHO YOU ARE.\r\n"
    b"OR: A ANSI  U UTF-8  P PETSCII  8 PETSCII 80  T ATASCII\r\nRETURN: PLAIN TEXT "
)
"""In capitals, because lower case letters are graphics on a Commodore that has just been switched on."""

_PRESSED: Final[Mapping[int, str]] = {
    0x14: "petscii",  # DEL on a Commodore
    0x7E: "atascii",  # DELETE/BACK SP on an Atari
    0x9B: "atascii",  # RETURN on an Atari
    0x08: "probe",
    0x7F: "probe",
    0x0D: "probe",
    0x1B: "probe",
    0x0A: "ascii",
    ord("A"): "ansi",
    ord("U"): "utf8",
    ord("P"): "petscii",
    ord("8"): "petscii80",
    ord("T"): "atascii",
}


def by_terminal_type(types: tuple[str, ...]) -> str:
    """The dialect that TTYPE's answers mean: a key of `DIALECTS`, or empty. The first known decides."""
    for name in types:
        for pattern, dialect in _TYPES:
            if pattern.search(name.lower()):
                return dialect
    return ""


def encoding_by_evidence(facts: Facts) -> str:
    """The encoding that the caller has told us, one way or another: a codec's name, or empty."""
    if said := _CHARSETS.get(facts.charset.lower()):
        return said
    for variable in ("LC_ALL", "LC_CTYPE", "LANG", "CHARSET"):
        charset = facts.variable(variable).lower().rpartition(".")[2].partition("@")[0]
        if said := _CHARSETS.get(charset):
            return said
    return "utf-8" if mtts(facts) & _MTTS_UTF8 else ""


def mtts(facts: Facts) -> int:
    """What the caller can do, as the bits of the Mud Terminal Type Standard; 0 where it does not say."""
    for name in facts.terminal_types:
        if match := _MTTS.match(name):
            return int(match[1])
    return 0


def is_mud_client(facts: Facts) -> bool:
    """Whether the caller draws an input line of its own, and does not want the screen cleared under it."""
    return any(name.lower().partition(" ")[0] in MUD_CLIENTS for name in facts.terminal_types)


async def meet(caller: Caller) -> Dialect:
    """Find out what the caller's machine speaks."""
    facts = caller.facts
    if not facts.telnet:
        return await _ask(caller)
    kind = by_terminal_type(facts.terminal_types)
    encoding = encoding_by_evidence(facts)
    if is_mud_client(facts):
        return Ansi(encoding or "utf-8", clears=False)
    if kind in ("petscii", "atascii") or encoding in ("petscii", "atascii"):
        return _machine(kind if kind in ("petscii", "atascii") else encoding, facts)
    if kind == "ascii":
        return Ascii()
    if encoding:
        return Ansi(encoding)
    probed = await _probe(caller)
    if probed or kind or facts.terminal_types:
        return Ansi(probed or ("utf-8" if kind == "utf8" else "cp437"))
    return Ascii()


def _machine(kind: str, facts: Facts) -> Dialect:
    """The eight-bit machine, with 80 columns if its window says so."""
    columns = 80 if (facts.columns or 40) >= 80 else 40
    return Petscii(columns) if kind == "petscii" else Atascii(columns)


async def _probe(caller: Caller) -> str:
    """Draw something and ask where the cursor is; the encoding, or empty where nobody answers."""
    await caller.send(_PROBE)
    await caller.flush()
    heard, seconds = b"", _PROBE_SECONDS
    encoding = ""
    while not encoding:
        chunk = await caller.inbox.raw(seconds)
        heard += chunk
        if match := _REPORT.search(heard):
            encoding = "utf-8" if int(match[2]) == 2 else "cp437"
            heard = heard[: match.start()] + heard[match.end() :]
        elif not chunk or len(heard) > 256:
            break
    caller.inbox.unread(heard)
    await caller.send(_PROBE_WIPED)
    return encoding


async def _typed_or_telnet(caller: Caller) -> bytes | None:
    """What is typed; None if the caller speaks telnet after all, and was only slow to say so."""
    for seconds in _LOOKS:
        if typed := await caller.inbox.raw(seconds):
            return typed
        if caller.facts.telnet:
            await asyncio.sleep(_LATE_SECONDS)  # the rest of what it has to say
            return None
    return b""


async def _ask(caller: Caller) -> Dialect:
    """Have a caller who speaks no telnet press a key that every machine has under another code."""
    await caller.send(_QUESTION)
    await caller.flush()
    typed = await _typed_or_telnet(caller)
    if typed is None:
        return await meet(caller)
    if not typed or (b"\n" in typed and len(typed.strip()) > 1):
        caller.inbox.unread(
            typed
        )  # a whole line: a program such as `nc`, already answering the next question
        return Ascii()
    choice = _PRESSED.get(typed.upper()[0], "ascii")
    if choice == "probe":
        encoding = await _probe(caller)
        return Ansi(encoding) if encoding else Ascii()
    return DIALECTS[choice]()
