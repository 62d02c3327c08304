from __future__ import annotations

from itertools import product

import pytest

from bbsterm.protocol.slc import EditMode
from bbsterm.session.modes import (
    CHARACTER,
    LINE,
    LOCAL_CHARACTER,
    NEGOTIATED,
    SILENT_LINE,
    InputChoice,
    input_mode,
)


def test_every_agreement_has_its_mode():
    assert set(NEGOTIATED) == set(product([False, True], repeat=2))


@pytest.mark.parametrize(
    ("echo", "sga", "mode"),
    [
        (False, False, LINE),
        (True, True, CHARACTER),
        (True, False, CHARACTER),
        (False, True, LOCAL_CHARACTER),
    ],
)
def test_the_mode_follows_the_board(echo, sga, mode):
    assert input_mode(echo=echo, sga=sga) == mode


@pytest.mark.parametrize("sga", [False, True])
@pytest.mark.parametrize(
    ("linemode", "echo", "mode"),
    [
        (EditMode.EDIT | EditMode.TRAPSIG, False, LINE),
        (EditMode.EDIT, True, SILENT_LINE),
        (EditMode.LIT_ECHO, True, CHARACTER),
        (EditMode(0), False, LOCAL_CHARACTER),
    ],
)
def test_linemode_counts_more_than_sga(linemode, echo, sga, mode):
    assert input_mode(echo=echo, sga=sga, linemode=linemode) == mode
    assert input_mode(echo=echo, sga=sga, linemode=linemode, choice=InputChoice.RAW) == CHARACTER


@pytest.mark.parametrize("echo", [False, True])
@pytest.mark.parametrize("sga", [False, True])
def test_raw_mode_can_be_forced(echo, sga):
    assert input_mode(echo=echo, sga=sga, choice=InputChoice.RAW) == CHARACTER


@pytest.mark.parametrize("sga", [False, True])
def test_line_mode_can_be_forced_and_a_password_stays_unseen(sga):
    assert input_mode(echo=False, sga=sga, choice=InputChoice.LINE) == LINE
    assert input_mode(echo=True, sga=sga, choice=InputChoice.LINE) == SILENT_LINE
