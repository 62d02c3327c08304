from __future__ import annotations

from datetime import UTC, datetime

from bbsterm import limits
from bbsterm.serve.nodes import Nodes

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_the_lowest_free_number_is_given():
    nodes = Nodes()
    first, second, third = (nodes.take(now=NOW) for _ in range(3))

    nodes.free(second)

    assert [node.number for node in (first, second, third)] == [1, 2, 3]
    assert nodes.take(now=NOW).number == 2
    assert [node.number for node in nodes] == [1, 2, 3]
    assert len(nodes) == 3


def test_two_callers_never_have_one_name():
    nodes = Nodes()

    names = [nodes.name(nodes.take(now=NOW), name) for name in ("Ann", "ann", "Bob", "ANN")]

    assert names == ["Ann", "ann 2", "Bob", "ANN 3"]


def test_a_long_name_keeps_its_number():
    nodes = Nodes()

    names = [nodes.name(nodes.take(now=NOW), "x" * limits.MAX_CALLER_NAME) for _ in range(11)]

    assert len(set(names)) == 11
    assert max(map(len, names)) == limits.MAX_CALLER_NAME


def test_nobody_is_the_sysop():
    nodes = Nodes()

    assert nodes.name(nodes.take(now=NOW), "SysOp") == "Guest SysOp"


def test_a_name_may_be_asked_for_twice():
    nodes = Nodes()
    node = nodes.take(now=NOW)

    assert nodes.name(node, "Ann") == nodes.name(node, "Ann") == "Ann"
