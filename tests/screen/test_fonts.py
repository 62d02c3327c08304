from __future__ import annotations

import pytest

from bbsterm import codecs
from bbsterm.screen.fonts import FIRST_LOADABLE, FONTS, font


def test_the_slots_are_numbered_0_to_45():
    assert [entry.slot for entry in FONTS] == list(range(46))
    assert FIRST_LOADABLE == 46


@pytest.mark.parametrize("entry", FONTS, ids=lambda entry: str(entry.slot))
def test_every_font_has_a_codec_and_a_size(entry):
    assert codecs.lookup(entry.encoding)
    assert entry.heights


@pytest.mark.parametrize(
    ("slot", "encoding"),
    [(0, "cp437"), (7, "haik8"), (15, "armscii8"), (29, "cp866_u"), (31, "cp1131"), (32, "petscii_unshifted"),
     (33, "petscii"), (36, "atascii"), (37, "latin_1"), (42, "latin_1"), (44, "atarist"), (45, "cp437")],
)  # fmt: skip
def test_what_the_slots_mean(slot, encoding):
    assert font(slot).encoding == encoding


@pytest.mark.parametrize("slot", [-1, 46, 255, 10**9])
def test_other_slots_are_empty(slot):
    assert font(slot) is None
