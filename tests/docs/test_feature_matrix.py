from __future__ import annotations

from bbsterm.protocol.options import ALL, DECLINED, MUD, STANDARD, Gmcp, Linemode, Mccp1, Naws
from tools import matrix


def test_the_table_of_options_is_what_the_code_does():
    text = matrix.TARGET.read_text(encoding="utf-8")

    assert text == matrix.page(), "make it anew: python -m tools.matrix"
    for option in ALL:
        assert f"\n| {option.__name__} | {option.source} | " in text


def test_cells_tell_who_knows_an_option():
    assert matrix.cells(Naws) == ("yes", "yes", "both ends", "both ends", "yes")
    assert matrix.cells(Mccp1) == ("no", "no", "no", "no", "no")
    assert matrix.cells(Gmcp)[2] == "both ends"
    assert matrix.cells(Linemode)[4] == "yes"


def test_the_sorts_of_options_are_all_there_are():
    assert set(ALL) == {*STANDARD, *MUD, *DECLINED}
