from __future__ import annotations

import pytest

from bbsterm import limits
from bbsterm.config import Settings, find_paths
from bbsterm.errors import SecretError
from bbsterm.secret import Secret
from bbsterm.vault import KINDS, Secrets, open_secrets
from bbsterm.vault.simple import Asking, Environment
from bbsterm.vault.vault_file import VaultFile


def answers(text):
    async def ask(question):
        ask.question = question
        return None if text is None else Secret(text)

    return ask


@pytest.fixture
def secrets(tmp_path):
    environ = {"BBS_PW": "hunter2", "BBSTERM_VAULT_PASSPHRASE": "correct horse"}
    vault = VaultFile(tmp_path / "v", tmp_path / "b", idle=60, cost=16)
    return Secrets({"ask": Asking(), "env": Environment(environ), "file": vault}, environ=environ)


async def test_asking_says_for_whom(secrets, owner):
    ask = answers("hunter2")

    assert (await secrets.fetch("ask", owner, ask)).reveal() == "hunter2"
    assert (ask.question.kind, ask.question.prompt) == ("secret", "Password of ann for Xibalba")


async def test_nobody_to_ask_is_an_error_that_says_what_to_do(secrets, owner):
    with pytest.raises(SecretError, match="nobody to ask") as caught:
        await secrets.fetch("ask", owner)
    assert "--secret-env" in caught.value.hint

    with pytest.raises(SecretError, match="nobody typed"):
        await secrets.fetch("ask", owner, answers(None))


async def test_the_environment_is_read_and_never_written(secrets, owner):
    assert (await secrets.fetch("env:BBS_PW", owner)).reveal() == "hunter2"
    with pytest.raises(SecretError, match="no variable OTHER"):
        await secrets.fetch("env:OTHER", owner)
    with pytest.raises(SecretError, match="keeps nothing"):
        await secrets.store("env:BBS_PW", owner, Secret("x"))


async def test_the_vaults_passphrase_may_be_in_the_environment(secrets, owner):
    await secrets.store("file:xib", owner, Secret("hunter2"))
    secrets.lock()

    assert (await secrets.fetch("file:xib", owner)).reveal() == "hunter2"
    assert await secrets.forget("file:xib", owner)


@pytest.mark.parametrize("text", ["", "a\nb", "a\rb", "a\0b", "x" * (limits.MAX_SECRET + 1)])
async def test_what_is_no_password_is_neither_kept_nor_sent(secrets, owner, text):
    with pytest.raises(SecretError):
        await secrets.store("file:xib", owner, Secret(text))
    with pytest.raises(SecretError):
        await secrets.fetch("ask", owner, answers(text))


def test_the_ladder_is_complete_and_nothing_is_made_by_looking(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path / "home"))
    secrets = open_secrets(Settings(), find_paths(), environ={})

    routes = secrets.routes()

    assert tuple(route.kind for route in routes) == KINDS
    assert [route.kind for route in routes if route.keeps] == ["keyring", "file", "plain"]
    assert next(route for route in routes if route.kind == "command").problem
    assert secrets.best() in ("keyring", "file", "ask")
    assert not (tmp_path / "home").exists()


def test_the_open_vault_and_its_owner_show_nothing(secrets):
    assert "hunter2" not in repr(secrets) + repr(vars(secrets)["_places"])
    assert "correct horse" not in repr(secrets)
