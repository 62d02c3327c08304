from __future__ import annotations

import sys

import pytest

from bbsterm.limits import MAX_OSC52
from bbsterm.tui.clipboard import Route, copy_by, find_route, fits_osc52


@pytest.mark.parametrize(
    ("environ", "programs", "name"),
    [
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, {"wl-copy", "xclip"}, "wl-copy"),
        ({"DISPLAY": ":0"}, {"wl-copy", "xclip", "xsel"}, "xclip"),
        ({"DISPLAY": ":0"}, {"xsel"}, "xsel"),
        ({}, {"pbcopy"}, "pbcopy"),
        ({}, {"xclip", "wl-copy"}, None),
        ({"DISPLAY": ":0"}, set(), None),
    ],
)
def test_the_program_is_the_one_that_works_here(environ, programs, name):
    route = find_route(environ, lambda program: program if program in programs else None)

    assert (route.name if route else None) == name


async def test_a_program_gets_the_text(tmp_path):
    path = tmp_path / "copied"
    code = f"import sys; open({str(path)!r}, 'wb').write(sys.stdin.buffer.read())"

    assert await copy_by(Route("fake", (sys.executable, "-c", code)), "a ░ line")

    assert path.read_bytes() == "a ░ line".encode()


async def test_a_program_that_fails_hangs_or_is_not_there_has_not_copied():
    assert not await copy_by(Route("fails", (sys.executable, "-c", "raise SystemExit(1)")), "x")
    assert not await copy_by(Route("gone", ("/nonexistent/program",)), "x")
    hanging = Route("hangs", (sys.executable, "-c", "import time; time.sleep(60)"))
    assert not await copy_by(hanging, "x", patience=0.05)


def test_terminals_are_not_given_more_than_they_take():
    assert fits_osc52("x" * MAX_OSC52)
    assert not fits_osc52("░" * MAX_OSC52)
