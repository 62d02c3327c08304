"""What is agreed, asked the way telnetlib3 asks it: `writer.remote_option.enabled(ECHO)`.

Nothing is stored here: the engine's table of states is the only truth. To assign is to change that table
without a word to the peer, for programs and tests that know better than negotiation does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from bbsterm.protocol import Connection
from bbsterm.protocol.qmethod import QState
from bbsterm.protocol.vocabulary import Command, Side
from bbsterm.telopt import name_commands

__all__ = ["OptionView", "PendingView"]

_SIDE_OF_VERB: Final = {
    Command.WILL: Side.LOCAL,
    Command.WONT: Side.LOCAL,
    Command.DO: Side.REMOTE,
    Command.DONT: Side.REMOTE,
}
_WAITING: Final = {
    Command.WILL: QState.WANTYES,
    Command.DO: QState.WANTYES,
    Command.WONT: QState.WANTNO,
    Command.DONT: QState.WANTNO,
}


class OptionView:
    """The options that one side performs now. Options are bytes of length one, as in `bbsterm.telopt`."""

    __slots__ = ("_changed", "_connection", "_side")

    def __init__(self, connection: Connection, side: Side, changed: Callable[[], None] | None = None) -> None:
        self._connection = connection
        self._side = side
        self._changed = changed

    def enabled(self, option: bytes) -> bool:
        """Whether both ends agree on it. What was never mentioned is not enabled."""
        return self._connection.enabled(option[0], self._side)

    __getitem__ = __contains__ = enabled

    def __setitem__(self, option: bytes, value: bool) -> None:
        self._connection.assume(option[0], self._side, QState.YES if value else QState.NO)
        if self._changed is not None:
            self._changed()

    def get(self, option: bytes, default: bool | None = None) -> bool | None:
        """True when enabled, else `default`, as for a dict."""
        return True if self.enabled(option) else default

    def __iter__(self) -> Iterator[bytes]:
        return (bytes([code]) for code in range(256) if self._connection.enabled(code, self._side))

    keys = __iter__

    def items(self) -> Iterator[tuple[bytes, bool]]:
        """Each enabled option with True, as for a dict."""
        return ((option, True) for option in self)

    def values(self) -> Iterator[bool]:
        """As many True as there are enabled options, as for a dict."""
        return (True for _ in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __eq__(self, other: object) -> bool:
        return _same(self, other)

    __hash__ = None  # type: ignore[assignment]  # as for a dict: what it says changes

    def __repr__(self) -> str:
        return f"<{self._side.value} options: {', '.join(name_commands(option) for option in self)}>"


class PendingView:
    """What the peer still owes us an answer to.

    A key is an option, or a command and an option: ``DO + TTYPE`` is our question, ``SB + TTYPE`` is the
    subnegotiation that may follow.
    """

    __slots__ = ("_changed", "_connection")

    def __init__(self, connection: Connection, changed: Callable[[], None] | None = None) -> None:
        self._connection = connection
        self._changed = changed

    def enabled(self, key: bytes) -> bool:
        """Whether an answer is missing."""
        option = key[-1]
        waiting = [side for code, side in self._connection.pending if code == option]
        if len(key) == 1:
            return bool(waiting)
        agreed = [side for side in waiting if self._connection.enabled(option, side)]
        if key[0] == Command.SB:  # an option in force waits for nothing but a subnegotiation
            return bool(agreed)
        side = _SIDE_OF_VERB.get(Command(key[0]))
        return side in waiting and side not in agreed

    __getitem__ = __contains__ = enabled

    def __setitem__(self, key: bytes, value: bool) -> None:
        verb, option = Command(key[0]), key[-1]
        if verb == Command.SB:
            self._await(option, value)
        elif value:
            self._connection.assume(option, _SIDE_OF_VERB[verb], _WAITING[verb])
        elif self.enabled(key):
            self._connection.assume(option, _SIDE_OF_VERB[verb], QState.NO)
        if self._changed is not None:
            self._changed()

    def _await(self, option: int, value: bool) -> None:
        """A subnegotiation is owed for options in force only; the rest its option knows."""
        if value and not any(self._connection.enabled(option, side) for side in Side):
            self._connection.assume(option, Side.REMOTE, QState.YES)

    def get(self, key: bytes, default: bool | None = None) -> bool | None:
        """True when pending, else `default`, as for a dict."""
        return True if self.enabled(key) else default

    def __iter__(self) -> Iterator[bytes]:
        verbs = {Side.LOCAL: Command.WILL, Side.REMOTE: Command.DO}
        for code, side in sorted(self._connection.pending, key=lambda item: (item[0], item[1].value)):
            verb = Command.SB if self._connection.enabled(code, side) else verbs[side]
            yield bytes((verb, code))

    keys = __iter__

    def items(self) -> Iterator[tuple[bytes, bool]]:
        """Each pending key with True, as for a dict."""
        return ((key, True) for key in self)

    def values(self) -> Iterator[bool]:
        """As many True as there are pending keys, as for a dict."""
        return (True for _ in self)

    def __len__(self) -> int:
        return len(self._connection.pending)

    def __eq__(self, other: object) -> bool:
        return _same(self, other)

    __hash__ = None  # type: ignore[assignment]  # as for a dict: what it says changes

    def __repr__(self) -> str:
        return f"<pending: {', '.join(name_commands(key) for key in self)}>"


def _same(view: OptionView | PendingView, other: object) -> bool:
    """Whether the same keys are in force; what a mapping says to be False is the same as what it lacks."""
    if not isinstance(other, (Mapping, OptionView, PendingView)):
        return False
    return set(view) == {key for key, on in other.items() if on}
