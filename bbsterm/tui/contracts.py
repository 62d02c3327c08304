"""What the pages need of the floors below, no more: tests hand them fakes in fifteen lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bbsterm.screen.terminal import Terminal
from bbsterm.session.events import CallEnded, CallEvent, CallState
from bbsterm.tui.geometry import BOARD, Plan, Wish

if TYPE_CHECKING:
    from bbsterm.errors import UnknownCertificateError
    from bbsterm.net.address import Address
    from bbsterm.protocol.vocabulary import WindowSize
    from bbsterm.screen.detect import Verdict
    from bbsterm.secret import Secret
    from bbsterm.session.settings import CallSettings
    from bbsterm.tui.desk import Desk

__all__ = ["Board", "CallLike", "Dial"]


class CallLike(Protocol):
    """A call, as a page sees it (`bbsterm.session.call.Call`)."""

    @property
    def address(self) -> Address:
        """Whom it calls."""
        ...

    @property
    def settings(self) -> CallSettings:
        """How."""
        ...

    @property
    def terminal(self) -> Terminal:
        """The emulation that the board paints on."""
        ...

    @property
    def state(self) -> CallState:
        """How far it has come."""
        ...

    @property
    def seconds(self) -> float:
        """How long the line has been open."""
        ...

    @property
    def protocol_label(self) -> str:
        """The protocol as a status row names it: "TELNET", "TELNET/TLS", "RAW"."""
        ...

    @property
    def encryption(self) -> tuple[str, ...]:
        """TLS version and cipher, as long and as short as there is room for; empty on a plain line."""
        ...

    @property
    def kind(self) -> str:
        """The emulation, as settings name it."""
        ...

    @property
    def verdict(self) -> Verdict | None:
        """What the evidence says about the character set; None where nobody asks it."""
        ...

    @property
    def local_echo(self) -> bool:
        """Whether what is typed is shown by us."""
        ...

    @property
    def baud(self) -> int:
        """Bits per second at which text appears; 0 is at once."""
        ...

    @property
    def quiet_seconds(self) -> float:
        """How long the board has said nothing."""
        ...

    @property
    def unanswered(self) -> int:
        """How many questions whether it is there the board has left open."""
        ...

    @property
    def stopped(self) -> bool:
        """Whether what the board says is held back until Ctrl+Q."""
        ...

    def tap(self, callback: Callable[[bytes], None]) -> Callable[[], None]:
        """Give `callback` the board's text as it is shown; returns what ends that."""
        ...

    def listen(self, callback: Callable[[CallEvent], None]) -> Callable[[], None]:
        """Tell `callback` of everything from now on; returns what ends that."""
        ...

    async def run(self) -> CallEnded:
        """Dial, and come back when it is over."""
        ...

    def press(self, key: str, character: str | None) -> None:
        """A key for the board, under Textual's name."""
        ...

    def type(self, text: str) -> None:
        """Text as if typed on the keyboard."""
        ...

    def send_bytes(self, data: bytes) -> None:
        """Text in the board's bytes, as it is."""
        ...

    def expect_echo(self, *secrets: bytes) -> None:
        """These are about to be sent, and are stars wherever they come back."""
        ...

    def send_secret(self, secret: Secret) -> None:
        """A password for the board: not shown, and not in the log."""
        ...

    def set_speed(self, baud: int) -> None:
        """Bits per second from now on; 0 is at once."""
        ...

    def set_encoding(self, encoding: str) -> None:
        """Read everything received in this character set, from the start.

        Raises:
            UsageError: There is no such encoding.
        """
        ...

    def next_encoding(self) -> str:
        """The same with the next of the likely ones; returns its name."""
        ...

    def paste(self, text: str) -> None:
        """Text for the board, sent as fast as it takes it."""
        ...

    def resize(self, columns: int, rows: int, *, window: WindowSize | None = None) -> None:
        """Change the screen's size and tell the board; `window` where less of it can be seen at once."""
        ...

    def expect_key(self) -> None:
        """A key is on its way to `press`."""
        ...

    def hang_up(self) -> None:
        """End it."""
        ...


class Dial(Protocol):
    """Makes a call that has not been dialled yet."""

    async def __call__(self, plan: Plan, terminal: Terminal | None) -> CallLike:
        """A call for a screen of this size; on a terminal of an earlier call, whose history it keeps.

        Raises:
            BbstermError: There is nobody to call.
        """
        ...


@dataclass(frozen=True, slots=True)
class Board:
    """What a call page needs to know of whom it calls.

    Attributes:
        name: What it is called on the screen.
        where: Its address, as shown while dialling.
        dial: Makes a call to it.
        wish: How large a screen it wants.
        alt_keys: Whether Alt and a letter are ours (SyncTERM's accelerators) or the board's.
        music: Whether its tunes are noticed from the start.
        redial: How often it is dialled again by itself when it does not answer.
        captured: Told of the file that the call is written to, for its history; of "" when there is none.
        desk: The user's macros and passwords; None has the call do without them.
        trust: Remembers a certificate that the user trusts; None where nothing is remembered.
    """

    name: str
    where: str
    dial: Dial
    wish: Wish = BOARD
    alt_keys: bool = True
    music: bool = False
    redial: int = 0
    captured: Callable[[str], None] = lambda path: None
    desk: Desk | None = None
    trust: Callable[[UnknownCertificateError], None] | None = None
