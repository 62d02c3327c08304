from __future__ import annotations

import pytest

from bbsterm.errors import BbstermError
from bbsterm.scripts.running import run_script
from bbsterm.tui.script_errors import account_of


async def failing(path, source: str) -> str:
    path.write_text(source)
    with pytest.raises(BbstermError) as error:
        await run_script(path, None)
    return account_of(path, error.value)


async def test_the_line_that_failed_is_shown_with_its_neighbours(tmp_path):
    path = tmp_path / "look.py"

    account = await failing(path, "def half(n):\n    return 1 / n\n\nasync def main(call):\n    half(0)\n")

    assert account.splitlines()[0] == f"{path}:2: ZeroDivisionError: division by zero"
    assert "called in line 5: half(0)" in account
    assert ">    2      return 1 / n" in account


async def test_a_script_that_is_no_python_shows_where(tmp_path):
    path = tmp_path / "bad.py"

    account = await failing(path, "x = 1\nasync def main(call:\n    pass\n")

    assert f"{path}:2:" in account
    assert ">    2  async def main(call:" in account


async def test_a_script_without_main_has_no_line(tmp_path):
    account = await failing(tmp_path / "none.py", "x = 1\n")

    assert "there is no `async def main(call)`" in account
