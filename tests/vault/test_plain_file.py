from __future__ import annotations

import os
import stat

import pytest

from bbsterm.errors import SecretError
from bbsterm.secret import Secret
from bbsterm.vault.plain_file import PlainFile


@pytest.fixture
def plain(tmp_path):
    return PlainFile(tmp_path / "data" / "plain.json")


async def test_it_is_kept_where_only_its_owner_can_read_it(plain, owner):
    await plain.store("xib", owner, Secret("hunter2"), None)

    assert stat.S_IMODE(os.stat(plain.path).st_mode) == 0o600
    assert (await plain.fetch("xib", owner, None)).reveal() == "hunter2"
    assert plain.names() == {"xib": "bbs.example.org:2323"}


async def test_a_file_that_others_can_read_is_not_used(plain, owner):
    await plain.store("xib", owner, Secret("hunter2"), None)
    plain.path.chmod(0o644)

    with pytest.raises(SecretError, match="others can read") as caught:
        await plain.fetch("xib", owner, None)
    assert "chmod 600" in caught.value.hint


async def test_what_is_forgotten_leaves_nothing_behind(plain, owner):
    await plain.store("xib", owner, Secret("hunter2"), None)

    assert await plain.forget("xib", owner, None)
    assert not await plain.forget("xib", owner, None)
    assert all(b"hunter2" not in path.read_bytes() for path in plain.path.parent.iterdir())


async def test_a_password_is_for_its_host_only(plain, owner, moved):
    await plain.store("xib", owner, Secret("hunter2"), None)

    with pytest.raises(SecretError, match=r"not for evil\.example:2323"):
        await plain.fetch("xib", moved, None)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"xib": 1}', '{"xib": {"secret": "hunter2"}}', "[" * 9999])
async def test_a_damaged_file_is_told_and_left_alone(plain, owner, text):
    await plain.store("xib", owner, Secret("hunter2"), None)
    plain.path.write_text(text)

    with pytest.raises(SecretError, match="damaged") as caught:
        await plain.store("other", owner, Secret("x"), None)
    assert "hunter2" not in str(caught.value)
    assert plain.path.read_text() == text
