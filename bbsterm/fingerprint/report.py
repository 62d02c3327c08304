"""Fingerprints for eyes: a caller's own report, which fits 24 rows of 80 or of 40 columns, and a board's."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any, Final

from bbsterm.serve.clean import line

__all__ = ["caller_report", "server_report"]

_ROWS: Final = 20
_TEXT: Final = 240
"""Characters of one fact: three rows of it are shown."""


def caller_report(document: Mapping[str, Any], *, names: Mapping[str, str], columns: int) -> list[str]:
    """What was found of a caller, at most twenty rows of `columns`, for whoever that is.

    Args:
        document: What is stored, as `caller_document` makes it; or read from a file, so anything at all.
        names: Accepted names by fingerprint.
        columns: 40 or more; fewer are taken as 40.
    """
    telnet, terminal = _part(document, "telnet-probe"), _part(document, "terminal-probe")
    data, told = _part(telnet, "fingerprint-data"), _part(telnet, "session_data")
    facts = [
        ("Program", _named(telnet, names) or _text(document.get("program")) or "not known yet"),
        ("Telnet", _text(telnet.get("fingerprint"))),
        ("Terminal", _text(terminal.get("fingerprint"))),
        ("Types", _words(told.get("terminal-types")) or "none"),
        ("Does", _words(data.get("supported-options")) or "nothing that was asked for"),
        ("Accepts", _words(data.get("accepted-offers")) or "nothing that was offered"),
        ("Refuses", _count(data, "refused-options", "refused-offers")),
        ("Silent", _count(data, "silent-options", "silent-offers")),
        *_terminal_facts(terminal, names),
        ("Mistakes", _words(told.get("violations"))),
    ]
    return _table(facts, max(40, columns))[:_ROWS]


def server_report(document: Mapping[str, Any], *, names: Mapping[str, str], columns: int = 80) -> list[str]:
    """What was found of a board, for whoever asked."""
    probe = _part(document, "server-probe")
    data, told = _part(probe, "fingerprint-data"), _part(probe, "session_data")
    tls, dns = _part(told, "tls"), _part(told, "dns")
    mssp = _part(told, "mssp")
    facts = [
        ("Board", _named(probe, names) or _text(_part(document, "address").get("host"))),
        ("Protocol", _text(probe.get("fingerprint"))),
        ("Offers", _words(data.get("offered-options")) or "no options"),
        ("Requests", _words(data.get("requested-options")) or "no options"),
        ("Refuses", _count(data, "refused-options", "refused-requests")),
        ("Silent", _count(data, "silent-options", "silent-requests")),
        ("Encoding", _text(told.get("encoding"))),
        ("Addresses", _words(dns.get("addresses"))),
        ("Name", _words(dns.get("names"))),
        ("TLS", _words([tls.get("version"), tls.get("cipher")] if tls else [])),
        ("Certificate", _text(tls.get("sha256"))),
        ("For", _words(tls.get("names"))),
        ("Expires", _text(tls.get("expires"))),
        ("Not trusted", _text(tls.get("problem"))),
        ("MSSP", _words(f"{name}={_text(value)}" for name, value in mssp.items())),
        ("Mistakes", _words(told.get("violations"))),
        ("Ended", _text(told.get("ended"))),
    ]
    return _table(facts, columns)


def _terminal_facts(terminal: Mapping[str, Any], names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    data, told = _part(terminal, "fingerprint-data"), _part(terminal, "session_data")
    if data.get("kind") in (None, "none"):
        yield "Screen", "does not answer questions"
        return
    yield "Screen", _named(terminal, names) or _text(data.get("xtversion")) or _text(data.get("kind"))
    can = ("sixel", "truecolor", "kitty-graphics", "kitty-keyboard")
    yield "Can", _words([name for name in can if data.get(name) is True] + _yes(data.get("modes")))
    if background := _text(told.get("background")):
        yield "Colours", f"{_text(told.get('foreground'))} on {background}"
    widths = _part(data, "widths")
    if widths:
        yield "Widths", _words(f"{name} {_text(cells)}" for name, cells in widths.items())


def _table(facts: Iterable[tuple[str, str]], columns: int) -> list[str]:
    """Rows: a word, and what is to be said of it, wrapped under itself, three rows at most."""
    rows: list[str] = []
    for word, text in facts:
        if not text:
            continue
        wrapped = textwrap.wrap(
            text, columns - 1 - 12, max_lines=3, placeholder=" ...", break_on_hyphens=False
        ) or [""]
        rows += [f"{word if number == 0 else '':<11} {part}" for number, part in enumerate(wrapped)]
    return rows


def _part(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = document.get(name)
    return part if isinstance(part, Mapping) else {}


def _named(probe: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return names.get(_text(probe.get("fingerprint")), "")


def _text(value: object) -> str:
    """Anything as one harmless line."""
    if isinstance(value, list | tuple):
        return _words(value)
    return "" if value is None else line(str(value)[:_TEXT], _TEXT)


def _words(value: object) -> str:
    if value is None or isinstance(value, str) or not isinstance(value, Iterable):
        return _text(value)
    words: list[str] = []
    for each in value:
        words.append(_text(each))
        if sum(map(len, words)) > _TEXT:
            break
    return ", ".join(filter(None, words))[:_TEXT]


def _yes(modes: object) -> list[str]:
    return [_text(name) for name, state in modes.items() if state == "yes"] if isinstance(modes, dict) else []


def _count(data: Mapping[str, Any], *keys: str) -> str:
    lists = (data.get(key) for key in keys)
    count = sum(len(each) for each in lists if isinstance(each, list))
    return f"{count} options" if count else ""
