"""The part of a writer that negotiates: what is agreed, asking for more, waiting for it, hearing of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from bbsterm.net.option_views import OptionView, PendingView
from bbsterm.net.telling import ask_whenever_asked
from bbsterm.net.waiters import Waiters
from bbsterm.net.writer_handlers import HandlingWriter
from bbsterm.net.writer_insisting import InsistingWriter
from bbsterm.protocol import Connection
from bbsterm.protocol.events import (
    CharsetRequested,
    CommandReceived,
    ComPortSignature,
    EnvironRequested,
    Event,
    OptionChanged,
    ReportRequested,
    RequestOption,
)
from bbsterm.protocol.vocabulary import Command, OptionCode, Side
from bbsterm.telopt import (
    DO,
    DONT,
    TM,
    WILL,
    WONT,
    name_commands,
    option_from_name,
)

__all__ = ["NegotiatingWriter"]

_REQUESTS: Final = {
    WILL: (Side.LOCAL, True),
    WONT: (Side.LOCAL, False),
    DO: (Side.REMOTE, True),
    DONT: (Side.REMOTE, False),
}


class _Several:
    """Functions that are called one after the other."""

    __slots__ = ("functions",)

    def __init__(self, functions: tuple[Callable[..., Any], ...]) -> None:
        self.functions = functions

    def __call__(self, key: bytes) -> None:
        for function in self.functions:
            function(key)


class NegotiatingWriter(HandlingWriter, InsistingWriter):
    """What `TelnetWriter` knows of options and commands, which are bytes here, as in `bbsterm.telopt`."""

    __slots__ = ("_callbacks", "_waiters", "_waiting_is_over", "connection")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._waiters: Waiters | None = None
        self._waiting_is_over = False
        self._own_memory = None
        # kind and option or command -> function; most connections never have one
        self._callbacks: dict[tuple[str, bytes], Callable[..., Any]] = {}

    def flush(self) -> None:
        """Give the socket what is queued."""
        raise NotImplementedError

    @property
    def _has_said_all(self) -> bool:
        """Whether nothing that is said now would go out."""
        raise NotImplementedError

    # --- what is agreed ----------------------------------------------------------------------

    @property
    def mode(self) -> str:
        """Who edits lines: "local" the client, "remote" the server (LINEMODE); "kludge" is ECHO and SGA."""
        return self.connection.mode

    @property
    def local_option(self) -> OptionView:
        """The options that we perform: ``local_option.enabled(ECHO)``."""
        return OptionView(self.connection, Side.LOCAL, self.waiters_look_again)

    @property
    def remote_option(self) -> OptionView:
        """The options that the peer performs: ``remote_option.enabled(NAWS)``."""
        return OptionView(self.connection, Side.REMOTE, self.waiters_look_again)

    @property
    def pending_option(self) -> PendingView:
        """What the peer still owes us an answer to: ``pending_option.enabled(DO + TTYPE)``."""
        return PendingView(self.connection, self.waiters_look_again)

    @property
    def will_echo(self) -> bool:
        """Whether the server echoes, as agreed: a server's own `echo` sends only then."""
        side = Side.LOCAL if self.server else Side.REMOTE
        return self.connection.enabled(OptionCode.ECHO, side)

    def state_words(self) -> list[str]:
        """What `repr` tells of the state: options in force by side, and answers that are missing."""
        client, server = (
            (self.local_option, self.remote_option)
            if self.client
            else (self.remote_option, self.local_option)
        )
        parts = {
            "client-will": [name_commands(option) for option in client],
            "server-will": [name_commands(option) for option in server],
            "failed-reply": [name_commands(key) for key in self.pending_option],
        }
        return [f"{word}:{','.join(sorted(names))}" for word, names in parts.items() if names]

    # --- saying things -------------------------------------------------------------------------

    def iac(self, cmd: bytes, opt: bytes = b"") -> bool:
        """Negotiate: ``iac(DO, NAWS)``. Nothing is sent that would change nothing (RFC 854, RFC 1143).

        Nor is anything after `close` or `write_eof`: that goes for all that a writer may say.

        Returns:
            Whether something was sent.

        Raises:
            ValueError: `cmd` is not WILL, WONT, DO or DONT, or `opt` is not one byte.
        """
        if cmd not in _REQUESTS or len(opt) != 1:
            raise ValueError(f"not WILL, WONT, DO or DONT and an option: {name_commands(cmd + opt)}")
        side, enabled = _REQUESTS[cmd]
        return self._send(RequestOption(opt[0], side, enabled))

    def send_iac(self, buf: bytes) -> None:
        """Send a command without an option: ``send_iac(IAC + NOP)``.

        Raises:
            ValueError: It is not IAC and one such command. Options go by `iac`.
        """
        if len(buf) != 2 or buf[0] != Command.IAC or not Command.EOF <= buf[1] <= Command.GA:
            raise ValueError(f"not IAC and a command without an option: {buf[:32]!r}")
        self._send(CommandReceived(Command(buf[1])))

    def send_ga(self) -> bool:
        """Send GA: "your turn". Not once SGA is agreed on (RFC 858), nor if the server never sends it."""
        if self.connection.enabled(OptionCode.SGA, Side.LOCAL):
            return False
        if getattr(getattr(self, "protocol", None), "never_send_ga", False):
            return False
        return self._send(CommandReceived(Command.GA))

    def send_eor(self) -> bool:
        """Send the end-of-record mark, if the peer asked for such marks (RFC 885)."""
        if not self.connection.enabled(OptionCode.EOR, Side.LOCAL):
            return False
        return self._send(CommandReceived(Command.EOR))

    def request_status(self) -> bool:
        """Ask what the peer believes is agreed (RFC 859)."""
        return self._send(ReportRequested(OptionCode.STATUS))

    def request_tspeed(self) -> bool:
        """Ask for the client's line speed (RFC 1079)."""
        return self._ask(ReportRequested(OptionCode.TSPEED), OptionCode.TSPEED)

    def request_ttype(self) -> bool:
        """Ask for the client's terminal types, from the first on (RFC 1091)."""
        return self._ask(ReportRequested(OptionCode.TTYPE), OptionCode.TTYPE)

    def request_xdisploc(self) -> bool:
        """Ask where the client's X display is (RFC 1096)."""
        return self._ask(ReportRequested(OptionCode.XDISPLOC), OptionCode.XDISPLOC)

    def request_comport_signature(self) -> bool:
        """Ask a server with a serial port for its name (RFC 2217)."""
        return self._send(ComPortSignature(""))

    def request_environ(self) -> bool:
        """Ask for environment variables: those of the offer callback, or the server's own list (RFC 1572)."""
        names = self._offered(b"\x27", "on_request_environ")
        wanted = tuple(name for name in names if isinstance(name, str))
        return self._send(EnvironRequested((), wanted))

    def request_charset(self) -> bool:
        """Offer character sets: those of the offer callback, or the connection's own list (RFC 2066)."""
        offers = tuple(self._offered(b"\x2a", "on_request_charset"))
        return bool(offers) and self._ask(CharsetRequested(offers), OptionCode.CHARSET)

    def _offered(self, option: bytes, method: str) -> list[Any]:
        callback = self._callbacks.get(("offer", option))
        if callback is None:
            callback = getattr(getattr(self, "protocol", None), method, None)
        return list(callback()) if callback is not None else []

    def _ask(self, event: Event, code: OptionCode) -> bool:
        """Ask, unless the answer to the last such question is still to come."""
        asked = self.connection.option(code)
        return (asked is None or not asked.waiting) and self._send(event)

    def _send(self, event: Event) -> bool:
        if self._has_said_all:
            return False
        sent = self.connection.send(event)
        self.flush()
        return sent

    # --- waiting ---------------------------------------------------------------------------------

    async def wait_for(
        self,
        *,
        remote: Mapping[str, bool] | Mapping[bytes, bool] | None = None,
        local: Mapping[str, bool] | Mapping[bytes, bool] | None = None,
        pending: Mapping[str, bool] | Mapping[bytes, bool] | None = None,
    ) -> bool:
        """Wait until options are as asked: ``wait_for(remote={"NAWS": True}, pending={"TTYPE": False})``.

        It has no time-out of its own: use `asyncio.timeout`. Names are those of `telopt.option_from_name`, in
        any case; an option itself (`telopt.NAWS`) will do. False is also what was never mentioned.

        Raises:
            KeyError: No option has that name.
            asyncio.CancelledError: The connection was closed.
        """
        sides = ((remote, self.remote_option), (local, self.local_option), (pending, self.pending_option))
        wanted = [
            (view.enabled, name if isinstance(name, bytes) else option_from_name(name), bool(state))
            for names, view in sides
            for name, state in (names or {}).items()
        ]
        return await self._wait(lambda: all(ask(option) is state for ask, option, state in wanted))

    async def wait_for_condition(self, predicate: Callable[[Any], bool]) -> bool:
        """Wait until ``predicate(writer)`` holds; it is looked at whenever something was negotiated.

        Raises:
            asyncio.CancelledError: The connection was closed.
        """
        return await self._wait(lambda: predicate(self))

    async def _wait(self, condition: Callable[[], bool]) -> bool:
        if self._waiters is None:
            self._waiters = Waiters()
            if self._waiting_is_over:
                self._waiters.close()
        return await self._waiters.wait(condition)

    def waiters_look_again(self) -> None:
        """Something was negotiated: let go who has waited for it."""
        if self._waiters is not None:
            self._waiters.look_again()

    def close_waiters(self) -> None:
        """The connection closes: nothing that is waited for will come any more."""
        self._waiting_is_over = True
        if self._waiters is not None:
            self._waiters.close()

    connection_lost = close_waiters

    # --- hearing of it -----------------------------------------------------------------------------

    def set_iac_callback(self, cmd: bytes, func: Callable[..., Any]) -> None:
        """Call ``func(cmd)`` when the command arrives: ``set_iac_callback(AYT, func)``.

        For TM, `cmd` is the DO or WILL that it came with (RFC 860).
        """
        self._callbacks["iac", cmd] = func

    def set_ext_callback(self, cmd: bytes, func: Callable[..., Any]) -> None:
        """Call `func` with what the option tells, in place of the connection's own ``on_...`` method.

        The arguments are those of the method: ``(rows, cols)`` for NAWS, ``(name)`` for TTYPE and CHARSET,
        ``(mapping)`` for NEW_ENVIRON, ``(package, data)`` for GMCP ...
        """
        self._callbacks["ext", cmd] = func

    def set_ext_send_callback(self, cmd: bytes, func: Callable[..., Any]) -> None:
        """Ask `func` for what the option is to tell the peer, whenever it is asked.

        It returns what the client's method of that name does: a name for TTYPE, ``(rows, cols)`` for NAWS;
        ``func(offered)`` chooses for CHARSET, ``func(keys)`` answers for NEW_ENVIRON.
        """
        self._callbacks["send", cmd] = func
        ask_whenever_asked(self.connection, cmd[0], func)

    def set_ext_offer_callback(self, cmd: bytes, func: Callable[..., Any]) -> None:
        """Ask `func` for the list to offer: CHARSET's names, or NEW_ENVIRON's variables."""
        self._callbacks["offer", cmd] = func

    def add_will_callback(self, opt: bytes, func: Callable[..., Any]) -> None:
        """Call ``func(opt)`` when the peer begins to perform the option, after those added before."""
        self._callbacks["will", opt] = _Several((*self._added(opt), func))

    def remove_will_callback(self, opt: bytes, func: Callable[..., Any] | None = None) -> None:
        """Undo `add_will_callback`, for all functions if none is named; what is not there is no error."""
        left = tuple(each for each in self._added(opt) if func is not None and each != func)
        if left:
            self._callbacks["will", opt] = _Several(left)
        else:
            self._callbacks.pop(("will", opt), None)

    def _added(self, opt: bytes) -> tuple[Callable[..., Any], ...]:
        added = self._callbacks.get(("will", opt))
        return added.functions if isinstance(added, _Several) else ()

    @property
    def will_callbacks(self) -> dict[bytes, list[Callable[..., Any]]]:
        """The functions that `add_will_callback` added, by option."""
        return {opt: list(self._added(opt)) for kind, opt in self._callbacks if kind == "will"}

    def callback(self, kind: str, key: bytes) -> Callable[..., Any] | None:
        """The function for `key`, one that was set or a subclass's.

        Kinds are "iac", "ext", "send", "offer", "will" and "slc".
        """
        return self._callbacks.get((kind, key)) or self.own_handler(kind, key)

    def event_received(self, event: Event) -> None:
        """The engine told something: call who asked to hear of it."""
        if not self._callbacks and not self._handlers:
            return
        match event:
            case OptionChanged(OptionCode.TIMING_MARK, side, True):
                self._call("iac", TM, WILL if side is Side.REMOTE else DO)
            case CommandReceived(command):
                self._call("iac", bytes([command]))
            case OptionChanged(option, Side.REMOTE, True):
                self._call("will", bytes([option]))
            case _:
                return

    def _call(self, kind: str, key: bytes, heard: bytes | None = None) -> None:
        func = self.callback(kind, key)
        if func is None:
            return
        for each in func.functions if isinstance(func, _Several) else (func,):
            result = each(heard or key)
            if inspect.iscoroutine(result):
                cast(Any, self).protocol.spawn(result)
