"""What a program tells the peer of itself, asked of a function of its own whenever the peer asks.

`writer.set_ext_send_callback` ends here: one row an option.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from bbsterm.protocol import Connection
from bbsterm.protocol.vocabulary import OptionCode, WindowSize

__all__ = ["ask_whenever_asked", "clamped"]

_Function = Callable[..., Any]


def ask_whenever_asked(connection: Connection, code: int, function: _Function) -> bool:
    """Have the option of that number tell what `function` returns at the time.

    Args:
        connection: Whose option.
        code: The option's number.
        function: Called without arguments; for CHARSET with the names that are offered, for NEW_ENVIRON with
            those that are asked for.

    Returns:
        Whether there is such an option, and it tells anything.
    """
    option = connection.option(code)
    tell = _TELLERS.get(code)
    if option is None or tell is None:
        return False
    option.refresh = partial(tell, option, function)
    if code == OptionCode.SEND_LOCATION:
        option.refresh(b"")  # it is refused by who has no location
    return True


def clamped(cells: float | str) -> int:
    """A size as NAWS can tell it: 0 to 65535 (RFC 1073)."""
    return max(0, min(int(cells), 0xFFFF))


def _terminal(option: Any, function: _Function, question: bytes) -> None:
    name = str(function())
    if option.names != (name,):
        option.rename((name,))


def _speed(option: Any, function: _Function, question: bytes) -> None:
    option.transmit, option.receive = (int(speed) for speed in function())


def _display(option: Any, function: _Function, question: bytes) -> None:
    option.display = str(function())


def _window(option: Any, function: _Function, question: bytes) -> None:
    rows, columns = function()
    option.size = WindowSize(clamped(columns), clamped(rows))


def _location(option: Any, function: _Function, question: bytes) -> None:
    option.location = str(function())


def _variables(option: Any, function: _Function, question: bytes) -> None:
    told = function(option.asked_for(question))
    option.variables = {name: str(value) for name, value in told.items() if value not in ("", None)}


def _charset(option: Any, function: _Function, question: bytes) -> None:
    if offered := option.offered_by(question):
        chosen = function(offered)
        option.accept = (chosen,) if chosen else ()


_TELLERS: Final[dict[int, Callable[[Any, _Function, bytes], None]]] = {
    OptionCode.TTYPE: _terminal,
    OptionCode.TSPEED: _speed,
    OptionCode.XDISPLOC: _display,
    OptionCode.NAWS: _window,
    OptionCode.SEND_LOCATION: _location,
    OptionCode.NEW_ENVIRON: _variables,
    OptionCode.CHARSET: _charset,
}
