"""The names of the package: loaded when they are asked for, and all there."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

import bbsterm.protocol
import bbsterm.protocol.events
import bbsterm.protocol.options

PACKAGES = [bbsterm.protocol, bbsterm.protocol.events, bbsterm.protocol.options]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_is_where_it_is_said_to_be(package):
    for name in package.__all__:
        assert getattr(package, name) is getattr(importlib.import_module(package._HOME_OF[name]), name)
    assert set(package.__all__) <= set(dir(package))


def test_no_event_and_no_option_is_left_out():
    for kind in ("base", "lines", "mud", "terminal"):
        module = importlib.import_module(f"bbsterm.protocol.events.{kind}")
        assert set(module.__all__) <= set(bbsterm.protocol.events.__all__)
    for option in bbsterm.protocol.ALL:
        assert option.__name__ in bbsterm.protocol.options.__all__
    assert set(bbsterm.protocol.options.__all__) <= set(bbsterm.protocol.__all__)
    assert set(bbsterm.protocol.events.__all__) <= set(bbsterm.protocol.__all__)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_name_that_is_not_there_is_an_attribute_error(package):
    with pytest.raises(AttributeError, match="no attribute 'Nonsense'"):
        _ = package.Nonsense


def test_one_option_loads_no_other():
    code = (
        "import sys; from bbsterm.protocol import Connection, Naws, Role; Connection(Role.CLIENT, [Naws()]);"
        "loaded = [name for name in sys.modules if name.startswith('bbsterm.protocol.options.')];"
        "print(*[name.rpartition('.')[2] for name in loaded])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert sorted(done.stdout.split()) == ["base", "naws"]
