r"""Conversations written down so that people can read them and tests can replay them.

A transcript (``*.telnet``) is seen from our end::

    # RFC 1073: the client says how big its window is.
    % client
    % option NAWS 80 24
    < IAC DO NAWS
    = OptionChanged(option=31, side=<Side.LOCAL: 'local'>, enabled=True)
    > IAC WILL NAWS IAC SB NAWS 0 80 0 24 IAC SE

========  ===========================================================================================
``%``     Who we are: ``client`` or ``server``, then ``option NAME arguments`` for options that are not as
          they are by default, ``without NAME`` for those that are not there, and ``only NAME ...``.
``<``     What the peer says.
``>``     What we must have said since: all of it, byte for byte.
``=``     An event that must have been told since the last ``<``; others may have been, too.
``!``     What we start ourselves: ``begin``, ``text "ls\\r"``, ``will ECHO``, ``dont NAWS``.
========  ===========================================================================================

Words are those of `bbsterm.testing.spelling`.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from bbsterm.protocol import (
    MUD,
    STANDARD,
    Charset,
    Connection,
    DisplayLocation,
    Event,
    Naws,
    NewEnviron,
    Option,
    RequestOption,
    Role,
    SendLocation,
    Side,
    TerminalSpeed,
    TerminalType,
    WindowSize,
    option_name,
)
from bbsterm.testing.spelling import read_bytes, spell

__all__ = ["Recorder", "TranscriptError", "replay"]

_MAKERS: Final[Mapping[str, Callable[[Sequence[str]], Option]]] = {
    "NAWS": lambda words: Naws(WindowSize(int(words[0]), int(words[1]))),
    "TTYPE": TerminalType,
    "TSPEED": lambda words: TerminalSpeed(int(words[0]), int(words[1])),
    "XDISPLOC": lambda words: DisplayLocation(words[0]),
    "SEND-LOCATION": lambda words: SendLocation(words[0]),
    "NEW-ENVIRON": lambda words: NewEnviron(
        dict(word.split("=", 1) for word in words if "=" in word),
        ask=[word for word in words if "=" not in word],
    ),
    "CHARSET": lambda words: Charset(
        offers=[word[len("offer=") :] for word in words if word.startswith("offer=")],
        accept=[word for word in words if "=" not in word],
    ),
}
"""How ``% option`` makes those that take arguments. NEW-ENVIRON's are NAME=value to tell, NAME to ask for."""

_VERBS: Final = {
    "will": (Side.LOCAL, True),
    "wont": (Side.LOCAL, False),
    "do": (Side.REMOTE, True),
    "dont": (Side.REMOTE, False),
}


class TranscriptError(AssertionError):
    """The conversation went another way, or the file cannot be read. Says where."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place}: {what}")


def replay(path: Path) -> Connection:
    """Play our part of a transcript.

    Returns:
        The engine, as the conversation has left it.

    Raises:
        TranscriptError: We said or told something else than is written.
    """
    player = _Player()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        mark, _, rest = line.partition(" ")
        if not mark or mark.startswith("#"):
            continue
        try:
            player.take(mark, rest.strip())
        except (AssertionError, ValueError, KeyError, IndexError) as problem:
            raise TranscriptError(f"{path.name}:{number}", str(problem)) from problem
    try:
        player.check()
    except AssertionError as problem:
        raise TranscriptError(path.name, str(problem)) from problem
    return player.connection


class Recorder:
    """Writes a conversation down as it happens, in words.

    Args:
        title: A sentence or more for its head.
        setting: The ``%`` lines, without their marks.
    """

    def __init__(self, title: str, setting: Sequence[str] = ()) -> None:
        self._lines = [f"# {line}" for line in title.splitlines()] + [f"% {line}" for line in setting]

    def received(self, data: bytes) -> None:
        """The peer said this."""
        self._write("<", data)

    def sent(self, data: bytes) -> None:
        """We said this."""
        self._write(">", data)

    def started(self, what: str) -> None:
        """We start something ourselves, in the words of ``!``."""
        self._lines.append(f"! {what}")

    def text(self) -> str:
        """The transcript so far."""
        return "\n".join(self._lines) + "\n"

    def _write(self, mark: str, data: bytes) -> None:
        if data:
            self._lines.append(f"{mark} {spell(data)}")


class _Player:
    """Our part, a line at a time."""

    def __init__(self) -> None:
        self._role = Role.CLIENT
        self._options: dict[str, Option] = {option_name(kind.code): kind() for kind in STANDARD + MUD}
        self._connection: Connection | None = None
        self._expected = b""
        self._events: list[Event] = []
        self._now = 0.0

    @property
    def connection(self) -> Connection:
        """The engine; made when the first line of the conversation wants it."""
        if self._connection is None:
            self._connection = Connection(self._role, self._options.values())
        return self._connection

    def take(self, mark: str, rest: str) -> None:
        """Take one line."""
        if mark == ">":
            self._expected += read_bytes(rest)
        elif mark == "=":
            told = [repr(event) for event in self._events]
            assert rest in told, f"not told: {rest}\ntold: {told}"
        elif mark == "%":
            self._set(*shlex.split(rest))
        elif mark in ("<", "!"):
            self._now += 1.0
            if mark == "<":
                self.check()
                self._events = self.connection.receive_data(read_bytes(rest), now=self._now)
            else:
                self._start(*rest.split(" ", 1))
        else:
            raise ValueError(f"no line begins with {mark!r}")

    def check(self) -> None:
        """Compare what we have said with what is written."""
        said = self.connection.data_to_send()
        expected, self._expected = self._expected, b""
        assert said == expected, f"said:    {spell(said)}\nwritten: {spell(expected)}"

    def _set(self, what: str, *words: str) -> None:
        if what in ("client", "server"):
            self._role = Role(what)
        elif what == "option":
            self._options[words[0]] = _MAKERS[words[0]](words[1:])
        elif what == "without":
            for name in words:
                del self._options[name]
        elif what == "only":
            self._options = {name: self._options[name] for name in words}
        else:
            raise ValueError(f"no such setting: {what}")

    def _start(self, what: str, rest: str = "") -> None:
        if what == "begin":
            self.connection.begin()
        elif what == "text":
            self.connection.send_text(read_bytes(rest))
        else:
            side, wanted = _VERBS[what]
            code = read_bytes(f"IAC DO {rest}")[2]
            self.connection.send(RequestOption(code, side, wanted))
