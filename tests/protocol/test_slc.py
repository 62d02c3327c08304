from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import MAX_SLC_TRIPLES
from bbsterm.protocol.slc import (
    ANSWERS,
    DEFAULTS,
    Answer,
    Level,
    Setting,
    SlcFunction,
    SlcTable,
    forwardmask,
    forwardmask_characters,
)

ACK, FLUSH_IN, FLUSH_OUT = 0x80, 0x40, 0x20
IP, EC, XON = SlcFunction.IP, SlcFunction.EC, SlcFunction.XON

settings = st.builds(Setting, st.sampled_from(Level), st.integers(0, 255), st.booleans(), st.booleans())


def test_every_pair_of_levels_has_an_answer():
    assert set(ANSWERS) == set(product(Level, Level))


def test_a_level_never_rises_while_both_ends_argue():
    for (ours, theirs), answer in ANSWERS.items():
        if answer is Answer.ACCEPT:
            assert theirs <= ours
        if answer is Answer.INSIST:
            assert ours <= theirs


def test_the_same_setting_needs_no_answer():
    assert SlcTable().receive(DEFAULTS[EC].spell(EC)) == (b"", {})


def test_a_new_character_is_taken_and_acknowledged():
    table = SlcTable()

    answer, changed = table.receive(bytes((EC, Level.VALUE, 8)))

    assert answer == bytes((EC, Level.VALUE | ACK, 8))
    assert changed == {EC: Setting(Level.VALUE, 8)}
    assert table[EC].character == 8


def test_an_acknowledgement_is_not_acknowledged():
    table = SlcTable()
    table.set(EC, Setting(Level.VALUE, 8))

    assert table.receive(bytes((EC, Level.VALUE | ACK, 8)))[0] == b""


def test_flags_survive_the_way():
    table = SlcTable()

    answer, _ = table.receive(bytes((IP, Level.VALUE | FLUSH_IN, 24)))

    assert answer == bytes((IP, Level.VALUE | FLUSH_IN | ACK, 24))
    assert table[IP] == Setting(Level.VALUE, 24, flush_in=True)


def test_what_neither_can_change_is_not_supported():
    table = SlcTable({XON: Setting(Level.CANTCHANGE, 17)})

    answer, _ = table.receive(bytes((XON, Level.CANTCHANGE, 1)))

    assert answer == bytes((XON, Level.NOSUPPORT, 0))


def test_what_we_cannot_change_is_insisted_on():
    table = SlcTable({XON: Setting(Level.CANTCHANGE, 17)})

    assert table.receive(bytes((XON, Level.VALUE, 1)))[0] == bytes((XON, Level.CANTCHANGE, 17))


def test_a_function_that_does_not_exist_is_not_supported():
    assert SlcTable().receive(bytes((99, Level.VALUE, 1)))[0] == bytes((99, Level.NOSUPPORT, 0))


@pytest.mark.parametrize("level", [Level.DEFAULT, Level.VALUE])
def test_function_zero_asks_for_the_whole_table_once(level):
    table = SlcTable()
    table.set(EC, Setting(Level.VALUE, 8))

    answer, _ = table.receive(bytes((0, level, 0)) * 20)

    assert answer == table.spell()
    assert len(answer) == 3 * len(SlcFunction)
    assert (table[EC] == DEFAULTS[EC]) is (level is Level.DEFAULT)


def test_more_triples_than_the_bound_are_not_looked_at():
    table = SlcTable()
    triples = bytes((99, Level.VALUE, 1)) * MAX_SLC_TRIPLES + bytes((EC, Level.VALUE, 8))

    answer, changed = table.receive(triples)

    assert len(answer) == 3 * MAX_SLC_TRIPLES
    assert changed == {}


@given(st.binary(max_size=300))
def test_no_triples_raise(triples):
    SlcTable().receive(triples)


@given(
    st.dictionaries(st.sampled_from(SlcFunction), settings, max_size=6),
    st.dictionaries(st.sampled_from(SlcFunction), settings, max_size=6),
    st.dictionaries(st.sampled_from(SlcFunction), settings, max_size=6),
)
def test_two_ends_always_stop_arguing(one, other, proposals):
    left, right = SlcTable(one), SlcTable(other)
    to_right = (
        b"".join(left.set(function, setting) for function, setting in proposals.items()) + right.spell()
    )
    to_left = b""
    for _ in range(12):
        to_left, _ = right.receive(to_right)
        to_right, _ = left.receive(to_left)

    assert (to_left, to_right) == (b"", b"")


def test_characters_name_their_functions():
    assert SlcTable().characters()[0x7F] is EC
    assert 0 not in SlcTable().characters()  # DEFAULT and NOSUPPORT have no character


@given(st.frozensets(st.integers(0, 255)))
def test_a_forward_mask_can_be_read_back(characters):
    assert forwardmask_characters(forwardmask(characters, binary=True)) == characters


def test_a_forward_mask_has_its_first_character_in_the_highest_bit():
    assert forwardmask(frozenset({0, 9, 13}), binary=False) == b"\x80\x44" + bytes(14)


def test_characters_above_127_need_binary():
    assert forwardmask(frozenset({200}), binary=False) == bytes(16)
