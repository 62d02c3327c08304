from __future__ import annotations

import pytest

from bbsterm.protocol import Connection, Echo, OptionCode, Policy, Role, Side


@pytest.mark.parametrize(
    ("policy", "side", "answer"),
    [
        (Policy(), Side.LOCAL, None),
        (Policy(always_will=frozenset({200})), Side.LOCAL, True),
        (Policy(always_will=frozenset({200})), Side.REMOTE, None),
        (Policy(always_do=frozenset({200})), Side.REMOTE, True),
        (Policy(always_wont=frozenset({200}), always_will=frozenset({200})), Side.LOCAL, False),
        (Policy(always_dont=frozenset({200})), Side.REMOTE, False),
    ],
)
def test_a_policy_insists_on_its_lists_and_no_wins(policy, side, answer):
    assert policy.insists(200, side) is answer


def test_what_must_always_be_is_asked_for_at_once():
    policy = Policy(always_will=frozenset({160}), always_do=frozenset({OptionCode.SGA}))
    client = Connection(Role.CLIENT, policy=policy)

    client.begin()

    assert client.data_to_send() == b"\xff\xfb\xa0\xff\xfd\x03"  # IAC WILL 160 IAC DO SGA


def test_what_must_never_be_is_refused_although_understood():
    client = Connection(Role.CLIENT, [Echo()], policy=Policy(always_dont=frozenset({OptionCode.ECHO})))

    client.receive_data(b"\xff\xfb\x01")  # IAC WILL ECHO

    assert client.data_to_send() == b"\xff\xfe\x01"  # IAC DONT ECHO


def test_an_option_that_nobody_understands_can_be_agreed_to():
    client = Connection(Role.CLIENT, policy=Policy(always_do=frozenset({160})))

    client.receive_data(b"\xff\xfb\xa0")  # IAC WILL 160

    assert client.data_to_send() == b"\xff\xfd\xa0"
    assert client.enabled(160, Side.REMOTE)
