"""Scripts as files: what is wrong with them is told with their own line."""

from __future__ import annotations

import pytest

from bbsterm.errors import StorageError
from bbsterm.scripts.errors import ScriptError
from bbsterm.scripts.running import load_script, run_script


def script(tmp_path, text):
    (path := tmp_path / "s.py").write_text(text)
    return path


async def test_its_main_runs(tmp_path):
    path = script(tmp_path, "async def main(call):\n    return call + 1\n")

    assert await run_script(path, 41) == 42


async def test_what_was_saved_last_is_what_runs(tmp_path):
    path = script(tmp_path, "async def main(call):\n    return 1\n")
    await run_script(path, None)
    script(tmp_path, "async def main(call):\n    return 2\n")

    assert await run_script(path, None) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def main(", "s.py:1: '(' was never closed"),
        ("\n1/0\n", "s.py:2: ZeroDivisionError"),
        ("def main(call):\n    pass\n", "no `async def main"),
        ("", "no `async def main"),
        ("a\0b", "null bytes"),
    ],
)
def test_what_is_no_script(tmp_path, text, said):
    with pytest.raises(ScriptError) as caught:
        load_script(script(tmp_path, text))

    assert said in str(caught.value)


async def test_a_failure_is_told_with_the_line_of_the_script(tmp_path):
    path = script(tmp_path, "import json\n\nasync def main(call):\n    json.loads('{')\n")

    with pytest.raises(ScriptError) as caught:
        await run_script(path, None)

    assert caught.value.line == 4
    assert "JSONDecodeError" in str(caught.value)


def test_a_script_that_is_not_there(tmp_path):
    with pytest.raises(StorageError, match=r"s\.py"):
        load_script(tmp_path / "s.py")
