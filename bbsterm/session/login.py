"""Logging in: what a call begins with, and whether it may have the entry's password.

This is the one place where a password is let out. It goes to the host and port that its entry names and to no
other, over TLS if the entry demands TLS, with a proven certificate if it demands that. The application,
`bbsterm run` and `bbsterm connect --plain` all log in through here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from bbsterm.errors import SecretError
from bbsterm.macros import Program, compile_macro
from bbsterm.macros.login import login_macro
from bbsterm.session.events import CallState
from bbsterm.vault import Owner

if TYPE_CHECKING:
    from bbsterm.net.address import Address
    from bbsterm.secret import Secret
    from bbsterm.session.macro_files import MacroFiles
    from bbsterm.session.settings import CallSettings
    from bbsterm.vault import Ask, Question, Secrets

__all__ = [
    "AUTO",
    "IEMSI",
    "OFF",
    "PLAIN_WARNING",
    "Fetch",
    "Forgetful",
    "Notes",
    "Plan",
    "ask_before",
    "owner_of",
    "plan_login",
    "remember_answer",
    "secret_for",
    "variables_of",
]

AUTO: Final = "auto"
"""An entry's `login` that logs in by the prompts that common boards have, without asking first."""

IEMSI: Final = "iemsi"
"""An entry's `login` that answers IEMSI requests (FSC-0056), and the common prompts where none comes."""

OFF: Final = "off"
"""An entry's `login` that never does anything."""

PLAIN_WARNING: Final = "the password goes over the line as it is: anybody on the way can read it"

_UNPROTECTED: Final = "Send the password unencrypted?"
"""A question has half of a row of 80 columns."""

Fetch = Callable[[], Awaitable["Secret"]]
"""What `MacroRun` and `ScriptCall` want as `secret`."""

_YES: Final = "yes"
_NO: Final = "no"


class Notes(Protocol):
    """Where small answers are remembered; `Book.state` is one."""

    def note(self, key: str) -> str:
        """What was remembered; empty if nothing was."""
        ...

    def set_note(self, key: str, value: str) -> None:
        """Remember it."""
        ...


class Forgetful:
    """Notes for one run."""

    def __init__(self) -> None:
        self._notes: dict[str, str] = {}

    def note(self, key: str) -> str:
        """What was remembered; empty if nothing was."""
        return self._notes.get(key, "")

    def set_note(self, key: str, value: str) -> None:
        """Remember it."""
        self._notes[key] = value


class Calling(Protocol):
    """What is asked of a call; `session.Call` has it."""

    @property
    def address(self) -> Address: ...
    @property
    def settings(self) -> CallSettings: ...
    @property
    def state(self) -> CallState: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """How a call logs in.

    Attributes:
        program: The macro, the entry's own or the one for the common prompts; None if IEMSI is all.
        iemsi: Whether IEMSI requests are answered.
        ask_first: Whether somebody must say yes before it begins; remember the answer (`remember_answer`).
    """

    program: Program | None
    iemsi: bool = False
    ask_first: bool = False

    @property
    def question(self) -> str:
        """What to ask then."""
        return "Log in by itself: type the entry's user and password where this board asks for them?"


def plan_login(
    address: Address, settings: CallSettings, macros: MacroFiles, notes: Notes | None = None
) -> Plan | None:
    """How a call to this address logs in; None if it does not.

    Args:
        address: Whom it calls.
        settings: What the entry says.
        macros: Where macros are.
        notes: What was answered in earlier calls.

    Raises:
        UsageError: There is no such macro.
        ConfigError: It has mistakes.
        StorageError: It cannot be read.
    """
    if settings.login == OFF or _wrong_host(address, settings):
        return None
    if settings.login not in ("", AUTO, IEMSI):
        return Plan(macros.program(settings.login))
    if not settings.secret or not (settings.user or settings.login):
        return None
    program = compile_macro(login_macro(user=bool(settings.user)))
    answer = notes.note(_key("login", settings)) if notes else ""
    if not settings.login and answer == _NO:
        return None
    return Plan(program, settings.login == IEMSI, not settings.login and answer != _YES)


def remember_answer(notes: Notes, settings: CallSettings, answer: bool) -> None:
    """Remember whether this entry logs in by itself (see `Plan.ask_first`).

    Raises:
        BookError: It cannot be saved.
    """
    notes.set_note(_key("login", settings), _YES if answer else _NO)


def variables_of(address: Address, settings: CallSettings) -> dict[str, str]:
    """What macros and scripts know of the board: host, name and, if the entry says it, user."""
    variables = {"host": address.host, "name": settings.name or address.place}
    user = settings.user or address.user
    if user:
        variables["user"] = user
    return variables


def secret_for(
    call: Calling,
    secrets: Secrets,
    *,
    ask: Ask | None = None,
    confirm: Callable[[str], Awaitable[bool]] | None = None,
    warn: Callable[[str], None] = lambda text: None,
    notes: Notes | None = None,
) -> Fetch:
    """What gives a call's macro its password, or says why it must not have it.

    Args:
        call: The call.
        secrets: The places for passwords.
        ask: Asks a person for the password or a passphrase; None if there is nobody.
        confirm: Asks a person, once an entry, whether a password may go over an unprotected line.
        warn: Told so instead where nobody can be asked; once an entry, too.
        notes: Remembers that it was said. For this call only if None.
    """
    remembered = notes or Forgetful()

    async def fetch() -> Secret:
        settings = call.settings
        _must_be_ours(call.address, settings)
        key = _key("unprotected", settings)
        if not _protected(call.address, settings) and remembered.note(key) != _YES:
            if confirm is None:
                warn(PLAIN_WARNING)
            elif not await confirm(_UNPROTECTED):
                raise SecretError("the password was not sent: the line is not protected")
            remembered.set_note(key, _YES)
        secret = await secrets.fetch(settings.secret, owner_of(settings), ask)
        if call.state is not CallState.CONNECTED:  # asking took its time
            raise SecretError("the call is over")
        _must_be_ours(call.address, call.settings)
        return secret

    return fetch


async def ask_before(settings: CallSettings, secrets: Secrets, ask: Ask | None) -> Ask | None:
    """Have a person asked before the call for what could not be asked in it; who answers then.

    The vault is opened, and stays open for a while; a password that is asked for each call is asked for now.

    Args:
        settings: What the entry says.
        secrets: The places for passwords.
        ask: Asks a person; None if there is nobody.

    Raises:
        SecretError: Nobody answered, or the vault does not open.
    """
    kind = settings.secret.partition(":")[0]
    if ask is None or kind not in ("ask", "file") or settings.home is None:
        return ask
    answer = await secrets.fetch(settings.secret, owner_of(settings), ask)
    if kind == "file":
        return ask

    async def answered(question: Question) -> Secret | None:
        return answer

    return answered


def _must_be_ours(address: Address, settings: CallSettings) -> None:
    """Refuse where the entry's password is not for this call.

    Raises:
        SecretError: See above.
    """
    if not settings.secret:
        raise SecretError(
            "the entry names no secret",
            hint='`bbsterm secret set NAME` keeps one, or write secret = "ask" into the entry.',
        )
    if problem := _wrong_host(address, settings):
        raise SecretError(problem)
    home = settings.home
    if home is not None and home.tls and not address.tls:
        raise SecretError("the password is only sent over TLS: the entry says telnets://")
    if home is not None and home.tls and home.verify and not settings.tls.verify:
        raise SecretError(
            "the password is not sent: nothing proves who answered",
            hint="The entry demands a certificate that can be checked, and this call does not check it.",
        )


def _wrong_host(address: Address, settings: CallSettings) -> str:
    """Why the entry's password is not for this address; empty if it is."""
    home = settings.home
    if home is None:
        return "the password is not sent: this call is to no entry of the book" if settings.secret else ""
    if (_host(home.host), home.port) != (_host(address.host), address.port):
        return f"the password is for {home.host}:{home.port}, not for {address.place}"
    return ""


def _host(name: str) -> str:
    return name.casefold().rstrip(".")


def _protected(address: Address, settings: CallSettings) -> bool:
    return address.tls and settings.tls.verify


def owner_of(settings: CallSettings) -> Owner:
    """Whose password it is that a call's entry names.

    Raises:
        SecretError: The call is to no entry.
    """
    home = settings.home
    if home is None:
        raise SecretError("this call is to no entry of the book")
    place = f"{home.host}:{home.port}"
    return Owner(settings.entry, settings.name or place, home.host, home.port, settings.user)


def _key(what: str, settings: CallSettings) -> str:
    """What an answer is remembered by: a board that has moved is asked about anew."""
    owner = owner_of(settings)
    tls = "tls" if settings.home is not None and settings.home.tls else "plain"
    return f"{what}:{owner.account}:{tls}"
