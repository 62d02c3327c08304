from __future__ import annotations

from types import SimpleNamespace

import pytest

from bbsterm.errors import SecretError
from bbsterm.secret import Secret
from bbsterm.vault.keyrings import Keyring


class FakeKeyring:
    """The `keyring` library, in a dictionary."""

    def __init__(self, backend=None):
        self.kept = {}
        self._backend = backend or SimpleNamespace()

    def get_keyring(self):
        return self._backend

    def get_password(self, service, user):
        return self.kept.get((service, user))

    def set_password(self, service, user, password):
        self.kept[service, user] = password

    def delete_password(self, service, user):
        del self.kept[service, user]


def backend(module, name="Keyring", **attributes):
    return type(name, (), {"__module__": module, **attributes})()


async def test_a_password_is_filed_under_the_entry_and_its_host(owner):
    library = FakeKeyring()
    keyring = Keyring(lambda: library)

    await keyring.store("", owner, Secret("hunter2"), None)

    assert library.kept == {("bbsterm", "abcd1234@bbs.example.org:2323"): "hunter2"}
    assert (await keyring.fetch("", owner, None)).reveal() == "hunter2"
    assert await keyring.forget("", owner, None)
    assert not await keyring.forget("", owner, None)


async def test_a_name_of_ones_own_is_used_as_it_is(owner):
    library = FakeKeyring()
    library.kept["bbsterm", "work"] = "hunter2"

    assert (await Keyring(lambda: library).fetch("work", owner, None)).reveal() == "hunter2"


async def test_the_same_entry_with_another_host_has_none(owner, moved):
    library = FakeKeyring()
    keyring = Keyring(lambda: library)
    await keyring.store("", owner, Secret("hunter2"), None)

    with pytest.raises(SecretError, match=r"no secret for abcd1234@evil\.example:2323"):
        await keyring.fetch("", moved, None)


@pytest.mark.parametrize(
    ("useless", "said"),
    [
        (backend("keyring.backends.fail"), "the backend is `fail`"),
        (backend("keyring.backends.null"), "the backend is `null`"),
        (backend("keyring.backends.chainer", "ChainerBackend", backends=[]), "no backend"),
        (backend("keyrings.alt.file", "PlaintextKeyring"), "does not protect anything"),
    ],
)
async def test_a_backend_that_keeps_nothing_safe_is_told_and_not_used(useless, said, owner):
    library = FakeKeyring(useless)
    keyring = Keyring(lambda: library)

    assert said in keyring.problem
    with pytest.raises(SecretError, match=said):
        await keyring.store("", owner, Secret("hunter2"), None)
    assert library.kept == {}


@pytest.mark.parametrize("module", ["keyring.backends.SecretService", "keyring.backends.macOS"])
def test_a_real_backend_is_none_of_these(module):
    assert Keyring(lambda: FakeKeyring(backend(module))).problem == ""


async def test_without_the_library_it_says_how_to_get_it(owner):
    def missing():
        raise ImportError("keyring")

    keyring = Keyring(missing)

    assert "bbsterm[keyring]" in keyring.problem
    with pytest.raises(SecretError, match="not installed"):
        await keyring.fetch("", owner, None)


async def test_what_a_backend_raises_is_told_without_the_password(owner):
    class Locked(FakeKeyring):
        def set_password(self, service, user, password):
            raise RuntimeError(f"cannot write {password}")

    with pytest.raises(SecretError) as caught:
        await Keyring(Locked).store("", owner, Secret("hunter2"), None)

    assert "RuntimeError" in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__context__ is None or "hunter2" not in str(caught.value.__cause__)


async def test_a_keyring_that_cannot_even_begin_is_a_problem_like_any_other():
    class Broken:
        def get_keyring(self):
            raise RuntimeError("no bus")

    assert Keyring(Broken).problem == "the keyring does not work: RuntimeError: no bus"
