"""Who gets a password, and who does not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import SimpleNamespace

import pytest

from bbsterm.errors import SecretError, UsageError
from bbsterm.net.address import Address
from bbsterm.net.tls import TlsSettings
from bbsterm.secret import Secret
from bbsterm.session.events import CallState
from bbsterm.session.login import (
    PLAIN_WARNING,
    Forgetful,
    ask_before,
    plan_login,
    remember_answer,
    secret_for,
    variables_of,
)
from bbsterm.session.macro_files import MacroFiles
from bbsterm.session.settings import CallSettings, Home
from bbsterm.vault import Secrets
from bbsterm.vault.simple import Asking, Environment

HERE = Address("bbs.example.org", 2323)
SAFE = Address("bbs.example.org", 2323, "telnets")
OURS = CallSettings(
    name="Xib", user="ann", secret="env:PW", home=Home("BBS.example.org", 2323), entry="abcd1234"
)
DEMANDS_TLS = replace(OURS, home=Home("bbs.example.org", 2323, tls=True))


@dataclass
class Line:
    address: Address = HERE
    settings: CallSettings = OURS
    state: CallState = CallState.CONNECTED


def places():
    environ = {"PW": "hunter2"}
    return Secrets({"env": Environment(environ), "ask": Asking()}, environ=environ)


async def fetched(line, **how):
    return (await secret_for(line, places(), **how)()).reveal()


async def test_the_entrys_own_host_gets_it():
    assert await fetched(Line()) == "hunter2"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (Line(Address("evil.example", 2323)), "is for BBS.example.org:2323, not for evil.example:2323"),
        (Line(Address("bbs.example.org", 23)), "not for bbs.example.org:23"),
        (Line(settings=replace(OURS, home=None)), "no entry of the book"),
        (Line(settings=replace(OURS, secret="")), "names no secret"),
        (Line(settings=DEMANDS_TLS), "only sent over TLS"),
        (Line(SAFE, replace(DEMANDS_TLS, tls=TlsSettings(verify=False))), "nothing proves who answered"),
        (Line(state=CallState.DIALING), "the call is over"),
        (Line(state=CallState.ENDED), "the call is over"),
    ],
)
async def test_nobody_else_does(line, why):
    with pytest.raises(SecretError, match=why):
        await fetched(line)


async def test_over_tls_with_a_proven_certificate_nothing_is_warned_about():
    said = []

    assert await fetched(Line(SAFE, DEMANDS_TLS), warn=said.append) == "hunter2"
    assert said == []


async def test_an_entry_that_takes_any_certificate_is_warned_about_like_a_plain_line():
    said = []
    settings = replace(
        OURS, home=Home("bbs.example.org", 2323, tls=True, verify=False), tls=TlsSettings(verify=False)
    )

    assert await fetched(Line(SAFE, settings), warn=said.append) == "hunter2"
    assert said == [PLAIN_WARNING]


async def test_a_plain_line_is_warned_about_once_and_anew_when_the_board_has_moved():
    said, notes = [], Forgetful()
    moved = replace(OURS, home=Home("new.example", 23))

    for line in (Line(), Line(), Line(Address("new.example", 23), moved)):
        await fetched(line, warn=said.append, notes=notes)

    assert len(said) == 2


async def test_who_can_be_asked_is_asked_once_and_may_say_no():
    asked, notes = [], Forgetful()

    async def no(question):
        asked.append(question)
        return False

    async def yes(question):
        asked.append(question)
        return True

    with pytest.raises(SecretError, match="was not sent"):
        await fetched(Line(), confirm=no, notes=notes)
    assert await fetched(Line(), confirm=yes, notes=notes) == "hunter2"
    assert await fetched(Line(), confirm=no, notes=notes) == "hunter2"
    assert len(asked) == 2


async def test_a_call_that_ended_while_somebody_typed_gets_nothing():
    line = Line(settings=replace(OURS, secret="ask"))

    async def slowly(question):
        line.state = CallState.ENDED
        return Secret("hunter2")

    with pytest.raises(SecretError, match="over"):
        await fetched(line, ask=slowly)


async def test_what_must_be_asked_can_be_asked_before_the_call():
    asked = []

    async def ask(question):
        asked.append(question.prompt)
        return Secret("typed")

    settings = replace(OURS, secret="ask")
    answered = await ask_before(settings, places(), ask)

    assert await fetched(Line(settings=settings), ask=answered) == "typed"
    assert asked == ["Password of ann for Xib"]


# --- plans ------------------------------------------------------------------------------


@pytest.fixture
def macros(tmp_path):
    (tmp_path / "xib.toml").write_text('[[step]]\nexpect = "login:"\nsend = "{secret}<enter>"\n')
    return MacroFiles(tmp_path)


def test_the_entrys_macro(macros):
    plan = plan_login(HERE, replace(OURS, login="xib"), macros)

    assert plan.program.title == "xib"
    assert (plan.iemsi, plan.ask_first) == (False, False)


def test_a_macro_that_is_not_there_is_told(macros):
    with pytest.raises(UsageError, match="no macro 'xibb'"):
        plan_login(HERE, replace(OURS, login="xibb"), macros)


def test_without_one_the_common_prompts_are_tried_after_a_question_that_is_asked_once(macros):
    notes = Forgetful()

    assert plan_login(HERE, OURS, macros, notes).ask_first
    remember_answer(notes, OURS, True)
    assert not plan_login(HERE, OURS, macros, notes).ask_first
    remember_answer(notes, OURS, False)
    assert plan_login(HERE, OURS, macros, notes) is None


@pytest.mark.parametrize(("login", "iemsi"), [("auto", False), ("iemsi", True)])
def test_an_entry_can_say_so_itself(macros, login, iemsi):
    plan = plan_login(HERE, replace(OURS, login=login), macros)

    assert (plan.iemsi, plan.ask_first) == (iemsi, False)


@pytest.mark.parametrize(
    ("address", "settings"),
    [
        (HERE, replace(OURS, login="off")),
        (HERE, replace(OURS, secret="")),
        (HERE, replace(OURS, user="")),
        (HERE, CallSettings()),
        (Address("evil.example", 2323), replace(OURS, login="iemsi")),
        (HERE, replace(OURS, home=None)),
    ],
)
def test_these_do_not_log_in(macros, address, settings):
    assert plan_login(address, settings, macros) is None


def test_what_macros_know():
    assert variables_of(HERE, OURS) == {"host": "bbs.example.org", "name": "Xib", "user": "ann"}
    assert variables_of(Address("h", 23, "telnet", "bob"), CallSettings()) == {
        "host": "h",
        "name": "h:23",
        "user": "bob",
    }


def test_a_fetch_shows_nothing_of_what_it_gives():
    assert "hunter2" not in repr(secret_for(Line(), places()))
    assert SimpleNamespace(secret=Secret("hunter2")).__repr__() == "namespace(secret=<secret>)"
