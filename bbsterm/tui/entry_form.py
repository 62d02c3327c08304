"""The form of an entry as data: its sections and fields, and the way between text and values. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bbsterm.book import PRESETS, TERMINALS, Entry, check
from bbsterm.book.address import DEFAULT_PORTS, PROTOCOLS, split
from bbsterm.book.fields import ENCODINGS, FieldError

__all__ = [
    "ADDRESS",
    "FORM",
    "FormField",
    "changes_of",
    "default_of",
    "from_address",
    "preset_texts",
    "problem_of",
    "text_of",
]

ADDRESS: Final = "address"
"""The one field that stands for three: host, port, and a pasted URL's protocol."""

_YES_NO: Final = ("yes", "no")
_NOTHING: Final = Entry("", "")


@dataclass(frozen=True, slots=True)
class FormField:
    """A line of the form.

    Attributes:
        name: The entry's field, or `ADDRESS`.
        label: What stands before it.
        choices: What can be chosen, besides nothing; empty for a box to type in.
        hint: What it is, shown where it is empty and its default says nothing.
        required: It has no default: one of the choices must be taken.
        lines: How high the box is.
    """

    name: str
    label: str
    choices: tuple[str, ...] = ()
    hint: str = ""
    required: bool = False
    lines: int = 1


FORM: Final[Mapping[str, tuple[FormField, ...]]] = {
    "Board": (
        FormField("name", "Name", hint="what the board is called"),
        FormField(ADDRESS, "Address", hint="HOST, HOST:PORT, or paste a URL"),
        FormField("protocol", "Protocol", PROTOCOLS, required=True),
        FormField("user", "User", hint="your name there"),
        FormField("secret", "Password", hint="ask, keyring, file:NAME; never itself"),
        FormField("login", "Login macro", hint="a name, auto, iemsi, off; ^L lists"),
        FormField("tags", "Tags", hint="words to filter by"),
        FormField("favourite", "Favourite", _YES_NO, required=True),
        FormField("comment", "Comment", hint="one line, shown below the list"),
    ),
    "Screen": (
        FormField("terminal", "Terminal", tuple(TERMINALS), required=True),
        FormField("encoding", "Encoding", ENCODINGS),
        FormField("size", "Size", hint="80x25, 132x37, fit ..."),
        FormField("palette", "Palette", hint="vga, cga, xterm ..."),
        FormField("font", "Font", hint="by SyncTERM's name"),
        FormField("ice", "iCE colours", _YES_NO),
        FormField("wrap", "Wrap", ("immediate", "pending")),
        FormField("baud", "Speed", hint="bits per second; 0 for full speed"),
        FormField("music", "ANSI music", ("off", "syncterm", "banana", "all")),
    ),
    "Line": (
        FormField("mode", "Keys", ("auto", "raw", "line")),
        FormField("backspace", "Backspace", ("bs", "del")),
        FormField("line_ending", "Enter sends", ("cr", "crlf", "lf")),
        FormField("alt", "Alt+letter", ("menu", "send")),
        FormField("keep_alive", "Keep-alive", ("nop", "ayt", "off")),
        FormField("keep_alive_every", "... every", hint="seconds of silence"),
        FormField("redial", "Redial", hint="times to dial again by itself"),
        FormField("family", "IPv", ("4", "6")),
        FormField("tls_verify", "Certificate", _YES_NO, required=True),
        FormField("tls_ca", "Trusted CAs", hint="a PEM file"),
    ),
    "Files and notes": (
        FormField("downloads", "Downloads", hint="the folder for received files"),
        FormField("notes", "Notes", hint="as many lines as you like", lines=4),
    ),
}
"""Every field that a person sets, in the order of the form."""

_DEFAULTS: Final[Mapping[str, Callable[[str], str]]] = {
    "encoding": lambda terminal: TERMINALS[terminal].encoding,
    "size": lambda terminal: f"{TERMINALS[terminal].columns}x{TERMINALS[terminal].rows}",
    "palette": lambda terminal: "the terminal's",
    "wrap": lambda terminal: "as the terminal does",
    "ice": lambda terminal: "as the board says",
    "music": lambda terminal: "as in the settings",
    "mode": lambda terminal: "as negotiated",
    "backspace": lambda terminal: "as the board says",
    "line_ending": lambda terminal: "the terminal's",
    "alt": lambda terminal: "menu",
    "keep_alive": lambda terminal: "as in the settings",
    "keep_alive_every": lambda terminal: "as in the settings",
    "family": lambda terminal: "either",
    "tls_ca": lambda terminal: "the system's",
    "downloads": lambda terminal: "as in the settings",
}


_NUMBERS: Final = ("baud", "keep_alive_every", "redial")


def default_of(field: FormField, terminal: str) -> str:
    """What an empty field means, or what it is for: shown greyed."""
    made = _DEFAULTS.get(field.name)
    return made(terminal if terminal in TERMINALS else "ansi") if made else field.hint


def text_of(entry: Entry, name: str) -> str:
    """A field's value as the form shows it."""
    if name == ADDRESS:
        if not entry.host:
            return ""
        return entry.host if entry.port == DEFAULT_PORTS.get(entry.protocol) else entry.place
    value = getattr(entry, name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return _YES_NO[not value]
    if isinstance(value, tuple):
        return " ".join(value)
    return "" if value == 0 and name in _NUMBERS else str(value)


def problem_of(name: str, text: str, protocol: str = "telnet") -> str:
    """Why a field cannot have this text; empty if it can."""
    try:
        _values(name, text, protocol)
    except FieldError as error:
        return error.allowed if name == "secret" else f"must be {error.allowed}"
    except ValueError as error:
        return str(error)
    return ""


def changes_of(texts: Mapping[str, str]) -> dict[str, Any]:
    """The fields of an entry, from everything in the form. A board without a name is called as its host.

    Raises:
        ValueError: A field has a text that it cannot have.
    """
    values: dict[str, Any] = {}
    for name, text in texts.items():
        if name not in (ADDRESS, "protocol", "name"):
            values.update(_values(name, text, ""))
    values.update(_values("protocol", texts["protocol"], ""))
    values.update(_values(ADDRESS, texts[ADDRESS], texts["protocol"]))
    values["name"] = texts["name"].strip() or values["host"][:100]
    values.update(_values("name", values["name"], ""))
    return values


def from_address(text: str) -> dict[str, str]:
    """What a pasted URL says of several fields; empty if it is none.

    A password that stands in it is dropped.
    """
    if "://" not in text:
        return {}
    try:
        place = split(text)
    except ValueError:
        return {}
    entry = Entry("", place.host, place.port, place.protocol)
    found = {ADDRESS: text_of(entry, ADDRESS), "protocol": place.protocol}
    return {**found, "user": place.user} if place.user else found


def _values(name: str, text: str, protocol: str) -> dict[str, Any]:
    """The values that a field's text means.

    Raises:
        ValueError: None.
    """
    text = text if name == "notes" else text.strip()
    if name == ADDRESS:
        host, blank, port = text.rpartition(" ")
        if blank and port.isdigit():
            text = f"[{host}]:{port}" if ":" in host else f"{host.strip()}:{port}"
        place = split(text, protocol if protocol in DEFAULT_PORTS else "telnet")
        return {"host": place.host, "port": place.port}
    if name in _NUMBERS:
        if text and not (text.isascii() and text.isdigit() and len(text) < 9):
            raise FieldError(name, text, "a whole number")
        return {name: check(name, int(text or "0"))}
    if name in ("ice", "favourite", "tls_verify"):
        if not text:
            return {name: getattr(_NOTHING, name)}
        return {name: check(name, text == "yes")}
    if name == "tags":
        return {name: check(name, text.replace(",", " ").split())}
    if name == "name" and not text:
        return {name: ""}
    return {name: check(name, text)}


def preset_texts(index: int) -> dict[str, str]:
    """What a preset sets, as the form shows it."""
    entry = _NOTHING.changed(**PRESETS[index].values)
    return {name: text_of(entry, name) for name in PRESETS[index].values}
