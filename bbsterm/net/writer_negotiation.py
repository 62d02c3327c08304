"""The part of a writer that negotiates: what is agreed, asking for more, waiting for it, hearing of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, cast

from bbsterm.net.insisted import Insisted
from bbsterm.net.option_views import OptionView, PendingView
from bbsterm.net.waiters import Waiters
from bbsterm.protocol import Connection
from bbsterm.protocol.events import (
    CharsetRequested,
    CommandReceived,
    EnvironRequested,
    Event,
    OptionChanged,
    ReportRequested,
    RequestOption,
)
from bbsterm.protocol.vocabulary import Command, OptionCode, Role, Side
from bbsterm.telopt import DO, DONT, WILL, WONT, name_commands, option_from_name

__all__ = ["NegotiatingWriter"]

_REQUESTS: Final = {
    WILL: (Side.LOCAL, True),
    WONT: (Side.LOCAL, False),
    DO: (Side.REMOTE, True),
    DONT: (Side.REMOTE, False),
}


class NegotiatingWriter:
    """What `TelnetWriter` knows of options and commands, which are bytes here, as in `bbsterm.telopt`."""

    __slots__ = ("_callbacks", "_waiters", "_waiting_is_over", "connection")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._waiters: Waiters | None = None
        self._waiting_is_over = False
        # kind and option or command -> function; most connections never have one
        self._callbacks: dict[tuple[str, bytes], Callable[..., Any]] = {}

    def flush(self) -> None:
        """Give the socket what is queued."""
        raise NotImplementedError

    # --- what is agreed ----------------------------------------------------------------------

    @property
    def server(self) -> bool:
        """Whether we are the server."""
        return self.connection.role is Role.SERVER

    @property
    def client(self) -> bool:
        """Whether we are the client."""
        return self.connection.role is Role.CLIENT

    @property
    def mode(self) -> str:
        """Who edits lines: "local" the client, "remote" the server (LINEMODE); "kludge" is ECHO and SGA."""
        return self.connection.mode

    @property
    def local_option(self) -> OptionView:
        """The options that we perform: ``local_option.enabled(ECHO)``."""
        return OptionView(self.connection, Side.LOCAL)

    @property
    def remote_option(self) -> OptionView:
        """The options that the peer performs: ``remote_option.enabled(NAWS)``."""
        return OptionView(self.connection, Side.REMOTE)

    @property
    def pending_option(self) -> PendingView:
        """What the peer still owes us an answer to: ``pending_option.enabled(DO + TTYPE)``."""
        return PendingView(self.connection)

    @property
    def always_will(self) -> Insisted:
        """Options that we perform when asked, understood or not: ``always_will.add(MXP)``."""
        return Insisted(self.connection, "always_will")

    @always_will.setter
    def always_will(self, options: Iterable[bytes]) -> None:
        self.always_will.replace(options)

    @property
    def always_do(self) -> Insisted:
        """Options that the peer may perform when it offers to, understood or not."""
        return Insisted(self.connection, "always_do")

    @always_do.setter
    def always_do(self, options: Iterable[bytes]) -> None:
        self.always_do.replace(options)

    passive_do = always_do

    @property
    def always_wont(self) -> Insisted:
        """Options that we never perform."""
        return Insisted(self.connection, "always_wont")

    @always_wont.setter
    def always_wont(self, options: Iterable[bytes]) -> None:
        self.always_wont.replace(options)

    @property
    def always_dont(self) -> Insisted:
        """Options that the peer is never to perform."""
        return Insisted(self.connection, "always_dont")

    @always_dont.setter
    def always_dont(self, options: Iterable[bytes]) -> None:
        self.always_dont.replace(options)

    @property
    def rejected_will(self) -> set[bytes]:
        """Options that the peer offered to perform, and we refused."""
        return {bytes((code,)) for code, side in self.connection.declined if side is Side.REMOTE}

    @property
    def rejected_do(self) -> set[bytes]:
        """Options that the peer asked us to perform, and we refused."""
        return {bytes((code,)) for code, side in self.connection.declined if side is Side.LOCAL}

    @property
    def mccp2_active(self) -> bool:
        """Whether what the server sends is compressed."""
        return self.connection.compressed(Side.LOCAL if self.server else Side.REMOTE)

    @property
    def mccp3_active(self) -> bool:
        """Whether what the client sends is compressed."""
        return self.connection.compressed(Side.REMOTE if self.server else Side.LOCAL)

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
        return self._send(ReportRequested(OptionCode.TSPEED))

    def request_ttype(self) -> bool:
        """Ask for the client's terminal types, from the first on (RFC 1091)."""
        return self._send(ReportRequested(OptionCode.TTYPE))

    def request_xdisploc(self) -> bool:
        """Ask where the client's X display is (RFC 1096)."""
        return self._send(ReportRequested(OptionCode.XDISPLOC))

    def request_environ(self) -> bool:
        """Ask for environment variables: those of the offer callback, or the server's own list (RFC 1572)."""
        names = self._offered(b"\x27", "on_request_environ")
        wanted = tuple(name for name in names if isinstance(name, str))
        return self._send(EnvironRequested((), wanted))

    def request_charset(self) -> bool:
        """Offer character sets: those of the offer callback, or the connection's own list (RFC 2066)."""
        offers = tuple(self._offered(b"\x2a", "on_request_charset"))
        return bool(offers) and self._send(CharsetRequested(offers))

    def _offered(self, option: bytes, method: str) -> list[Any]:
        callback = self._callbacks.get(("offer", option))
        if callback is None:
            callback = getattr(getattr(self, "protocol", None), method, None)
        return list(callback()) if callback is not None else []

    def _send(self, event: Event) -> bool:
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

    async def wait_for_condition(self, condition: Callable[[Any], bool]) -> bool:
        """Wait until ``condition(writer)`` holds; it is looked at whenever something was negotiated.

        Raises:
            asyncio.CancelledError: The connection was closed.
        """
        return await self._wait(lambda: condition(self))

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
        """Call ``func(cmd)`` when the command arrives: ``set_iac_callback(AYT, func)``."""
        self._callbacks["iac", cmd] = func

    def set_ext_callback(self, cmd: bytes, func: Callable[..., Any]) -> None:
        """Call `func` with what the option tells, in place of the connection's own ``on_...`` method.

        The arguments are those of the method: ``(rows, cols)`` for NAWS, ``(name)`` for TTYPE and CHARSET,
        ``(mapping)`` for NEW_ENVIRON, ``(package, data)`` for GMCP ...
        """
        self._callbacks["ext", cmd] = func

    def set_ext_send_callback(self, cmd: bytes, func: Callable[..., Any]) -> None:
        """Ask `func` for what the option is to tell the peer, whenever it is asked."""
        self._callbacks["send", cmd] = func

    def set_ext_offer_callback(self, cmd: bytes, func: Callable[..., Any]) -> None:
        """Ask `func` for the list to offer: CHARSET's names, or NEW_ENVIRON's variables."""
        self._callbacks["offer", cmd] = func

    def add_will_callback(self, option: bytes, func: Callable[..., Any]) -> None:
        """Call ``func(option)`` when the peer begins to perform the option."""
        self._callbacks["will", option] = func

    def remove_will_callback(self, option: bytes, func: Callable[..., Any] | None = None) -> None:
        """Undo `add_will_callback`; what is not there is no error."""
        self._callbacks.pop(("will", option), None)

    def callback(self, kind: str, key: bytes) -> Callable[..., Any] | None:
        """The function set for `key`; kinds are "iac", "ext", "send", "offer", "will" and "slc"."""
        return self._callbacks.get((kind, key))

    def event_received(self, event: Event) -> None:
        """The engine told something: call who asked to hear of it."""
        if not self._callbacks:
            return
        match event:
            case CommandReceived(command):
                self._call("iac", bytes([command]))
            case OptionChanged(option, Side.REMOTE, True):
                self._call("will", bytes([option]))
            case _:
                return

    def _call(self, kind: str, key: bytes) -> None:
        func = self._callbacks.get((kind, key))
        if func is not None:
            result = func(key)
            if inspect.iscoroutine(result):
                cast(Any, self).protocol.spawn(result)
